// One article: its text with what was found in it, and the way back to its source.

#include <algorithm>

#include "query/results/to_json.h"
#include "query/server/problem.h"
#include "query/service/original_text.h"
#include "query/web/article/advice_notes.h"
#include "query/web/article/article_text.h"
#include "query/web/article/original_view.h"
#include "query/web/article/provenance.h"
#include "query/web/keys.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

std::string AnchorOf(const model::Section& section) { return "s" + std::to_string(section.number); }

// The same article with one thing changed.
std::string Address(const View& view, const std::string& id, const char* name,
                    const std::string& value) {
  server::Parameters query = view.request.query;
  if (value.empty()) {
    query.Remove(name);
  } else {
    query.Set(name, value);
  }
  const std::string text = query.Print();
  return DocumentAddress(id) + (text.empty() ? "" : "?" + text);
}

Html Title(int level, Html content) {
  switch (level) {
    case 1:
    case 2: return Tag("h2")(content);
    case 3: return Tag("h3")(content);
    case 4: return Tag("h4")(content);
    default: return Tag("h5")(content);
  }
}

// Everything that a page about one document is made of.
struct Article {
  const View& view;
  const model::Document& document;
  const std::optional<model::Source>& source;
  bool with_original = false;
  bool with_links = false;  // to every sentence

  const std::string& LanguageOf(const model::Section& section) const {
    return section.language.empty() ? document.language : section.language;
  }
};

Html SectionTags(const Article& article, const model::Section& section) {
  const View& view = article.view;
  Html items;
  for (const model::Tag& tag : section.tags) {
    // What the title says is told once, at the top.
    if (tag.inherited && section.number > 0) continue;
    server::Parameters query;
    query.Set("condition", tag.concept_id);
    items += Tag("li")(Tag("a")
                           .Class(tag.primary ? "tag primary" : "tag")
                           .Set("href", "/?" + query.Print())(view.Label(tag.concept_id)));
  }
  for (const std::string& aspect : section.aspects) {
    items += Tag("li")(Tag("span").Class("tag aspect")(view.Aspect(aspect)));
  }
  const std::string number = std::to_string(section.number);
  const std::string words =
      section.text.substr(0, std::min(section.text.find('\n'), section.text.size()));
  const std::string there = SourceAddress(article.document.uri, words);
  if (!there.empty()) {
    items +=
        Tag("li")(Tag("a")
                      .Class("away")
                      .Set("href", there)
                      .Set("rel", "noreferrer noopener nofollow")(view.say("article.at-source")));
  }
  if (article.source && service::IsMapped(*article.source)) {
    const std::string address =
        article.with_original ? "#o" + number
                              : Address(view, article.document.id, "original", "1") + "#o" + number;
    items += Tag("li")(Tag("a").Class("away").Set("href", address)(view.say("article.original")));
  }
  return Tag("ul").Class("tags").Lang(view.ui).Set("aria-label", view.say("article.tags"))(items);
}

Html SectionView(const Article& article, const model::Section& section, ArticleText& text,
                 const AdviceNotes& notes) {
  if (section.number == 0 && section.text.empty() && section.tags.empty()) return {};
  Html heading;
  if (section.number > 0) {
    std::vector<std::size_t> said;
    for (std::size_t i = 0; i < section.advice.size(); ++i) {
      if (section.advice[i].in_heading) said.push_back(i);
    }
    heading = Tag("div").Class("block heading")(
        Title(section.level,
              text.Heading(section) +
                  Tag("a")
                      .Class("pin")
                      .Set("href", "#" + AnchorOf(section))
                      .Set("aria-label", article.view.say("article.link-section"))("#")),
        notes.Of(section, said));
  }
  Html speakers;
  for (const model::Speaker& speaker : section.speakers) {
    std::string line = speaker.name;
    for (const std::string* part : {&speaker.title, &speaker.affiliation}) {
      if (!part->empty()) line += (line.empty() ? "" : ", ") + *part;
    }
    speakers += Tag("li")(line);
  }
  if (!speakers.empty()) speakers = Tag("ul").Class("speakers soft")(speakers);
  return Tag("section")
      .Class("part level-" + std::to_string(std::clamp(section.level, 1, 5)))
      .Set("id", AnchorOf(section))
      .Lang(article.LanguageOf(section))(
          heading, SectionTags(article, section), speakers,
          text.Text(section, service::ListItems(section, article.source)));
}

