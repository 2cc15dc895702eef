#include "indexer/advice/measuring/measures.h"

#include <algorithm>
#include <tuple>

namespace sakuin::advice {
namespace {

bool SaysWhen(const TimeExpression& one) {
  return one.window.has_value() || one.phase != model::Phase::kUnstated;
}

// "Watch the child for two hours": a window of that length.
void WatchFor(model::Advice& out) {
  const auto length = std::find_if(out.dose.begin(), out.dose.end(), [](const auto& one) {
    return one.part == model::DosePart::kDurationMinutes && one.high;
  });
  if (length == out.dose.end()) return;
  out.window = model::Window{0, *length->high / 60, model::Anchor::kOnset, false};
  out.window_from = model::StatedIn::kSentence;
  out.dose.erase(length);
}

std::size_t Apart(const Range& a, const TimeExpression& b) {
  if (a.end <= b.begin) return b.begin - a.end;
  return b.end <= a.begin ? a.begin - b.end : 0;
}

}  // namespace

Measures::Measures(const TimeRules& rules, std::string_view language, const SentenceInput& sentence)
    : sentence_(sentence) {
  const Range& range = sentence.sentence->range;
  found_ = rules.Find(language, sentence.text.substr(range.begin, range.size()));
  for (TimeExpression& one : found_) {
    one.begin += range.begin;
    one.end += range.begin;
  }
}

void Measures::Inherit(model::Phase phase, model::StatedIn from) {
  if (phase == model::Phase::kUnstated || phase_ != model::Phase::kUnstated) return;
  phase_ = phase;
  phase_from_ = from;
}

void Measures::Inherit(const model::Window& window, model::StatedIn from) {
  if (window_) return;
  window_ = window;
  window_from_ = from;
}

bool Measures::In(const Range& clause) const {
  return std::any_of(found_.begin(), found_.end(), [&clause](const TimeExpression& one) {
    return !one.turns && one.begin >= clause.begin && one.end <= clause.end;
  });
}

bool Measures::TellsSigns(const Range& clause) const {
  return std::any_of(found_.begin(), found_.end(), [&clause](const TimeExpression& one) {
    return one.seeks && one.begin >= clause.begin && one.end <= clause.end;
  });
}

bool Measures::IsEvent(const Range& action) const {
  return std::any_of(found_.begin(), found_.end(), [&action](const TimeExpression& one) {
    return one.window && !one.seeks && one.begin == action.begin && action.end < one.end;
  });
}

std::size_t Measures::OwnerOf(const TimeExpression& one) const {
  const Sentence& there = *sentence_.sentence;
  const std::size_t clause = there.ClauseAt(one.begin);
  std::size_t best = kNone;
  const auto rank = [&](std::size_t action) {
    const Range& at = sentence_.actions[action].at;
    const bool elsewhere = there.ClauseAt(at.begin) != clause;
    return std::tuple(elsewhere, elsewhere && at.begin > one.begin, Apart(at, one));
  };
  for (std::size_t i = 0; i < owners_.size(); ++i) {
    if (owners_[i] != kNone && (best == kNone || rank(i) < rank(best))) best = i;
  }
  return best == kNone ? kNone : owners_[best];
}

bool Measures::HoldsFor(const TimeExpression& one, std::size_t action) const {
  const Sentence& there = *sentence_.sentence;
  const std::size_t at = there.ClauseAt(sentence_.actions[action].at.begin);
  const std::size_t clause = there.ClauseAt(one.begin);
  if (clause == at) return true;
  if (clause > at) {
    // Said behind it, for want of anything it could hold for instead.
    return action + 1 == sentence_.actions.size() && clause == at + 1;
  }
  return std::none_of(found_.begin(), found_.end(), [&](const TimeExpression& other) {
    return SaysWhen(other) && other.begin > one.begin && there.ClauseAt(other.begin) <= at;
  });
}

bool Measures::TurnsBefore(const TimeExpression& one, std::size_t action) const {
  const Sentence& there = *sentence_.sentence;
  const std::size_t at = there.ClauseAt(sentence_.actions[action].at.begin);
  return std::any_of(found_.begin(), found_.end(), [&](const TimeExpression& other) {
    return other.turns && other.begin >= one.end && there.ClauseAt(one.begin) < at &&
           other.begin < sentence_.actions[action].at.begin;
  });
}

void Measures::AttachWhen(const TimeExpression& one, std::size_t action, model::Advice& out) const {
  const bool turned = TurnsBefore(one, action);
  if (one.window && !out.window && (!turned || one.window->to_hours)) {
    out.window = one.window;
    if (turned) {
      out.window->from_hours = one.window->to_hours;
      out.window->to_hours.reset();
    }
    out.window_from = model::StatedIn::kSentence;
  }
  if (one.phase != model::Phase::kUnstated && !turned) {
    out.phase = one.phase;
    out.phase_from = model::StatedIn::kSentence;
  }
}

void Measures::AddDose(const model::DoseRange& range, model::Advice& out) const {
  const auto same = [&range](const model::DoseRange& other) { return other.part == range.part; };
  if (std::none_of(out.dose.begin(), out.dose.end(), same)) out.dose.push_back(range);
}

void Measures::Attach(std::size_t action, bool watches, model::Advice& out) const {
  for (const TimeExpression& one : found_) {
    if (SaysWhen(one) && HoldsFor(one, action)) AttachWhen(one, action, out);
    if (OwnerOf(one) != action) continue;
    for (const model::DoseRange& range : one.dose) AddDose(range, out);
    if (one.spans && one.window && one.window->to_hours && !watches) {
      const double minutes = *one.window->to_hours * 60;
      AddDose({model::DosePart::kDurationMinutes, minutes, minutes}, out);
    }
  }
  if (watches && !out.window) WatchFor(out);
  std::sort(out.dose.begin(), out.dose.end(),
            [](const auto& a, const auto& b) { return a.part < b.part; });
  if (out.phase == model::Phase::kUnstated && phase_ != model::Phase::kUnstated) {
    out.phase = phase_;
    out.phase_from = phase_from_;
  }
  if (!out.window && window_) {
    out.window = window_;
    out.window_from = window_from_;
  }
}

}  // namespace sakuin::advice
