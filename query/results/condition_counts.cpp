#include "query/results/condition_counts.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "query/plan/concept_finder.h"

namespace sakuin::results {
namespace {

// The tags of one section, as a range of all tags.
struct Row {
  std::int64_t document = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Row> RowsByDocument(const std::vector<backend::SectionTag>& tags,
                                const std::vector<backend::Fact>& facts) {
  std::vector<Row> rows;
  std::size_t at = 0;
  for (const backend::Fact& fact : facts) {
    while (at < tags.size() && tags[at].section < fact.section) ++at;
    const std::size_t begin = at;
    while (at < tags.size() && tags[at].section == fact.section) ++at;
    if (at > begin) rows.push_back({fact.document, begin, at});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.document < b.document; });
  return rows;
}

// A concept's own id and those of all conditions and symptoms above it.
class Above {
 public:
  explicit Above(const thesaurus::Thesaurus& thesaurus) : thesaurus_(thesaurus) {}

  const std::vector<std::string>& Of(const std::string& id) {
    const auto [there, added] = known_.emplace(id, std::vector<std::string>{id});
    std::vector<std::string>& out = there->second;
    for (std::size_t i = 0; added && i < out.size(); ++i) {
      const model::Concept* const found = thesaurus_.Find(out[i]);
      if (found == nullptr) continue;
      for (const std::string& above : found->broader) {
        const model::Concept* const broader = thesaurus_.Find(above);
        if (broader == nullptr || !plan::TagsSections(*broader)) continue;
        if (std::find(out.begin(), out.end(), above) == out.end()) out.push_back(above);
      }
    }
    return out;
  }

 private:
  const thesaurus::Thesaurus& thesaurus_;
  std::unordered_map<std::string, std::vector<std::string>> known_;
};

struct Counting {
  ConditionCount count;
  std::int64_t last_own = -1;  // the document that was counted last
  std::int64_t last_all = -1;
};

void CountOne(std::int64_t document, bool primary, std::int64_t& last, SectionCount& to) {
  ++to.sections;
  if (primary) ++to.primary;
  if (std::exchange(last, document) != document) ++to.documents;
}

}  // namespace

ConditionCounts CountConditions(const thesaurus::Thesaurus& thesaurus,
                                const std::vector<backend::SectionTag>& tags,
                                const std::vector<backend::Fact>& facts) {
  Above above(thesaurus);
  std::unordered_map<std::string, Counting> counting;
  for (const Row& row : RowsByDocument(tags, facts)) {
    std::map<std::string_view, bool> all;  // id -> is the section's primary condition below it?
    for (std::size_t i = row.begin; i < row.end; ++i) {
      const std::string id(tags[i].concept_id);
      Counting& own = counting[id];
      CountOne(row.document, tags[i].primary, own.last_own, own.count.own);
      for (const std::string& one : above.Of(id)) all[one] |= tags[i].primary;
    }
    for (const auto& [id, primary] : all) {
      Counting& one = counting[std::string(id)];
      CountOne(row.document, primary, one.last_all, one.count.all);
    }
  }
  ConditionCounts out;
  for (auto& [id, one] : counting) out.emplace(id, one.count);
  return out;
}

}  // namespace sakuin::results
