#pragma once

// Which subjects may be in conflict: joins on the action and the condition.

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/contradictions/joins/positions.h"

namespace sakuin::contradictions {

// Keeps references to both arguments.
class Neighbours {
 public:
  Neighbours(const PositionIndex& index, const Names& names);

  // Who of a class and its member is the member.
  enum class Member : std::uint8_t { kNone, kMine, kOther };
  struct Neighbour {
    std::uint32_t subject;
    Relation relation;
    Member member = Member::kNone;
    std::uint16_t question = 0;  // of two alternatives
  };
  // What a subject may be in conflict with, also itself: by subject, the closest relation first. A
  // pair is given from one side at least, seldom from both. Two that name no condition are never
  // neighbours.
  void Find(std::uint32_t subject, std::vector<Neighbour>& out) const;

  // The cheap questions: opposite directions, or two windows, or two amounts.
  bool MayMatter(std::uint32_t subject, const Shape& mine, const Neighbour& neighbour,
                 const Shape& other) const;

 private:
  struct Listed {
    std::uint64_t topic;
    std::uint32_t subject;
    bool is_member;  // its action is below the one it is listed under
  };

  bool IsUnder(std::uint32_t subject, const Names::Ids& concepts) const;
  void Collect(std::uint32_t subject, std::uint32_t action, const Neighbour& like, bool above,
               std::vector<Neighbour>& out) const;

  const PositionIndex& index_;
  const Names& names_;
  std::vector<Listed> listed_;  // by topic
  std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

}  // namespace sakuin::contradictions
