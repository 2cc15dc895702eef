#include "query/server/message.h"

#include <rapidcheck.h>

#include "indexer/base/utf8.h"
#include "query/server/head.h"
#include "tests/support/catch.h"

namespace sakuin::server {
namespace {

TEST_CASE("parameters keep their order, and a name may come several times", "[server]") {
  const auto p = Parameters::Parse("a=1&b=x+y&a=2&c&&d=&=e&f=g=h&a=");
  CHECK(p.Get("a") == "1");
  CHECK(p.All("a") == std::vector<std::string>{"1", "2"});
  CHECK(p.Get("b") == "x y");
  CHECK(p.Has("c"));
  CHECK(p.Get("c").empty());
  CHECK(p.Has("d"));
  CHECK(p.Get("") == "e");
  CHECK(p.Get("f") == "g=h");
  CHECK_FALSE(p.Has("g"));
  CHECK(p.items().size() == 8);
}

TEST_CASE("parameters are UTF-8 without control characters, whatever was sent", "[server]") {
  CHECK(Parameters::Parse("q=%E8%86%9D").Get("q") == "\xE8\x86\x9D");
  CHECK(Parameters::Parse("q=a%00b%1Bc%7Fd").Get("q") == "abcd");
  CHECK(Parameters::Parse("q=a%09b%0Ac%0Dd").Get("q") == "a\tb\nc\rd");
  CHECK(Parameters::Parse("q=%FF").Get("q") == "\xEF\xBF\xBD");
  CHECK(Parameters::Parse("q=%").Get("q") == "%");
  CHECK(Parameters::Parse("q=100%25").Get("q") == "100%");
  CHECK(Parameters::Parse("q=%zz+x").Get("q") == "%zz+x");
}

TEST_CASE("parameters change as a page's links need it", "[server]") {
  auto p = Parameters::Parse("q=a&site=x&site=y&page=2");
  p.Remove("site", "x");
  p.Remove("page");
  p.Set("q", "b&c=d");
  p.Add("site", "z");
  CHECK(p.Print() == "site=y&q=b%26c%3Dd&site=z");
}

TEST_CASE("printed parameters read alike", "[server][property]") {
  CHECK(rc::check("Parse(Print()) is the same",
                  [](const std::vector<std::pair<std::string, std::string>>& raw) {
                    Parameters first;
                    for (const auto& [name, value] : raw) {
                      // What Parse() would clean is not the question here.
                      const auto clean = Parameters::Parse(Encode(name) + "=" + Encode(value));
                      first.Add(clean.items()[0].first, clean.items()[0].second);
                    }
                    RC_ASSERT(Parameters::Parse(first.Print()).items() == first.items());
                  }));
  CHECK(rc::check("any bytes make clean parameters", [](const std::string& bytes) {
    const Parameters read = Parameters::Parse(bytes);
    for (const auto& [name, value] : read.items()) {
      RC_ASSERT(!utf8::FindInvalid(name));
      RC_ASSERT(!utf8::FindInvalid(value));
      RC_ASSERT(value.find('\0') == std::string::npos);
    }
  }));
  CHECK(rc::check("Decode(Encode()) is the same", [](const std::string& bytes) {
    RC_ASSERT(Decode(Encode(bytes), false) == bytes);
    RC_ASSERT(Decode(Encode(bytes), true) == bytes);
  }));
}

TEST_CASE("a broken escape is told", "[server]") {
  CHECK(Decode("a%20b", false) == "a b");
  CHECK(Decode("a+b", false) == "a+b");
  CHECK(Decode("a+b", true) == "a b");
  for (const char* broken : {"%", "a%", "%f", "%zz", "%2", "%-1", "% 1"}) {
    INFO(broken);
    CHECK_FALSE(Decode(broken, false).has_value());
  }
  CHECK(Encode("a-b_c.d~e/f g") == "a-b_c.d~e%2Ff%20g");
}

TEST_CASE("cookies are found by their whole name", "[server]") {
  Request r;
  r.headers["cookie"] = "xa=1; a=2;b=3; c";
  CHECK(r.Cookie("a") == "2");
  CHECK(r.Cookie("b") == "3");
  CHECK(r.Cookie("c").empty());
  CHECK(r.Cookie("x").empty());
}

Head Get(std::string target,
         std::vector<std::pair<std::string, std::string>> fields = {{"Host", "localhost"}}) {
  return {"GET", std::move(target), std::move(fields)};
}

TEST_CASE("a head is read into a request", "[server]") {
  auto r = ReadHead(Get("/a%20b?q=x%20y", {{"HOST", "h"}, {"X", "1"}, {"x", "2"}}));
  CHECK(r.path == "/a%20b");
  CHECK(r.query.Get("q") == "x y");
  CHECK(r.Header("host") == "h");
  CHECK(r.Header("x") == "1, 2");
  r = ReadHead(Get("/", {{"Host", "h"}, {"Cookie", "a=1"}, {"Cookie", "b=2"}}));
  CHECK(r.Cookie("b") == "2");
  r = ReadHead(Get("HTTP://other:1?q=x"));
  CHECK(r.path == "/");
  CHECK(r.query.Get("q") == "x");
  CHECK(r.Header("host") == "other:1");
  CHECK(ReadHead(Get("http://other")).path == "/");
  CHECK(ReadHead(Get("https://other/a?b")).path == "/a");
}

TEST_CASE("a doubtful head is refused", "[server]") {
  const auto status = [](const Head& head) {
    const auto refused = RefuseHead(head);
    return refused ? refused->status : 200;
  };
  CHECK(status(Get("/")) == 200);
  CHECK(status(Get("*")) == 200);
  CHECK(status(Get("/\xE8\x86\x9D")) == 200);
  CHECK(status(Get("http://localhost/a")) == 200);
  for (const char* bad :
       {"", "a", "ftp://x/", "localhost:80", "http:/a", "/a#b", "/a b", "/a\x7f", "/a\nb"}) {
    INFO(bad);
    CHECK(status(Get(bad)) == 400);
  }
  CHECK(status(Get("/", {})) == 400);
  CHECK(status(Get("/", {{"Host", "a"}, {"host", "a"}})) == 400);
  CHECK(status(Get("/", {{"Host", "a"}, {"Transfer-Encoding", "Chunked"}})) == 200);
  for (const char* coding : {"gzip, chunked", "identity", "xchunked", "chunked,"}) {
    CHECK(status(Get("/", {{"Host", "a"}, {"transfer-encoding", coding}})) == 501);
  }
}

TEST_CASE("what is put into a header stays in its line", "[server]") {
  CHECK(OneLine("a\r\nSet-Cookie: b") == "aSet-Cookie: b");
  CHECK(OneLine(std::string_view("a\0b\x1b\x7f\tc", 7)) == "ab\tc");
  CHECK(OneLine("\xE8\x86\x9D") == "\xE8\x86\x9D");
}

}  // namespace
}  // namespace sakuin::server
