// EPUB.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/ingest/ingest.h"
#include "tests/support/archives.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using test::ArchiveMember;
using test::MakePlainZip;
using test::ReadInput;
using test::ReadLog;

std::string Chapter(const std::string& heading, const std::string& text) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">"
         "<head><title>膝の本</title></head><body><h1>" +
         heading + "</h1><p>" + text + "</p></body></html>";
}

// A small book: cover, navigation, two chapters whose order differs from that of the files.
std::vector<ArchiveMember> Book() {
  return {
      {"mimetype", "application/epub+zip"},
      {"META-INF/container.xml",
       "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
       "<rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>"},
      {"OEBPS/book.opf",
       "<opf:package xmlns:opf=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><opf:metadata "
       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>膝の本</dc:title><dc:creator>見本 "
       "一</dc:creator><dc:creator>見本 二</dc:creator><dc:language>ja</dc:language>"
       "<dc:date opf:event=\"modification\">2025-01-01</dc:date><dc:date>2023-04-05</dc:date>"
       "</opf:metadata><opf:manifest>"
       "<opf:item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" "
       "properties=\"nav\"/>"
       "<opf:item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>"
       "<opf:item id=\"one\" href=\"text/%E7%AB%A0.xhtml\" media-type=\"application/xhtml+xml\"/>"
       "<opf:item id=\"two\" href=\"text/two.xhtml\" media-type=\"application/xhtml+xml\"/>"
       "<opf:item id=\"notes\" href=\"notes.xhtml\" media-type=\"application/xhtml+xml\"/>"
       "<opf:item id=\"style\" href=\"a.css\" media-type=\"text/css\"/></opf:manifest>"
       "<opf:spine><opf:itemref idref=\"cover\"/><opf:itemref idref=\"nav\"/>"
       "<opf:itemref idref=\"two\"/><opf:itemref idref=\"one\"/>"
       "<opf:itemref idref=\"notes\" linear=\"no\"/></opf:spine></opf:package>"},
      {"OEBPS/nav.xhtml",
       "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">"
       "<body><nav epub:type=\"toc\"><ol><li><a href=\"text/two.xhtml#a\">第一章 "
       "休む</a></li></ol></nav></body></html>"},
      {"OEBPS/cover.xhtml", "<html><body><img src=\"x.png\"/>\n</body></html>"},
      {"OEBPS/text/章.xhtml", Chapter("冷やす", "十五分だけ冷やします。")},
      {"OEBPS/text/two.xhtml", Chapter("休む", "二日のあいだ休みます。")},
      {"OEBPS/notes.xhtml", Chapter("注", "注です。")},
      {"OEBPS/a.css", "p{}"}};
}

ReadLog Read(const std::vector<ArchiveMember>& book) {
  return ReadInput("b.epub", MakePlainZip(book, 0x800));
}

}  // namespace

TEST_CASE("a book is a document a chapter in reading order", "[ingest][book]") {
  const ReadLog log = Read(Book());
  CHECK(log.Errors().empty());
  CHECK(log.whole);
  REQUIRE(log.Uris() == "b.epub!/OEBPS/text/two.xhtml\nb.epub!/OEBPS/text/章.xhtml\n");
  const json record = json::parse(log.sources[0].bytes);
  CHECK(record["title"] == "第一章 休む");
  CHECK(record["author"] == "見本 一, 見本 二");
  CHECK(record["site"] == "膝の本");
  CHECK(record["language"] == "ja");
  CHECK(record["published"] == "2023-04-05");
  const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  const auto document = extractor->Extract(log.sources[1]);
  REQUIRE(document);
  CHECK(document->title == "冷やす");
  CHECK(document->site == "膝の本");
  CHECK(document->sections[0].text == "十五分だけ冷やします。");
  // Offsets are those of the chapter's file.
  const auto span = document->sections[0].text_map.ToSource({0, 33});
  CHECK(Book()[5].bytes.substr(span.begin, span.end - span.begin) == "十五分だけ冷やします。");
}

TEST_CASE("a book is known without its ending", "[ingest][book]") {
  CHECK(ReadInput("b.bin", MakePlainZip(Book(), 0x800)).sources.size() == 2);
  CHECK(ReadInput("x.zip", MakePlainZip({{"b.epub", MakePlainZip(Book(), 0x800)}})).Uris() ==
        "x.zip!/b.epub!/OEBPS/text/two.xhtml\nx.zip!/b.epub!/OEBPS/text/章.xhtml\n");
}

TEST_CASE("an old book calls its chapters in an NCX", "[ingest][book]") {
  std::vector<ArchiveMember> book = Book();
  book[3].name = "OEBPS/toc.ncx";
  book[3].bytes =
      "<ncx><navMap><navPoint><navLabel><text>古い\n  章</text></navLabel><content "
      "src=\"text/two.xhtml\"/></navPoint></navMap></ncx>";
  std::string& package = book[2].bytes;
  const std::string nav =
      "href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"";
  package.replace(package.find(nav), nav.size(),
                  "href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"");
  const ReadLog log = Read(book);
  REQUIRE(log.sources.size() == 2);
  CHECK(json::parse(log.sources[0].bytes)["title"] == "古い 章");
}

TEST_CASE("a book with a fault says which", "[ingest][book]") {
  const auto without = [](std::size_t member) {
    std::vector<ArchiveMember> book = Book();
    book.erase(book.begin() + static_cast<std::ptrdiff_t>(member));
    return Read(book);
  };
  CHECK_THAT(without(1).Errors(), ContainsSubstring("b.epub: has no META-INF/container.xml"));
  CHECK_THAT(without(2).Errors(), ContainsSubstring("b.epub: has no OEBPS/book.opf"));
  const ReadLog missing = without(6);
  CHECK(missing.sources.size() == 1);
  CHECK_THAT(missing.Errors(), ContainsSubstring("two.xhtml: stands in the book's list"));
  std::vector<ArchiveMember> book = Book();
  book[2].bytes = "<package><manifest>";
  CHECK_THAT(Read(book).Errors(), ContainsSubstring("OEBPS/book.opf is no XML at byte"));
  book = Book();
  book.push_back({"META-INF/encryption.xml",
                  "<encryption><EncryptedData><CipherData><CipherReference "
                  "URI=\"OEBPS/text/two.xhtml\"/></CipherData></EncryptedData></encryption>"});
  CHECK_THAT(Read(book).Errors(), ContainsSubstring("two.xhtml: is encrypted"));
}

}  // namespace sakuin::ingest
