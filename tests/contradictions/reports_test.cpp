// The reports: what a machine reads of them, and that a text cannot break out of them.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/position_table.h"
#include "query/contradictions/reports/report.h"
#include "tests/support/advice_records.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

using nlohmann::json;

// Two articles that disagree, with all that a format has to escape in them.
class Setting {
 public:
  explicit Setting(const std::string& language = "en")
      : thesaurus_(*thesaurus::Thesaurus::Load(test::RepositoryPath("corpus"))),
        rules_(*TensionRules::Load(test::RepositoryPath("corpus"), thesaurus_)),
        phrases_(*Phrases::Load(test::RepositoryPath("corpus"), language)),
        writer_(phrases_, rules_, [](const std::string& id) { return id; }) {
    std::vector<store::AdviceRecord> records{
        test::MakeAdvice("d1 massage recommend @muscle-cramp"),
        test::MakeAdvice("d2 massage avoid must @muscle-cramp", "ja"),
        test::MakeAdvice("d3 massage avoid must @muscle-cramp", "zh-Hans")};
    records[0].quote = "Rub it, \"hard\" </mark><script>x()</script>\n| *now* & [then](a:b)";
    records[0].uri = "a folder/d1 #1:x.html";
    records[1].uri = "https://example.org/d2?a=1&b=2";
    records[1].path = {"<b>Title</b>", "1. Heading"};
    list_ = test::MakeWitnesses(records);
    found_ = FindTensions(list_.witnesses, rules_);
  }

  // `shown`: changes what is shown, such as its decisions.
  template <typename Change>
  std::string Print(ReportFormat& format, bool all, const Change& change) const {
    ReportHead head;
    head.compared = list_.witnesses.size();
    head.version = "0.0";
    head.pairs = found_.tensions.size();
    std::vector<std::vector<const Tension*>> shown;
    for (const Finding& finding : found_.findings) {
      shown.emplace_back();
      for (const std::size_t i : finding.tensions) shown.back().push_back(&found_.tensions[i]);
      head.findings.push_back({&finding, shown.back()[0]});
    }
    const ReportBuilder builder(writer_, list_, nullptr);
    std::string out = format.Head(head);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      auto finding = builder.Build(found_.findings[i], shown[i], all);
      REQUIRE(finding);
      change(*finding);
      out += format.Finding(*finding);
    }
    return out + format.Tail();
  }
  std::string Print(ReportFormat& format, bool all) const {
    return Print(format, all, [](ReportFinding&) {});
  }

  const ReasonWriter& writer() const { return writer_; }
  const TensionSet& found() const { return found_; }
  const WitnessList& list() const { return list_; }

 private:
  thesaurus::Thesaurus thesaurus_;
  TensionRules rules_;
  Phrases phrases_;
  ReasonWriter writer_;
  WitnessList list_;
  TensionSet found_;
};

// RFC 4180.
std::vector<std::vector<std::string>> ReadCsv(const std::string& text) {
  std::vector<std::vector<std::string>> out{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      out.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      out.push_back({""});
    } else {
      out.back().back() += c;
    }
  }
  out.pop_back();
  return out;
}

TEST_CASE("a CSV report has a row a pair with both quotes as they stand", "[contradictions]") {
  const Setting setting;
  const auto rows = ReadCsv(setting.Print(*MakeCsvReport(false), true));
  REQUIRE(rows.size() == 1 + setting.found().tensions.size());
  const auto column = [&rows](const std::string& name, std::size_t row) {
    const auto at = std::find(rows[0].begin(), rows[0].end(), name);
    REQUIRE(at != rows[0].end());
    return rows[row].at(static_cast<std::size_t>(at - rows[0].begin()));
  };
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CHECK(rows[i].size() == rows[0].size());
    CHECK(column("a_quote", i) == setting.list().records[0].quote);
    CHECK(column("a_begin", i) == "10");
    CHECK(column("b_stance", i) == "avoid");
    CHECK(column("articles_b", i) == "2");
    CHECK(column("state", i) == "open");
  }
  CHECK(setting.Print(*MakeCsvReport(true), true)
            .starts_with("\xEF\xBB\xBF"
                         "finding,id,"));
}

TEST_CASE("a finding about two alternatives is called by both, in the reader's words",
          "[contradictions]") {
  Finding finding;
  Tension top;
  top.action = "bed-rest";
  for (const char* const language : {"en", "ja", "zh-Hans", "zh-Hant"}) {
    const Setting setting(language);
    const ReasonWriter& writer = setting.writer();
    CHECK(writer.Subject(finding, top) == writer.Label("bed-rest"));
    CHECK(writer.Members(finding).empty());
    Finding question;
    question.sides[0] = {"rest", {"bed-rest", "immobilization"}};
    question.sides[1] = {"light-movement", {"light-movement"}};
    const std::string subject = writer.Subject(question, top);
    CHECK(subject.find(writer.Label("rest")) < subject.find(writer.Label("light-movement")));
    CHECK(subject.size() > (writer.Label("rest") + writer.Label("light-movement")).size());
    const std::string members = writer.Members(question);
    CHECK(members.starts_with("A: " + writer.Label("bed-rest")));
    CHECK(members.ends_with("B: " + writer.Label("light-movement")));
    question.sides[0].members = {"rest"};
    CHECK(writer.Members(question).empty());
  }
}

