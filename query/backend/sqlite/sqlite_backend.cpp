#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "indexer/postings/phrase.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "indexer/store/sqlite/reader.h"
#include "indexer/store/sqlite/rows.h"
#include "indexer/store/sqlite/sql_library.h"
#include "query/backend/search_backend.h"
#include "query/backend/sqlite/column_scan.h"
#include "query/backend/sqlite/leaf_finder.h"
#include "query/backend/sqlite/matcher.h"

namespace sakuin::embedded {
extern const File kQuerySql[];
extern const File kStoreSql[];
}  // namespace sakuin::embedded

namespace sakuin::backend {
namespace {

using store::Statement;

class SqliteBackend : public SearchBackend {
 public:
  // `cache_bytes`: of postings that were read.
  SqliteBackend(store::Database db, std::size_t cache_bytes)
      : db_(std::move(db)),
        sql_(db_, embedded::kQuerySql),
        store_sql_(db_, embedded::kStoreSql),
        postings_(store_sql_, cache_bytes),
        reader_(db_) {}

  Result<store::IndexInfo> Info() override { return reader_.Info(); }
  Result<Snapshot> Begin(std::int64_t last_section, const Deadline& deadline) override;
  void End() override;
  Result<Matches> Match(const plan::Plan& plan, const plan::TextChecker& checker,
                        SectionKey end) override {
    return Matcher(sql_, postings_, plan, checker, end, deadline_).Run();
  }
  Result<std::vector<Fact>> ReadFacts(const std::vector<SectionKey>& sections,
                                      const std::vector<std::string>& concepts) override {
    if (const Status loaded = LoadGroups(); !loaded) return Pass(loaded);
    return ReadFactsOf(postings_, sections, concepts, groups_);
  }
  Result<std::vector<std::string_view>> ReadLanguages(
      const std::vector<SectionKey>& sections) override {
    return ReadStringsOf(postings_, sections, FactString::kLanguage);
  }
  Result<std::vector<std::string_view>> ReadDates(
      const std::vector<SectionKey>& sections) override {
    return ReadStringsOf(postings_, sections, FactString::kDate);
  }
  Result<FacetCounts> CountFacets(const std::vector<SectionKey>& sections) override {
    return CountFacetsOf(postings_, sections);
  }
  Result<std::vector<SectionTag>> ReadTags(const std::vector<SectionKey>* sections) override {
    return ReadTagsOf(postings_,
                      sections == nullptr ? FindAll(postings_, postings_.end()) : *sections);
  }
  Result<std::vector<SectionKey>> AllSections() override {
    return FindAll(postings_, postings_.end());
  }
  Result<std::map<std::string, std::int64_t>> CountAspects(
      const std::vector<SectionKey>& sections) override {
    return CountAspectsOf(postings_, sections);
  }
  Result<HitRecord> ReadHit(SectionKey section) override;
  Result<std::vector<std::string>> ReadTitles(const std::vector<std::int64_t>& documents) override;
  Result<Frequency> CountChar(char32_t c) override;
  Status ForEachWord(std::string_view prefix,
                     const std::function<bool(std::string_view, std::uint64_t)>& take) override;
  Result<model::Section> ReadWording(SectionKey section) override {
    return ReadWordingOf(sql_, postings_.NumberOf(section));
  }
  Result<HeadingRecord> ReadHeading(SectionKey section) override;
  Result<std::int64_t> CountTagged(const std::string& concept_id) override;
  Result<std::string> ReadSectionId(SectionKey section) override;
  Result<std::string> ReadDocumentId(std::int64_t document) override;
  Result<model::DuplicateGroup> ReadDuplicates(const std::string& document_id) override {
    return reader_.DuplicatesOf(document_id);
  }

 private:
  // Calls `take` for every row that the statement has for the number.
  Status ForRows(std::string_view name, std::int64_t number,
                 const std::function<void(Statement&)>& take);
  // Brings everything that is kept in memory up to what the connection sees.
  Status Refresh();
  // Of the texts of the sections below `end`, those that were taken out among them.
  double MeanLength(SectionKey end) const;
  Status LoadGroups();

