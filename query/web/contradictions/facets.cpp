#include "query/web/contradictions/facets.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "indexer/store/reviews.h"
#include "query/contradictions/decisions/states.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::SelectedFinding;

constexpr std::size_t kMostShown = 6;

struct Value {
  std::string value;
  std::string label;
  std::size_t count = 0;
};

class Facets {
 public:
  Facets(const View& view, const service::Findings& findings, const Asked& asked)
      : view_(view), findings_(findings), asked_(asked) {}

  Html All() const {
    return Tag("nav").Class("facets").Set("aria-label",
                                          view_.say("contradictions.filters"))(Tag("details")(
        Tag("summary")(view_.say("contradictions.filters")),
        Group("state", &Asked::state, States()), Group("severity", &Asked::severity, Severities()),
        Group("kind", &Asked::kind, Kinds()), Group("languages", &Asked::languages, Languages()),
        Group("condition", &Asked::condition, Concepts(&Asked::condition)),
        Group("action", &Asked::action, Concepts(&Asked::action))));
  }

 private:
  // What would be there if one filter were not.
  std::vector<SelectedFinding> Without(std::string Asked::*filter, std::string instead = {}) const {
    Asked other = asked_;
    other.*filter = std::move(instead);
    return Select(view_, findings_, other);
  }

  std::vector<Value> States() const {
    std::map<std::string, std::size_t> counts;
    std::size_t pending = 0;
    const auto all = Without(&Asked::state, "all");
    for (const SelectedFinding& one : all) {
      std::set<std::string> states;
      for (const auto* const t : one.tensions) states.insert(contradictions::StateOf(*t));
      for (const std::string& state : states) ++counts[state];
      pending += std::any_of(one.tensions.begin(), one.tensions.end(),
                             [](const auto* t) { return contradictions::IsPending(*t); })
                     ? 1
                     : 0;
    }
    std::vector<Value> out{{"", view_.say("contradictions.pending"), pending}};
    if (counts.contains("changed")) {
      out.push_back({"changed", StateName(view_, "changed"), counts["changed"]});
    }
    for (const std::string_view state : store::kReviewStates) {
      const std::string name(state);
      if (name != "open" && counts.contains(name)) {
        out.push_back({name, StateName(view_, name), counts[name]});
      }
    }
    if (all.size() != pending) out.push_back({"all", view_.say("contradictions.all"), all.size()});
    return out;
  }

  std::vector<Value> Severities() const {
    std::size_t high = 0;
    std::size_t medium = 0;
    const auto all = Without(&Asked::severity);
    for (const SelectedFinding& one : all) {
      const auto level = one.tensions[0]->severity;
      if (level == contradictions::Severity::kHigh) ++high;
      if (level == contradictions::Severity::kMedium) ++medium;
    }
    std::vector<Value> out;
    if (high > 0) out.push_back({"high", view_.say("severity.high"), high});
    if (medium > 0 && high + medium < all.size()) {
      const std::string level = view_.say("severity.medium");
      out.push_back(
          {"medium", view_.say("contradictions.or-higher", {{"level", level}}), high + medium});
    }
    if (high < all.size()) out.push_back({"", view_.say("contradictions.all"), all.size()});
    return out;
  }

  std::vector<Value> Kinds() const {
    std::map<contradictions::Kind, std::size_t> counts;
    for (const SelectedFinding& one : Without(&Asked::kind)) ++counts[one.tensions[0]->kind];
    std::vector<Value> out;
    for (const auto& [kind, count] : counts) {
      out.push_back({std::string(contradictions::kKinds[static_cast<std::size_t>(kind)]),
                     KindName(view_, kind), count});
    }
    return Sorted(std::move(out));
  }

