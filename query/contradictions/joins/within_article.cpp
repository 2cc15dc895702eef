// What names no condition is compared within its article alone, with what stands near.

#include <algorithm>
#include <tuple>

#include "query/contradictions/joins/candidates.h"

namespace sakuin::contradictions {
namespace {

// A piece of advice is compared with so many behind it.
constexpr std::size_t kNear = 200;

Places At(std::uint32_t rank) { return {rank, (rank + 1) & 0x7FFFFFFFU, 1U}; }

}  // namespace

// One or both name no condition: in one article they are likely to be about one.
void Candidates::AddWithoutCondition(const std::vector<std::uint32_t>& of_document) {
  for (std::size_t i = 0; i < of_document.size(); ++i) {
    const std::size_t end = std::min(of_document.size(), i + 1 + kNear);
    for (std::size_t k = i + 1; k < end; ++k) {
      const bool wanted = focus_ == 0 || index_.WitnessAt(of_document[i]) < focus_ ||
                          index_.WitnessAt(of_document[k]) < focus_;
      if (!wanted) break;  // another article
      AddWitnesses(of_document[0], of_document[i], of_document[k]);
    }
  }
}

void Candidates::AddWitnesses(std::uint32_t first, std::uint32_t rank_a, std::uint32_t rank_b) {
  const std::uint32_t a = index_.WitnessAt(rank_a);
  const std::uint32_t b = index_.WitnessAt(rank_b);
  const auto related = RelationOf(a, b);
  if (!related) return;
  const auto verdict = Judge(a, b, related->relation);
  if (!verdict) return;
  const auto& own = witnesses_[a].advice->conditions;
  const auto& stated = own.empty() ? witnesses_[b].advice->conditions : own;
  // Two articles that name nothing are about two things.
  const std::uint32_t condition = stated.empty() ? 0 : names_.IdOf(stated[0]);
  FindingKey key = KeyOf(index_.ActionOfWitness(a), index_.ActionOfWitness(b), *related, condition,
                         stated.empty() ? first : 0);
  key.kind = verdict->kind;
  Put(key, focus_ == 0 ? &groups_[key] : nullptr,
      {verdict->score, rank_a, rank_b, verdict->severity, true, related->relation},
      IsFirst(a, b, key), At(rank_a), At(rank_b));
}

// Of two of which one names no condition, or both.
std::optional<Candidates::Related> Candidates::RelationOf(std::size_t a, std::size_t b) const {
  const model::Advice& x = witnesses_[a].advice;
  const model::Advice& y = witnesses_[b].advice;
  if (!x.conditions.empty() && !y.conditions.empty()) return std::nullopt;
  Related related;
  Relation& out = related.relation;
  const bool one = x.conditions.empty() != y.conditions.empty();
  out.conditions = one ? Relation::Conditions::kOneUnstated : Relation::Conditions::kBothUnstated;
  const std::uint32_t of_a = index_.ActionOfWitness(a);
  const std::uint32_t of_b = index_.ActionOfWitness(b);
  const bool opposed = IsFor(x) != IsFor(y);
  const bool general = names_.IsGeneral(of_a) || names_.IsGeneral(of_b);
  if (general && (opposed || of_a == of_b)) return std::nullopt;
  if (of_a == of_b) return related;
  if (opposed) {
    out.actions = Relation::Actions::kClassAndMember;
    const std::uint32_t member = IsFor(x) ? of_a : of_b;
    if (names_.IsUnder(member, {member == of_a ? of_b : of_a})) return related;
    return std::nullopt;
  }
  if (!IsFor(x)) return std::nullopt;
  const Names::Other* best = nullptr;
  for (const Names::Other& other : names_.AlternativesOf(of_a)) {
    // What holds of some troubles alone is not said of one that isn't named.
    if (!other.under.empty() || !names_.IsUnder(of_b, {other.action})) continue;
    const bool better = best == nullptr ||
                        std::tie(other.kind, other.question) < std::tie(best->kind, best->question);
    if (better) best = &other;
  }
  if (best == nullptr) return std::nullopt;
  out.actions = Relation::Actions::kIncompatible;
  out.alternative = best->kind;
  related.question = best->question;
  return related;
}

}  // namespace sakuin::contradictions
