#include "query/contradictions/joins/names.h"

#include <algorithm>
#include <utility>

namespace sakuin::contradictions {

std::uint32_t Names::IdOf(const std::string& name) {
  const auto known = ids_.find(name);
  if (known != ids_.end()) return known->second;
  const auto id = static_cast<std::uint32_t>(facts_.size());
  names_.push_back(&ids_.emplace(name, id).first->first);
  facts_.emplace_back();
  // Made apart: each name that is met makes room in `facts_`.
  Facts facts;
  facts.is_general = rules_.IsGeneral(name);
  for (const std::string& one : rules_.WithBroader(name)) {
    if (one == name || !rules_.IsField(one)) facts.above.push_back(IdOf(one));
  }
  for (const std::string& one : rules_.Associated(name)) {
    if (!rules_.IsField(one)) facts.associated.push_back(IdOf(one));
  }
  for (const TensionRules::Alternative& other : rules_.AlternativesOf(name)) {
    Ids under;
    for (const std::string& one : other.under) under.push_back(IdOf(one));
    const TensionRules::Question& question = rules_.questions()[other.question];
    classes_[other.question] = {IdOf(question.first), IdOf(question.second)};
    facts.alternatives.push_back(
        {IdOf(other.action), other.kind, std::move(under), other.question, other.is_first});
  }
  facts_[id] = std::move(facts);
  return id;
}

bool Names::IsFirstOf(std::uint32_t action, std::uint16_t question) const {
  const auto& all = AlternativesOf(action);
  return std::any_of(all.begin(), all.end(), [question](const Other& one) {
    return one.question == question && one.is_first;
  });
}

bool Names::IsUnder(std::uint32_t id, const Ids& concepts) const {
  const Ids& above = Above(id);
  return std::find_first_of(above.begin(), above.end(), concepts.begin(), concepts.end()) !=
         above.end();
}

}  // namespace sakuin::contradictions
