// What a query makes of names: concepts, their other names, filters, notes.

#include <algorithm>

#include "indexer/text/analyzer.h"
#include "indexer/thesaurus/aspects.h"
#include "query/plan/concept_finder.h"
#include "query/plan/filters.h"
#include "query/plan/planner.h"
#include "query/plan/text_checker.h"
#include "query/syntax/parser.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::test {
namespace {

std::string Concept(const std::string& id, const std::string& scheme, const std::string& labels,
                    const std::string& broader = {}, const std::string& related = {}) {
  const std::string address = "https://example.org/";
  std::string out = "<skos:Concept rdf:about=\"" + address + id + "\">";
  out += "<skos:inScheme rdf:resource=\"" + address + scheme + "\"/>" + labels;
  if (!broader.empty()) out += "<skos:broader rdf:resource=\"" + address + broader + "\"/>";
  if (!related.empty()) out += "<skos:related rdf:resource=\"" + address + related + "\"/>";
  return out + "</skos:Concept>\n";
}

std::string Label(const std::string& text, const std::string& kind = "prefLabel") {
  return "<skos:" + kind + " xml:lang=\"en\">" + text + "</skos:" + kind + ">";
}

// A small thesaurus of its own: the tests do not depend on the shipped one.
std::string SmallThesaurus() {
  return Concept("knee", "body-parts", Label("knee")) +
         Concept("kneecap", "body-parts", Label("kneecap") + Label("patella", "altLabel"), "knee") +
         Concept("knee-pain", "symptoms", Label("knee pain") + Label("gonalgia", "altLabel"),
                 "knee") +
         Concept("cyst", "conditions", Label("cyst")) +
         Concept("baker-cyst", "conditions",
                 Label("Baker's cyst") + Label("popliteal cyst", "altLabel") +
                     Label("bakers cist", "hiddenLabel"),
                 "cyst") +
         Concept("myositis", "conditions",
                 Label("inflammation (of a muscle)") + Label("myositis", "altLabel")) +
         Concept("cold", "conditions", Label("common cold") + Label("cold", "hiddenLabel"), "",
                 "cough") +
         Concept("cold-feeling", "symptoms", Label("feeling cold") + Label("cold", "hiddenLabel"),
                 "", "shivering") +
         Concept("cough", "symptoms", Label("cough")) +
         Concept("shivering", "symptoms", Label("shivering")) +
         Concept("rice-method", "interventions", Label("RICE") + Label("rest and ice", "altLabel"));
}

struct Small {
  TempDir temp;
  thesaurus::Thesaurus thesaurus =
      Must(thesaurus::Thesaurus::LoadFiles({temp.Write("small.rdf", Skos(SmallThesaurus()))}));
  thesaurus::LabelMatcher matcher = thesaurus::LabelMatcher::Build(thesaurus, Shipped().folding);
  text::Analyzer analyzer = Must(text::Analyzer::Create(Shipped().folding, {}, ""));
  thesaurus::AspectNames aspects =
      Must(thesaurus::AspectNames::Load(Shipped().dir, Shipped().folding));
  plan::RankingWeights weights = Must(plan::LoadRankingWeights(Shipped().dir));
  plan::PlanContext context{&analyzer, &Shipped().folding, &thesaurus, &matcher,
                            &weights,  &aspects,           {},         {}};

  plan::Plans Plan(const std::string& query, plan::PlanOptions options = {}) {
    options.query = query;
    return Must(plan::MakePlans(syntax::Parse(query), context, options));
  }
  std::string Printed(const std::string& query) { return plan::Print(Plan(query).steps.at(0)); }
};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a name brings the concept's other names, and sections tagged with it", "[plan]") {
  Small small;
  const std::string plan = small.Printed("popliteal cyst");
  CHECK(Has(plan, "\"baker's cyst\"w{baker-cyst en}"));
  CHECK(Has(plan, "[tagged baker-cyst]"));
  CHECK_FALSE(Has(plan, "cist"));  // hidden labels are never searched for
  CHECK(Has(small.Printed("cyst"), "[tagged cyst and 1 below]"));
  CHECK(Has(small.Printed("BAKERS CIST"), "[tagged baker-cyst]"));
  plan::PlanOptions plain;
  plain.expand = false;
  CHECK_FALSE(Has(plan::Print(small.Plan("cyst", plain).steps.at(0)), "tagged"));
  // Only text can be near, in a heading or in a title.
  CHECK_FALSE(Has(small.Printed("cyst NEAR/5 cough"), "tagged"));
  CHECK_FALSE(Has(small.Printed("heading:cyst"), "tagged"));
  CHECK_FALSE(Has(small.Printed("\"cyst\""), "tagged"));
}

TEST_CASE("what is narrower stays in its scheme", "[plan]") {
  Small small;
  const std::string plan = small.Printed("knee");
  CHECK(Has(plan, "\"patella\"w{kneecap en}"));
  CHECK_FALSE(Has(plan, "gonalgia"));
  CHECK_FALSE(Has(plan, "tagged"));
}

TEST_CASE("a label may hold what the syntax takes for its own", "[plan]") {
  Small small;
  CHECK(Has(small.Printed("inflammation (of a muscle)"), "[tagged myositis]"));
  CHECK(Has(small.Printed("condition:\"inflammation (of a muscle)\""), "[condition myositis]"));
  // What is no label as it stands is read by the syntax alone.
  CHECK_FALSE(Has(small.Printed("-cyst cough"), "[tagged baker-cyst]|"));
}

