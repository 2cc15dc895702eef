#include "query/contradictions/joins/neighbours.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace sakuin::contradictions {
namespace {

using Actions = Relation::Actions;
using Conditions = Relation::Conditions;

std::uint64_t Topic(std::uint32_t action, std::uint32_t condition) {
  return std::uint64_t{action} << 32U | condition;
}

}  // namespace

Neighbours::Neighbours(const PositionIndex& index, const Names& names)
    : index_(index), names_(names) {
  for (std::uint32_t i = 0; i < index.subjects(); ++i) {
    const std::uint32_t unstated[] = {0};
    const auto own = index.ConditionsOf(i);
    const Names::Ids& actions = names.Above(index.ActionOf(i));
    for (const std::uint32_t condition : own.empty() ? std::span(unstated) : own) {
      for (std::size_t k = 0; k < actions.size(); ++k) {
        listed_.push_back({Topic(actions[k], condition), i, k > 0});
      }
    }
  }
  std::sort(listed_.begin(), listed_.end(), [](const Listed& x, const Listed& y) {
    return std::tie(x.topic, x.subject) < std::tie(y.topic, y.subject);
  });
  for (std::uint32_t begin = 0; begin < listed_.size();) {
    std::uint32_t end = begin;
    while (end < listed_.size() && listed_[end].topic == listed_[begin].topic) ++end;
    ranges_.emplace(listed_[begin].topic, std::pair{begin, end});
    begin = end;
  }
}

bool Neighbours::MayMatter(std::uint32_t subject, const Shape& mine, const Neighbour& neighbour,
                           const Shape& other) const {
  const Relation& relation = neighbour.relation;
  const bool opposed = mine.is_for != other.is_for;
  const bool unstated = relation.conditions == Conditions::kOneUnstated;
  // One thing for one trouble and another for what is only related to it are no question.
  const bool same_trouble = relation.conditions < Conditions::kAssociated;
  // Compare() asks the same of two articles; here it spares most of the pairs.
  if (unstated && (!opposed || mine.is_implicit || other.is_implicit)) return false;
  if (relation.actions == Actions::kIncompatible) {
    return same_trouble && mine.is_for && other.is_for;
  }
  // A diet advised and a diet advised against are hardly one diet; nor are two amounts of drugs.
  if (names_.IsGeneral(index_.ActionOf(subject)) ||
      names_.IsGeneral(index_.ActionOf(neighbour.subject))) {
    return false;
  }
  if (relation.actions == Actions::kSame) {
    return opposed || (same_trouble && mine.VariesWith(other));
  }
  // A member may be advised against although its class is recommended, and the other way round it
  // may not: whoever avoids the class avoids the member.
  return opposed && (neighbour.member == Member::kMine ? mine : other).is_for;
}

// `like`: what holds of all of them.
void Neighbours::Collect(std::uint32_t subject, std::uint32_t action, const Neighbour& like,
                         bool above, std::vector<Neighbour>& out) const {
  const bool alternative = like.relation.actions == Actions::kIncompatible;
  const auto add = [&](std::uint32_t condition, Conditions conditions) {
    const auto range = ranges_.find(Topic(action, condition));
    if (range == ranges_.end()) return;
    for (std::uint32_t i = range->second.first; i < range->second.second; ++i) {
      const Listed& listed = listed_[i];
      if (above && listed.is_member) continue;
      // Seen from both sides: once is enough.
      if (conditions == Conditions::kSame && listed.subject < subject) continue;
      Neighbour one = like;
      one.subject = listed.subject;
      one.relation.conditions = conditions;
      if (!alternative && (above || listed.is_member)) {
        one.relation.actions = Actions::kClassAndMember;
        one.member = above ? Member::kMine : Member::kOther;
      }
      out.push_back(one);
    }
  };
  for (const std::uint32_t condition : index_.ConditionsOf(subject)) {
    const Names::Ids& broader = names_.Above(condition);
    for (std::size_t i = 0; i < broader.size(); ++i) {
      add(broader[i], i == 0 ? Conditions::kSame : Conditions::kRelated);
    }
    for (const std::uint32_t one : names_.Associated(condition)) add(one, Conditions::kAssociated);
  }
  if (!index_.ConditionsOf(subject).empty()) add(0, Conditions::kOneUnstated);
}

bool Neighbours::IsUnder(std::uint32_t subject, const Names::Ids& concepts) const {
  const auto conditions = index_.ConditionsOf(subject);
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](std::uint32_t one) { return names_.IsUnder(one, concepts); });
}

void Neighbours::Find(std::uint32_t subject, std::vector<Neighbour>& out) const {
  out.clear();
  const std::uint32_t action = index_.ActionOf(subject);
  const Names::Ids& actions = names_.Above(action);
  for (std::size_t i = 0; i < actions.size(); ++i)
    Collect(subject, actions[i], {0, {}}, i > 0, out);
  for (const Names::Other& other : names_.AlternativesOf(action)) {
    if (!other.under.empty() && !IsUnder(subject, other.under)) continue;
    Neighbour like{0, {}, Member::kNone, other.question};
    like.relation.actions = Actions::kIncompatible;
    like.relation.alternative = other.kind;
    Collect(subject, other.action, like, false, out);
  }
  const auto closeness = [](const Neighbour& x) {
    return std::tie(x.subject, x.relation.conditions, x.relation.actions, x.relation.alternative,
                    x.question, x.member);
  };
  std::sort(out.begin(), out.end(),
            [&](const Neighbour& x, const Neighbour& y) { return closeness(x) < closeness(y); });
  const auto same = [&](const Neighbour& x, const Neighbour& y) {
    return closeness(x) == closeness(y);
  };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

}  // namespace sakuin::contradictions
