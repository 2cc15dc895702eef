#include "indexer/ingest/html/profile.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>

#include "indexer/base/files.h"
#include "indexer/ingest/html/html_reader.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"
#include "tests/support/temp_dir.h"

namespace sakuin::ingest {
namespace {

struct Mistake {
  const char* line;  // the second of the file
  const char* says;
};

Mistake AnyMistake() {
  return GENERATE(Mistake{"<titel>//h1</titel>", "<titel> is no part of a profile"},
                  Mistake{"<title>//h1[</title>", "does not compile"},
                  Mistake{"<strip>string(//p)</strip>", "gives no nodes"},
                  Mistake{"<heading>//h2</heading>", "level from 1 to 6"},
                  Mistake{"<heading level=\"9\">//h2</heading>", "level from 1 to 6"},
                  Mistake{"<title mode=\"x\">//h1</title>", "no attribute 'mode'"},
                  Mistake{"<drop text=\"ends\">x</drop>", "starts|contains|equals"},
                  Mistake{"<drop text=\"starts\"></drop>", "starts|contains|equals"},
                  Mistake{"<strip names=\" \"/>", "no name in names"},
                  Mistake{"<strip names=\"a\">//p</strip>", "wants no XPath"},
                  Mistake{"<strip names=\"a\" parts=\"b\"/>", "not both"},
                  Mistake{"<published raw=\"\"/>", "raw="},
                  Mistake{"<published raw=\"x\">//p</published>", "raw="},
                  Mistake{"stray", "text outside"});
}

}  // namespace

TEST_CASE("a mistake in a profile is named with its line") {
  const Mistake mistake = AnyMistake();
  CAPTURE(mistake.line);
  const test::TempDir folder;
  folder.Write("profiles/generic.xml",
               "<profile id=\"generic\">\n" + std::string(mistake.line) + "\n</profile>\n");
  std::string digest;
  const auto profiles = LoadProfiles(folder.path(), digest);
  REQUIRE_FALSE(profiles);
  CHECK(profiles.error().code == ErrorCode::kBadData);
  CHECK_THAT(profiles.error().message, Catch::Matchers::ContainsSubstring(mistake.says));
  CHECK(profiles.error().where.ends_with(":2"));
}

struct NameCase {
  const char* element;
  bool whole;
  bool part;
};

TEST_CASE("names of furniture are found in class and id") {
  const NameRule whole(NamePart::kWhole, {"ad", "share"}, {});
  const NameRule part(NamePart::kPart, {"nav", "share-"}, {"div", "ul"});
  const NameCase c = GENERATE(values<NameCase>({
      {"<div class='ad'/>", true, false},
      {"<div class='x ad y'/>", true, false},
      {"<div class='x\tad\ny'/>", true, false},
      {"<div class='add bad'/>", false, false},
      {"<div id='share'/>", true, false},
      {"<div id='x share'/>", false, false},
      {"<article class='ad'/>", false, false},
      {"<ul class='topnavigation'/>", false, true},
      {"<ul id='share-bar'/>", false, true},
      {"<p class='nav'/>", false, false},
      {"<div class=''/>", false, false},
      {"<div/>", false, false},
  }));
  CAPTURE(c.element);
  pugi::xml_document document;
  REQUIRE(document.load_string(c.element));
  CHECK(whole.Holds(document.document_element()) == c.whole);
  CHECK(part.Holds(document.document_element()) == c.part);
}

TEST_CASE("a profile wants a name and the generic one must be there") {
  const test::TempDir folder;
  std::string digest;
  folder.Write("profiles/a.xml", "<profile/>");
  CHECK_FALSE(LoadProfiles(folder.path(), digest));
  folder.Write("profiles/a.xml", "<profile id=\"a\" zone=\"8\"/>");
  CHECK_FALSE(LoadProfiles(folder.path(), digest));
  folder.Write("profiles/a.xml", "<profile id=\"a\" zone=\"+08:00\"/>");
  CHECK_FALSE(LoadProfiles(folder.path(), digest));
  folder.Write("profiles/0.xml", "<profile id=\"generic\"/>");
  const auto profiles = LoadProfiles(folder.path(), digest);
  REQUIRE(profiles);
  REQUIRE(profiles->size() == 2);
  CHECK(profiles->back().id == "generic");
}

TEST_CASE("a profile that inherits has its own rules and then the generic ones") {
  const test::TempDir folder;
  folder.Write("profiles/a.xml",
               "<profile id=\"a\" inherit=\"generic\"><match host=\"example.org\"/>"
               "<title>//h2</title><marks>+</marks></profile>");
  folder.Write("profiles/b.xml", "<profile id=\"b\"><title>//h3</title></profile>");
  folder.Write("profiles/generic.xml",
               "<profile id=\"generic\"><match>true()</match><title>//h1</title>"
               "<strip>//nav</strip><marks>*</marks></profile>");
  std::string digest;
  const auto profiles = LoadProfiles(folder.path(), digest);
  REQUIRE(profiles);
  REQUIRE(profiles->size() == 3);
  const Profile& heir = (*profiles)[0];
  CHECK(heir.id == "a");
  CHECK(heir.hosts.size() == 1);
  CHECK(heir.matches.empty());
  CHECK(heir.titles.size() == 2);
  CHECK(heir.strips.size() == 1);
  CHECK(heir.marks == U"+*");
  CHECK((*profiles)[1].titles.size() == 1);
  CHECK((*profiles)[1].strips.empty());
  folder.Write("profiles/a.xml", "<profile id=\"a\" inherit=\"b\"/>");
  CHECK_FALSE(LoadProfiles(folder.path(), digest));
}

TEST_CASE("texts of pictures are read where a profile asks for them") {
  const bool asked = GENERATE(true, false);
  const test::TempDir folder;
  folder.Write("profiles/a.xml",
               std::string("<profile id=\"a\"") + (asked ? " alt=\"true\"" : "") +
                   "><match>//h1</match><title>//h1</title><body>//main</body></profile>");
  folder.Write("profiles/generic.xml", "<profile id=\"generic\"/>");
  std::string digest;
  const auto profiles = LoadProfiles(folder.path(), digest);
  REQUIRE(profiles);
  const auto rules = PlainTextRules::Load(test::RepositoryPath("corpus"));
  REQUIRE(rules);
  const std::string page =
      "<h1>Knees</h1><main><p>Bend the knee slowly, as the picture shows, ten times.</p>"
      "<p>a<img src=x alt=' Lunge &amp;  hold '>b</p><img alt=''><img></main>";
  const auto decoded = Decode(page, "UTF-8", true, test::SharedDetector());
  REQUIRE(decoded);
  const auto article = ReadHtml(*decoded, "page", *profiles, *rules, false);
  REQUIRE(article);
  REQUIRE(article->profile == "a");
  REQUIRE(article->blocks.size() == (asked ? 4U : 2U));
  if (!asked) {
    CHECK(article->blocks[1].text == "ab");
    return;
  }
  CHECK(article->blocks[2].text == "Lunge & hold");
  const auto size = static_cast<std::uint32_t>(article->blocks[2].text.size());
  const model::SourceRange place = article->blocks[2].map.ToSource({0, size});
  CHECK(page.substr(place.begin, 4) == "<img");
  CHECK(page.substr(place.end - 1, 1) == ">");
}

TEST_CASE("every profile that ships has pages that show it at work") {
  std::string digest;
  const auto profiles = LoadProfiles(test::RepositoryPath("corpus"), digest);
  REQUIRE(profiles);
  std::size_t files = 0;
  for (const std::string& file : files::WalkFolder(test::RepositoryPath("corpus/profiles")).files) {
    if (!file.ends_with(".xml")) continue;
    ++files;
    CAPTURE(file);
    pugi::xml_document document;
    REQUIRE(document.load_file(file.c_str()));
    const pugi::xml_node root = document.document_element();
    std::size_t pages = 0;
    for (const pugi::xml_node page : root.children("test")) {
      const std::string name = page.attribute("page").value();
      CAPTURE(name);
      const auto expected = nlohmann::json::parse(
          test::ReadFile(test::RepositoryPath("tests/pages/" + name + "/expected.json")));
      CHECK(expected["profile"] == root.attribute("id").value());
      ++pages;
    }
    const bool inherits = !root.attribute("inherit").empty();
    CHECK(pages >= (inherits ? 2U : 1U));
  }
  CHECK(files == profiles->size());
}

}  // namespace sakuin::ingest
