// Web archives: which records become sources, and what is said of the others.

#include <string>

#include "indexer/ingest/ingest.h"
#include "tests/support/archives.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::Pack;
using test::ReadInput;
using test::ReadLog;

std::string Record(const std::string& type, const std::string& uri, const std::string& content_type,
                   const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri +
         "\r\nWARC-Date: 2024-03-04T05:06:07Z\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string Response(const std::string& uri, const std::string& fields, const std::string& body,
                     const std::string& status = "200 OK") {
  return Record("response", uri, "application/http; msgtype=response",
                "HTTP/1.1 " + status + "\r\n" + fields + "\r\n\r\n" + body);
}

std::string Page(const std::string& number) {
  return Response("https://example.org/" + number, "Content-Type: text/html", "<p>" + number);
}

std::string Chunked(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += 16) {
    const std::string piece = body.substr(at, 16);
    constexpr const char* kDigits = "0123456789abcdef";
    out += (piece.size() == 16 ? std::string("10") : std::string(1, kDigits[piece.size()])) +
           ";x=y\r\n" + piece + "\r\n";
  }
  return out + "0\r\n\r\n";
}

model::Source Only(const std::string& warc, const ReadOptions& options = {}) {
  const ReadLog log = ReadInput("x.warc", warc, options);
  CAPTURE(log.Errors());
  REQUIRE(log.sources.size() == 1);
  return log.sources[0];
}

}  // namespace

TEST_CASE("pages of a web archive are sources and the rest is counted", "[ingest][warc]") {
  const std::string warc =
      Record("warcinfo", "", "application/warc-fields", "software: x\r\n") + Page("1") +
      Record("request", "https://example.org/1", "application/http", "GET / HTTP/1.1\r\n\r\n") +
      Response("https://example.org/2", "Content-Type: text/html", "gone", "404 Not Found") +
      Response("https://example.org/3.png", "Content-Type: image/png", "\x89PNG") +
      Response("dns:example.org", "", "") +
      Record("resource", "<https://example.org/4>", "text/plain; charset=utf-8", "notes") +
      Record("conversion", "https://example.org/5", "text/plain", "more notes");
  for (const std::string& bytes : {warc, Pack("gz", warc)}) {
    const ReadLog log = ReadInput("x.warc", bytes);
    CHECK(log.Uris() == "https://example.org/1\nhttps://example.org/4\nhttps://example.org/5\n");
    CHECK(log.Errors().empty());
    CHECK(log.whole);
    REQUIRE(log.notes.size() == 1);
    CHECK(log.notes[0] ==
          "x.warc: of its records 3 are no pages, 1 have another status than 200, 1 are of other "
          "types: they were passed over");
    CHECK(log.sources[0].bytes == "<p>1");
    CHECK(log.sources[0].format == "html");
    CHECK(log.sources[0].origin == "x.warc");
    CHECK_THAT(log.sources[0].place, ContainsSubstring("captured 2024-03-04T05:06:07Z"));
    CHECK(log.sources[1].format == "text");
    CHECK(log.sources[1].encoding_hint == "transport:utf-8");
  }
}

TEST_CASE("a gzip member a record is one archive", "[ingest][warc]") {
  const ReadLog log =
      ReadInput("x.warc.gz", Pack("gz", Page("1")) + Pack("gz", Page("2")) + Pack("gz", Page("3")));
  CHECK(log.sources.size() == 3);
  CHECK(log.whole);
}

TEST_CASE("the transport's charset decides before the page's own", "[ingest][warc]") {
  const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  const auto read = [&](const std::string& fields, const std::string& body,
                        const std::string& asked = {}) {
    ReadOptions options;
    options.encoding = asked;
    const auto document =
        extractor->Extract(Only(Response("https://example.org/", fields, body), options));
    REQUIRE(document);
    return document->encoding + " " + document->encoding_reason + " " + document->title;
  };
  const std::string gbk = "<h1>\xCF\xA5\xB8\xC7</h1>";
  CHECK(read("Content-Type: text/html; charset=gb2312", gbk) == "GBK transport 膝盖");
  CHECK(read("content-type: Text/HTML; Charset=\"GBK\"", "<meta charset=big5>" + gbk) ==
        "GBK transport 膝盖");
  CHECK(read("Content-Type: text/html; charset=nonsense", "<meta charset=gbk>" + gbk) ==
        "GBK declared 膝盖");
  // Servers declare what they please: what is well-formed UTF-8 beyond ASCII is UTF-8.
  CHECK(read("Content-Type: text/html; charset=iso-8859-1", "<h1>膝</h1>") == "UTF-8 utf-8 膝");
  CHECK(read("Content-Type: text/html; charset=utf-8", "<meta charset=gbk>" + gbk) ==
        "GBK declared 膝盖");
  CHECK(read("Content-Type: text/html; charset=big5", gbk, "gbk") == "GBK asked 膝盖");
}

