// What two pieces of advice are to each other, as case rows, and the laws of many.

#include "query/contradictions/tensions.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/compare.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

template <typename Names>
std::size_t PlaceOf(const Names& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  INFO(name);
  REQUIRE(at != names.end());
  return static_cast<std::size_t>(at - names.begin());
}

std::pair<std::optional<double>, std::optional<double>> ReadRange(const std::string& text) {
  const auto number = [](const std::string& digits) {
    return digits.empty() ? std::nullopt : std::optional(std::stod(digits));
  };
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return {number(text), number(text)};
  return {number(text.substr(0, dots)), number(text.substr(dots + 2))};
}

void ReadPart(const std::string& key, const std::string& value, Witness& out) {
  model::Advice& a = out.advice.Own();
  if (key == "phase") {
    a.phase = static_cast<model::Phase>(PlaceOf(model::kPhases, value));
  } else if (key == "w") {
    const auto [from, to] = ReadRange(value);
    a.window = model::Window{from, to, model::Anchor::kInjury, false};
  } else if (key == "pop") {
    a.population = value;
  } else if (key == "q") {
    a.qualifier = static_cast<model::Qualifier>(PlaceOf(model::kQualifiers, value));
  } else if (key == "doc") {
    out.document_id = out.source = value;
  } else if (key == "src") {
    out.source = value;
  } else if (key == "sec") {
    out.section_id = value;
  } else {
    const auto [low, high] = ReadRange(value);
    a.dose.push_back({static_cast<model::DosePart>(PlaceOf(model::kDoseParts, key)), low, high});
  }
}

Witness Read(const std::string& text, const std::string& side) {
  Witness out;
  out.document_id = out.source = side;
  out.folded_quote = text;
  out.id = side;
  std::istringstream words(text);
  std::string stance;
  words >> out.advice.Own().action >> stance;
  model::Advice& a = out.advice.Own();
  a.for_it = stance == "recommend" || stance == "conditional-for";
  a.stance = stance == "recommend" ? model::Stance::kRecommend
             : stance == "avoid"   ? model::Stance::kAvoid
                                   : model::Stance::kConditional;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (word[0] == '@') {
      a.conditions.push_back(word.substr(1));
    } else if (word == "myth") {
      a.attribution = model::Attribution::kMisconception;
    } else if (equals != std::string::npos) {
      ReadPart(word.substr(0, equals), word.substr(equals + 1), out);
    } else {
      a.strength = static_cast<model::Strength>(PlaceOf(model::kStrengths, word));
    }
  }
  const std::string& section = out.section_id.empty() ? side : out.section_id.str();
  out.section_id = out.document_id.str() + "#" + section;
  return out;
}

class Setting {
 public:
  Setting()
      : thesaurus_(*thesaurus::Thesaurus::Load(test::RepositoryPath("corpus"))),
        rules_(*TensionRules::Load(test::RepositoryPath("corpus"), thesaurus_)) {}
  TensionSet Find(const std::vector<Witness>& witnesses) const {
    return FindTensions(witnesses, rules_);
  }
  const TensionRules& rules() const { return rules_; }

 private:
  thesaurus::Thesaurus thesaurus_;
  TensionRules rules_;
};

TEST_CASE("two pieces of advice are to each other what their rows say", "[contradictions]") {
  const Setting setting;
  for (const TsvRow& row : test::LoadCases("contradictions/pairs.tsv", 6, 6)) {
    INFO(row.where);
    const Witness a = Read(row.fields[0], "a");
    const Witness b = Read(row.fields[1], "b");
    for (const auto& witnesses : {std::vector<Witness>{a, b}, std::vector<Witness>{b, a}}) {
      const TensionSet found = setting.Find(witnesses);
      if (row.fields[2] == "-") {
        CHECK(found.tensions.empty());
        continue;
      }
      REQUIRE(found.tensions.size() == 1);
      const Tension& t = found.tensions[0];
      CHECK(kKinds[static_cast<std::size_t>(t.kind)] == row.fields[2]);
      CHECK(t.code == row.fields[3]);
      CHECK(kSeverities[static_cast<std::size_t>(t.severity)] == row.fields[4]);
      CHECK(t.score > 0);
      CHECK(found.findings.size() == 1);
    }
  }
}

