#include "query/web/contradictions/asked.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

#include "indexer/store/reviews.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::Tension;

template <typename Names>
std::string OneOf(const Names& names, const std::string& value) {
  return std::find(names.begin(), names.end(), value) == names.end() ? std::string() : value;
}

template <typename Enum, typename Names>
std::optional<Enum> ValueOf(const Names& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

// The concept and what is narrower; itself where the thesaurus does not know it.
std::vector<std::string> WithNarrower(const View& view, const std::string& id) {
  if (id.empty()) return {};
  std::vector<std::string> out;
  for (const model::Concept* const one :
       view.desk.library().rules()->thesaurus().WithNarrower(id)) {
    out.push_back(one->id);
  }
  if (out.empty()) out.push_back(id);
  return out;
}

}  // namespace

Asked Asked::Read(const server::Parameters& query) {
  Asked out;
  out.condition = query.Get("condition");
  out.action = query.Get("action");
  out.kind = OneOf(contradictions::kKinds, query.Get("kind"));
  out.severity = OneOf(contradictions::kSeverities, query.Get("severity"));
  const std::string& state = query.Get("state");
  const bool is_special = state == "changed" || state == "all";
  out.state = is_special ? state : OneOf(store::kReviewStates, state);
  out.languages = query.Get("languages");
  const std::string& cell = query.Get("cell");
  if (cell.find('+') != std::string::npos) out.cell = cell;
  return out;
}

std::string Asked::Query() const {
  server::Parameters out;
  const auto add = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out.Add(name, value);
  };
  add("condition", condition);
  add("action", action);
  add("kind", kind);
  add("severity", severity);
  add("state", state);
  add("languages", languages);
  add("cell", cell);
  return out.Print();
}

std::string Asked::ApiQuery(const std::string& ui) const {
  const bool across = languages == "cross";
  if (!cell.empty() || (!languages.empty() && !across)) return {};
  Asked known = *this;
  known.languages.clear();
  server::Parameters out = server::Parameters::Parse(known.Query());
  if (across) out.Add("cross_language", "1");
  out.Add("ui", ui);
  return out.Print();
}

std::string Asked::Address(const std::string& path) const {
  const std::string query = Query();
  return query.empty() ? path : path + "?" + query;
}

std::string LanguagesOf(const Tension& tension, const service::Findings& findings) {
  const auto base = [](const std::string& language) {
    return language.substr(0, language.find('-'));
  };
  const std::string a = base(findings.list->witnesses[tension.a].language);
  const std::string b = base(findings.list->witnesses[tension.b].language);
  if (a == b) return a;
  return std::min(a, b) + "+" + std::max(a, b);
}

std::string CellOf(const std::string& condition, const std::string& action) {
  return condition + "+" + action;
}

std::vector<contradictions::SelectedFinding> Select(const View& view,
                                                    const service::Findings& findings,
                                                    const Asked& asked) {
  contradictions::TensionFilter filter;
  filter.conditions = WithNarrower(view, asked.condition);
  filter.actions = WithNarrower(view, asked.action);
  filter.kind = ValueOf<contradictions::Kind>(contradictions::kKinds, asked.kind);
  const auto level = ValueOf<contradictions::Severity>(contradictions::kSeverities, asked.severity);
  if (level) filter.severity = *level;
  if (!asked.state.empty()) filter.states.push_back(asked.state);
  filter.cross_language = asked.languages == "cross";
  const bool pair_wanted = !asked.languages.empty() && !filter.cross_language;
  auto out = contradictions::SelectFindings(findings.found, [&](const Tension& t) {
    return contradictions::Fits(t, findings.list->witnesses, filter) &&
           (!pair_wanted || LanguagesOf(t, findings) == asked.languages);
  });
  if (!asked.cell.empty()) {
    std::erase_if(out, [&](const contradictions::SelectedFinding& one) {
      return CellOf(one.top->condition, ActionColumn(one)) != asked.cell;
    });
  }
  return out;
}

std::map<std::string, std::size_t> CountBy(
    By by, const View& view, const service::Findings& findings,
    const std::vector<contradictions::SelectedFinding>& selected) {
  const auto& rules = view.desk.library().tension_rules();
  std::map<std::string, std::vector<std::string>, std::less<>> above;
  std::map<std::string, std::size_t> out;
  for (const contradictions::SelectedFinding& one : selected) {
    std::set<std::string_view> named;
    for (const Tension* const t : one.tensions) {
      if (by == By::kCondition) {
        named.insert(t->condition);
      } else {
        named.insert(findings.list->witnesses[t->a].advice->action);
        named.insert(findings.list->witnesses[t->b].advice->action);
      }
    }
    std::set<std::string_view> leaves;
    for (const std::string_view id : named) {
      auto known = above.find(id);
      if (known == above.end()) known = above.emplace(id, rules.WithBroader(id)).first;
      leaves.insert(known->second.begin(), known->second.end());
    }
    for (const std::string_view id : leaves) ++out[std::string(id)];
  }
  out.erase("");
  return out;
}

}  // namespace sakuin::web
