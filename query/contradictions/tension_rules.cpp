#include "query/contradictions/tension_rules.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "indexer/base/data_dir.h"

namespace sakuin::contradictions {
namespace {

Status ReadWeights(const std::string& data_dir, TensionWeights& out) {
  std::map<std::string, double*> wanted{{"same_action", &out.same_action},
                                        {"class_member", &out.class_member},
                                        {"incompatible", &out.incompatible},
                                        {"same_condition", &out.same_condition},
                                        {"related_condition", &out.related_condition},
                                        {"associated_condition", &out.associated_condition},
                                        {"unstated_condition", &out.unstated_condition},
                                        {"equal", &out.equal},
                                        {"overlap", &out.overlap},
                                        {"one_unstated", &out.one_unstated},
                                        {"both_unstated", &out.both_unstated},
                                        {"disjoint", &out.disjoint},
                                        {"direct", &out.direct},
                                        {"direct_may", &out.direct_may},
                                        {"alternative", &out.alternative},
                                        {"window", &out.window},
                                        {"dose", &out.dose},
                                        {"conditional", &out.conditional},
                                        {"author", &out.author},
                                        {"hedged", &out.hedged},
                                        {"report", &out.report},
                                        {"misconception", &out.misconception},
                                        {"quote", &out.quote},
                                        {"implicit", &out.implicit},
                                        {"same_section", &out.same_section},
                                        {"same_article", &out.same_article},
                                        {"unusual", &out.unusual},
                                        {"safety", &out.safety},
                                        {"boundary_gap", &out.boundary_gap},
                                        {"dose_gap", &out.dose_gap},
                                        {"severe_ratio", &out.severe_ratio}};
  const std::string path = data_dir + "/advice/tension_weights.tsv";
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    const auto name = wanted.find(row.fields[0]);
    char* end = nullptr;
    const double value = std::strtod(row.fields[1].c_str(), &end);
    if (name == wanted.end() || row.fields[1].empty() || *end != '\0' || value < 0) {
      return Fail(ErrorCode::kBadData,
                  "'" + row.fields[0] + "' is no weight, stands twice or has no number", row.where);
    }
    *name->second = value;
    wanted.erase(name);
  }
  if (wanted.empty()) return {};
  return Fail(ErrorCode::kBadData, "'" + wanted.begin()->first + "' is missing", path);
}

// "-", or names with a bar between.
std::vector<std::string> ReadList(const std::string& cell) {
  std::vector<std::string> out;
  if (cell == "-") return out;
  for (std::size_t begin = 0; begin <= cell.size();) {
    const std::size_t end = std::min(cell.find('|', begin), cell.size());
    out.push_back(cell.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::optional<Kind> ReadKind(std::string_view name) {
  const auto at = std::find(kKinds.begin(), kKinds.end(), name);
  if (at == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(at - kKinds.begin());
}

using NameSet = std::unordered_set<std::string>;

// Rows of a concept and a remark.
Result<NameSet> ReadConcepts(const std::string& path, const thesaurus::Thesaurus& thesaurus) {
  const auto rows = ReadTsv(path, 2, 2);
  if (!rows) return Pass(rows);
  NameSet out;
  for (const TsvRow& row : *rows) {
    if (thesaurus.Find(row.fields[0]) == nullptr || !out.insert(row.fields[0]).second) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no concept, or stands twice",
                  row.where);
    }
  }
  return out;
}

}  // namespace

Result<TensionRules> TensionRules::Load(const std::string& data_dir,
                                        const thesaurus::Thesaurus& thesaurus) {
  TensionRules out;
  out.thesaurus_ = &thesaurus;
  if (const Status read = ReadWeights(data_dir, out.weights_); !read) return Pass(read);
  const auto rows = ReadTsv(data_dir + "/advice/incompatible.tsv", 5, 5);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    const auto bad = [&row](const std::string& what) {
      return Fail(ErrorCode::kBadData, what, row.where);
    };
    const auto kind = ReadKind(row.fields[2]);
    if (!kind) return bad("'" + row.fields[2] + "' is no kind");
    const auto under = ReadList(row.fields[3]);
    for (const std::string& one : under) {
      if (thesaurus.Find(one) == nullptr) return bad("'" + one + "' is no concept");
    }
    for (int i = 0; i < 2; ++i) {
      const std::string& action = row.fields[static_cast<std::size_t>(i)];
      const model::Concept* const known = thesaurus.Find(action);
      if (known == nullptr || known->scheme != "interventions") {
        return bad("'" + action + "' is no intervention of the thesaurus");
      }
      const std::string& other = row.fields[static_cast<std::size_t>(1 - i)];
      const auto [begin, end] = out.alternatives_.equal_range(action);
      const bool twice =
          std::any_of(begin, end, [&other](const auto& a) { return a.second.action == other; });
      if (twice) return bad("the pair stands twice");
      out.alternatives_.emplace(action, Alternative{other, *kind, under});
    }
  }
  const auto safety = ReadConcepts(data_dir + "/advice/safety.tsv", thesaurus);
  if (!safety) return Pass(safety);
  for (const model::Concept& one : thesaurus.concepts()) {
    const auto above = out.WithBroader(one.id);
    const bool wanted = std::any_of(above.begin(), above.end(),
                                    [&](const std::string& id) { return safety->contains(id); });
    if (wanted) out.safety_.insert(one.id);
  }
  const auto general = ReadConcepts(data_dir + "/advice/general.tsv", thesaurus);
  if (!general) return Pass(general);
  out.general_ = *general;
  const auto fields = ReadConcepts(data_dir + "/advice/general_conditions.tsv", thesaurus);
  if (!fields) return Pass(fields);
  out.fields_ = *fields;
  const auto usual = ReadTsv(data_dir + "/advice/usual_stance.tsv", 3, 3);
  if (!usual) return Pass(usual);
  for (const TsvRow& row : *usual) {
    const bool is_for = row.fields[1] == "for";
    const bool good = (is_for || row.fields[1] == "against") &&
                      thesaurus.Find(row.fields[0]) != nullptr &&
                      out.usually_for_.emplace(row.fields[0], is_for).second;
    if (!good) {
      return Fail(ErrorCode::kBadData,
                  "'" + row.fields[0] + "' is no concept, stands twice or is not for or against",
                  row.where);
    }
  }
  return out;
}

std::vector<std::string> TensionRules::WithBroader(std::string_view id) const {
  std::vector<std::string> out{std::string(id)};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const model::Concept* const found = thesaurus_->Find(out[i]);
    if (found == nullptr) continue;
    for (const std::string& above : found->broader) {
      if (std::find(out.begin(), out.end(), above) == out.end()) out.push_back(above);
    }
  }
  return out;
}