TEST_CASE("an abbreviation is another name only in capitals", "[plan]") {
  Small small;
  const auto plans = small.Plan("rest and ice");
  const auto& leaves = plans.steps.at(0).leaves;
  const auto named = std::find_if(leaves.begin(), leaves.end(),
                                  [](const auto& one) { return one.typed == "rest and ice"; });
  REQUIRE(named != leaves.end());
  const plan::Leaf& leaf = *named;
  const auto capitals =
      std::find_if(leaf.alternatives.begin(), leaf.alternatives.end(),
                   [](const auto& a) { return a.match == plan::MatchKind::kCapitals; });
  REQUIRE(capitals != leaf.alternatives.end());
  const plan::TextChecker checker(Shipped().folding);
  const auto places = [&](const std::string& text) {
    return checker.Find(leaf, *capitals, Shipped().folding.Fold(text), text).size();
  };
  CHECK(places("RICE for two days, then fried rice and more RICE") == 2);
  CHECK(places("PRICE, rice, Rice") == 0);
}

TEST_CASE("an ambiguous name is decided by the query's other concepts", "[plan]") {
  Small small;
  const auto& thesaurus = small.thesaurus;
  const plan::ConceptList bearers{thesaurus.Find("cold"), thesaurus.Find("cold-feeling")};
  CHECK(plan::Decide(bearers, {thesaurus.Find("cough")}, thesaurus) == bearers[0]);
  CHECK(plan::Decide(bearers, {thesaurus.Find("shivering")}, thesaurus) == bearers[1]);
  CHECK(plan::Decide(bearers, {thesaurus.Find("knee")}, thesaurus) == nullptr);
  CHECK(plan::Decide(bearers, {thesaurus.Find("cough"), thesaurus.Find("shivering")}, thesaurus) ==
        nullptr);
  CHECK(plan::Decide(bearers, {}, thesaurus) == nullptr);
  // Narrower and broader ones at any level decide too.
  const plan::ConceptList parts{thesaurus.Find("kneecap"), thesaurus.Find("cough")};
  CHECK(plan::Decide(parts, {thesaurus.Find("knee")}, thesaurus) == parts[0]);
}

TEST_CASE("an ambiguous name brings nothing until another word decides", "[plan]") {
  Small small;
  const auto alone = small.Plan("cold");
  CHECK_FALSE(Has(plan::Print(alone.steps.at(0)), "tagged"));
  REQUIRE(alone.notes.size() == 1);
  CHECK(Has(alone.notes[0].message,
            "'cold' may mean cold (common cold), cold-feeling (feeling cold)"));
  CHECK(Has(small.Printed("cold cough"), "\"common cold\"w{cold en}|[tagged cold]"));
  CHECK(Has(small.Printed("cold shivering"), "[tagged cold-feeling]"));
  const auto filter = small.Plan("condition:cold");  // its id comes first
  CHECK(Has(plan::Print(filter.steps.at(0)), "[condition cold]"));
}

TEST_CASE("condition: takes ids and names; what is none is noted with what is nearest", "[plan]") {
  Small small;
  const std::string wanted = "[condition baker-cyst]";
  for (const char* query :
       {"condition:baker-cyst", "condition:BAKER-CYST", "condition:\"baker's cyst\"",
        "condition:Baker's cyst", "condition:popliteal cyst"}) {
    CAPTURE(query);
    CHECK(Has(small.Printed(query), wanted));
  }
  CHECK(Has(small.Printed("condition:cyst"), "[condition cyst baker-cyst]"));
  const auto unknown = small.Plan("cough condition:bakr-cyst");
  REQUIRE(unknown.notes.size() == 1);
  CHECK(Has(unknown.notes[0].message, "there is no condition or symptom 'bakr-cyst'"));
  CHECK(Has(unknown.notes[0].message, "did you mean baker-cyst (Baker's cyst)"));
  CHECK(unknown.notes[0].begin == 6);
  CHECK(unknown.notes[0].end == 25);
  const auto part = small.Plan("condition:kneecap");
  REQUIRE(part.notes.size() == 1);
  CHECK(Has(part.notes[0].message, "is one of the body-parts"));
  const auto joined = small.Plan("condition:popliteal cyst cough");
  REQUIRE(joined.notes.size() == 1);
  CHECK(joined.notes[0].message == "read as condition:\"popliteal cyst\"");
  CHECK(Has(plan::Print(joined.steps.at(0)), "\"cough\"w"));
}

TEST_CASE("a flag's unknown value is an error", "[plan]") {
  Small small;
  for (const auto& [field, value] : {std::pair{plan::FilterField::kCondition, "bakr-cyst"},
                                     std::pair{plan::FilterField::kAspect, "treatmnt"}}) {
    plan::PlanOptions options;
    options.filters = {{field, {value}}};
    const auto plans = plan::MakePlans(syntax::Parse("cough"), small.context, options);
    REQUIRE_FALSE(plans);
    CHECK(plans.error().code == ErrorCode::kUsage);
    CHECK(Has(plans.error().message, "did you mean"));
  }
}

TEST_CASE("aspects have names in four languages", "[plan]") {
  Small small;
  const auto aspect = [&](const std::string& value) {
    return plan::ResolveFilter(plan::FilterField::kAspect, {value}, small.context).filter.values;
  };
  for (const char* name : {"self-care", "Self Care", "SELF_CARE", "home care"}) {
    CHECK(aspect(name) == std::vector<std::string>{"self-care"});
  }
  for (const std::string_view one : thesaurus::kAspects) {
    for (const char* language : {"zh-Hans", "zh-Hant", "ja", "en"}) {
      const std::string& shown = small.aspects.NameIn(std::string(one), language);
      CAPTURE(one, language);
      CHECK(aspect(shown) == std::vector<std::string>{std::string(one)});
      CHECK((language == std::string("en") || shown != one));
    }
  }
}

}  // namespace
}  // namespace sakuin::test
