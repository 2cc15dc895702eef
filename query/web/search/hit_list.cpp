#include "query/web/search/hit_list.h"

#include <algorithm>

namespace sakuin::web {
namespace {

constexpr std::size_t kMostTags = 4;
constexpr std::size_t kMostReasons = 6;

const std::string& LanguageOf(const results::Hit& hit) {
  const auto& record = hit.record;
  return record.section.language.empty() ? record.language : record.section.language;
}

std::string AddressOf(const std::string& document, std::uint32_t section,
                      const std::string& query) {
  server::Parameters parameters;
  if (!query.empty()) parameters.Set("q", query);
  const std::string text = parameters.Print();
  return DocumentAddress(document) + (text.empty() ? "" : "?" + text) + "#s" +
         std::to_string(section);
}

// "Causes > Overuse", without the title; the section's own heading with its highlights.
Html Path(const results::Hit& hit) {
  const model::Section& section = hit.record.section;
  if (section.number == 0) return {};
  const std::string& language = LanguageOf(hit);
  Html out;
  for (std::size_t i = 1; i + 1 < section.path.size(); ++i) {
    out += Tag("span").Lang(language)(section.path[i]) +
           Tag("span").Class("step").Set("aria-hidden", "true")("\xE2\x80\xBA");
  }
  return Tag("p").Class("path")(
      out, Tag("span").Lang(language)(Marked(section.heading, hit.heading_highlights)));
}

Html Tags(const View& view, const SearchLinks& links, const model::Section& section) {
  Html items;
  std::size_t count = 0;
  for (const model::Tag& tag : section.tags) {
    if (++count > kMostTags) break;
    items += Tag("li")(Tag("a").Class("tag").Set(
        "href", links.With("condition", tag.concept_id))(view.Label(tag.concept_id)));
  }
  for (const std::string& aspect : section.aspects) {
    items += Tag("li")(Tag("a")
                           .Class("tag aspect")
                           .Set("href", links.With("aspect", aspect))(view.Aspect(aspect)));
  }
  if (items.empty()) return {};
  return Tag("ul").Class("tags").Set("aria-label", view.say("hit.tags"))(items);
}

// What a form that stands there has to do with what was typed; several may have the same.
std::string HowOf(const View& view, const results::Reason& reason) {
  if (reason.kind == "literal") return view.say("why.literal");
  if (reason.kind == "variant") return view.say("why.variant");
  if (reason.kind == "label") {
    return view.say("why.label", {{"language", view.LanguageName(reason.language)}});
  }
  return view.say("why.tag");
}

// The form, and how often it stands there.
Html Form(const View& view, const results::Reason& reason) {
  Html out;
  if (reason.kind == "variant") {
    out = Html(" ") + Tag("b")(reason.found);
  } else if (reason.kind == "label") {
    const std::string& form = reason.found.empty() ? reason.label : reason.found;
    out = Html(" ") + Tag("b").Lang(reason.language)(form);
  } else if (reason.kind != "literal") {
    out = Html(" ") + Tag("b")(view.Label(reason.concept_id));
  }
  if (reason.count > 1) {
    out += Tag("span").Class("times")(" \xC3\x97" + std::to_string(reason.count));
  }
  return Tag("span").Class("form")(out);
}

Html Reasons(const View& view, const results::Hit& hit) {
  Html items;
  const std::size_t most = std::min(hit.reasons.size(), kMostReasons);
  for (std::size_t i = 0; i < most;) {
    const std::string& typed = hit.reasons[i].typed;
    Html forms;
    while (i < most && hit.reasons[i].typed == typed) {
      const results::Reason& first = hit.reasons[i];
      const std::string how = HowOf(view, first);
      Html alike;
      for (; i < most && hit.reasons[i].typed == typed && HowOf(view, hit.reasons[i]) == how; ++i) {
        alike += Form(view, hit.reasons[i]);
      }
      forms += Tag("span").Class("why-" + first.kind)(" " + how, alike);
    }
    items += Tag("li")(Tag("span").Class("why-typed")(typed), forms);
  }
  for (const std::string& word : hit.missing) {
    items += Tag("li").Class("why-missing")(view.say("why.missing"), " ", Tag("s")(word));
  }
  if (items.empty()) return {};
  return Tag("ul").Class("why").Set("aria-label", view.say("hit.why"))(items);
}

Html Facts(const View& view, const results::Hit& hit) {
  const auto& record = hit.record;
  Html items = Tag("li")(view.LanguageName(LanguageOf(hit)));
  if (!record.site.empty()) items += Tag("li")(Tag("bdi")(record.site));
  if (!record.published.empty()) {
    const std::string day = record.published.substr(0, 10);
    items += Tag("li")(Tag("time").Set("datetime", day)(day));
  }
  items += Tag("li")(Tag("a").Set("href", DocumentAddress(record.document_id) + "#cite")(
      view.say("hit.cite"), Tag("span").Class("hidden").Lang(record.language)(" " + record.title)));
  return Tag("ul").Class("facts")(items);
}

// Copies of the article, and more sections of it.
Html Elsewhere(const View& view, const results::Hit& hit, const std::string& query) {
  Html out;
  if (!hit.also_at.empty()) {
    Html places;
    for (const results::AlsoAt& other : hit.also_at) {
      const model::Duplicate& copy = other.document;
      if (!places.empty()) places += Html(", ");
      const std::string site = copy.site.empty() ? HostOf(copy.uri) : copy.site;
      places += Tag("a")
                    .Set("href", DocumentAddress(copy.id))
                    .Lang(copy.language)(site.empty() ? copy.uri : site);
    }
    out += Tag("p").Class("also")(view.say("hit.also-at"), " ", places);
  }
  if (hit.further > 0) {
    Html places;
    for (const std::string& id : hit.further_sections) {
      const std::string number = id.substr(id.rfind('#') + 1);
      places += Html(" ") + Tag("a").Class("further").Set(
                                "href", AddressOf(hit.record.document_id,
                                                  static_cast<std::uint32_t>(std::stoul(number)),
                                                  query))("\xC2\xA7" + number);
    }
    out += Tag("p").Class("also")(view.say.Count("hit.further", hit.further), places);
  }
  return out;
}

Html Item(const View& view, const SearchLinks& links, const results::Hit& hit,
          const std::string& query) {
  const auto& record = hit.record;
  // Section 0's heading is the title.
  const auto spans =
      record.section.number == 0 ? hit.heading_highlights : std::vector<model::Span>();
  const bool is_title = record.section.number == 0 && record.section.heading == record.title;
  Html title = Tag("h2")(
      Tag("a")
          .Set("href", HitAddress(hit, query))
          .Lang(record.language)(is_title ? Marked(record.title, spans) : Html(record.title)));
  Html snippet;
  if (!hit.snippet.text.empty()) {
    snippet = Tag("p").Class("snippet").Lang(LanguageOf(hit))(
        Marked(hit.snippet.text, hit.snippet.highlights));
  }
  return Tag("li").Class("hit")(Tag("article")(
      title, Path(hit), snippet, Reasons(view, hit),
      Tag("div").Class("hit-foot")(Facts(view, hit), Tags(view, links, record.section)),
      Elsewhere(view, hit, query)));
}

}  // namespace

std::string HitAddress(const results::Hit& hit, const std::string& query) {
  return AddressOf(hit.record.document_id, hit.record.section.number, query);
}

Html HitList(const View& view, const SearchLinks& links, const results::SearchResult& result) {
  if (result.hits.empty()) return {};
  Html items;
  for (const results::Hit& hit : result.hits) items += Item(view, links, hit, result.query);
  return Tag("ol")
      .Class("hits")
      .Set("data-walk", "")
      .Set("start", std::to_string(result.hits.front().rank))(items);
}

}  // namespace sakuin::web