TEST_CASE("an HTML report is well formed, has both quotes and asks for nothing",
          "[contradictions]") {
  for (const char* const language : {"en", "ja", "zh-Hans", "zh-Hant"}) {
    const Setting setting(language);
    const std::string html = setting.Print(*MakeHtmlReport(setting.writer()), true);
    pugi::xml_document document;
    const auto parsed = document.load_string(html.c_str(), pugi::parse_full);
    INFO(parsed.description() << " at " << parsed.offset);
    REQUIRE(parsed);
    CHECK(std::string(document.child("html").attribute("lang").value()) == language);
    CHECK(document.select_nodes("//script|//link|//img|//iframe|//@src|//@onload").empty());
    CHECK(html.find("url(") == std::string::npos);
    CHECK(html.find("@import") == std::string::npos);
    REQUIRE(document.select_nodes("//article").size() == 1);
    const auto marks = document.select_nodes("//blockquote/mark");
    REQUIRE(marks.size() == 4);
    CHECK(marks[0].node().text().as_string() == setting.list().records[0].quote);
    CHECK(document.select_node("//blockquote[@lang='ja']"));
    const auto links = document.select_nodes("//article//a/@href");
    CHECK(std::all_of(links.begin(), links.end(), [](const pugi::xpath_node& one) {
      return std::string(one.attribute().value()) == "https://example.org/d2?a=1&b=2";
    }));
    CHECK(document.select_nodes("//details//q").size() == 3);
    CHECK(document.select_node("//tr[@class='equal']"));
  }
}

TEST_CASE("a Markdown report escapes what articles say", "[contradictions]") {
  const Setting setting;
  const std::string out = setting.Print(*MakeMarkdownReport(setting.writer()), false);
  CHECK(out.find("<script>") == out.npos);
  CHECK(out.find("\\<script\\>") != out.npos);
  CHECK(out.find("> **\\| \\*now\\* \\& \\[then\\](a:b)**") != out.npos);
  CHECK(out.find("\\<b\\>Title\\</b\\>") != out.npos);
  CHECK(out.find("\n# ") == out.npos);
  CHECK(out.find("`d1#1`") != out.npos);
  CHECK(out.find("bytes 10-") != out.npos);
}

void CheckLocation(const json& location) {
  const json& physical = location.at("physicalLocation");
  CHECK(physical.at("artifactLocation").at("uri").is_string());
  const json& region = physical.at("region");
  CHECK(region.at("byteOffset") == 10);
  CHECK(region.at("byteLength").get<int>() > 0);
  CHECK(region.at("snippet").at("text").is_string());
  CHECK(location.at("message").at("text").is_string());
}

TEST_CASE("a SARIF report has what the schema asks for", "[contradictions]") {
  const Setting setting;
  const json log = json::parse(setting.Print(*MakeSarifReport(setting.writer()), true));
  CHECK(log.at("version") == "2.1.0");
  CHECK(log.at("$schema").get<std::string>().find("sarif") != std::string::npos);
  REQUIRE(log.at("runs").size() == 1);
  const json& run = log["runs"][0];
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  const json& driver = run.at("tool").at("driver");
  CHECK(driver.at("name") == "Sakuin");
  REQUIRE(run.at("results").size() == setting.found().tensions.size());
  for (const json& result : run["results"]) {
    const json& rule = driver.at("rules").at(result.at("ruleIndex").get<std::size_t>());
    CHECK(rule.at("id") == result.at("ruleId"));
    CHECK(rule.at("shortDescription").at("text").is_string());
    CHECK(result.at("level") == "error");
    CHECK(result.at("message").at("text").get<std::string>().size() > 20);
    REQUIRE(result.at("locations").size() == 1);
    REQUIRE(result.at("relatedLocations").size() == 1);
    CheckLocation(result["locations"][0]);
    CheckLocation(result["relatedLocations"][0]);
    CHECK(result["relatedLocations"][0].at("id") == 1);
    CHECK(result.at("partialFingerprints").at("sakuinTension/v1").get<std::string>().size() == 16);
    CHECK(result.at("rank") <= 100);
    CHECK(result.at("suppressions").empty());
  }
  CHECK(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "a%20folder/d1%20%231%3Ax.html");
}