TEST_CASE("many articles make one finding, and a copy changes nothing", "[contradictions]") {
  const Setting setting;
  std::vector<Witness> all;
  for (int i = 0; i < 5; ++i) {
    Witness one = Read(i < 3 ? "massage recommend @muscle-cramp" : "massage avoid @muscle-cramp",
                       "d" + std::to_string(i));
    one.folded_quote = one.folded_quote + std::to_string(i);
    all.push_back(std::move(one));
  }
  const TensionSet found = setting.Find(all);
  REQUIRE(found.findings.size() == 1);
  CHECK(found.tensions.size() == 6);
  CHECK(found.findings[0].sources_for == 3);
  CHECK(found.findings[0].sources_against == 2);

  std::vector<Witness> more = all;
  Witness copy = all[0];
  copy.document_id = "copy";
  copy.section_id = "copy#0";
  copy.id = "copy";
  more.push_back(copy);
  const TensionSet again = setting.Find(more);
  REQUIRE(again.findings.size() == 1);
  CHECK(again.findings[0].id == found.findings[0].id);
  CHECK(again.findings[0].sources_for == 3);

  std::reverse(all.begin(), all.end());
  const TensionSet turned = setting.Find(all);
  const auto ids = [](const TensionSet& set) {
    std::set<std::string> out;
    for (const Tension& t : set.tensions) out.insert(t.id);
    return out;
  };
  CHECK(ids(turned) == ids(found));
}

bool Has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

TEST_CASE("actions that exclude each other are one finding a trouble, however they are named",
          "[contradictions]") {
  const Setting setting;
  std::vector<Witness> all;
  const auto say = [&all](const std::string& action) {
    all.push_back(
        Read(action + " recommend @calf-muscle-strain", "d" + std::to_string(all.size())));
  };
  for (const char* action : {"walking", "bed-rest", "running", "immobilization", "rest"}) {
    say(action);
  }
  for (int turned = 0; turned < 2; ++turned) {
    const TensionSet found = setting.Find(all);
    REQUIRE(found.findings.size() == 1);
    const Finding& finding = found.findings[0];
    CHECK(finding.sides[0].action == "rest");
    CHECK(finding.sides[0].members ==
          std::vector<std::string>{"bed-rest", "immobilization", "rest"});
    CHECK(finding.sides[1].action == "light-movement");
    CHECK(finding.sides[1].members == std::vector<std::string>{"running", "walking"});
    CHECK(finding.sources_for == 3);
    CHECK(finding.sources_against == 2);
    CHECK(finding.tensions.size() == 6);
    for (const Tension& t : found.tensions) {
      CHECK(Has(finding.sides[0].members, all[t.a].advice->action));
      CHECK(Has(finding.sides[1].members, all[t.b].advice->action));
      CHECK(t.cluster == finding.id);
    }
    std::reverse(all.begin(), all.end());
  }
}

TEST_CASE("a pair of two alternatives keeps the id that its finding had alone",
          "[contradictions]") {
  const Setting setting;
  const auto of = [&setting](const std::string& a, const std::string& b) {
    const TensionSet found = setting.Find({Read(a + " recommend @calf-muscle-strain", "a"),
                                           Read(b + " recommend @calf-muscle-strain", "b")});
    REQUIRE(found.tensions.size() == 1);
    return found.tensions[0];
  };
  // As findings were called before actions were joined to classes: decisions are on such ids.
  CHECK(of("bed-rest", "walking").narrow_cluster == "4e5ec5388e6e472c");
  CHECK(of("cold", "heat").narrow_cluster.empty());
  CHECK(of("cold", "heat").cluster == "e0bcb123c99dd0d8");
  CHECK(of("ice-bath", "heat").cluster == of("cold", "heat").cluster);
  CHECK(of("ice-bath", "heat").narrow_cluster != of("foot-bath", "cold").narrow_cluster);
}

TEST_CASE("what stands on the first side of a question is narrower than its class",
          "[contradictions]") {
  const Setting setting;
  for (const auto& question : setting.rules().questions()) {
    for (const std::string& action : question.actions) {
      const auto others = setting.rules().AlternativesOf(action);
      const bool first = std::any_of(others.begin(), others.end(), [&](const auto& one) {
        return one.is_first && setting.rules().questions()[one.question].first == question.first &&
               setting.rules().questions()[one.question].second == question.second;
      });
      if (!first) continue;
      INFO(question.first << " " << action);
      CHECK(Has(setting.rules().WithBroader(action), question.first));
    }
  }
  const auto beside = setting.rules().ActionsBeside("bed-rest", "running");
  CHECK(Has(beside, "stretching"));
  CHECK(Has(beside, "rest"));
  CHECK(setting.rules().ActionsBeside("bed-rest", "heat").empty());
}

// What the joins have to find, asked of every pair: of one condition family each, one of actions.
std::set<std::string> AskEveryPair(const std::vector<Witness>& all, const TensionRules& rules) {
  std::set<std::string> out;
  for (const Witness& a : all) {
    for (const Witness& b : all) {
      const std::string& x = a.advice->conditions[0];
      const std::string& y = b.advice->conditions[0];
      Relation relation;
      if (!Has(rules.WithBroader(x), y)) continue;  // the other order is asked too
      if (x != y && rules.IsField(y)) continue;
      if (x != y) relation.conditions = Relation::Conditions::kRelated;
      const bool below = Has(rules.WithBroader(a.advice->action), b.advice->action);
      const bool above = Has(rules.WithBroader(b.advice->action), a.advice->action);
      if (!below && !above) continue;
      if (a.advice->action != b.advice->action) {
        relation.actions = Relation::Actions::kClassAndMember;
        const bool member_for = IsFor((below ? a : b).advice);
        if (!member_for || IsFor((below ? b : a).advice)) continue;
      }
      const bool general = rules.IsGeneral(a.advice->action) || rules.IsGeneral(b.advice->action);
      if (general && IsFor(a.advice) != IsFor(b.advice)) continue;
      const auto verdict = Compare(a.advice, b.advice, relation, rules);
      if (!verdict) continue;
      out.insert((below ? b : a).advice->action + " " + y + " " +
                 std::string(kKinds[static_cast<std::size_t>(verdict->kind)]));
    }
  }
  return out;
}