  std::vector<Value> Languages() const {
    std::map<std::string, std::size_t> counts;
    std::size_t cross = 0;
    for (const SelectedFinding& one : Without(&Asked::languages)) {
      std::set<std::string> pairs;
      for (const auto* const t : one.tensions) pairs.insert(LanguagesOf(*t, findings_));
      bool is_cross = false;
      for (const std::string& pair : pairs) {
        ++counts[pair];
        is_cross = is_cross || pair.find('+') != std::string::npos;
      }
      if (is_cross) ++cross;
    }
    std::vector<Value> out;
    for (const auto& [pair, count] : counts) {
      out.push_back({pair, LanguagesName(view_, pair), count});
    }
    out = Sorted(std::move(out));
    if (cross > 0) {
      out.insert(out.begin(), {"cross", view_.say("contradictions.cross"), cross});
    }
    return out;
  }

  std::vector<Value> Concepts(std::string Asked::*filter) const {
    std::map<std::string, std::size_t> counts;
    for (const SelectedFinding& one : Without(filter)) {
      const std::string& id =
          filter == &Asked::condition ? one.tensions[0]->condition : ActionColumn(one);
      if (!id.empty()) ++counts[id];
    }
    std::vector<Value> out;
    for (const auto& [id, count] : counts) out.push_back({id, view_.Label(id), count});
    return Sorted(std::move(out));
  }

  static std::vector<Value> Sorted(std::vector<Value> values) {
    std::stable_sort(values.begin(), values.end(),
                     [](const Value& x, const Value& y) { return x.count > y.count; });
    return values;
  }

  Html Item(std::string Asked::*filter, const Value& value) const {
    const bool is_on = asked_.*filter == value.value;
    Asked there = asked_;
    there.*filter = is_on ? std::string() : value.value;
    Tag link("a");
    link.Set("href", there.Address("/contradictions"));
    if (is_on) link.Set("aria-current", "true");
    return Tag("li")(
        link(Tag("span")(value.label), Tag("span").Class("number")(std::to_string(value.count))));
  }

  Html Group(const std::string& name, std::string Asked::*filter,
             const std::vector<Value>& values) const {
    const bool is_used = !(asked_.*filter).empty();
    if (values.size() < 2 && !is_used) return {};
    Html shown;
    Html more;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool on_top = i < kMostShown || asked_.*filter == values[i].value;
      (on_top ? shown : more) += Item(filter, values[i]);
    }
    Html out = Tag("h2")(view_.say("contradictions.by." + name)) + Tag("ul")(shown);
    if (!more.empty()) {
      out += Tag("details").Class("more")(
          Tag("summary")("+" + std::to_string(values.size() - kMostShown)), Tag("ul")(more));
    }
    return out;
  }

  const View& view_;
  const service::Findings& findings_;
  const Asked& asked_;
};

}  // namespace

Html FacetsPart(const View& view, const service::Findings& findings, const Asked& asked) {
  return Facets(view, findings, asked).All();
}

Html ActiveFilters(const View& view, const Asked& asked) {
  Html items;
  const auto add = [&](std::string Asked::*filter, const std::string& name) {
    if ((asked.*filter).empty()) return;
    Asked there = asked;
    (there.*filter).clear();
    items += Tag("li")(Tag("a")
                           .Class("pill on")
                           .Set("href", there.Address("/contradictions"))
                           .Set("aria-label", view.say("contradictions.drop", {{"name", name}}))(
                               name, " ", Tag("span").Set("aria-hidden", "true")("\u00D7")));
  };
  add(&Asked::condition, view.Label(asked.condition));
  add(&Asked::action, view.Label(asked.action));
  const auto& phrases = view.desk.library().Reasons(view.ui).phrases();
  add(&Asked::kind, phrases.Say("ui.kind." + asked.kind));
  add(&Asked::severity,
      view.say("severity.label", {{"level", view.say("severity." + asked.severity)}}));
  add(&Asked::state,
      asked.state == "all" ? view.say("contradictions.all") : StateName(view, asked.state));
  add(&Asked::languages, LanguagesName(view, asked.languages));
  if (items.empty()) return {};
  items += Tag("li")(
      Tag("a").Class("pill").Set("href", "/contradictions")(view.say("contradictions.clear")));
  return Tag("ul").Class("pills").Set("aria-label", view.say("contradictions.active"))(items);
}

}  // namespace sakuin::web