TEST_CASE("what is decided is suppressed in SARIF, what is open is not", "[contradictions]") {
  const Setting setting;
  for (const auto& [state, suppressed] :
       std::vector<std::pair<std::string, std::size_t>>{{"open", 0},
                                                        {"changed", 0},
                                                        {"confirmed", 0},
                                                        {"controversy", 1},
                                                        {"conditional-ok", 1},
                                                        {"false-positive", 1}}) {
    const auto decide = [&state = state](ReportFinding& finding) {
      finding.pairs[0].decision.state = state;
      finding.pairs[0].decision.note = "a note";
      finding.pairs[0].decision.by = "ed";
    };
    const json log = json::parse(setting.Print(*MakeSarifReport(setting.writer()), false, decide));
    const json& suppressions = log["runs"][0]["results"][0]["suppressions"];
    CAPTURE(state);
    REQUIRE(suppressions.size() == suppressed);
    if (suppressed == 0) continue;
    CHECK(suppressions[0]["status"] == "accepted");
    CHECK(suppressions[0]["justification"] == state + ": a note (ed)");
  }
}

TEST_CASE("a report of nothing is a report", "[contradictions]") {
  const Setting setting;
  const json log = json::parse([&] {
    const auto sarif = MakeSarifReport(setting.writer());
    return sarif->Head({}) + sarif->Tail();
  }());
  CHECK(log["runs"][0]["results"].empty());
  const auto html = MakeHtmlReport(setting.writer());
  pugi::xml_document document;
  CHECK(document.load_string((html->Head({}) + html->Tail()).c_str(), pugi::parse_full));
}

TEST_CASE("a quote stands between the sentences around it", "[contradictions]") {
  const std::string text = "One. Two. Three. Four. Five. Six. Seven.";
  const auto at = static_cast<std::uint32_t>(text.find("Four."));
  const Original o = ContextOf(text, {at, at + 5});
  CHECK(o.before == "Two. Three. ");
  CHECK(o.after == " Five. Six.");
  CHECK(o.more_before);
  CHECK(o.more_after);
  const Original whole = ContextOf("Only this.", {0, 10});
  CHECK(whole.before.empty());
  CHECK(whole.after.empty());
  CHECK_FALSE(whole.more_before);
  CHECK_FALSE(whole.more_after);
  const Original damaged = ContextOf("short", {3, 90});
  CHECK(damaged.before == "sho");
  CHECK(damaged.after.empty());
}

TEST_CASE("lines and columns are told where they mean something", "[contradictions]") {
  model::Source source;
  source.format = "text";
  source.bytes =
      "\xEF\xBB\xBF"
      "ab\n\xE3\x81\x82\xE3\x81\x84x";
  const auto place = [&source](const std::string& encoding, std::uint64_t byte) {
    Original out;
    SetLine(source, encoding, byte, out);
    return std::pair(out.line, out.column);
  };
  CHECK(place("UTF-8", 3) == std::pair<std::uint64_t, std::uint64_t>(1, 1));
  CHECK(place("UTF-8", 12) == std::pair<std::uint64_t, std::uint64_t>(2, 3));
  CHECK(place("GBK", 12) == std::pair<std::uint64_t, std::uint64_t>(2, 0));
  CHECK(place("UTF-16LE", 12) == std::pair<std::uint64_t, std::uint64_t>(0, 0));
  CHECK(place("UTF-8", 99) == std::pair<std::uint64_t, std::uint64_t>(0, 0));
  source.format = "jsonl";
  CHECK(place("UTF-8", 12) == std::pair<std::uint64_t, std::uint64_t>(0, 0));
}

TEST_CASE("positions count articles, a copy once", "[contradictions]") {
  const std::vector<store::AdviceRecord> records{
      test::MakeAdvice("d1 ice recommend @ankle-sprain duration_min=15"),
      test::MakeAdvice("d2 ice recommend must @ankle-sprain duration_min=15"),
      test::MakeAdvice("copy ice recommend @ankle-sprain duration_min=15"),
      test::MakeAdvice("d3 ice recommend @muscle-strain"),
      test::MakeAdvice("d4 ice avoid @ankle-sprain"),
      test::MakeAdvice("d1 rest recommend @ankle-sprain")};
  const auto table = PositionTable(records, {{"d1", "d1"}, {"copy", "d1"}});
  REQUIRE(table.size() == 2);
  CHECK(table[0].action == "ice");
  CHECK(table[0].articles_for == 3);
  CHECK(table[0].articles_against == 1);
  REQUIRE(table[0].positions.size() == 3);
  CHECK(table[0].positions[0].articles == 2);
  CHECK(table[0].positions[0].advice == std::vector<std::size_t>{0, 1, 2});
  CHECK(table[0].positions[0].strengths.size() == 2);
  CHECK(table[0].positions[1].conditions == std::vector<std::string>{"muscle-strain"});
  CHECK(table[0].positions[2].advice == std::vector<std::size_t>{4});
  CHECK(table[1].action == "rest");
  CHECK(PositionTable({}, {}).empty());
}

}  // namespace
}  // namespace sakuin::contradictions