TEST_CASE("a field of medicine is not compared with one disease of it", "[contradictions]") {
  const Setting setting;
  const auto found = [&setting](const std::string& a, const std::string& b) {
    return setting
        .Find({Read("vaccination recommend @" + a, "a"), Read("vaccination avoid @" + b, "b")})
        .tensions.size();
  };
  CHECK(found("liver-disease", "hepatitis-b") == 0);
  CHECK(found("liver-disease", "liver-disease") == 1);
  CHECK(found("hepatitis", "hepatitis-b") == 1);
}

TEST_CASE("the joins find what asking every pair finds", "[contradictions]") {
  const Setting setting;
  std::vector<Witness> all;
  for (const char* action : {"stretching", "calf-stretch", "training", "cold", "diet"}) {
    for (const char* stance : {"recommend", "avoid must", "conditional-against"}) {
      for (const char* condition : {"calf-muscle-strain", "muscle-strain", "muscle-cramp"}) {
        for (const char* more : {"", " w=0..48", " duration_min=10", " phase=acute"}) {
          all.push_back(Read(std::string(action) + " " + stance + " @" + condition + more,
                             "d" + std::to_string(all.size())));
        }
      }
    }
  }
  std::set<std::string> found;
  for (const Tension& t : setting.Find(all).tensions) {
    // Two alternatives are not asked above.
    if (t.code == "C2") continue;
    const bool other = all[t.a].advice->action != all[t.b].advice->action;
    if (other && t.kind == Kind::kConditionalResolved &&
        IsFor(all[t.a].advice) == IsFor(all[t.b].advice)) {
      continue;
    }
    found.insert(t.action + " " + t.condition + " " +
                 std::string(kKinds[static_cast<std::size_t>(t.kind)]));
  }
  CHECK(found == AskEveryPair(all, setting.rules()));
  CHECK(found.size() > 10);
}

TEST_CASE("what excludes what is looked up for the narrower action too", "[contradictions]") {
  const Setting setting;
  const auto others = setting.rules().AlternativesOf("ice-bath");
  CHECK(std::any_of(others.begin(), others.end(),
                    [](const TensionRules::Alternative& one) { return one.action == "heat"; }));
  CHECK(setting.rules().IsAboutSafety("oral-nsaid"));
  CHECK_FALSE(setting.rules().IsAboutSafety("massage"));
}

TEST_CASE("in focus, each witness has its pairs however many others there are",
          "[contradictions]") {
  const Setting setting;
  std::vector<Witness> all{Read("massage recommend may @muscle-cramp", "own"),
                           Read("massage avoid may @muscle-cramp", "own")};
  for (int i = 0; i < 200; ++i) {
    const bool yes = i % 2 == 0;
    Witness one =
        Read(yes ? "massage recommend must @muscle-cramp" : "massage avoid must @muscle-cramp",
             "a" + std::to_string(i));
    one.folded_quote = one.folded_quote + std::to_string(i);
    all.push_back(std::move(one));
  }
  all[1].section_id = "own#other";
  const auto pairs_of = [](const TensionSet& set, std::size_t witness) {
    return std::count_if(set.tensions.begin(), set.tensions.end(),
                         [&](const Tension& t) { return t.a == witness || t.b == witness; });
  };
  const TensionSet every = setting.Find(all);
  CHECK(pairs_of(every, 0) == 0);
  const TensionSet of_own = FindTensionsOf(all, 2, setting.rules());
  CHECK(pairs_of(of_own, 0) > 1);
  CHECK(pairs_of(of_own, 1) > 1);
  for (const Tension& t : of_own.tensions) CHECK((t.a < 2 || t.b < 2));
  REQUIRE(of_own.findings.size() == 2);
  CHECK(of_own.findings[0].id == every.findings[0].id);
  CHECK(FindTensionsOf(all, 0, setting.rules()).tensions.empty());

  // Of few, the same pairs as without.
  all.resize(6);
  const TensionSet few = FindTensionsOf(all, all.size(), setting.rules());
  std::set<std::string> ids;
  for (const Tension& t : few.tensions) ids.insert(t.id);
  std::set<std::string> expected;
  for (const Tension& t : setting.Find(all).tensions) expected.insert(t.id);
  CHECK(ids == expected);
}

}  // namespace
}  // namespace sakuin::contradictions
