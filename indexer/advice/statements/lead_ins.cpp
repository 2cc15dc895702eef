#include "indexer/advice/statements/lead_ins.h"

#include <algorithm>

namespace sakuin::advice {

HeadingStance StanceOfHeading(const std::vector<FoundCue>& cues, bool names_action) {
  HeadingStance out = HeadingStance::kNone;
  for (const FoundCue& cue : cues) {
    switch (cue.row->kind) {
      case CueKind::kHeadingDo: return HeadingStance::kDo;
      case CueKind::kHeadingDont: return HeadingStance::kDont;
      case CueKind::kHeadingQuestion: return HeadingStance::kQuestion;
      case CueKind::kFlip:
        if (!names_action) out = HeadingStance::kMyths;
        break;
      default: break;
    }
  }
  return out;
}

void ReadLeadIn(const SentenceInput& sentence, const NamedThings& things,
                const std::vector<TimeExpression>& times, LeadIn& out) {
  const bool points =
      std::any_of(sentence.cues.begin(), sentence.cues.end(),
                  [](const FoundCue& cue) { return cue.row->kind == CueKind::kForward; });
  if (!out.has_colon && !points) {
    out.last = out.line;  // only a line above short ones
    return;
  }
  out.stance = StanceOfHeading(sentence.cues, !sentence.actions.empty());
  for (const FoundCue& cue : sentence.cues) {
    const CueKind kind = cue.row->kind;
    if (kind == CueKind::kCond || kind == CueKind::kWhom) out.has_signs = true;
    if (!cue.counts || !sentence.actions.empty() || out.stance != HeadingStance::kNone) continue;
    if (kind == CueKind::kDont || kind == CueKind::kStop) out.stance = HeadingStance::kDont;
    if (kind == CueKind::kDo || kind == CueKind::kMay) out.stance = HeadingStance::kDo;
  }
  // "See a doctor if:" says what is to be done; what follows says when.
  if (out.has_signs && !sentence.actions.empty()) out.stance = HeadingStance::kSigns;
  const Range& range = sentence.sentence->range;
  for (const Named& one : Within(things.conditions, range)) {
    if (out.conditions.empty()) out.conditions = {one.id};
  }
  const auto populations = Within(things.populations, range);
  if (!populations.empty()) out.population = populations.front().id;
  if (!Within(things.signs, range).empty()) out.has_signs = true;
  for (const TimeExpression& one : times) {
    if (one.begin < range.begin || one.end > range.end || one.seeks) continue;
    if (one.window) out.window = one.window;
    if (one.phase != model::Phase::kUnstated) out.phase = one.phase;
  }
}

}  // namespace sakuin::advice
