#pragma once

// Pairs of witnesses and of positions on their way to findings: the best of each (action,
// condition, kind) are kept, all others are counted only.

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "query/contradictions/compare.h"

namespace sakuin::contradictions {

// Two positions, or, of texts without a condition, two witnesses.
struct Candidate {
  double score = 0;
  std::uint32_t a = 0;  // positions, or ranks of witnesses; a < b
  std::uint32_t b = 0;
  Severity severity = Severity::kLow;
  bool of_witnesses = false;
  Relation relation;
};

// A better one is more severe, then of a higher score; of equals, the earlier.
bool IsBetter(const Candidate& x, const Candidate& y);

// What one finding is about. Numbers are those of the caller's names.
struct FindingKey {
  std::uint32_t action = 0;  // of class and member the class; of a question its first class
  std::uint32_t other = 0;   // and its second one; else the action again
  std::uint32_t condition = 0;
  std::uint32_t document = 0;  // of one that names no condition a witness's rank, else 0
  std::uint32_t focus = 0;     // of FindTensionsOf() the witness's place + 1, else 0
  Kind kind = Kind::kOppositeStance;
  std::uint16_t question = 0;  // of two alternatives: which one the classes name
  bool IsQuestion() const { return action != other; }
  friend bool operator==(const FindingKey&, const FindingKey&) = default;
};
struct FindingKeyHash {
  std::size_t operator()(const FindingKey& key) const;
};

// Places side by side that are on one side of a finding: slots, or ranks of witnesses.
struct Places {
  std::uint32_t begin = 0;
  std::uint32_t end : 31 = 0;
  std::uint32_t of_witnesses : 1 = 0;
  friend bool operator<(const Places& x, const Places& y) {
    return x.of_witnesses != y.of_witnesses ? x.of_witnesses < y.of_witnesses : x.begin < y.begin;
  }
};

class FindingGroup {
 public:
  // Ignores what it has already.
  void Add(const Candidate& candidate);
  // Would Add() keep one of this rank, whatever its places?
  bool Wants(Severity severity, double score) const;
  // Side 0 stands for the action.
  void Count(int side, const Places& places);

  std::vector<Candidate> Best() const;  // the best first
  // Each place once, ascending.
  std::vector<Places> Side(int side) const;

 private:
  static constexpr std::size_t kMost = 16;

  std::vector<Candidate> best_;  // a heap, the worst first
  std::array<std::vector<Places>, 2> sides_;
  std::array<std::uint32_t, 2> room_{};  // of each side, before it is sorted again
};

}  // namespace sakuin::contradictions
