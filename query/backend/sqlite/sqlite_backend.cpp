#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/reader.h"
#include "indexer/store/sqlite/rows.h"
#include "indexer/store/sqlite/sql_library.h"
#include "query/backend/search_backend.h"
#include "query/backend/sqlite/matcher.h"
#include "query/backend/sqlite/term_frequency.h"

namespace sakuin::embedded {
extern const File kQuerySql[];
}

namespace sakuin::backend {
namespace {

using store::Statement;

// As many keys as this are read by one pass over the table.
constexpr std::size_t kMany = 3000;

class SqliteBackend : public SearchBackend {
 public:
  explicit SqliteBackend(store::Database db)
      : db_(std::move(db)), sql_(db_, embedded::kQuerySql), reader_(db_) {}

  Status Prepare() { return RegisterTermFrequency(db_.raw(), &counts_); }

  Result<store::IndexInfo> Info() override { return reader_.Info(); }

  Result<std::int64_t> SectionCount() override {
    const auto rows = sql_.Get("section_count");
    if (!rows) return Pass(rows);
    const auto row = (*rows)->Bind().Step();
    if (!row) return Pass(row);
    const std::int64_t out = (*rows)->Int(0);
    (*rows)->Reset();
    return out;
  }

  Result<Matches> Match(const plan::Plan& plan, const plan::TextChecker& checker) override {
    const auto count = SectionCount();
    if (!count) return Pass(count);
    return Matcher(sql_, counts_, plan, checker, *count).Run();
  }

  Result<std::vector<Fact>> ReadFacts(const std::vector<SectionKey>& sections,
                                      const std::vector<std::string>& concepts) override;
  Result<FacetCounts> CountFacets(const std::vector<SectionKey>& sections) override;
  Result<std::vector<SectionTag>> ReadTags(const std::vector<SectionKey>* sections) override;
  Result<std::vector<SectionKey>> AllSections() override;
  Result<std::map<std::string, std::int64_t>> CountAspects(
      const std::vector<SectionKey>& sections) override;
  Result<HitRecord> ReadHit(SectionKey section) override;
  Result<std::vector<std::int64_t>> ReadGroups(const std::vector<std::int64_t>& documents) override;
  Result<HeadingRecord> ReadHeading(SectionKey section) override;
  Result<std::int64_t> CountTagged(const std::string& concept_id) override;
  Result<std::string> ReadSectionId(SectionKey section) override;
  Result<model::DuplicateGroup> ReadDuplicates(const std::string& document_id) override {
    return reader_.DuplicatesOf(document_id);
  }

 private:
  // Calls `take` for the rows of `sections` only: by key where they are few, by one pass over the
  // table where they are many. Both statements have the section first.
  Status ForRows(const std::vector<SectionKey>& sections, std::string_view by_key,
                 std::string_view all, const std::function<void(Statement&, SectionKey)>& take);

  Status LoadGroups();
  Result<std::int64_t> GroupOf(std::int64_t document);

  store::Database db_;
  RowCounts counts_;
  store::SqlLibrary sql_;
  store::SqliteReader reader_;
  std::unordered_map<std::int64_t, std::int64_t> groups_;  // document -> its group
  std::int64_t groups_generation_ = -1;                    // in which they were read
};

Status SqliteBackend::ForRows(const std::vector<SectionKey>& sections, std::string_view by_key,
                              std::string_view all,
                              const std::function<void(Statement&, SectionKey)>& take) {
  const bool many = sections.size() > kMany;
  const auto rows = sql_.Get(many ? all : by_key);
  if (!rows) return Pass(rows);
  Statement& s = **rows;
  if (many) {
    s.Bind();
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) return {};
      const SectionKey key = s.Int(0);
      if (std::binary_search(sections.begin(), sections.end(), key)) take(s, key);
    }
  }
  for (const SectionKey key : sections) {
    s.Bind(key);
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) break;
      take(s, key);
    }
  }
  return {};
}

Result<std::vector<Fact>> SqliteBackend::ReadFacts(const std::vector<SectionKey>& sections,
                                                   const std::vector<std::string>& concepts) {
  std::vector<Fact> out;
  out.reserve(sections.size());
  const Status done = ForRows(sections, "fact", "all_facts", [&out](Statement& s, SectionKey key) {
    out.push_back({key, s.Int(1), s.Int(2), s.Int(3), s.Copy(4), s.Copy(5), s.Copy(6), false});
  });
  if (!done) return Pass(done);
  if (concepts.empty()) return out;
  const auto rows = sql_.Get("primary_concept");
  if (!rows) return Pass(rows);
  for (Fact& fact : out) {
    Statement& s = (*rows)->Bind(fact.section);
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) break;
      const std::string_view primary = s.Text(0);
      fact.names_concept = std::find(concepts.begin(), concepts.end(), primary) != concepts.end();
    }
  }
  return out;
}

Result<FacetCounts> SqliteBackend::CountFacets(const std::vector<SectionKey>& sections) {
  FacetCounts out{{"language", {}}, {"condition", {}}, {"aspect", {}}, {"site", {}}};
  const auto count = [](std::map<std::string, std::int64_t>& in, std::string_view value) {
    if (!value.empty()) ++in[std::string(value)];
  };
  Status done = ForRows(sections, "fact", "all_facts", [&](Statement& s, SectionKey) {
    count(out["language"], s.Text(4));
    count(out["site"], s.Text(5));
  });
  // The table-wide statements have the section before the value, the others only the value.
  const int value = sections.size() > kMany ? 1 : 0;
  if (done) {
    done = ForRows(sections, "section_conditions", "all_conditions",
                   [&](Statement& s, SectionKey) { count(out["condition"], s.Text(value)); });
  }
  if (done) {
    done = ForRows(sections, "section_aspects", "all_aspects",
                   [&](Statement& s, SectionKey) { count(out["aspect"], s.Text(value)); });
  }
  if (!done) return Pass(done);
  return out;
}

