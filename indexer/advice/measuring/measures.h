#pragma once

// Which of a sentence's actions its times and amounts belong to.

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/advice/measuring/times.h"
#include "indexer/advice/scope.h"
#include "indexer/model/advice.h"

namespace sakuin::advice {

class Measures {
 public:
  // Both must outlive it.
  Measures(const TimeRules& rules, std::string_view language, const SentenceInput& sentence);

  // What holds where the sentence names none; of two the first.
  void Inherit(model::Phase phase, model::StatedIn from);
  void Inherit(const model::Window& window, model::StatedIn from);

  // Those that became statements: only they have amounts. `owners[i]` is the action that action i
  // gives its amounts to, or kNone.
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  void SetOwners(std::vector<std::size_t> owners) { owners_ = std::move(owners); }

  const std::vector<TimeExpression>& found() const { return found_; }

  bool In(const Range& clause) const;          // does the clause say any?
  bool TellsSigns(const Range& clause) const;  // how long signs last?
  // Is the action what a window counts from: "an hour before the bath"?
  bool IsEvent(const Range& action) const;

  // An amount belongs to the action that stands nearest, of its own clause before others. A window
  // or phase holds for every action of its clause, and, said before them, for those of later
  // clauses up to the next one. A bare length of time is both the time from now on and the length
  // of a course. `watches`: the action is to wait and look, and how long it takes is a window.
  void Attach(std::size_t action, bool watches, model::Advice& out) const;

 private:
  std::size_t OwnerOf(const TimeExpression& one) const;
  // Does an "after that" stand between the two?
  bool TurnsBefore(const TimeExpression& one, std::size_t action) const;
  void AttachWhen(const TimeExpression& one, std::size_t action, model::Advice& out) const;
  void AddDose(const model::DoseRange& range, model::Advice& out) const;
  bool HoldsFor(const TimeExpression& one, std::size_t action) const;

  const SentenceInput& sentence_;
  std::vector<TimeExpression> found_;  // places in the whole text
  model::Phase phase_ = model::Phase::kUnstated;
  model::StatedIn phase_from_ = model::StatedIn::kNowhere;
  std::optional<model::Window> window_;
  model::StatedIn window_from_ = model::StatedIn::kNowhere;
  std::vector<std::size_t> owners_;
};

}  // namespace sakuin::advice