  store::Database db_;
  store::SqlLibrary sql_;
  store::SqlLibrary store_sql_;
  store::PostingReader postings_;
  store::SqliteReader reader_;
  Deadline deadline_;
  std::int64_t version_ = -1;  // SQLite's data_version: differs when others have committed
  std::int64_t generation_ = 0;
  double mean_length_ = 0;
  std::unordered_map<char32_t, Frequency> chars_;  // that were asked for
  std::vector<std::int64_t> groups_;               // by document, 0 where it is in none
  std::int64_t groups_version_ = -1;               // in which they were read
};

Result<Snapshot> SqliteBackend::Begin(std::int64_t last_section, const Deadline& deadline) {
  if (db_.InTransaction()) End();
  const auto begin = sql_.Get("begin_read");
  if (!begin) return Pass(begin);
  Status done = (*begin)->Run();
  if (done) done = Refresh();
  if (!done) {
    End();
    return Pass(done);
  }
  // What is kept for the next search too is read to its end.
  deadline_ = deadline;
  db_.SetDeadline(deadline.at());
  const auto& segments = postings_.segments();
  Snapshot out{generation_, postings_.section_count(),
               segments.empty() ? 0 : segments.back().stored.last, postings_.end(), mean_length_};
  if (last_section >= out.last_section) return out;
  out.last_section = last_section;
  out.end = postings_.KeysUpTo(last_section);
  out.sections = static_cast<std::int64_t>(FindAll(postings_, out.end).size());
  out.mean_length = MeanLength(out.end);
  return out;
}

double SqliteBackend::MeanLength(SectionKey end) const {
  double characters = 0;
  for (const store::OpenSegment& segment : postings_.segments()) {
    const auto& lengths =
        segment.postings->sections().lengths[static_cast<int>(postings::Field::kText)];
    const SectionKey stop = std::clamp(end, segment.begin, segment.end) - segment.begin;
    characters += std::accumulate(lengths.begin(), lengths.begin() + stop, 0.0);
  }
  return end == 0 ? 0 : characters / end;
}

Status SqliteBackend::Refresh() {
  const auto rows = sql_.Get("data_version");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind().Step();
  if (!row) return Pass(row);
  const std::int64_t version = (*rows)->Int(0);
  (*rows)->Reset();
  if (version == version_) return {};
  const auto info = Info();
  if (!info) return Pass(info);
  const Status done = postings_.Refresh(version);
  if (!done) return done;
  generation_ = info->generation;
  version_ = version;
  chars_.clear();
  mean_length_ = MeanLength(postings_.end());
  return {};
}

Result<Frequency> SqliteBackend::CountChar(char32_t c) {
  if (const auto known = chars_.find(c); known != chars_.end()) return known->second;
  Frequency out;
  const std::u32string text(1, c);
  for (const store::OpenSegment& segment : postings_.segments()) {
    const auto found =
        postings::FindPhrase(*segment.postings, postings::Field::kText, text, {true});
    if (!found) return Pass(found);
    out.sections += static_cast<double>(found->matches.size());
    for (const postings::Match& match : found->matches) out.occurrences += match.count;
  }
  return chars_.emplace(c, out).first->second;
}

Result<std::vector<std::string>> SqliteBackend::ReadTitles(
    const std::vector<std::int64_t>& documents) {
  std::vector<std::string> out;
  out.reserve(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (i > 0 && documents[i] == documents[i - 1]) {
      out.push_back(out.back());
      continue;
    }
    std::string& title = out.emplace_back();
    const Status read =
        ForRows("title", documents[i], [&title](Statement& s) { title = s.Copy(0); });
    if (!read) return Pass(read);
  }
  return out;
}

Status SqliteBackend::ForEachWord(
    std::string_view prefix, const std::function<bool(std::string_view, std::uint64_t)>& take) {
  const std::string key = postings::WordKey(postings::Field::kText, prefix);
  bool more = true;
  for (const store::OpenSegment& segment : postings_.segments()) {
    const Status read = segment.postings->ForEach(key, [&](const postings::Term& term) {
      more = take(std::string_view(term.key).substr(1), term.postings);
      return more;
    });
    if (!read || !more) return read;
  }
  return {};
}

void SqliteBackend::End() {
  deadline_ = {};
  db_.SetDeadline(deadline_.at());
  const auto end = sql_.Get("end_read");
  if (end && db_.InTransaction()) (void)(*end)->Run();
}

Status SqliteBackend::ForRows(std::string_view name, std::int64_t number,
                              const std::function<void(Statement&)>& take) {
  const auto rows = sql_.Get(name);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(number);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    take(s);
  }
}

Result<HitRecord> SqliteBackend::ReadHit(SectionKey section) {
  const std::int64_t number = postings_.NumberOf(section);
  const auto rows = sql_.Get("hit");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(number);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a hit's section is gone; run `sakuin verify`");
  HitRecord out{s.Copy(0), s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4), s.Copy(5), s.Copy(6), {}};
  model::Section& to = out.section;
  to.number = static_cast<std::uint32_t>(s.Int(7));
  to.level = static_cast<int>(s.Int(8));
  to.parent = static_cast<int>(s.Int(9));
  to.heading = s.Copy(10);
  to.path = store::StringsFromJson(s.Text(11));
  to.language = s.Copy(12);
  to.text = s.Copy(13);
  to.source = {static_cast<std::uint64_t>(s.Int(14)), static_cast<std::uint64_t>(s.Int(15))};
  store::DetailsFromJson(s.Text(16), to);
  s.Reset();
  Status done = ForRows("hit_tags", number, [&to](Statement& tag) {
    to.tags.push_back({tag.Copy(0), tag.Real(1), tag.Int(2) != 0, tag.Int(3) != 0, {}, {}});
    store::SpansFromJson(tag.Text(4), to.tags.back());
  });
  if (done) {
    done = ForRows("hit_aspects", number,
                   [&to](Statement& aspect) { to.aspects.push_back(aspect.Copy(0)); });
  }
  if (!done) return Pass(done);
  return out;
}