std::vector<std::string> TensionRules::Associated(std::string_view id) const {
  std::vector<std::string> out;
  const auto above = WithBroader(id);
  const auto with_direct = [this](std::string_view one) {
    std::vector<std::string> all{std::string(one)};
    if (const model::Concept* const found = thesaurus_->Find(all[0]); found != nullptr) {
      all.insert(all.end(), found->broader.begin(), found->broader.end());
    }
    return all;
  };
  for (const std::string& from : with_direct(id)) {
    const model::Concept* const found = thesaurus_->Find(from);
    if (found == nullptr) continue;
    for (const std::string& related : found->related) {
      for (std::string& to : with_direct(related)) {
        const bool known = std::find(above.begin(), above.end(), to) != above.end() ||
                           std::find(out.begin(), out.end(), to) != out.end();
        if (!known) out.push_back(std::move(to));
      }
    }
  }
  return out;
}

std::vector<TensionRules::Alternative> TensionRules::AlternativesOf(std::string_view action) const {
  std::vector<Alternative> out;
  for (const std::string& id : WithBroader(action)) {
    const auto [begin, end] = alternatives_.equal_range(id);
    for (auto at = begin; at != end; ++at) out.push_back(at->second);
  }
  return out;
}

bool TensionRules::IsUnusual(const std::string& action, bool is_for) const {
  const auto usual = usually_for_.find(action);
  return usual != usually_for_.end() && usual->second != is_for;
}

bool TensionRules::IsAboutSafety(const std::string& id) const { return safety_.contains(id); }

}  // namespace sakuin::contradictions
