// The pure parts of the pages that one reads: addresses, citations, fragments.

#include "indexer/base/data_dir.h"
#include "query/web/article/article_text.h"
#include "query/web/article/citation.h"
#include "query/web/article/provenance.h"
#include "query/web/search/search_links.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::test {
namespace {

using web::SearchLinks;

TEST_CASE("links of a search change one thing and go back to the first page", "[web][search]") {
  const SearchLinks links(
      server::Parameters::Parse("q=knee&condition=knee-pain&language=-en&after=10.1.2&site="));
  CHECK(links.Here() == "/?q=knee&condition=knee-pain&language=-en");
  CHECK(links.Here("/x") == "/x?q=knee&condition=knee-pain&language=-en");
  const SearchLinks ordered(
      server::Parameters::Parse("q=knee&sort=date&published=-2024&by=document&limit=5&ui=ja"));
  CHECK(ordered.Feed() == "/feed/search?q=knee&published=-2024&ui=ja");
  CHECK(links.Without("condition") == "/?q=knee&language=-en");
  CHECK(links.Without("language", "-en") == "/?q=knee&condition=knee-pain");
  CHECK(links.Toggled("condition", "knee-pain") == "/?q=knee&language=-en");
  CHECK(links.Toggled("language", "en") == "/?q=knee&condition=knee-pain&language=en");
  CHECK(links.With("condition", "-leg-cramp") ==
        "/?q=knee&condition=knee-pain&language=-en&condition=-leg-cramp");
  CHECK(links.Query("a&b=c") == "/?condition=knee-pain&language=-en&q=a%26b%3Dc");
  CHECK(links.Next("20.1.2").find("after=20.1.2") != std::string::npos);
  CHECK(links.Kept().size() == 2);
  CHECK(SearchLinks(server::Parameters::Parse("q=a")).Without("q") == "/");
}

TEST_CASE("a source is linked to at its words, and only over http", "[web][article]") {
  CHECK(web::SourceAddress("https://example.org/a#top", "Cool it, then move - slowly") ==
        "https://example.org/a#:~:text=Cool%20it%2C%20then%20move%20%2D%20slowly");
  const std::string longer(100, 'x');
  CHECK(web::SourceAddress("http://example.org/", longer) ==
        "http://example.org/#:~:text=xxxxxxxxxxxxxx,xxxxxxxxxxxxxx");
  CHECK(web::SourceAddress("javascript:alert(1)", "words").empty());
  CHECK(web::SourceAddress("articles/a.txt", "words").empty());
  CHECK(web::SourceAddress("https://example.org/", " \n").empty());
}

TEST_CASE("BibTeX cannot be broken out of", "[web][article]") {
  const std::string entry =
      web::BibTeX({"a/b}", "100 % {safe} \\input{x}\n@misc{y", "A & B", "", "2024-05-06T07:08:09Z",
                   "https://example.org/?a={b}\\", "ja", ""});
  CHECK(entry ==
        "@online{sakuin-a-b-,\n"
        "  title = {{100 \\% \\{safe\\} {\\textbackslash}input\\{x\\} @misc\\{y}},\n"
        "  author = {{A \\& B}},\n"
        "  date = {2024-05-06},\n"
        "  year = {2024},\n"
        "  url = {https://example.org/?a=%7Bb%7D%5C},\n"
        "  langid = {ja}\n"
        "}\n");
  CHECK(web::BibTeX({"x", "T", "", "S", "", "folder/a.txt", "", ""}) ==
        "@misc{sakuin-x,\n  title = {{T}},\n  author = {{S}},\n  organization = {S},\n"
        "  howpublished = {folder/a.txt}\n}\n");
}

TEST_CASE("BibTeX names every author, and who answers for a text without one", "[web][article]") {
  const auto authors = [](const std::string& author, const std::string& site,
                          const std::string& uri) {
    const std::string entry = web::BibTeX({"x", "T", author, site, "", uri, "", ""});
    const std::size_t at = entry.find("author = {");
    if (at == std::string::npos) return std::string();
    return entry.substr(at + 10, entry.find("},\n", at) - at - 10);
  };
  CHECK(authors("Jo Park; Kim Lee, MD ;", "S", "") == "{Jo Park} and {Kim Lee, MD}");
  CHECK(authors("\u68EE\u3001\u6797\uFF1B\u738B", "S", "") == "{\u68EE} and {\u6797} and {\u738B}");
  CHECK(authors("", "Clinic", "https://a.example/x") == "{Clinic}");
  CHECK(authors("", "", "https://a.example/x?y") == "{a.example}");
  CHECK(authors("", "", "https://a.example") == "{a.example}");
  CHECK(authors("", "", "folder/a.txt").empty());
  CHECK(authors(" ; ", "", "folder/a.txt").empty());
}

TEST_CASE("a citation is written as the page's language writes it", "[web][article]") {
  const auto words = web::Messages::LoadAll(RepositoryPath("corpus"));
  REQUIRE(words);
  const web::Citation citation{
      "x", "Knees", "Mori", "Clinic", "2024-05-06", "https://example.org/", "en", "Ice"};
  const std::string english = web::PlainCitation(words->at("en"), citation);
  CHECK(english.starts_with("Mori. "));
  CHECK(english.find("Knees: Ice") != std::string::npos);
  CHECK(english.ends_with("Clinic. 2024-05-06. https://example.org/"));
  CHECK(web::PlainCitation(words->at("ja"), citation) != english);
}

TEST_CASE("sentences are numbered from one, as they are linked to", "[web][article]") {
  model::Section section;
  section.number = 3;
  section.text = "One thing. Another thing.\nA third.";
  CHECK(web::SentenceId(section, 0) == "s3.1");
  CHECK(web::SentenceId(section, 12) == "s3.2");
  CHECK(web::SentenceId(section, 27) == "s3.3");
  CHECK(web::SentenceId(section, 500) == "s3");
}

}  // namespace
}  // namespace sakuin::test
