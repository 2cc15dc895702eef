#include "query/web/search/facets.h"

#include <algorithm>
#include <map>
#include <set>

namespace sakuin::web {
namespace {

constexpr std::size_t kFewRows = 10;
constexpr std::size_t kMostRows = 400;
constexpr int kDeepest = 4;

struct Row {
  std::string value;
  Html label;
  std::string plain;  // the label for readers' tools
  std::int64_t count = 0;
  int depth = 0;
};

Html Item(const View& view, const SearchLinks& links, std::string_view name, const Row& row) {
  const bool in = links.Has(name, row.value);
  const bool out = links.Has(name, "-" + row.value);
  Tag main("a");
  main.Class("facet-name");
  main.Set("href", out ? links.Without(name, "-" + row.value) : links.Toggled(name, row.value));
  if (in) main.Set("aria-current", "true");
  Html exclude;
  if (!in && !out) {
    exclude = Tag("a")
                  .Class("facet-not")
                  .Set("href", links.With(name, "-" + row.value))
                  .Set("aria-label", view.say("facet.exclude", {{"name", row.plain}}))
                  .Set("title", view.say("facet.exclude", {{"name", row.plain}}))(
                      Tag("span").Set("aria-hidden", "true")("\xE2\x88\x92"));
  }
  const std::string depth = "facet-row depth-" + std::to_string(std::min(row.depth, kDeepest)) +
                            (in ? " on" : "") + (out ? " out" : "");
  return Tag("li").Class(depth)(
      main(row.label, " ", Tag("span").Class("count")(std::to_string(row.count))), exclude);
}

// The first rows, and the others behind a fold.
Html Group(const View& view, const SearchLinks& links, const char* key, std::string_view name,
           const std::vector<Row>& rows, const std::vector<Row>& more) {
  if (rows.empty()) return {};
  Html items;
  for (const Row& row : rows) items += Item(view, links, name, row);
  Html out = Tag("h2")(view.say(key)) + Tag("ul").Class("facet-rows")(items);
  if (!more.empty()) {
    Html others;
    for (std::size_t i = 0; i < std::min(more.size(), kMostRows); ++i) {
      others += Item(view, links, name, more[i]);
    }
    out += Tag("details")(Tag("summary")(view.say.Count("facet.more", more.size())),
                          Tag("ul").Class("facet-rows")(others));
  }
  return Tag("section").Class("facet")(out);
}

Html Group(const View& view, const SearchLinks& links, const char* key, std::string_view name,
           const std::vector<Row>& all) {
  const std::size_t few = std::min(all.size(), kFewRows);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(few);
  return Group(view, links, key, name, {all.begin(), middle}, {middle, all.end()});
}

// A concept, then what is below it, of those that are wanted.
class TreeRows {
 public:
  TreeRows(const View& view, const std::vector<results::FacetConcept>& all) : view_(view) {
    for (const results::FacetConcept& one : all) counts_.emplace(one.concept_ptr->id, &one);
  }

  std::vector<Row> Of(std::vector<const results::FacetConcept*> wanted) {
    std::set<std::string> ids;
    for (const auto* one : wanted) ids.insert(one->concept_ptr->id);
    std::map<std::string, std::vector<const results::FacetConcept*>> below;
    std::vector<const results::FacetConcept*> roots;
    for (const auto* one : wanted) {
      bool is_root = true;
      for (const std::string& above : one->concept_ptr->broader) {
        if (!ids.contains(above)) continue;
        is_root = false;
        below[above].push_back(one);
      }
      if (is_root) roots.push_back(one);
    }
    std::vector<Row> out;
    std::set<std::string> shown;
    for (const auto* root : roots) Add(*root, 0, below, shown, out);
    return out;
  }

