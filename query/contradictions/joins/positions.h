#pragma once

// Witnesses that say the same are one position, so that many articles cost no more than few; and
// positions that are compared alike are one shape.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "query/contradictions/compare.h"
#include "query/contradictions/joins/names.h"

namespace sakuin::contradictions {

// Positions of one subject that Compare() can tell apart by their windows and amounts alone.
struct Shape {
  std::uint32_t begin = 0;   // slots: places in PositionIndex::PositionAt()
  std::uint32_t chosen = 0;  // before it, those that stand for the others: of few, all
  std::uint32_t end = 0;
  bool is_for = false;
  bool has_window = false;
  bool has_dose = false;
  bool is_implicit = false;
  bool one_source = true;  // all their first witnesses are of one article

  std::size_t size() const { return end - begin; }
  // Does it depend on the very windows or amounts what two of them are to each other?
  bool VariesWith(const Shape& other) const {
    return (has_window && other.has_window) || (has_dose && other.has_dose);
  }
};

// Positions by subject: one action, and the same conditions in one order. Keeps references to all
// arguments. Holds numbers alone, some 40 bytes a witness and 80 a position.
class PositionIndex {
 public:
  PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules, Names& names);

  std::size_t size() const { return firsts_.size() - 1; }
  // Ascending by document, then place; never empty. Positions are in the order of their first.
  std::span<const std::uint32_t> WitnessesOf(std::size_t position) const {
    return {members_.data() + firsts_[position], firsts_[position + 1] - firsts_[position]};
  }
  const model::Advice& Of(std::size_t position) const {
    return witnesses_[members_[firsts_[position]]].advice;
  }

  std::size_t subjects() const { return subjects_.size() - 1; }
  std::span<const Shape> ShapesOf(std::size_t subject) const {
    return {shapes_.data() + subjects_[subject], subjects_[subject + 1] - subjects_[subject]};
  }
  std::uint32_t PositionAt(std::size_t slot) const { return slots_[slot]; }
  std::uint32_t ActionOf(std::size_t subject) const {
    return actions_[members_[firsts_[FirstOf(subject)]]];
  }
  // In order of importance.
  std::span<const std::uint32_t> ConditionsOf(std::size_t subject) const {
    return ConditionsAt(FirstOf(subject));
  }

  // By document that has such, all its ranks: what names no condition is comparable there alone.
  std::vector<std::vector<std::uint32_t>> WithoutCondition() const;
  // In the order by document and place. A reference, so that it can be seen as a list of one.
  const std::uint32_t& WitnessAt(std::uint32_t rank) const { return order_[rank]; }
  std::uint32_t ActionOfWitness(std::size_t witness) const { return actions_[witness]; }
  // Articles as numbers below sources(); near-duplicates have one.
  std::uint32_t SourceOf(std::size_t witness) const { return sources_[witness]; }
  std::size_t sources() const { return source_count_; }

 private:
  using Ids = std::vector<std::uint32_t>;

  void NumberSources();
  void Group();
  void NameAll(Names& names);
  void MakeSubjects();
  void MakeShape(std::size_t begin, std::size_t end);
  void Choose(std::size_t subject);
  std::uint64_t ShapeKey(std::size_t position, std::uint32_t population) const;
  std::uint32_t FirstOf(std::size_t subject) const { return slots_[ShapesOf(subject)[0].begin]; }
  std::span<const std::uint32_t> ConditionsAt(std::size_t position) const {
    const std::uint32_t begin = first_conditions_[position];
    return {conditions_.data() + begin, first_conditions_[position + 1] - begin};
  }

  const std::vector<Witness>& witnesses_;
  const TensionRules& rules_;
  Ids order_;    // of the witnesses, by document and place
  Ids members_;  // witnesses, those of one position side by side
  Ids firsts_;   // where each position's begin; one more at the end
  Ids actions_;  // of the witnesses
  Ids sources_;  // of the witnesses
  std::size_t source_count_ = 0;
  Ids conditions_;                         // of all positions
  Ids first_conditions_;                   // where each position's begin; one more at the end
  std::vector<std::uint64_t> shape_keys_;  // of the positions
  Ids slots_;                              // positions by subject and shape
  std::vector<Shape> shapes_;
  Ids subjects_;  // where the shapes of each begin; one more at the end
};

// The same in everything that Compare() looks at.
bool SayTheSame(const model::Advice& a, const model::Advice& b);

}  // namespace sakuin::contradictions
