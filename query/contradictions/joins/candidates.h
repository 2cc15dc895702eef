#pragma once

// All pairs of positions that may become tensions, as groups of one finding each.

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "query/contradictions/compare.h"
#include "query/contradictions/joins/finding_groups.h"
#include "query/contradictions/joins/neighbours.h"

namespace sakuin::contradictions {

// Keeps references to witnesses and rules. Cost: subjects that are neighbours, times their shapes;
// of positions that differ in windows or amounts each is compared with at most some hundred others.
class Candidates {
 public:
  using Groups = std::unordered_map<FindingKey, FindingGroup, FindingKeyHash>;

  // `focus`: 0 for all witnesses alike; else only pairs with one of the first so many.
  Candidates(const std::vector<Witness>& witnesses, std::size_t focus, const TensionRules& rules);

  Groups Find();  // once

  const PositionIndex& index() const { return index_; }
  const Names& names() const { return names_; }

  // Who recommends stands first; of two alternatives, who is on the first side of the question; of
  // equals, the one that stands first in the order of articles.
  bool IsFirst(std::size_t x, std::size_t y, const FindingKey& key) const;
  // Of two witnesses, with what is known of their places. Copies of one article say nothing.
  std::optional<Verdict> Judge(std::size_t x, std::size_t y, Relation relation,
                               Steps steps = Steps::kWithout) const;
  std::span<const std::uint32_t> WitnessesOf(bool of_witnesses, const std::uint32_t& place) const;

 private:
  // Two subjects in one relation: what their findings are called.
  struct Meeting {
    const Neighbours::Neighbour* neighbour = nullptr;
    FindingKey key;
    bool same_action = false;
    bool mine_first = false;                // by the question, or by name
    std::array<FindingGroup*, 6> groups{};  // by kind, once they are asked for
  };

  void AddSubjects(std::uint32_t mine, std::span<const Neighbours::Neighbour> relations);
  void AddShapes(const Shape& a, const Shape& b, Meeting& meeting);
  void AddAlike(const Shape& a, const Shape& b, const Verdict& verdict, Meeting& meeting);
  void AddVarying(const Shape& a, const Shape& b, Meeting& meeting);
  void AddFocused(const Shape& a, const Shape& b, Meeting& meeting);
  void AddSlots(std::uint32_t a, std::uint32_t b, Meeting& meeting);
  void Take(std::uint32_t a, std::uint32_t b, const Verdict& verdict, Meeting& meeting);
  void Put(const FindingKey& key, FindingGroup* group, const Candidate& candidate, bool a_is_first,
           const Places& a, const Places& b);
  FindingGroup& GroupOf(Meeting& meeting, Kind kind);
  std::optional<Verdict> Alone(std::uint32_t x, std::uint32_t y, const Relation& relation,
                               const Verdict& verdict) const;
  bool ComesFirst(const Shape& a, const Shape& b, const Meeting& meeting) const;

  void AddWithoutCondition(const std::vector<std::uint32_t>& of_document);
  void AddWitnesses(std::uint32_t first, std::uint32_t rank_a, std::uint32_t rank_b);
  struct Related {
    Relation relation;
    std::uint16_t question = 0;  // of two alternatives
  };
  std::optional<Related> RelationOf(std::size_t a, std::size_t b) const;
  std::uint32_t ConditionOf(std::span<const std::uint32_t> a,
                            std::span<const std::uint32_t> b) const;
  FindingKey KeyOf(std::uint32_t a, std::uint32_t b, const Related& related,
                   std::uint32_t condition, std::uint32_t document) const;

  const std::vector<Witness>& witnesses_;
  const std::size_t focus_;
  const TensionRules& rules_;
  Names names_;
  PositionIndex index_;
  std::unique_ptr<Neighbours> neighbours_;  // until all was found
  std::vector<bool> in_focus_;              // by position
  Groups groups_;
};

}  // namespace sakuin::contradictions
