#include "indexer/advice/statements/statement.h"

#include <algorithm>

#include "indexer/advice/action_view.h"

namespace sakuin::advice {
namespace {

using model::Qualifier;
using model::Stance;
using model::Strength;

void Set(model::Advice& out, Stance stance, bool for_it, Strength strength) {
  out.stance = stance;
  out.for_it = for_it;
  out.strength = strength;
}

void Limit(model::Advice& out, Qualifier qualifier) {
  Set(out, Stance::kConditional, false, Strength::kShould);
  out.qualifier = qualifier;
}

// The stance that a cue gives the action, before anything turns or limits it.
void ApplyCue(const Governed& governed, model::Advice& out) {
  switch (governed.cue->row->kind) {
    case CueKind::kDo:
    case CueKind::kSeek: return Set(out, Stance::kRecommend, true, Strength::kShould);
    case CueKind::kMay: return Set(out, Stance::kRecommend, true, Strength::kMay);
    case CueKind::kBenefit:
    case CueKind::kStep:
      out.implicit = governed.cue->row->side != CueSide::kInner;
      return Set(out, Stance::kRecommend, true, Strength::kShould);
    case CueKind::kTerminator:  // a chain that ends in an instruction
      out.implicit = true;
      return Set(out, Stance::kRecommend, true, Strength::kShould);
    case CueKind::kHarm:
      out.implicit = true;
      return Set(out, Stance::kAvoid, false, Strength::kShould);
    case CueKind::kLess: return Set(out, Stance::kConditional, false, Strength::kShould);
    case CueKind::kExcess: return Limit(out, Qualifier::kExcess);
    case CueKind::kManner: return Limit(out, Qualifier::kManner);
    case CueKind::kCondStop: return Limit(out, Qualifier::kStopIfWorse);
    case CueKind::kGate:
      Set(out, Stance::kRecommend, true, Strength::kMay);
      out.qualifier = Qualifier::kGate;
      return;
    case CueKind::kSwapNotBut:
    case CueKind::kSwapButNot: {
      const bool recommended =
          governed.left_of_cue == (governed.cue->row->kind == CueKind::kSwapButNot);
      return Set(out, recommended ? Stance::kRecommend : Stance::kAvoid, recommended,
                 Strength::kShould);
    }
    default: return Set(out, Stance::kAvoid, false, Strength::kShould);
  }
}

void Turn(model::Advice& out, bool rejected) {
  out.attribution = model::Attribution::kMisconception;
  if (rejected) return;  // the cue has turned it already
  if (out.stance == Stance::kRecommend) {
    out.stance = Stance::kAvoid;
  } else if (out.stance == Stance::kAvoid) {
    out.stance = Stance::kRecommend;
  }
  out.for_it = !out.for_it;
}

void Weigh(const Governed& governed, model::Advice& out) {
  const FoundCue* const cue = governed.cue;
  if (cue != nullptr && cue->row->strength) out.strength = *cue->row->strength;
  if (governed.force != nullptr && cue != nullptr && out.strength != Strength::kMay) {
    const bool up = governed.force->row->kind == CueKind::kBoost;
    const bool explicit_do = cue->row->kind == CueKind::kDont || cue->row->kind == CueKind::kStop;
    if (up && explicit_do) out.strength = Strength::kMust;
  }
}

// Who a stance is for, and when: the conditional ones. What is limited and wrong by its name is
// avoided.
void Narrow(const SentenceInput& sentence, const Governed& governed, const Surroundings& around,
            model::Advice& out) {
  const bool whom = !around.is_topic && (!around.population.empty() || governed.whom != nullptr);
  const bool tied = governed.when != nullptr || around.under_signs || whom;
  const bool signs = around.names_signs || around.after_words || around.after_clause;
  if (out.stance == Stance::kRecommend) {
    const bool may = out.strength == Strength::kMay;
    const bool within = governed.within != nullptr && !out.implicit;
    const bool for_some = (may && !around.is_topic && !around.population.empty()) || within ||
                          around.heading == HeadingStance::kSigns;
    const bool seeks = around.is_seeking && (tied || signs);
    const bool indicated =
        around.is_procedure && (tied || (around.after_clause && !sentence.japanese));
    if (seeks || indicated || for_some) out.stance = Stance::kConditional;
  } else if (out.stance == Stance::kAvoid) {
    if (!around.is_topic && (around.narrows || governed.whom != nullptr) && !out.implicit)
      out.stance = Stance::kConditional;
  } else if (around.is_limiting && !out.for_it && out.qualifier != Qualifier::kStopIfWorse &&
             out.qualifier != Qualifier::kManner) {
    Set(out, Stance::kRecommend, true, out.strength);
    out.qualifier = Qualifier::kNone;
  } else if (around.is_habit && !out.for_it && out.qualifier != Qualifier::kStopIfWorse) {
    out.stance = Stance::kAvoid;
    out.qualifier = Qualifier::kNone;
  }
}

Range QuoteOf(const SentenceInput& sentence, const ActionMention& action,
              const Governed& governed) {
  const Sentence& there = *sentence.sentence;
  Range out = there.clauses[there.ClauseAt(action.at.begin)];
  out.end = std::max(out.end, action.at.end);
  out.begin = std::min(out.begin, action.at.begin);
  if (governed.cue == nullptr) return out;
  const Range cue = there.clauses[there.ClauseAt(governed.cue->at.begin)];
  const bool behind = cue.begin >= out.end;
  if (!governed.crossed || (behind && !sentence.japanese)) {
    out = {std::min(out.begin, cue.begin), std::max(out.end, governed.cue->at.end)};
  }
  return out;
}

// The words of the condition: from an "if" on, or up to a "when" that stands behind; nothing where
// no more than the cue is left.
std::optional<Range> ConditionOf(const SentenceInput& sentence, std::size_t at,
                                 const Governed& governed) {
  const FoundCue& cue = *governed.when;
  const Sentence& there = *sentence.sentence;
  Range out = there.clauses[there.ClauseAt(cue.at.begin)];
  if (cue.row->side == CueSide::kLeft) {
    if (cue.row->kind == CueKind::kUnless) return std::nullopt;  // "or else": it is not told
    out.end = cue.at.end;
  } else {
    out.begin = cue.at.begin;
    // what to do may follow without a mark
    for (const Range& next :
         {sentence.actions[at].at,
          governed.cue == nullptr ? sentence.actions[at].at : governed.cue->at}) {
      if (next.begin >= cue.at.end) out.end = std::min(out.end, next.begin);
    }
  }
  while (out.end > out.begin && sentence.text[out.end - 1] == U' ') --out.end;
  while (out.begin < out.end && sentence.text[out.begin] == U' ') ++out.begin;
  if (cue.at.Has(out)) return std::nullopt;
  return out;
}

void AddCues(const Governed& governed, model::Advice& out) {
  std::vector<const FoundCue*> fired;
  for (const FoundCue* one : {governed.cue, governed.turned, governed.when, governed.voice,
                              governed.limit, governed.force, governed.whom, governed.within}) {
    if (one != nullptr) fired.push_back(one);
  }
  std::sort(fired.begin(), fired.end(),
            [](const FoundCue* a, const FoundCue* b) { return a->at.begin < b->at.begin; });
  for (const FoundCue* one : fired) out.cues.push_back(one->row->id);
}

// The stance where no cue gives one. False: there is none.
bool ApplySurroundings(const Governed& governed, const Surroundings& around, model::Advice& out) {
  // "If it lasts three days, to the clinic": the condition alone makes it advice.
  const bool sent = around.is_seeking && governed.when != nullptr && !around.in_heading &&
                    governed.when->row->kind == CueKind::kCond &&
                    governed.when->row->side == CueSide::kRight;
  if (around.is_seek_cue || governed.turned != nullptr || sent) {
    Set(out, Stance::kRecommend, true, Strength::kShould);
    return true;
  }
  switch (around.heading) {
    case HeadingStance::kSigns: return false;
    case HeadingStance::kDont: Set(out, Stance::kAvoid, false, Strength::kShould); return true;
    case HeadingStance::kMyths: Set(out, Stance::kRecommend, true, Strength::kShould); return true;
    case HeadingStance::kDo: break;
    default:
      if (around.is_habit || (around.tells_signs && !around.is_seeking)) return false;
      if (!(around.how_to && (around.has_measure || around.bare_step)) && !around.is_order) {
        return false;
      }
  }
  Set(out, Stance::kRecommend, true, Strength::kShould);
  out.implicit = true;
  return true;
}

bool SetStance(const Governed& governed, const Surroundings& around, model::Advice& out) {
  if (governed.cue == nullptr) return ApplySurroundings(governed, around, out);
  const CueKind kind = governed.cue->row->kind;
  // What only sounds like a step or an effect is an item of the list that stands above.
  if (around.heading == HeadingStance::kSigns && IsImplied(kind)) return false;
  const bool listed = around.heading == HeadingStance::kDont ||
                      around.heading == HeadingStance::kDo ||
                      around.heading == HeadingStance::kMyths;
  if (listed && kind == CueKind::kStep) {
    return ApplySurroundings(governed, around, out);
  }
  const bool orders = kind == CueKind::kStep && governed.cue->row->side == CueSide::kInner;
  if (kind == CueKind::kStep && !orders && !around.how_to && !around.has_measure &&
      !around.is_seeking && !around.beside_advice) {
    return false;
  }
  // "Less salt" names what is to be done, though "less" takes away.
  if (governed.by_name) {
    Set(out, Stance::kRecommend, true, Strength::kShould);
  } else {
    ApplyCue(governed, out);
  }
  return true;
}

// Words that name what the action keeps off: to warn of them is to recommend it. False where the
// text is for what they name, which says nothing of the action.
bool TurnOpposite(const Governed& governed, model::Advice& out) {
  // "keep out of the cold" is a name that says all of it
  const FoundCue* const cue = governed.cue;
  if (cue != nullptr && cue->row->kind == CueKind::kDo && cue->row->side == CueSide::kInner) {
    return true;
  }
  if (out.for_it && out.qualifier != Qualifier::kGate) return false;
  if (out.qualifier == Qualifier::kStopIfWorse) return false;
  out.stance = Stance::kRecommend;
  out.for_it = true;
  out.qualifier = Qualifier::kNone;
  if (out.strength == Strength::kMay) out.strength = Strength::kShould;
  return true;
}

// A rejected belief, not only a bad idea: the rejection says "myth" or the like.
bool RejectsBelief(const SentenceInput& sentence, const Governed& governed) {
  if (governed.cue == nullptr) return false;
  if (governed.cue->row->kind == CueKind::kRefute) return true;
  if (governed.cue->row->kind != CueKind::kReject) return false;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kFlip && one.at.begin < governed.cue->at.end &&
           governed.cue->at.begin < one.at.end;
  });
}

