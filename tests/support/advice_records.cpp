#include "tests/support/advice_records.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace sakuin::test {
namespace {

template <typename Names>
std::size_t PlaceOf(const Names& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) throw std::runtime_error("no such name: " + name);
  return static_cast<std::size_t>(at - names.begin());
}

std::optional<double> Number(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(std::stod(text));
}

void ReadPart(const std::string& key, const std::string& value, model::Advice& a) {
  const std::size_t dots = value.find("..");
  const std::string low = value.substr(0, dots);
  const std::string high = dots == std::string::npos ? low : value.substr(dots + 2);
  if (key == "phase") {
    a.phase = static_cast<model::Phase>(PlaceOf(model::kPhases, value));
  } else if (key == "pop") {
    a.population = value;
  } else if (key == "w") {
    a.window = model::Window{Number(low), Number(high), model::Anchor::kInjury, false};
  } else if (key == "anchor") {
    a.window.value().anchor = static_cast<model::Anchor>(PlaceOf(model::kAnchors, value));
  } else if (key == "as") {
    a.attribution = static_cast<model::Attribution>(PlaceOf(model::kAttributions, value));
  } else {
    a.dose.push_back(
        {static_cast<model::DosePart>(PlaceOf(model::kDoseParts, key)), Number(low), Number(high)});
  }
}

}  // namespace

store::AdviceRecord MakeAdvice(const std::string& text, const std::string& language) {
  store::AdviceRecord out;
  std::istringstream words(text);
  std::string stance;
  words >> out.document_id >> out.advice.action >> stance;
  model::Advice& a = out.advice;
  a.id = out.document_id + "-advice";
  a.for_it = stance == "recommend" || stance == "for";
  a.stance = stance == "recommend" ? model::Stance::kRecommend
             : stance == "avoid"   ? model::Stance::kAvoid
                                   : model::Stance::kConditional;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (word[0] == '@') {
      a.conditions.push_back(word.substr(1));
    } else if (equals != std::string::npos) {
      ReadPart(word.substr(0, equals), word.substr(equals + 1), a);
    } else {
      a.strength = static_cast<model::Strength>(PlaceOf(model::kStrengths, word));
    }
  }
  out.uri = "articles/" + out.document_id + ".html";
  out.title = "Title " + out.document_id;
  out.language = language;
  out.section = 1;
  out.path = {out.title, "Heading"};
  out.quote = text;
  out.source = {10, 10 + text.size()};
  a.cues = {language + "-cue-" + stance};
  return out;
}

contradictions::WitnessList MakeWitnesses(const std::vector<store::AdviceRecord>& records) {
  contradictions::WitnessList out;
  for (const store::AdviceRecord& record : records) {
    contradictions::Witness one;
    one.advice = record.advice;
    one.id = record.advice.id;
    one.quote_begin = static_cast<std::uint32_t>(record.advice.quote.begin);
    one.document_id = one.source = record.document_id;
    one.section_id = record.SectionId();
    one.language = record.language;
    one.folded_quote = record.quote;
    out.witnesses.push_back(std::move(one));
    out.records.push_back(record);
  }
  return out;
}

}  // namespace sakuin::test
