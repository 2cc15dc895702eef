#include "query/web/conditions/concept.h"

#include <vector>

#include "indexer/model/language.h"

namespace sakuin::web {
namespace {

using model::Concept;

Html Link(const results::ConditionTree& tree, const Concept& one) {
  return Tag("a").Set("href", ConditionAddress(one.id))(tree.Label(one));
}

Html WithCount(const results::ConditionTree& tree, const Concept& one) {
  return Tag("li")(Link(tree, one), " ",
                   Tag("span").Class("count")(std::to_string(tree.Count(one.id).all.sections)));
}

}  // namespace

std::string ConditionAddress(const std::string& id) { return "/conditions/" + server::Encode(id); }

Html NamesPart(const View& view, const Concept& found) {
  Html rows;
  for (const std::string_view language : model::kLanguages) {
    Html names;
    for (const bool preferred : {true, false}) {
      for (const model::Label& label : found.labels) {
        const bool is_preferred = label.kind == model::LabelKind::kPreferred;
        if (label.language != language || label.kind == model::LabelKind::kHidden ||
            is_preferred != preferred) {
          continue;
        }
        names += preferred ? Tag("li").Lang(language)(Tag("strong")(label.text))
                           : Tag("li").Lang(language)(label.text);
      }
    }
    if (names.empty()) continue;
    rows += Tag("div")(Tag("dt")(view.LanguageName(std::string(language))),
                       Tag("dd")(Tag("ul").Class("names")(names)));
  }
  return Tag("section")(Tag("h2")(view.say("condition.names")), Tag("dl").Class("labels")(rows));
}

Html MeaningPart(const View& view, const Concept& found) {
  Html own;
  Html all;
  for (const model::Note& note : found.notes) {
    if (note.kind != "definition" && note.kind != "scopeNote") continue;
    const Html text = Tag("p").Lang(note.language)(note.text);
    if (note.language == view.ui) own += text;
    all += text;
  }
  if (all.empty()) return {};
  return Tag("section")(Tag("h2")(view.say("condition.definition")), own.empty() ? all : own);
}

Html PlacePart(const View& view, const results::ConditionTree& tree, const Concept& found) {
  Html paths;
  for (const auto& path : tree.Paths(found)) {
    if (path.size() < 2) continue;
    Html steps;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      if (i > 0) steps += Tag("span").Class("step").Set("aria-hidden", "true")(" \u203A ");
      steps += Link(tree, *path[i]);
    }
    paths += Tag("li")(steps);
  }
  Html narrower;
  for (const Concept* const one : tree.Narrower(found)) narrower += WithCount(tree, *one);
  Html related;
  for (const std::string& id : found.related) {
    const Concept* const one = view.desk.library().rules()->thesaurus().Find(id);
    if (one != nullptr) related += WithCount(tree, *one);
  }
  const auto group = [&](const char* key, const Html& items) {
    if (items.empty()) return Html();
    return Tag("div")(Tag("dt")(view.say(key)), Tag("dd")(Tag("ul").Class("names")(items)));
  };
  const Html groups = group("condition.broader", paths) + group("condition.narrower", narrower) +
                      group("condition.related", related);
  if (groups.empty()) return {};
  return Tag("section")(Tag("h2")(view.say("condition.place")), Tag("dl").Class("labels")(groups));
}

}  // namespace sakuin::web
