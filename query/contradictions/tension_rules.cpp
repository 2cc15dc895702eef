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
                                        {"dose_ratio", &out.dose_ratio},
                                        {"severe_ratio", &out.severe_ratio},
                                        {"grave_ratio", &out.grave_ratio}};
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
  if (const Status read = out.LoadAlternatives(data_dir + "/advice/incompatible.tsv"); !read) {
    return Pass(read);
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

Status TensionRules::LoadAlternatives(const std::string& path) {
  const auto rows = ReadTsv(path, 6, 6);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    if (const Status added = AddAlternative(row); !added) return added;
  }
  return CheckSides(path);
}

Status TensionRules::AddAlternative(const TsvRow& row) {
  const auto bad = [&row](const std::string& what) {
    return Fail(ErrorCode::kBadData, what, row.where);
  };
  const auto kind = ReadKind(row.fields[2]);
  if (!kind) return bad("'" + row.fields[2] + "' is no kind");
  const auto question = QuestionOf(row);
  if (!question) return Pass(question);
  const auto under = ReadList(row.fields[4]);
  for (const std::string& one : under) {
    if (thesaurus_->Find(one) == nullptr) return bad("'" + one + "' is no concept");
  }
  for (const bool is_first : {true, false}) {
    const std::string& action = row.fields[is_first ? 0 : 1];
    const std::string& other = row.fields[is_first ? 1 : 0];
    const auto [begin, end] = alternatives_.equal_range(action);
    const bool twice =
        std::any_of(begin, end, [&other](const auto& a) { return a.second.action == other; });
    if (twice) return bad("the pair stands twice");
    alternatives_.emplace(action, Alternative{other, *kind, under, *question, is_first});
    questions_[*question].actions.push_back(action);
  }
  return {};
}

// Known, or a new one.
Result<std::uint16_t> TensionRules::QuestionOf(const TsvRow& row) {
  const auto classes = row.fields[3] == "-" ? std::vector<std::string>{row.fields[0], row.fields[1]}
                                            : ReadList(row.fields[3]);
  if (classes.size() != 2 || classes[0] == classes[1]) {
    return Fail(ErrorCode::kBadData, "'" + row.fields[3] + "' is no question of two classes",
                row.where);
  }
  for (const std::string& one : {classes[0], classes[1], row.fields[0], row.fields[1]}) {
    const model::Concept* const known = thesaurus_->Find(one);
    if (known != nullptr && known->scheme == "interventions") continue;
    return Fail(ErrorCode::kBadData, "'" + one + "' is no intervention of the thesaurus",
                row.where);
  }
  const auto known = std::find_if(questions_.begin(), questions_.end(), [&](const Question& one) {
    return one.first == classes[0] && one.second == classes[1];
  });
  const auto place = static_cast<std::uint16_t>(known - questions_.begin());
  if (known == questions_.end()) questions_.push_back({classes[0], classes[1], {}});
  return place;
}

// Whoever does one of a question's actions does not do the other: no action is on both sides.
Status TensionRules::CheckSides(const std::string& path) const {
  for (const model::Concept& one : thesaurus_->concepts()) {
    std::map<std::uint16_t, bool> sides;
    for (const Alternative& other : AlternativesOf(one.id)) {
      const auto [side, fresh] = sides.emplace(other.question, other.is_first);
      if (fresh || side->second == other.is_first) continue;
      const Question& question = questions_[other.question];
      return Fail(ErrorCode::kBadData,
                  "'" + one.id + "' is on both sides of " + question.first + "|" + question.second,
                  path);
    }
  }
  return {};
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

namespace {

// A thesaurus may say it of one of the two alone: skos:related is symmetric.
std::vector<std::string> RelatedTo(const std::string& id, const thesaurus::Thesaurus& thesaurus) {
  const model::Concept* const found = thesaurus.Find(id);
  if (found == nullptr || (found->scheme != "conditions" && found->scheme != "symptoms")) return {};
  std::vector<std::string> out = found->related;
  for (const model::Concept& one : thesaurus.concepts()) {
    const auto& related = one.related;
    if (std::find(related.begin(), related.end(), id) != related.end()) out.push_back(one.id);
  }
  return out;
}

}  // namespace

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
    for (const std::string& related : RelatedTo(from, *thesaurus_)) {
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

std::vector<std::string> TensionRules::ActionsBeside(std::string_view a, std::string_view b) const {
  std::vector<std::string> out;
  const auto above = WithBroader(b);
  for (const Alternative& other : AlternativesOf(a)) {
    if (std::find(above.begin(), above.end(), other.action) == above.end()) continue;
    const auto& actions = questions_[other.question].actions;
    out.insert(out.end(), actions.begin(), actions.end());
  }
  return out;
}

bool TensionRules::IsUnusual(const std::string& action, bool is_for) const {
  const auto usual = usually_for_.find(action);
  return usual != usually_for_.end() && usual->second != is_for;
}

bool TensionRules::IsAboutSafety(const std::string& id) const { return safety_.contains(id); }

}  // namespace sakuin::contradictions
