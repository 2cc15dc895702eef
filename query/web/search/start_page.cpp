#include "query/web/search/start_page.h"

#include <algorithm>

#include "query/contradictions/decisions/states.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kEntries = 18;

std::string SearchAddress(const std::string& query) {
  server::Parameters parameters;
  parameters.Set("q", query);
  return "/?" + parameters.Print();
}

std::string ConditionAddress(const std::string& id) {
  server::Parameters parameters;
  parameters.Set("condition", id);
  return "/?" + parameters.Print();
}

Html Figure(const View& view, const char* key, std::int64_t count, const char* address) {
  const std::string text = view.say.Count(key, static_cast<std::size_t>(count));
  return Tag("li")(Tag("a").Set("href", address)(text));
}

Html Figures(const View& view, const Holdings& holdings) {
  return Tag("ul").Class("figures").Set("aria-label", view.say("start.holds"))(
      Figure(view, "start.documents", holdings.totals.documents, "/sources"),
      Figure(view, "start.sections", holdings.totals.sections, "/sources"),
      Figure(view, "start.advice", holdings.totals.advice, "/contradictions"),
      Figure(view, "start.languages", static_cast<std::int64_t>(holdings.languages.size()),
             "/sources"));
}

// What is still to be decided; nothing where that is not known without a long look.
Html Waiting(const View& view) {
  const auto findings = view.desk.FindingsAtHand();
  if (findings == nullptr) return {};
  const contradictions::Finding* first = nullptr;
  std::size_t waiting = 0;
  for (const contradictions::Finding& one : findings->found.findings) {
    const bool waits = std::any_of(one.tensions.begin(), one.tensions.end(), [&](std::size_t at) {
      return contradictions::IsPending(findings->found.tensions[at]);
    });
    if (!waits) continue;
    if (first == nullptr) first = &one;
    ++waiting;
  }
  if (first == nullptr) return {};
  return Tag("p").Class("notice waiting")(
      Tag("a").Set("href", "/contradictions")(view.say.Count("start.waiting", waiting)),
      Tag("a")
          .Class("button main")
          .Set("href", "/contradictions/" + server::Encode(first->id))(view.say("start.decide")));
}

Html Entries(const View& view, const Holdings& holdings) {
  if (holdings.conditions.empty()) return {};
  Html items;
  for (std::size_t i = 0; i < std::min(kEntries, holdings.conditions.size()); ++i) {
    const auto& [id, count] = holdings.conditions[i];
    items += Tag("li")(Tag("a").Class("entry").Set("href", ConditionAddress(id))(
        Tag("span")(view.Label(id)), " ", Tag("span").Class("count")(std::to_string(count))));
  }
  return Tag("section")(
      Tag("h2")(view.say("start.conditions")), Tag("ul").Class("entries")(items),
      Tag("p")(Tag("a").Set("href", "/conditions")(view.say("start.all-conditions"))));
}

// A name in the page's language, one in another language of the texts, and one narrowed down.
Html Examples(const View& view, const Holdings& holdings) {
  if (holdings.conditions.empty()) return {};
  const auto id = [&](std::size_t i) {
    return holdings.conditions[std::min(i, holdings.conditions.size() - 1)].first;
  };
  std::string other = view.ui;
  std::int64_t most = 0;
  for (const auto& [language, count] : holdings.languages) {
    const bool same = language.substr(0, 2) == view.ui.substr(0, 2);
    if (same || count <= most || view.desk.library().LabelOf(id(1), language) == id(1)) continue;
    most = count;
    other = language;
  }
  struct Example {
    std::string query;
    std::string language;
  };
  const Example all[] = {{view.Label(id(0)), view.ui},
                         {view.desk.library().LabelOf(id(1), other), other},
                         {view.Label(id(2)) + " aspect:" + view.Aspect("self-care"), view.ui}};
  Html items;
  for (const Example& one : all) {
    items += Tag("li")(
        Tag("a").Class("pill").Lang(one.language).Set("href", SearchAddress(one.query))(one.query));
  }
  return Tag("section").Class("examples")(Tag("h2")(view.say("start.examples")),
                                          Tag("ul").Class("pills")(items));
}

Html Languages(const View& view, const Holdings& holdings) {
  if (holdings.languages.empty()) return {};
  Html items;
  for (const auto& [language, count] : holdings.languages) {
    server::Parameters parameters;
    parameters.Set("language", language);
    items += Tag("li")(Tag("a").Class("entry").Set("href", "/?" + parameters.Print())(
        Tag("span")(view.LanguageName(language)), " ",
        Tag("span").Class("count")(std::to_string(count))));
  }
  return Tag("section")(Tag("h2")(view.say("start.by-language")),
                        Tag("ul").Class("entries")(items));
}

}  // namespace

Html StartPage(const View& view, const Holdings& holdings) {
  Html out = Tag("div").Class("start-lead")(Tag("h1")(view.say("start.title")),
                                            Tag("p").Class("lead")(view.say("search.start")));
  if (holdings.totals.documents == 0) {
    return out +
           Tag("p").Class("notice")(view.say("start.empty"), " ", Tag("code")("sakuin ingest"));
  }
  out += Figures(view, holdings) + Waiting(view) + Examples(view, holdings) +
         Entries(view, holdings) + Languages(view, holdings);
  return Tag("div").Class("start")(out);
}

}  // namespace sakuin::web
