#include "query/web/article/provenance.h"

#include "indexer/base/utf8.h"
#include "query/web/article/citation.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kWholeCharacters = 48;
constexpr std::size_t kEndCharacters = 14;

// What the syntax of text fragments takes for its own is escaped too.
std::string Term(std::u32string_view words) {
  std::string out;
  for (const char c : server::Encode(utf8::Encode(words))) {
    if (c == '-') {
      out += "%2D";
    } else {
      out += c;
    }
  }
  return out;
}

class Rows {
 public:
  void Add(const std::string& name, const Html& value) {
    if (!value.empty()) rows_ += Tag("div")(Tag("dt")(name), Tag("dd")(value));
  }
  Html Panel() const { return Tag("dl").Class("facts-list")(rows_); }

 private:
  Html rows_;
};

std::string SizeText(std::int64_t bytes) {
  constexpr std::int64_t kKibi = 1024;
  return bytes < kKibi ? std::to_string(bytes) + " B" : std::to_string(bytes / kKibi) + " KiB";
}

}  // namespace

std::string SourceAddress(const std::string& uri, std::string_view words) {
  if (!IsAddress(uri)) return {};
  std::u32string text = utf8::Decode(utf8::Trim(words));
  if (text.empty()) return {};
  const std::string base = uri.substr(0, uri.find('#'));
  if (text.size() <= kWholeCharacters) return base + "#:~:text=" + Term(text);
  const std::u32string_view all = text;
  return base + "#:~:text=" + Term(all.substr(0, kEndCharacters)) + "," +
         Term(all.substr(all.size() - kEndCharacters));
}

Html Provenance(const View& view, const model::Document& document,
                const model::DuplicateGroup& group, const store::SourceFacts& source) {
  const Messages& say = view.say;
  Rows rows;
  rows.Add(say("source.address"),
           IsAddress(document.uri)
               ? Tag("a")
                     .Set("href", document.uri)
                     .Set("rel", "noreferrer noopener nofollow")(Tag("bdi")(document.uri))
               : Tag("bdi")(document.uri));
  rows.Add(say("source.published"), document.published);
  rows.Add(say("source.author"),
           document.author.empty() ? Html() : In(document.language, document.author));
  rows.Add(say("source.site"), document.site.empty() ? Html() : Tag("bdi")(document.site));
  rows.Add(say("source.language"), view.LanguageName(document.language));
  rows.Add(say("source.encoding"), document.encoding);
  rows.Add(say("source.profile"), Tag("code")(document.profile));
  rows.Add(say("source.size"), SizeText(source.bytes));
  rows.Add(say("source.digest"), Tag("code")(source.digest));
  rows.Add(say("source.id"), Tag("code")(document.id));
  Html copies;
  for (const model::Duplicate& copy : group) {
    if (copy.id == document.id) continue;
    copies +=
        Tag("li")(Tag("a").Set("href", DocumentAddress(copy.id)).Lang(copy.language)(copy.title),
                  " ", Tag("bdi").Class("soft")(copy.site.empty() ? copy.uri : copy.site));
  }
  if (!copies.empty()) rows.Add(say("hit.also-at"), Tag("ul")(copies));
  Html notes;
  for (const std::string& note : document.notes) notes += Tag("li").Lang("en")(note);
  if (!notes.empty()) rows.Add(say("source.notes"), Tag("ul")(notes));
  return Tag("section")
      .Class("panel provenance")
      .Set("id", "source")(Tag("h2")(say("source.title")), rows.Panel());
}

Citation CitationOf(const model::Document& document) {
  return {document.id,        document.title, document.author,   document.site,
          document.published, document.uri,   document.language, ""};
}

Html CitationPanel(const View& view, const model::Document& document) {
  const Citation citation = CitationOf(document);
  const std::string base = DocumentAddress(document.id);
  const std::string api = "/api/v1/documents/" + server::Encode(document.id);
  return Tag("section")
      .Class("panel cite")
      .Set("id", "cite")(
          Tag("h2")(view.say("cite.heading")),
          Tag("p").Class("cite-text").Lang(document.language)(PlainCitation(view.say, citation)),
          Tag("details")(Tag("summary")("BibTeX"),
                         Tag("pre").Set("tabindex", "0")(BibTeX(citation))),
          Tag("ul").Class("downloads")(
              Tag("li")(Tag("a").Set("href", base + "/cite.bib")(view.say("cite.bibtex"))),
              Tag("li")(Tag("a").Set("href", base + "/article.md")("Markdown")),
              Tag("li")(Tag("a").Set("href", api)("JSON")),
              Tag("li")(Tag("a").Set("href", api + "/source")(view.say("cite.source")))));
}

}  // namespace sakuin::web
