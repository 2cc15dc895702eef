// The OpenAPI document against the table of routes.

#include <nlohmann/json.hpp>
#include <set>

#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/feeds/atom.h"
#include "query/api/openapi/document.h"
#include "query/api/routes.h"
#include "tests/support/catch.h"

namespace sakuin::test {
namespace {

using nlohmann::ordered_json;

// Every name behind "$ref".
void AddReferences(const ordered_json& value, std::set<std::string>& out) {
  if (value.is_array()) {
    for (const ordered_json& one : value) AddReferences(one, out);
  }
  if (!value.is_object()) return;
  for (const auto& [key, one] : value.items()) {
    if (key == "$ref") {
      const std::string name = one.get<std::string>();
      out.insert(name.substr(name.rfind('/') + 1));
    } else {
      AddReferences(one, out);
    }
  }
}

ordered_json Described(const server::Site& site) {
  return api::OpenApiDocument(site.router().routes(), "1.2.3", site.guard().NeedsToken());
}

}  // namespace

TEST_CASE("routes and the OpenAPI document are the same", "[api]") {
  server::Site site({});
  api::AddRoutes(site, "1.2.3");
  const ordered_json document = Described(site);
  std::set<std::string> described;
  std::set<std::string> ids;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      described.insert(method + " " + path);
      CHECK(ids.insert(operation["operationId"]).second);
      CHECK_FALSE(operation["summary"].get<std::string>().empty());
    }
  }
  std::set<std::string> routed;
  for (const server::Route& route : site.router().routes()) {
    routed.insert((route.method == "GET" ? "get " : "post ") + route.pattern);
    for (const server::Parameter& one : route.parameters) CHECK_FALSE(one.text.empty());
  }
  CHECK(described == routed);
  CHECK(routed.contains("get /api/v1/openapi.json"));
  CHECK(document["info"]["version"] == "1.2.3");
  CHECK_FALSE(document.contains("security"));
}

TEST_CASE("every schema is named and every name has a schema", "[api]") {
  server::Site site({});
  api::AddRoutes(site, "1.2.3");
  const ordered_json document = Described(site);
  std::set<std::string> named;
  AddReferences(document, named);
  std::set<std::string> there;
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    there.insert(name);
    // What an answer is without `fields`: no operation names it, but its description does.
    if (there.contains(name) && document["components"]["schemas"].contains(name + "Fields")) {
      named.insert(name);
      AddReferences(schema, named);
    }
    CHECK_FALSE(schema.is_null());
  }
  CHECK(named == there);
}

TEST_CASE("what needs a token says so", "[api]") {
  server::GuardOptions options;
  options.token = "0123456789abcdef";
  server::Site site(std::move(options));
  api::AddRoutes(site, "1.2.3");
  const ordered_json document = Described(site);
  CHECK(document["components"]["securitySchemes"]["token"]["scheme"] == "bearer");
  CHECK(document["security"][0].contains("token"));
}

TEST_CASE("parameters are checked by what describes them", "[api]") {
  const api::Parameters known = {api::Required(api::Text("q", "")), api::Limit(10, 50),
                                 api::Texts("site", ""), api::Flag("exact", ""),
                                 api::Choice("sort", "", {"date", "title"})};
  const auto fits = [&](const char* query) {
    return api::CheckParameters(known, server::Parameters::Parse(query)).has_value();
  };
  CHECK(fits("q=x"));
  CHECK(fits("q=x&limit=50&site=a&site=b&exact=true&sort=date"));
  CHECK(fits("q=x&limit=&sort=&exact="));
  for (const char* const wrong :
       {"", "q=", "limit=1", "q=x&q=y", "q=x&limit=51", "q=x&limit=1x", "q=x&limit=-1",
        "q=x&limit=18446744073709551617", "q=x&exact=maybe", "q=x&sort=size", "q=x&other=1"}) {
    CAPTURE(wrong);
    CHECK_FALSE(fits(wrong));
  }
}

TEST_CASE("fields pick keys at any depth, in objects and arrays", "[api]") {
  const auto value = ordered_json::parse(R"({"a":{"b":1,"c":[{"d":2,"e":3},{"d":4}]},"f":5})");
  CHECK(api::Pick(value, "").dump() == value.dump());
  CHECK(api::Pick(value, "f").dump() == R"({"f":5})");
  CHECK(api::Pick(value, "f,a.b").dump() == R"({"a":{"b":1},"f":5})");
  CHECK(api::Pick(value, "a.c.d").dump() == R"({"a":{"c":[{"d":2},{"d":4}]}})");
  CHECK(api::Pick(value, "a,a.b").dump() == R"({"a":{"b":1,"c":[{"d":2,"e":3},{"d":4}]}})");
  CHECK(api::Pick(value, "g,f.h,,.").dump() == R"({"f":{}})");
}

TEST_CASE("cursors lead back to what they were made of", "[api]") {
  const std::string text("a\0\xff#\n", 5);
  CHECK(api::FromCursor(api::ToCursor(text)) == text);
  CHECK(api::FromCursor("6").empty());
  CHECK(api::FromCursor("6G").empty());
}

TEST_CASE("dates of any precision are moments of Atom", "[api]") {
  CHECK(api::AtomDate("2024") == "2024-01-01T00:00:00Z");
  CHECK(api::AtomDate("2024-05") == "2024-05-01T00:00:00Z");
  CHECK(api::AtomDate("2024-05-06") == "2024-05-06T00:00:00Z");
  CHECK(api::AtomDate("2024-05-06T07:08:09Z") == "2024-05-06T07:08:09Z");
  CHECK(api::AtomDate("2024-03-01T00:30:00+01:00") == "2024-02-29T23:30:00Z");
  CHECK(api::AtomDate("2023-12-31T23:30:00-02:30") == "2024-01-01T02:00:00Z");
  CHECK(api::AtomDate("2024-05-06T07:08") == "2024-05-06T00:00:00Z");
  for (const char* const none : {"", "soon", "2024-5-6", "99"}) {
    CHECK(api::AtomDate(none) == "1970-01-01T00:00:00Z");
  }
}

TEST_CASE("nothing in a text becomes markup of a feed", "[api]") {
  CHECK(api::XmlText("a<b>&\"c\"]]>") == "a&lt;b&gt;&amp;&quot;c&quot;]]&gt;");
  CHECK(api::XmlText(std::string("x\0\x01\x0b\ty\xef\xbf\xbe", 9)) == "x\ty");
  CHECK(api::XmlText("\xff") == "\xef\xbf\xbd");
}

}  // namespace sakuin::test