Html Outline(const Article& article) {
  const View& view = article.view;
  Html items;
  for (const model::Section& section : article.document.sections) {
    if (section.number == 0) continue;
    items += Tag("li").Class("level-" + std::to_string(std::clamp(section.level, 2, 5)))(
        Tag("a")
            .Set("href", "#" + AnchorOf(section))
            .Lang(article.LanguageOf(section))(section.heading));
  }
  if (items.empty()) return {};
  return Tag("nav").Class("outline").Set("aria-label", view.say("article.outline"))(
      Tag("details").Class("fold")(Tag("summary")(view.say("article.outline")), Tag("ol")(items)));
}

// A search within the article.
Html FindForm(const Article& article, const std::string& query) {
  const Messages& say = article.view.say;
  Html kept;
  for (const auto& [name, on] :
       {std::pair("original", article.with_original), std::pair("links", article.with_links)}) {
    if (on) kept += Tag("input").Set("type", "hidden").Set("name", name).Set("value", "1")();
  }
  return Tag("form")
      .Class("find-here")
      .Set("method", "get")
      .Set("action", DocumentAddress(article.document.id))(
          Tag("label").Set("for", "find-here")(say("article.find")),
          Tag("div").Class("row")(Tag("input")
                                      .Set("id", "find-here")
                                      .Set("name", "q")
                                      .Set("type", "search")
                                      .Set("maxlength", "512")
                                      .Set("value", query)(),
                                  kept,
                                  Tag("button").Set("type", "submit")(say("article.find-go"))));
}

Html MarksBar(const Article& article, const std::string& query, std::size_t hits) {
  const View& view = article.view;
  if (query.empty()) return {};
  Html steps;
  if (hits > 0) {
    steps = Tag("a")
                .Class("button")
                .Set("data-step", "-1")
                .Set("href", "#h" + std::to_string(hits))(view.say("article.previous-mark"), " ",
                                                          Tag("kbd")("p")) +
            Tag("a")
                .Class("button")
                .Set("data-step", "1")
                .Set("href", "#h1")(view.say("article.next-mark"), " ", Tag("kbd")("n"));
  }
  return Tag("div")
      .Class("marks-bar")
      .Set("role", "region")
      .Set("aria-label", view.say("article.marks"))(
          Tag("span").Set("data-total", std::to_string(hits))(
              view.say.Count("article.marks-found", hits), " ", Tag("b")(query)),
          steps,
          Tag("a").Class("button").Set(
              "href", Address(view, article.document.id, "q", ""))(view.say("article.unmark")));
}

Html Byline(const Article& article) {
  const View& view = article.view;
  const model::Document& d = article.document;
  Html items = Tag("li")(view.LanguageName(d.language));
  if (!d.site.empty()) items += Tag("li")(Tag("bdi")(d.site));
  if (!d.author.empty()) items += Tag("li")(In(d.language, d.author));
  if (!d.published.empty()) {
    const std::string day = d.published.substr(0, 10);
    items += Tag("li")(Tag("time").Set("datetime", day)(day));
  }
  items += Tag("li")(Tag("a").Set("href", "#source")(view.say("source.title")));
  items += Tag("li")(Tag("a").Set("href", "#cite")(view.say("hit.cite")));
  if (article.source) {
    items += Tag("li")(
        Tag("a").Set("href", Address(view, d.id, "original", article.with_original ? "" : "1"))(
            view.say(article.with_original ? "original.hide" : "original.show")));
  }
  items +=
      Tag("li")(Tag("a").Set("href", Address(view, d.id, "links", article.with_links ? "" : "1"))(
          view.say(article.with_links ? "article.hide-links" : "article.show-links")));
  return Tag("ul").Class("facts")(items);
}

Html Neighbours(const Article& article) {
  const View& view = article.view;
  const auto there = view.desk.reader().NeighboursOf(article.document.id);
  if (!there) return {};
  Html out;
  if (!there->previous.id.empty()) {
    out += Tag("a")
               .Set("rel", "prev")
               .Set("href", DocumentAddress(there->previous.id))(
                   Tag("span").Class("soft small")(view.say("article.previous")),
                   Tag("bdi")(there->previous.title));
  }
  if (!there->next.id.empty()) {
    out += Tag("a")
               .Class("next")
               .Set("rel", "next")
               .Set("href", DocumentAddress(there->next.id))(
                   Tag("span").Class("soft small")(view.say("article.next")),
                   Tag("bdi")(there->next.title));
  }
  return Tag("nav").Class("neighbours").Set("aria-label", view.say("article.neighbours"))(out);
}

