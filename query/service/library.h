#pragma once

// What every front end answers from: a knowledge base that many threads read at once.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "indexer/base/result.h"
#include "indexer/pipeline/text_rules.h"
#include "indexer/store/index_reader.h"
#include "indexer/thesaurus/aspect_names.h"
#include "query/contradictions/reasons/reason.h"
#include "query/contradictions/tension_rules.h"
#include "query/service/did_you_mean.h"
#include "query/service/findings.h"
#include "query/service/knowledge.h"
#include "query/service/place.h"
#include "query/service/search_cache.h"

namespace sakuin::service {

// What all readers share. Thread-safe after Open(); never moved: its parts refer to each other.
class Library {
 public:
  // Errors as Searcher::Open's. Thesauri that are imported later are seen by the next Open().
  static Result<std::unique_ptr<Library>> Open(const Place& place);

  const Place& place() const { return place_; }
  const std::string& data_dir() const { return data_dir_; }
  const std::shared_ptr<const pipeline::TextRules>& rules() const { return rules_; }
  const thesaurus::AspectNames& aspects() const { return *aspects_; }
  const contradictions::TensionRules& tension_rules() const { return *tension_rules_; }
  // `ui_language`: one of model::kLanguages, else English is taken.
  const contradictions::ReasonWriter& Reasons(const std::string& ui_language) const;
  std::string LabelOf(const std::string& concept_id, const std::string& ui_language) const;
  FindingsCache& findings() { return *findings_; }
  const FindingsCache& findings() const { return *findings_; }
  SearchCache& searches() { return searches_; }
  // How long a search of a desk may take; none: as long as it takes. Set before desks are open.
  std::optional<std::chrono::milliseconds> query_time() const { return query_time_; }
  void set_query_time(std::chrono::milliseconds time) { query_time_ = time; }

 private:
  struct Wording {
    contradictions::Phrases phrases;
    std::unique_ptr<contradictions::ReasonWriter> writer;
  };
  explicit Library(Place place) : place_(std::move(place)) {}

  Place place_;
  std::string data_dir_;
  std::shared_ptr<const pipeline::TextRules> rules_;
  std::unique_ptr<thesaurus::AspectNames> aspects_;
  std::unique_ptr<contradictions::TensionRules> tension_rules_;
  std::map<std::string, Wording, std::less<>> wordings_;
  std::unique_ptr<FindingsCache> findings_;
  SearchCache searches_;
  std::optional<std::chrono::milliseconds> query_time_;
};

// Which state of a knowledge base something was made of. Each of them rises; -1: not known.
struct Version {
  std::int64_t generation = -1;  // of the articles
  std::int64_t findings = -1;    // the generation that the findings at hand are of
  std::int64_t verdicts = -1;
  friend bool operator==(const Version&, const Version&) = default;
};

// Sees what others commit, at next to no cost. Not thread-safe.
class Lookout {
 public:
  // `library` must outlive it.
  static Result<std::unique_ptr<Lookout>> Open(const Library& library);
  // Never more than what readers see that ask later.
  Result<Version> Now();

 private:
  explicit Lookout(const Library& library) : library_(library) {}

  const Library& library_;
  std::unique_ptr<store::IndexReader> reader_;
  Version seen_;
  std::int64_t stamp_ = -1;
};

// One reader's connections. Not thread-safe: one a thread.
class Desk {
 public:
  // `library` must outlive it.
  static Result<std::unique_ptr<Desk>> Open(Library& library);

  Library& library() { return library_; }
  Searcher& searcher() { return *searcher_; }
  results::Engine& engine() { return searcher_->engine(); }
  store::IndexReader& reader() { return *reader_; }
  Result<DidYouMean*> did_you_mean();  // read when it is first wanted
  Result<std::shared_ptr<const Findings>> FindingsNow();
  // The same where it costs a page next to nothing: of a large knowledge base only what somebody
  // has asked for already, which may be a little old. nullptr: nothing is known.
  std::shared_ptr<const Findings> FindingsAtHand();
  // Rises with every commit of documents.
  Result<std::int64_t> Generation();
  // Searches and, where little is found and there is time, says what else may have been meant: what
  // `sakuin search` does. kTimeout beyond the library's query_time(). What was asked before in this
  // generation is not looked for again.
  Result<results::SearchResult> Search(results::SearchRequest request);

 private:
  explicit Desk(Library& library) : library_(library) {}
  Result<results::SearchResult> SearchNow(const results::SearchRequest& request);

  Library& library_;
  std::unique_ptr<Searcher> searcher_;
  std::unique_ptr<store::IndexReader> reader_;
  std::unique_ptr<DidYouMean> did_you_mean_;
  // What was read last, and the reader's stamp before that.
  std::int64_t generation_ = 0;
  std::int64_t generation_stamp_ = -1;
  std::shared_ptr<const Findings> findings_;
  std::int64_t findings_stamp_ = -1;
};

}  // namespace sakuin::service