TEST_CASE("chunks and packing of HTTP are undone", "[ingest][warc]") {
  const std::string page = "<p>" + std::string(100, 'x') + "</p>";
  const std::string type = "Content-Type: text/html\r\n";
  const std::string chunked = "Transfer-Encoding: chunked";
  const std::string packed = "Content-Encoding: gzip";
  const auto body = [&](const std::string& fields, const std::string& bytes) {
    return Only(Response("https://example.org/", type + fields, bytes)).bytes;
  };
  CHECK(body(chunked, Chunked(page)) == page);
  CHECK(body(packed, Pack("gz", page)) == page);
  CHECK(body(chunked + "\r\n" + packed, Chunked(Pack("gz", page))) == page);
  // Archives that keep the fields but not the packing.
  CHECK(body(chunked, page) == page);
  CHECK(body(packed, page) == page);
  const ReadLog cut =
      ReadInput("x", Response("https://example.org/", type + chunked, Chunked(page).substr(0, 60)));
  REQUIRE(cut.sources.size() == 1);
  CHECK(page.starts_with(cut.sources[0].bytes));
  CHECK_THAT(cut.notes.at(0), ContainsSubstring("was cut off"));
  const ReadLog brotli =
      ReadInput("x", Response("https://example.org/", type + "Content-Encoding: br", "\x01\x02"));
  CHECK_THAT(brotli.Errors(), ContainsSubstring("https://example.org/: is packed by 'br'"));
}

TEST_CASE("a broken record is named with its place and the next one read", "[ingest][warc]") {
  const std::string first = Page("1");
  const ReadLog noise = ReadInput("x.warc", first + "noise\r\nmore noise\r\n" + Page("2"));
  CHECK(noise.sources.size() == 2);
  CHECK_THAT(noise.Errors(),
             ContainsSubstring("x.warc:byte " + std::to_string(first.size()) + ": is no record"));
  const ReadLog no_length =
      ReadInput("x.warc", "WARC/1.0\r\nWARC-Type: response\r\n\r\nbody\r\n" + Page("2"));
  CHECK(no_length.sources.size() == 1);
  CHECK_THAT(no_length.Errors(), ContainsSubstring("x.warc:byte 0: has no length"));
  const ReadLog no_http = ReadInput(
      "x.warc", Record("response", "https://example.org/", "application/http", "x") + Page("2"));
  CHECK(no_http.sources.size() == 1);
  CHECK_THAT(no_http.Errors(), ContainsSubstring("x.warc:byte 0: holds no HTTP response"));
}

TEST_CASE("an archive that ends within a record says where", "[ingest][warc]") {
  const std::string first = Page("1");
  const std::string second = Page("2");
  for (std::size_t cut = first.size() + 1; cut + 5 < first.size() + second.size(); cut += 3) {
    CAPTURE(cut);
    const ReadLog log = ReadInput("x.warc", (first + second).substr(0, cut));
    CHECK(log.sources.size() == 1);
    CHECK_FALSE(log.errors.empty());
    CHECK_THAT(log.Errors(), ContainsSubstring("x.warc:byte " + std::to_string(first.size())));
  }
  const ReadLog packed =
      ReadInput("x.warc.gz", Pack("gz", first) + Pack("gz", second).substr(0, 60));
  CHECK(packed.Uris() == "https://example.org/1\n");
  CHECK_FALSE(packed.whole);
}

TEST_CASE("what was asked says how the pages of a web archive are read", "[ingest][warc]") {
  CHECK(Only(Page("1"), {"toutiao", {}, {}, {}}).format == "toutiao");
  CHECK(Only(Page("1"), {"warc", {}, {}, {}}).format == "html");
}

TEST_CASE("a web archive without pages is told", "[ingest][warc]") {
  CHECK(ReadInput("x.warc", Record("warcinfo", "", "application/warc-fields", "x")).Errors() ==
        "x.warc: holds no article; of its records 1 are no pages\n");
  CHECK_THAT(ReadInput("x", "not one at all", {"warc", {}, {}, {}}).Errors(),
             ContainsSubstring("x:byte 0: is no record of a web archive"));
}

}  // namespace sakuin::ingest