Result<Html> Whole(const Article& article, const std::string& query) {
  const View& view = article.view;
  const model::Document& document = article.document;
  const auto marks = service::QueryMarks::Of(query, view.desk);
  if (!marks) return Pass(marks);
  const auto group = view.desk.reader().DuplicatesOf(document.id);
  if (!group) return Pass(group);
  const auto facts = view.desk.reader().ReadSourceFacts(document.id);
  if (!facts) return Pass(facts);
  const AdviceNotes notes(view, document);
  const NotesOf notes_of = [&notes](const model::Section& section,
                                    const std::vector<std::size_t>& advice) {
    return notes.Of(section, advice);
  };
  ArticleText text(*marks, notes_of,
                   article.with_links ? view.say("article.link-sentence") : std::string());
  const Html title = Tag("h1").Lang(document.language)(document.title);
  Html sections;
  for (const model::Section& section : document.sections) {
    sections += SectionView(article, section, text, notes);
  }
  Html original;
  if (article.with_original) {
    auto made = OriginalView(view, document, article.source);
    if (!made) return Pass(made);
    original = std::move(*made);
  }
  const Html body = MarksBar(article, query, text.hits()) +
                    Tag("div").Class(article.with_original ? "beside" : "alone")(
                        Tag("div").Class("text")(sections), original) +
                    Tag("div").Class("panels")(Provenance(view, document, *group, *facts),
                                               CitationPanel(view, document)) +
                    Neighbours(article);
  return Tag("article")
      .Class(article.with_links ? "columns article with-links" : "columns article")
      .Set("data-copied", view.say("article.copied"))(
          Tag("header").Class("article-head")(title, Byline(article)),
          Tag("div").Class("side")(Outline(article), FindForm(article, query)),
          Tag("div").Class("body")(body));
}

server::Response Show(const View& view) {
  const std::string& id = view.request.captured.at("id");
  const auto document = view.desk.reader().ReadDocument(id);
  if (!document) return server::Problem(document.error());
  const auto source = view.desk.reader().ReadSource(id);
  if (!source) return server::Problem(source.error());
  const std::string& query = view.request.query.Get("q");
  const Article article{view, *document, *source, view.request.query.Get("original") == "1",
                        view.request.query.Get("links") == "1"};
  auto main = Whole(article, query);
  if (!main) return server::Problem(main.error());
  Page page;
  page.title = document->title;
  page.current = "sources";
  page.query = query;
  page.styles = {"article.css"};
  page.modules = {"article.js"};
  page.main = std::move(*main);
  page.main += KeysHelp(view, {{"j", "keys.next-sentence"},
                               {"k", "keys.previous-sentence"},
                               {"c", "keys.copy"},
                               {"n", "keys.next-mark"},
                               {"p", "keys.previous-mark"}});
  page.wide = article.with_original;
  return Render(view, std::move(page));
}

server::Response File(const View& view, bool bibtex) {
  const auto document = view.desk.reader().ReadDocument(view.request.captured.at("id"));
  if (!document) return server::Problem(document.error());
  server::Response out;
  out.type = bibtex ? "application/x-bibtex; charset=utf-8" : "text/markdown; charset=utf-8";
  out.body = bibtex ? BibTeX(CitationOf(*document)) : results::ToMarkdown(*document);
  out.Set("Content-Disposition",
          std::string("attachment; filename=\"sakuin-article.") + (bibtex ? "bib" : "md") + "\"");
  return out;
}

}  // namespace

void AddArticlePage(server::Site& site, const Web& web) {
  const auto add = [&site](const char* pattern, const char* id, const char* summary,
                           const char* type, server::Handler handler) {
    site.router().Add({"GET", pattern, id, summary, {}, type, std::move(handler)});
  };
  add("/a/{id}", "articlePage", "One article", "text/html",
      [&web](const server::Request& request, service::Desk& desk) {
        return Show(View(request, desk, web));
      });
  add("/a/{id}/cite.bib", "articleBibTeX", "One article as BibTeX", "application/x-bibtex",
      [&web](const server::Request& request, service::Desk& desk) {
        return File(View(request, desk, web), true);
      });
  add("/a/{id}/article.md", "articleMarkdown", "One article as Markdown", "text/markdown",
      [&web](const server::Request& request, service::Desk& desk) {
        return File(View(request, desk, web), false);
      });
}

}  // namespace sakuin::web
