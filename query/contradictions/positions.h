#pragma once

// Witnesses that say the same are one position, so that many articles cost no more than few.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/contradictions/compare.h"

namespace sakuin::contradictions {

// Positions by what they are about. Keeps references to both arguments. Holds numbers alone, some
// 50 bytes a witness and 30 a position, action above it and condition.
class PositionIndex {
 public:
  PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules);

  std::size_t size() const { return firsts_.size() - 1; }
  // Ascending by document, then place; never empty.
  std::span<const std::uint32_t> WitnessesOf(std::size_t position) const {
    return {members_.data() + firsts_[position], firsts_[position + 1] - firsts_[position]};
  }
  const model::Advice& Of(std::size_t position) const;

  struct Neighbour {
    std::uint32_t position;
    Relation relation;
  };
  // Those that `position` may be in conflict with, each once, with the closest relation, after the
  // cheap questions: opposite directions, or two windows, or two amounts. A pair is given from one
  // side at least, seldom from both. Two that name no condition are never neighbours.
  void FindNeighbours(std::size_t position, std::vector<Neighbour>& out) const;

  // Names as numbers, 0 for no condition; what is broader; which of a position and of a witness.
  const std::string& NameOf(std::uint32_t id) const { return *names_[id]; }
  const std::vector<std::uint32_t>& Above(std::uint32_t id) const { return above_[id]; }
  std::uint32_t ActionOf(std::size_t position) const { return traits_[position].action; }
  std::span<const std::uint32_t> ConditionsOf(std::size_t position) const {
    const std::uint32_t begin = first_conditions_[position];
    return {conditions_.data() + begin, first_conditions_[position + 1] - begin};
  }
  std::uint32_t KnownId(const std::string& name) const { return ids_.at(name); }

  // By document that has such, all its ranks: what names no condition is comparable there alone.
  std::vector<std::vector<std::uint32_t>> WithoutCondition() const;
  // In the order by document and place. A reference, so that it can be seen as a list of one.
  const std::uint32_t& WitnessAt(std::uint32_t rank) const { return order_[rank]; }

 private:
  struct Traits {
    std::uint32_t action = 0;
    bool is_for = false;
    bool has_window = false;
    bool has_dose = false;
    bool is_implicit = false;
    bool is_general = false;  // what kind of thing is meant, it doesn't say
  };
  struct Listed {
    std::uint64_t topic;
    std::uint32_t position;
    bool is_member;  // its action is below the one it is listed under
  };
  using Ids = std::vector<std::uint32_t>;

  void Group();
  void List();
  std::uint32_t IdOf(const std::string& name);
  bool IsUnder(std::size_t position, const Ids& concepts) const;
  void Collect(std::size_t position, std::uint32_t action, const Relation& relation, bool above,
               std::vector<Neighbour>& out) const;
  bool MayMatter(const Traits& mine, const Traits& other, const Relation& relation) const;

  const std::vector<Witness>& witnesses_;
  const TensionRules& rules_;
  Ids order_;    // of the witnesses, by document and place
  Ids members_;  // witnesses, those of one position side by side
  Ids firsts_;   // where each position's begin; one more at the end
  std::vector<Traits> traits_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<const std::string*> names_;  // of the keys of `ids_`
  std::vector<Ids> above_;                 // by id: itself, then what is broader
  std::vector<Ids> associated_;            // by id: TensionRules::Associated()
  struct Other {
    std::uint32_t action;
    Kind kind;
    Ids under;
  };
  std::vector<std::vector<Other>> alternatives_;  // by id
  Ids conditions_;                                // of all positions
  Ids first_conditions_;        // where each position's begin; one more at the end
  std::vector<Listed> listed_;  // by topic
  std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

// The same in everything that Compare() looks at.
bool SayTheSame(const model::Advice& a, const model::Advice& b);

}  // namespace sakuin::contradictions