// In a list of wrong beliefs: the item as far as the dash behind which the author answers.
bool IsListedMyth(const SentenceInput& sentence, std::size_t at, const Surroundings& around) {
  if (around.heading != HeadingStance::kMyths || !around.opens_line) return false;
  const bool answered =
      std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& cue) {
        return cue.row->kind == CueKind::kUnflip && cue.at.begin < sentence.actions[at].at.begin;
      });
  if (answered) return false;
  const std::size_t begin = sentence.sentence->range.begin;
  const std::u32string_view before =
      sentence.text.substr(begin, sentence.actions[at].at.begin - begin);
  return before.find(static_cast<char32_t>(0x2014)) == std::u32string_view::npos;
}

// The belief ends before the cue: "in fact", "but".
bool Unflips(const SentenceInput& sentence, const Governed& governed) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    const bool ends = one.row->kind == CueKind::kUnflip ||
                      (one.row->kind == CueKind::kTerminator && one.row->side == CueSide::kBoth);
    return ends && one.at.begin >= governed.turned->at.end && one.at.end <= governed.cue->at.begin;
  });
}

// The line itself says what is wrong: "that rubbing heals it is a mistake", "some rub it, but that
// harms".
bool IsAnswered(const SentenceInput& sentence, std::size_t at, const Governed& governed,
                const model::Advice& out) {
  const FoundCue* const cue = governed.cue;
  if (cue == nullptr || out.stance != Stance::kAvoid) return false;
  if (cue->row->kind == CueKind::kReject) return true;
  const std::size_t begin = sentence.actions[at].at.end;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTerminator && one.row->side == CueSide::kBoth &&
           begin <= one.at.begin && one.at.end <= cue->at.end;
  });
}

