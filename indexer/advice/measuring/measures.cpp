#include "indexer/advice/measuring/measures.h"

#include <algorithm>
#include <tuple>

namespace sakuin::advice {
namespace {

constexpr std::string_view kSeeDoctor = "see-doctor";
constexpr std::string_view kAmbulance = "ambulance";

bool SaysWhen(const TimeExpression& one) {
  return one.window.has_value() || one.phase != model::Phase::kUnstated;
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
  phase_ = phase;
  phase_from_ = from;
}

bool Measures::In(const Range& clause) const {
  return std::any_of(found_.begin(), found_.end(), [&clause](const TimeExpression& one) {
    return one.begin >= clause.begin && one.end <= clause.end;
  });
}

std::size_t Measures::OwnerOf(const TimeExpression& one) const {
  const Sentence& there = *sentence_.sentence;
  const std::size_t clause = there.ClauseAt(one.begin);
  std::size_t best = 0;
  const auto rank = [&](std::size_t action) {
    const Range& at = sentence_.actions[action].at;
    const bool elsewhere = there.ClauseAt(at.begin) != clause;
    return std::tuple(elsewhere, elsewhere && at.begin > one.begin, Apart(at, one));
  };
  for (std::size_t i = 1; i < sentence_.actions.size(); ++i) {
    if (rank(i) < rank(best)) best = i;
  }
  return best;
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

void Measures::Attach(std::size_t action, model::Advice& out) const {
  const std::string& id = sentence_.actions[action].id;
  const bool seeking = id == kSeeDoctor || id == kAmbulance;
  for (const TimeExpression& one : found_) {
    if (one.seeks && !seeking) continue;
    if (SaysWhen(one) && HoldsFor(one, action)) {
      if (one.window && !out.window) {
        out.window = one.window;
        out.window_from = model::StatedIn::kSentence;
      }
      if (one.phase != model::Phase::kUnstated) {
        out.phase = one.phase;
        out.phase_from = model::StatedIn::kSentence;
      }
    }
    if (one.dose.empty() || OwnerOf(one) != action) continue;
    for (const model::DoseRange& range : one.dose) {
      const bool there = std::any_of(out.dose.begin(), out.dose.end(),
                                     [&](const auto& other) { return other.part == range.part; });
      if (!there) out.dose.push_back(range);
    }
  }
  std::sort(out.dose.begin(), out.dose.end(),
            [](const auto& a, const auto& b) { return a.part < b.part; });
  if (out.phase == model::Phase::kUnstated && phase_ != model::Phase::kUnstated) {
    out.phase = phase_;
    out.phase_from = phase_from_;
  }
}

}  // namespace sakuin::advice