Result<std::vector<SectionTag>> SqliteBackend::ReadTags(const std::vector<SectionKey>* sections) {
  std::vector<SectionTag> out;
  if (sections != nullptr) {
    const int at = sections->size() > kMany ? 1 : 0;
    const Status done =
        ForRows(*sections, "section_tags", "all_tags", [&](Statement& s, SectionKey section) {
          out.push_back({section, s.Copy(at), s.Int(at + 1) != 0});
        });
    if (!done) return Pass(done);
    return out;
  }
  const auto rows = sql_.Get("all_tags");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back({s.Int(0), s.Copy(1), s.Int(2) != 0});
  }
}

Result<std::vector<SectionKey>> SqliteBackend::AllSections() {
  const auto rows = sql_.Get("all_sections");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<SectionKey> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(s.Int(0));
  }
}

Result<std::map<std::string, std::int64_t>> SqliteBackend::CountAspects(
    const std::vector<SectionKey>& sections) {
  std::map<std::string, std::int64_t> out;
  const int value = sections.size() > kMany ? 1 : 0;
  const Status done = ForRows(sections, "section_aspects", "all_aspects",
                              [&](Statement& s, SectionKey) { ++out[s.Copy(value)]; });
  if (!done) return Pass(done);
  return out;
}

Result<HitRecord> SqliteBackend::ReadHit(SectionKey section) {
  const auto rows = sql_.Get("hit");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(section);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a hit's section is gone; run `sakuin verify`");
  HitRecord out{s.Copy(0), s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4), s.Copy(5), {}};
  model::Section& to = out.section;
  to.number = static_cast<std::uint32_t>(s.Int(6));
  to.level = static_cast<int>(s.Int(7));
  to.parent = static_cast<int>(s.Int(8));
  to.heading = s.Copy(9);
  to.path = store::StringsFromJson(s.Text(10));
  to.language = s.Copy(11);
  to.text = s.Copy(12);
  to.source = {static_cast<std::uint64_t>(s.Int(13)), static_cast<std::uint64_t>(s.Int(14))};
  store::DetailsFromJson(s.Text(15), to);
  s.Reset();
  Status done = ForRows({section}, "hit_tags", "", [&to](Statement& tag, SectionKey) {
    to.tags.push_back({tag.Copy(0), tag.Real(1), tag.Int(2) != 0, tag.Int(3) != 0, {}, {}});
    store::SpansFromJson(tag.Text(4), to.tags.back());
  });
  if (done) {
    done = ForRows({section}, "hit_aspects", "",
                   [&to](Statement& aspect, SectionKey) { to.aspects.push_back(aspect.Copy(0)); });
  }
  if (!done) return Pass(done);
  return out;
}

Status SqliteBackend::LoadGroups() {
  const auto info = Info();
  if (!info) return Pass(info);
  if (info->generation == groups_generation_) return {};
  groups_.clear();
  const auto rows = sql_.Get("all_groups");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    groups_.emplace(s.Int(0), s.Int(1));
  }
  groups_generation_ = info->generation;
  return {};
}

Result<std::int64_t> SqliteBackend::GroupOf(std::int64_t document) {
  const auto rows = sql_.Get("group_of");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind(document).Step();
  if (!row) return Pass(row);
  const std::int64_t out = *row ? (*rows)->Int(0) : 0;
  (*rows)->Reset();
  return out;
}

Result<std::vector<std::int64_t>> SqliteBackend::ReadGroups(
    const std::vector<std::int64_t>& documents) {
  constexpr std::size_t kFew = 100;
  std::vector<std::int64_t> out;
  out.reserve(documents.size());
  if (documents.size() <= kFew) {
    for (const std::int64_t document : documents) {
      const auto group = GroupOf(document);
      if (!group) return Pass(group);
      out.push_back(*group);
    }
    return out;
  }
  if (const Status loaded = LoadGroups(); !loaded) return Pass(loaded);
  for (const std::int64_t document : documents) {
    const auto found = groups_.find(document);
    out.push_back(found == groups_.end() ? 0 : found->second);
  }
  return out;
}

Result<HeadingRecord> SqliteBackend::ReadHeading(SectionKey section) {
  const auto rows = sql_.Get("heading");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(section);
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
  Statement& s = (*rows)->Bind(section);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a hit's section is gone; run `sakuin verify`");
  std::string out = s.Copy(0);
  s.Reset();
  return out;
}

}  // namespace

Result<std::unique_ptr<SearchBackend>> OpenBackend(const std::string& kb) {
  auto db = store::Database::Open(kb, store::OpenMode::kRead);
  if (!db) return Pass(db);
  auto out = std::make_unique<SqliteBackend>(std::move(*db));
  if (const Status ready = out->Prepare(); !ready) return Pass(ready);
  return std::unique_ptr<SearchBackend>(std::move(out));
}

}  // namespace sakuin::backend