void TurnMyths(const SentenceInput& sentence, std::size_t at, const Governed& governed,
               const Surroundings& around, model::Advice& out) {
  if (RejectsBelief(sentence, governed)) {
    Turn(out, true);
  } else if (governed.turned != nullptr) {
    const FoundCue* const cue = governed.cue;
    // "They think that it is good, but it harms": behind the belief the author answers.
    const bool answers = cue != nullptr && governed.turned->row->side == CueSide::kLeft &&
                         cue->at.begin >= governed.turned->at.begin &&
                         (out.stance == Stance::kAvoid || Unflips(sentence, governed));
    Turn(out, answers || (cue != nullptr && cue->row->kind == CueKind::kReject));
  } else if (IsListedMyth(sentence, at, around)) {
    Turn(out, IsAnswered(sentence, at, governed, out));
  }
}

}  // namespace

std::optional<model::Advice> MakeStatement(const SentenceInput& sentence, std::size_t at,
                                           const Governed& governed, const Surroundings& around,
                                           const char*& why) {
  why = governed.none;
  if (why == nullptr && around.is_event) why = "over, or a time";
  // "Under a doctor's guidance" tells how, and not to see one.
  const bool guides =
      std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& cue) {
        return cue.row->kind == CueKind::kSupervised && cue.at.Has(sentence.actions[at].at);
      });
  if (why == nullptr && guides) why = "under whose eyes";
  // Words that only stand for the action tell nothing without a cue of their own.
  const bool is_echo = sentence.actions[at].stands_for != nullptr;
  if (why == nullptr && is_echo && (governed.cue == nullptr || governed.crossed)) why = "no cue";
  if (why != nullptr) return std::nullopt;
  model::Advice out;
  const ActionMention& action = sentence.actions[at];
  out.action = action.id;
  if (!SetStance(governed, around, out)) {
    why = "no cue";
    return std::nullopt;
  }
  if (around.is_modifier && out.for_it) {
    why = "a circumstance";
    return std::nullopt;
  }
  const bool says = governed.cue != nullptr || governed.turned != nullptr;
  if (around.in_heading && (out.implicit || !says)) {
    why = "a heading";
    return std::nullopt;
  }
  if (action.opposite && !TurnOpposite(governed, out)) {
    why = "what the action keeps off";
    return std::nullopt;
  }
  Weigh(governed, out);
  TurnMyths(sentence, at, governed, around, out);
  Narrow(sentence, governed, around, out);
  if (governed.limit != nullptr && out.qualifier == Qualifier::kNone) {
    out.qualifier = governed.limit->row->kind == CueKind::kModerate ? Qualifier::kModerate
                                                                    : Qualifier::kSupervised;
  }
  if (governed.voice != nullptr && out.attribution != model::Attribution::kMisconception) {
    out.attribution = governed.voice->row->kind == CueKind::kHedge ? model::Attribution::kHedged
                                                                   : model::Attribution::kReport;
  }
  out.conditions = around.stated_conditions;
  out.conditions_from = around.stated_from;
  out.population = around.population;
  out.speaker = around.speaker;
  out.in_heading = around.in_heading;
  const Range quote = QuoteOf(sentence, action, governed);
  out.quote = around.folded->Original(quote.begin, quote.end);
  out.action_words = around.folded->Original(action.at.begin, action.at.end);
  if (governed.when != nullptr) {
    const std::optional<Range> when = ConditionOf(sentence, at, governed);
    if (when) out.when = around.folded->Original(when->begin, when->end);
  }
  out.reason = ReasonOf(sentence, at, governed, *around.folded);
  AddCues(governed, out);
  return out;
}

std::optional<model::Span> ReasonOf(const SentenceInput& sentence, std::size_t at,
                                    const Governed& governed, const text::Folded& folded) {
  const Sentence& there = *sentence.sentence;
  const std::size_t own = there.ClauseAt(sentence.actions[at].at.begin);
  for (const FoundCue& cue : sentence.cues) {
    const std::size_t place = there.ClauseAt(cue.at.begin);
    const Range& clause = there.clauses[place];
    const CueKind kind = cue.row->kind;
    if (kind == CueKind::kReason) {
      const bool right = cue.row->side == CueSide::kRight;
      const Range words = right ? Range{cue.at.begin, clause.end}
                                : Range{clause.begin, std::min(cue.at.end, clause.end)};
      if (!words.Has(sentence.actions[at].at)) return folded.Original(words.begin, words.end);
    }
    const bool effect = (kind == CueKind::kBenefit || kind == CueKind::kHarm) && cue.counts;
    const bool beside = place + 1 == own || place == own + 1;
    if (effect && beside && &cue != governed.cue) return folded.Original(clause.begin, clause.end);
  }
  return std::nullopt;
}

}  // namespace sakuin::advice
