// What headings, lead-ins, lists and limits make of a statement, and what a sentence gives as its
// reason.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "indexer/advice/extractor.h"
#include "indexer/advice/measuring/times.h"
#include "indexer/base/data_dir.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/rules.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

using test::Must;

model::Document Read(const std::string& language, const std::string& heading,
                     const std::string& text, const std::string& title = "") {
  static const auto rules = Must(pipeline::Rules::Load(test::RepositoryPath("corpus")));
  static const auto pipeline = Must(pipeline::Pipeline::Create(*rules));
  model::Document document;
  document.title = title;
  document.sections.resize(heading == "-" ? 1 : 2);
  model::Section& section = document.sections.back();
  section.number = static_cast<std::uint32_t>(document.sections.size() - 1);
  if (heading != "-") section.heading = heading;
  section.text = text;
  if (!title.empty()) {
    document.sections[0].heading = document.sections[0].text = title;
    section.parent = 0;
  }
  pipeline.Describe(document, language == "zh" ? "zh-Hans" : language);
  return document;
}

template <typename Names, typename Value>
std::string NameOf(const Names& names, Value value) {
  return std::string(names.at(static_cast<std::size_t>(value)));
}

std::string From(model::StatedIn from) {
  return from == model::StatedIn::kSentence ? "" : "@" + NameOf(model::kStatedIn, from);
}

std::string Shown(const model::Advice& one) {
  std::string out = one.action + " " + NameOf(model::kStances, one.stance);
  if (one.stance == model::Stance::kConditional) out += one.for_it ? "-for" : "-against";
  if (one.attribution == model::Attribution::kMisconception) out += " misconception";
  TimeExpression time;
  time.window = one.window;
  if (one.window) {
    const std::string printed = Printed(time);
    out += " window " + (one.window_from == model::StatedIn::kSentence
                             ? printed
                             : printed.substr(0, printed.find(' ')) + From(one.window_from));
  }
  if (one.phase != model::Phase::kUnstated) {
    out += " phase " + NameOf(model::kPhases, one.phase) + From(one.phase_from);
  }
  time.window.reset();
  time.dose = one.dose;
  if (!one.dose.empty()) out += " dose " + Printed(time);
  return out;
}

TEST_CASE("what stands around a sentence counts", "[advice][data]") {
  for (const TsvRow& row :
       Must(ReadTsv(test::RepositoryPath("tests/cases/advice/structure.tsv"), 4, 4))) {
    INFO(row.where << ": " << row.fields[1] << " / " << row.fields[2]);
    std::string text = row.fields[2];
    std::replace(text.begin(), text.end(), '|', '\n');
    const model::Document document = Read(row.fields[0], row.fields[1], text);
    std::string said;
    for (const model::Advice& one : document.sections.back().advice) {
      said += (said.empty() ? "" : " ; ") + Shown(one);
    }
    CHECK(said == row.fields[3]);
  }
}

TEST_CASE("advice is for the trouble that its sentence means, or for the article's",
          "[advice][data]") {
  for (const TsvRow& row :
       Must(ReadTsv(test::RepositoryPath("tests/cases/advice/conditions.tsv"), 6, 6))) {
    INFO(row.where << ": " << row.fields[3]);
    const model::Document document =
        Read(row.fields[0], row.fields[2], row.fields[3], row.fields[1]);
    std::string said;
    for (const model::Advice& one : document.sections.back().advice) {
      said += (said.empty() ? "" : " ; ") + one.action + ":";
      for (const std::string& id : one.conditions) said += " " + id;
    }
    CHECK(said == row.fields[4]);
  }
}

std::string Said(const std::string& language, const std::string& text) {
  std::string out;
  const model::Document document = Read(language, "-", text);
  for (const model::Advice& one : document.sections[0].advice) out += Shown(one) + "\n";
  return out;
}

TEST_CASE("one advice, however it is written", "[advice][property]") {
  for (const auto& ways : std::vector<std::vector<std::string>>{
           {"zh", "受伤后48小时内不要热敷。", "受伤后４８小时内不要热敷。",
            "受伤后四十八小时内不要热敷。", "受傷後48小時內不要熱敷。", "受伤后48小时内不要热敷"},
           {"zh", "每次冷敷15分钟,每天3次。", "每次冷敷十五分钟，每天三次。",
            "每次冷敷１５分钟，每天３次"},
           {"zh", "应冷敷。不要按摩。", "应冷敷\n不要按摩", "应冷敷；不要按摩。"},
           {"ja", "48時間以内は温めないでください。", "４８時間以内は温めないでください。",
            "四十八時間以内は温めないでください"},
           {"en", "Ice it for 15 minutes. Do not massage it.",
            "Ice it for fifteen minutes.\nDo not massage it."}}) {
    const std::string first = Said(ways[0], ways[1]);
    CHECK_FALSE(first.empty());
    for (const std::string& other : ways) {
      if (&other == &ways[0]) continue;
      INFO(other);
      CHECK(Said(ways[0], other) == first);
    }
  }
}

TEST_CASE("a statement keeps the words that say why", "[advice]") {
  for (const auto& [language, text, reason] : std::vector<std::array<std::string, 3>>{
           {"zh", "应冷敷,因为血管会收缩。", "因为血管会收缩"},
           {"zh", "不要热敷,会加重肿胀。", "会加重肿胀"},
           {"ja", "腫れているので、患部を冷やしましょう。", "腫れているので"},
           {"en", "Do not massage the calf, because it bleeds.", "because it bleeds"},
           {"en", "Do not massage the calf.", ""},
       }) {
    INFO(text);
    const model::Document document = Read(language, "-", text);
    const model::Section& section = document.sections[0];
    REQUIRE_FALSE(section.advice.empty());
    const auto& found = section.advice[0].reason;
    CHECK((found ? std::string(found->In(section.text)) : "") == reason);
  }
}

TEST_CASE("a condition is told in its own words, never by its cue alone", "[advice]") {
  for (const auto& [language, text, when] : std::vector<std::array<std::string, 3>>{
           {"zh", "如果红肿发热,应冷敷。", "如果红肿发热"},
           {"zh", "腿肿的时候应冷敷。", "腿肿的时候"},
           {"zh", "如果腿肿最好冷敷。", "如果腿肿"},
           {"zh", "别热敷,否则会疼。", ""},
           {"ja", "痛いときは冷やしましょう。", "痛いときは"},
           {"en", "You should rest the leg if it hurts.", "if it hurts"},
       }) {
    INFO(text);
    const model::Document document = Read(language, "-", text);
    const model::Section& section = document.sections[0];
    REQUIRE_FALSE(section.advice.empty());
    const auto& found = section.advice[0].when;
    CHECK((found ? std::string(found->In(section.text)) : "") == when);
  }
}

}  // namespace
}  // namespace sakuin::advice