Result<std::string> SqliteBackend::ReadDocumentId(std::int64_t document) {
  std::string out;
  const Status read = ForRows("document_id", document, [&out](Statement& s) { out = s.Copy(0); });
  if (!read) return Pass(read);
  return out;
}

Status SqliteBackend::LoadGroups() {
  if (groups_version_ == version_) return {};
  groups_.clear();
  db_.SetDeadline(Deadline().at());  // kept for the next search too
  const auto rows = sql_.Get("all_groups");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    const auto document = static_cast<std::size_t>(s.Int(0));
    if (document >= groups_.size()) groups_.resize(document + 1, 0);
    groups_[document] = s.Int(1);
  }
  db_.SetDeadline(deadline_.at());
  groups_version_ = version_;
  return {};
}

Result<HeadingRecord> SqliteBackend::ReadHeading(SectionKey section) {
  const auto rows = sql_.Get("heading");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(postings_.NumberOf(section));
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a hit's section is gone; run `sakuin verify`");
  HeadingRecord out{s.Copy(0), s.Copy(1), s.Int(2) != 0};
  s.Reset();
  return out;
}

Result<std::int64_t> SqliteBackend::CountTagged(const std::string& concept_id) {
  const auto rows = sql_.Get("count_tagged");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(concept_id);
  const auto row = s.Step();
  if (!row) return Pass(row);
  const std::int64_t out = s.Int(0);
  s.Reset();
  return out;
}

Result<std::string> SqliteBackend::ReadSectionId(SectionKey section) {
  const auto rows = sql_.Get("section_id");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(postings_.NumberOf(section));
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a hit's section is gone; run `sakuin verify`");
  std::string out = s.Copy(0);
  s.Reset();
  return out;
}

}  // namespace

Result<std::unique_ptr<SearchBackend>> OpenBackend(const std::string& kb, store::Share share) {
  const bool alone = share == store::Share::kAlone;
  auto db =
      store::Database::Open(kb, alone ? store::OpenMode::kRead : store::OpenMode::kReadAmongMany);
  if (!db) return Pass(db);
  constexpr std::size_t kMegabyte = std::size_t{1} << 20U;
  return std::unique_ptr<SearchBackend>(
      std::make_unique<SqliteBackend>(std::move(*db), (alone ? 64 : 8) * kMegabyte));
}

}  // namespace sakuin::backend