 private:
  using Below = std::map<std::string, std::vector<const results::FacetConcept*>>;
  // A concept with two parents stands below the first.
  void Add(const results::FacetConcept& one, int depth, const Below& below,
           std::set<std::string>& shown, std::vector<Row>& out) const {
    const std::string& id = one.concept_ptr->id;
    if (!shown.insert(id).second) return;
    const std::string label = view_.Label(id);
    out.push_back({id, label, label, one.all, depth});
    const auto found = below.find(id);
    if (found == below.end()) return;
    for (const auto* next : found->second) Add(*next, depth + 1, below, shown, out);
  }

  const View& view_;
  std::map<std::string, const results::FacetConcept*> counts_;
};

// The most frequent ones as a tree, which is closed upwards but for equal counts; then the others.
Html Conditions(const View& view, const SearchLinks& links, const results::SearchResult& result) {
  std::vector<const results::FacetConcept*> first;
  std::vector<const results::FacetConcept*> others;
  for (const results::FacetConcept& one : result.conditions) {
    const bool chosen = links.Has("condition", one.concept_ptr->id);
    (chosen || first.size() < kFewRows + 2 ? first : others).push_back(&one);
  }
  TreeRows tree(view, result.conditions);
  return Group(view, links, "facet.condition", "condition", tree.Of(std::move(first)),
               tree.Of(std::move(others)));
}

// Counted values as rows, the most frequent first.
template <typename Label>
std::vector<Row> Rows(const results::SearchResult& result, const char* facet, const Label& label) {
  std::vector<Row> out;
  const auto counts = result.facets.find(facet);
  if (counts == result.facets.end()) return out;
  for (const auto& [value, count] : counts->second) {
    if (value.empty() || count == 0) continue;
    const std::string text = label(value);
    out.push_back({value, text, text, count, 0});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Row& a, const Row& b) { return a.count > b.count; });
  return out;
}

std::string LabelOf(const View& view, std::string_view name, const std::string& value) {
  if (name == "condition") return view.Label(value);
  if (name == "aspect") return view.Aspect(value);
  if (name == "language") return view.LanguageName(value);
  return value;
}

}  // namespace

Html FilterLabel(const View& view, std::string_view name, const std::string& value) {
  const bool excluded = value.size() > 1 && value[0] == '-';
  const std::string label = LabelOf(view, name, excluded ? value.substr(1) : value);
  return excluded ? Html(view.say("facet.without", {{"name", label}})) : Html(label);
}

Html Facets(const View& view, const SearchLinks& links, const results::SearchResult& result) {
  const auto named = [&view](std::string_view name) {
    return [&view, name](const std::string& value) { return LabelOf(view, name, value); };
  };
  std::vector<Row> years = Rows(result, "year", named("published"));
  std::sort(years.begin(), years.end(),
            [](const Row& a, const Row& b) { return a.value > b.value; });
  Html groups = Conditions(view, links, result);
  groups += Group(view, links, "facet.aspect", "aspect", Rows(result, "aspect", named("aspect")));
  groups +=
      Group(view, links, "facet.language", "language", Rows(result, "language", named("language")));
  groups += Group(view, links, "facet.year", "published", years);
  groups += Group(view, links, "facet.site", "site", Rows(result, "site", named("site")));
  if (groups.empty()) return {};
  return Tag("nav").Class("facets").Set("aria-label", view.say("facet.all"))(
      Tag("details").Class("fold")(Tag("summary")(view.say("facet.all")), groups));
}

Html ActiveFilters(const View& view, const SearchLinks& links) {
  Html items;
  for (const std::string_view name : kFilterNames) {
    for (const std::string& value : links.parameters().All(name)) {
      const bool excluded = value.size() > 1 && value[0] == '-';
      const Html label = FilterLabel(view, name, value);
      items += Tag("li")(Tag("a")
                             .Class(excluded ? "pill on excluded" : "pill on")
                             .Set("href", links.Without(name, value))(
                                 Tag("span").Class("hidden")(view.say("facet.remove")), " ", label,
                                 " ", Tag("span").Set("aria-hidden", "true")("\xC3\x97")));
    }
  }
  if (items.empty()) return {};
  return Tag("ul").Class("pills").Set("aria-label", view.say("facet.active"))(items);
}

}  // namespace sakuin::web
