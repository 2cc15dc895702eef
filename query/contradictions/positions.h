#pragma once

// Witnesses that say the same are one position, so that many articles cost no more than few.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/contradictions/compare.h"

namespace sakuin::contradictions {

struct Position {
  std::vector<std::size_t> witnesses;  // ascending by document, then place; never empty
};

// Positions by what they are about.
class PositionIndex {
 public:
  PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules);

  const std::vector<Position>& positions() const { return positions_; }
  const model::Advice& Of(std::size_t position) const;

  // Those that `position` has to be compared with, each with how they belong together. A pair is
  // given from one side at least, perhaps from both.
  std::vector<std::pair<std::size_t, Relation>> Neighbours(std::size_t position) const;

 private:
  struct Listed {
    std::size_t position;
    bool is_member;  // its action is below the one it is listed under
  };
  void List(std::size_t position);
  void Collect(std::size_t position, const std::string& action, Relation relation,
               std::vector<std::pair<std::size_t, Relation>>& out) const;
  const std::vector<Listed>* Find(const std::string& action, std::string_view condition) const;

  const std::vector<Witness>& witnesses_;
  const TensionRules& rules_;
  std::vector<Position> positions_;
  std::unordered_map<std::string, std::vector<Listed>> by_topic_;  // "action\ncondition"
};

}  // namespace sakuin::contradictions
