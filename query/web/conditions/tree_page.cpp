// The tree of conditions and symptoms, with how much the articles say of each.

#include <algorithm>
#include <map>

#include "query/server/problem.h"
#include "query/service/condition_browser.h"
#include "query/web/conditions/concept.h"
#include "query/web/contradictions/asked.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

using model::Concept;
using results::ConditionTree;

class Tree {
 public:
  Tree(const View& view, const ConditionTree& tree,
       const std::map<std::string, std::size_t>& disputed)
      : view_(view), tree_(tree), disputed_(disputed) {}

  Html Print() const {
    Html out;
    for (const Concept* const root : tree_.Roots()) {
      const auto below = Below(*root);
      Html inside = Tag("h2")(Name(*root), Numbers(*root));
      if (!below.empty()) inside += Level(below);
      out += Tag("section").Class("branch")(inside);
    }
    return Tag("div").Class("forest")(out);
  }

  // Those whose name in any language holds what was typed, without their place.
  Html Named(const std::vector<const Concept*>& concepts) const {
    Html items;
    for (const Concept* const one : concepts) {
      items += Tag("li")(Tag("span").Class("row")(Name(*one), Numbers(*one)));
    }
    return Tag("section").Class("branch named")(Tag("ul")(items));
  }

 private:
  // Without those that stand further below too: a strain is an injury, and need not stand beside
  // it.
  std::vector<const Concept*> Below(const Concept& above) const {
    auto out = tree_.Narrower(above);
    const auto& rules = view_.desk.library().tension_rules();
    std::erase_if(out, [&](const Concept* one) {
      return std::any_of(one->broader.begin(), one->broader.end(), [&](const std::string& between) {
        if (between == above.id) return false;
        const auto all = rules.WithBroader(between);
        return std::find(all.begin(), all.end(), above.id) != all.end();
      });
    });
    return out;
  }
  Html Name(const Concept& one) const {
    return Tag("a").Set("href", ConditionAddress(one.id))(tree_.Label(one));
  }

  Html Numbers(const Concept& one) const {
    Html out = Tag("span").Class("count").Set(
        "title", view_.say.Count("conditions.sections",
                                 static_cast<std::size_t>(tree_.Count(one.id).all.sections)))(
        std::to_string(tree_.Count(one.id).all.sections));
    const auto found = disputed_.find(one.id);
    if (found != disputed_.end()) {
      out +=
          Tag("a")
              .Class("disputed")
              .Set("href", "/contradictions?condition=" + server::Encode(one.id))(
                  Tag("span").Set("aria-hidden", "true")("\u21C4 " + std::to_string(found->second)),
                  Tag("span").Class("hidden")(
                      view_.say.Count("conditions.contradictions", found->second)));
    }
    return out;
  }

  Html Level(const std::vector<const Concept*>& concepts) const {
    Html items;
    for (const Concept* const one : concepts) {
      const auto below = Below(*one);
      items += Tag("li")(Tag("span").Class("row")(Name(*one), Numbers(*one)),
                         below.empty() ? Html() : Level(below));
    }
    return Tag("ul")(items);
  }

  const View& view_;
  const ConditionTree& tree_;
  const std::map<std::string, std::size_t>& disputed_;
};

// By condition, and by everything that is broader: findings that are still to be decided.
std::map<std::string, std::size_t> Disputed(const View& view, const service::Findings& findings) {
  return CountBy(By::kCondition, view, findings, Select(view, findings, {}));
}

std::vector<const Concept*> NamedSo(const View& view, const ConditionTree& tree, bool all,
                                    const std::string& typed) {
  const auto& rules = *view.desk.library().rules();
  const std::u32string wanted = rules.folding().Fold(typed).chars;
  std::vector<const Concept*> out;
  for (const Concept& one : rules.thesaurus().concepts()) {
    const bool is_condition = one.scheme != "interventions" && one.scheme != "populations";
    if (!is_condition || (!all && tree.Count(one.id).all.sections == 0)) continue;
    const bool named =
        std::any_of(one.labels.begin(), one.labels.end(), [&](const model::Label& label) {
          return rules.folding().Fold(label.text).chars.find(wanted) != std::u32string::npos;
        });
    if (named) out.push_back(&one);
  }
  return out;
}

Html Controls(const View& view, bool all, const std::string& typed) {
  Html form =
      Tag("label").Set("for", "name")(view.say("conditions.filter")) + Tag("input")
                                                                           .Set("type", "search")
                                                                           .Set("id", "name")
                                                                           .Set("name", "name")
                                                                           .Set("maxlength", "100")
                                                                           .Set("value", typed)();
  if (all) form += Tag("input").Set("type", "hidden").Set("name", "all").Set("value", "1")();
  form += Tag("button").Set("type", "submit")(view.say("search.go"));
  return Tag("div").Class("controls")(
      Tag("form").Set("method", "get").Set("action", "/conditions")(form),
      Tag("a").Set("href", all ? "/conditions" : "/conditions?all=1")(
          view.say(all ? "conditions.show-used" : "conditions.show-all")));
}

Html Unknown(const View& view, const ConditionTree& tree) {
  Html items;
  for (const std::string& id : tree.Unknown()) {
    items += Tag("li")(Tag("code")(id), " ", std::to_string(tree.Count(id).all.sections));
  }
  if (items.empty()) return {};
  return Tag("section")(Tag("h2")(view.say("conditions.unknown")), Tag("ul")(items));
}

server::Response Conditions(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  service::ConditionBrowser browser(desk.searcher());
  if (const Status read = browser.Read({}); !read) return server::Problem(read.error());
  const bool all = request.query.Get("all") == "1";
  const ConditionTree tree = browser.Tree({view.ui, all, -1});
  const auto disputed = Disputed(view, **findings);
  const Tree printed(view, tree, disputed);
  const std::string typed = request.query.Get("name");

  Page page;
  page.title = view.say("conditions.title");
  page.current = "conditions";
  page.styles = {"conditions.css"};
  page.main = Tag("header").Class("lead")(Tag("h1")(page.title),
                                          Tag("p").Class("soft")(view.say("conditions.lead")));
  page.main += Controls(view, all, typed);
  if (!typed.empty()) {
    const auto found = NamedSo(view, tree, all, typed);
    page.main +=
        found.empty() ? Tag("p").Class("panel")(view.say("conditions.none")) : printed.Named(found);
  } else if (browser.counts().empty() && !all) {
    page.main += Tag("p").Class("panel")(view.say("conditions.none"));
  } else {
    page.main += printed.Print();
  }
  page.main += Unknown(view, tree);
  return Render(view, std::move(page));
}

}  // namespace

void AddConditionTree(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/conditions",
                     "conditionsPage",
                     "The tree of conditions and symptoms",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return Conditions(request, desk, web);
                     }});
}

}  // namespace sakuin::web
