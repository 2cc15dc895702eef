#pragma once

// Which of a sentence's actions its times and amounts belong to.

#include <cstddef>
#include <string_view>
#include <vector>

#include "indexer/advice/measuring/times.h"
#include "indexer/advice/scope.h"
#include "indexer/model/advice.h"

namespace sakuin::advice {

class Measures {
 public:
  // Both must outlive it.
  Measures(const TimeRules& rules, std::string_view language, const SentenceInput& sentence);

  // A phase that holds where the sentence names none.
  void Inherit(model::Phase phase, model::StatedIn from);

  bool In(const Range& clause) const;  // does the clause say any?

  // An amount belongs to the action that stands nearest, of its own clause before others. A window
  // or phase holds for every action of its clause, and, said before them, for those of later
  // clauses up to the next one. How long signs last belongs to seeing a doctor.
  void Attach(std::size_t action, model::Advice& out) const;

 private:
  std::size_t OwnerOf(const TimeExpression& one) const;
  bool HoldsFor(const TimeExpression& one, std::size_t action) const;

  const SentenceInput& sentence_;
  std::vector<TimeExpression> found_;  // places in the whole text
  model::Phase phase_ = model::Phase::kUnstated;
  model::StatedIn phase_from_ = model::StatedIn::kNowhere;
};

}  // namespace sakuin::advice
