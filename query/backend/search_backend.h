#pragma once

// Plan -> ids and evidence. The interface that every engine implements; nothing of an engine is
// seen above it.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/duplicates.h"
#include "indexer/model/section.h"
#include "indexer/store/index_info.h"
#include "indexer/store/open.h"
#include "query/backend/deadline.h"
#include "query/backend/matches.h"
#include "query/plan/plan.h"
#include "query/plan/text_checker.h"

namespace sakuin::backend {

// One connection: not thread-safe.
class SearchBackend {
 public:
  virtual ~SearchBackend() = default;

  virtual Result<store::IndexInfo> Info() = 0;

  // From here to End() everything is read from one state of the knowledge base, as if nothing had
  // been added behind `last_section`, a Snapshot::last_section of before. Once the deadline has
  // passed, everything fails with kTimeout until End(); the connection can be used again then.
  virtual Result<Snapshot> Begin(std::int64_t last_section = INT64_MAX,
                                 const Deadline& deadline = {}) = 0;
  virtual void End() = 0;

  // Exactly the sections for which the plan holds (law 3), of those below `end`.
  virtual Result<Matches> Match(const plan::Plan& plan, const plan::TextChecker& checker,
                                SectionKey end) = 0;

  // In the order of `sections`, which must ascend. `concepts`: for Fact::names_concept.
  virtual Result<std::vector<Fact>> ReadFacts(const std::vector<SectionKey>& sections,
                                              const std::vector<std::string>& concepts) = 0;
  // One a section, in their order, which must ascend; live until Begin().
  virtual Result<std::vector<std::string_view>> ReadLanguages(
      const std::vector<SectionKey>& sections) = 0;
  virtual Result<std::vector<std::string_view>> ReadDates(
      const std::vector<SectionKey>& sections) = 0;
  virtual Result<FacetCounts> CountFacets(const std::vector<SectionKey>& sections) = 0;
  // Every tag of these sections, which must ascend; of all sections where it is nullptr. In order
  // of sections.
  virtual Result<std::vector<SectionTag>> ReadTags(const std::vector<SectionKey>* sections) = 0;
  virtual Result<std::vector<SectionKey>> AllSections() = 0;  // ascending
  // The names of these sections' aspects; `sections` must ascend. In order of sections.
  virtual Result<std::map<std::string, std::int64_t>> CountAspects(
      const std::vector<SectionKey>& sections) = 0;
  // One a document (Fact::document), in their order.
  virtual Result<std::vector<std::string>> ReadTitles(
      const std::vector<std::int64_t>& documents) = 0;
  virtual Result<HitRecord> ReadHit(SectionKey section) = 0;
  // In how many sections a character stands, and how often in all of them.
  virtual Result<Frequency> CountChar(char32_t c) = 0;
  // Words of the texts that begin so, folded, with the sections that have them, a section that was
  // taken out and not yet forgotten among them; until `take` gives false. A word may come twice.
  virtual Status ForEachWord(
      std::string_view prefix,
      const std::function<bool(std::string_view word, std::uint64_t sections)>& take) = 0;
  // What a section's searchable words are made from, without tags.
  virtual Result<model::Section> ReadWording(SectionKey section) = 0;

  virtual Result<HeadingRecord> ReadHeading(SectionKey section) = 0;  // less than ReadHit()
  // Sections tagged with the concept itself.
  virtual Result<std::int64_t> CountTagged(const std::string& concept_id) = 0;
  virtual Result<std::string> ReadDocumentId(std::int64_t document) = 0;  // Fact::document
  // "DOCUMENT#N".
  virtual Result<std::string> ReadSectionId(SectionKey section) = 0;
  // The group itself, its representative first; empty where there is none.
  virtual Result<model::DuplicateGroup> ReadDuplicates(const std::string& document_id) = 0;
};

// Ends what Begin() began.
class Reading {
 public:
  explicit Reading(SearchBackend& backend) : backend_(backend) {}
  ~Reading() { backend_.End(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  SearchBackend& backend_;
};

// Opens the engine that a knowledge base's name asks for; errors as store::OpenReader's.
Result<std::unique_ptr<SearchBackend>> OpenBackend(const std::string& kb,
                                                   store::Share share = store::Share::kAlone);

}  // namespace sakuin::backend
