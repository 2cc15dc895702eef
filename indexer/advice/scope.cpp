#include "indexer/advice/scope.h"

#include <algorithm>

#include "indexer/advice/action_view.h"
#include "indexer/advice/chains.h"
#include "indexer/advice/joints.h"

namespace sakuin::advice {
namespace {

constexpr std::size_t kTouches = 3;  // characters between an action and what it is only the time of
constexpr std::size_t kFarthest = 20;  // characters between a cue and its action
constexpr std::size_t kDenialReach = 12;
constexpr std::size_t kShortPhrase = 8;     // "must not [be used any more]"
constexpr std::size_t kClausesCrossed = 4;  // "rest, ice, wrap and raise it"

// The smaller rank wins, then the smaller distance.
struct Choice {
  const FoundCue* cue = nullptr;
  int rank = 100;
  std::size_t distance = 0;
  bool left = false;

  void Offer(const FoundCue& one, int new_rank, std::size_t new_distance, bool is_left) {
    if (new_rank > rank || (new_rank == rank && new_distance >= distance)) return;
    *this = {&one, new_rank, new_distance, is_left};
  }
};

class Scope : private ActionView {
 public:
  Scope(const SentenceInput& sentence, std::size_t at) : ActionView(sentence, at) {}

  Governed Run() {
    Modify();
    Choice best;
    if (const FoundCue* const limit = LimitOfWhatIsDone()) {
      out_.none = nullptr;
      out_.none_by = nullptr;
      best.Offer(*limit, 0, 0, true);
    }
    if (out_.none != nullptr) return out_;
    for (const FoundCue& cue : sentence_.cues) {
      const bool names_none = cue.row->kind == CueKind::kCover || cue.row->kind == CueKind::kSeek;
      if (cue.counts && Competes(cue.row->kind) && !names_none) Consider(cue, best);
    }
    if (best.cue == nullptr && sentence_.japanese) best.cue = ChainOf(sentence_, at_);
    if (best.cue == nullptr) return out_;
    PreferHarm(best);
    out_.cue = best.cue;
    out_.left_of_cue = best.left;
    // "Stop if it hurts": of stopping itself that is no limit.
    const bool stops = best.cue->row->kind == CueKind::kCondStop && !sentence_.japanese &&
                       best.cue->at.Has(action_) && !best.cue->gap.Has(action_);
    out_.by_name = best.cue->name == action_ || stops;
    out_.crossed = sentence_.japanese ? !SameClause(*best.cue) : best.rank >= 4;
    Cancel();
    return out_;
  }

 private:
  // "When you massage, be gentle": the time is the action's own, and what follows limits it.
  const FoundCue* LimitOfWhatIsDone() const {
    if (sentence_.japanese || !while_) return nullptr;
    const std::size_t behind = out_.none_by->at.end;
    for (const FoundCue& cue : sentence_.cues) {
      const bool limits = cue.row->kind == CueKind::kManner ||
                          cue.row->kind == CueKind::kCondStop ||
                          (cue.row->kind == CueKind::kExcess && cue.row->side != CueSide::kLeft);
      if (!cue.counts || !limits || cue.at.begin < behind) continue;
      if (ClauseOf(cue.at.begin) > OwnClause() + 1) continue;
      if (!HasAction(action_.end, cue.at.end) && !HasBarrier(behind, cue.at.begin, cue))
        return &cue;
    }
    return nullptr;
  }

  // "Mind that tea raises it": what the action does says more than the call for attention.
  void PreferHarm(Choice& best) const {
    if (sentence_.japanese || best.cue->row->kind != CueKind::kDo || best.rank == 0) return;
    for (const FoundCue& cue : sentence_.cues) {
      const bool harms = cue.counts && cue.row->kind == CueKind::kHarm && IsLeftOf(cue);
      if (harms && best.cue->at.end <= action_.begin && SameClause(cue) && SameClause(*best.cue) &&
          Distance(cue) <= kTouches && !HasAction(action_.end, cue.at.begin)) {
        best = {&cue, 1, 0, true};
        return;
      }
    }
  }

  void Consider(const FoundCue& cue, Choice& best) {
    if (cue.name == action_ && SpeaksOfNext(*cue.row)) {
      best.Offer(cue, 2, 0, false);
      return;
    }
    if (cue.name.size() > 0 && (cue.row->kind == CueKind::kDo || !IsListedBehind(cue.name))) return;
    const bool is_echo = sentence_.actions[at_].stands_for != nullptr;
    if (cue.at.Has(action_)) {
      if (is_echo && cue.row->kind == CueKind::kStep) return;  // its own verb
      const bool is_name = cue.row->side == CueSide::kRight && cue.at == action_;
      if (!IsPassedOver(cue)) best.Offer(cue, is_name ? 1 : 0, 0, cue.gap.Has(action_));
      return;
    }
    // The name itself begins with the verb of an instruction: "see a doctor", "keep the leg up".
    const bool orders = cue.row->kind == CueKind::kStep && cue.row->side == CueSide::kInner;
    const bool begins = action_.Has(cue.at) && cue.at.begin == action_.begin;
    if (orders || (begins && cue.row->kind == CueKind::kStep)) {
      if (begins && orders) best.Offer(cue, 3, 2 * kFarthest, false);
      if (begins && cue.row->side == CueSide::kRight) best.Offer(cue, 6, 0, false);
      return;
    }
    if (!IsLeftOf(cue) && !IsRightOf(cue)) return;
    if (cue.row->side == CueSide::kInner && cue.gap.size() == 0 && !GoesOnFrom(cue)) return;
    if (sentence_.japanese) {
      ConsiderJapanese(cue, best);
    } else {
      ConsiderRightward(cue, best);
    }
  }

  // "without a mask [clean the house] is dangerous": the cue speaks of what stands before it.
  // Limits of manner alone have their action within.
  bool IsPassedOver(const FoundCue& cue) const {
    const CueKind kind = cue.row->kind;
    const bool limits =
        kind == CueKind::kManner || kind == CueKind::kExcess || kind == CueKind::kCondStop;
    // "[Rest] from running": the ban speaks of what stands before it, its verb is its own.
    const bool is_own_verb = Bans(kind) && cue.at.begin < action_.begin;
    return sentence_.japanese && !limits && cue.row->side == CueSide::kLeft &&
           (cue.gap.Has(action_) || is_own_verb);
  }

  // In Chinese no cue reaches over half a sentence in which the writer left out the marks, and a
  // denial less far, but for a list.
  bool IsTooFar(const FoundCue& cue, std::size_t from, std::size_t to) const {
    if (sentence_.text[action_.begin] < 0x3000) return false;
    const bool denies = cue.row->kind == CueKind::kDont || cue.row->kind == CueKind::kStop;
    const bool listed = at_ > 0 && sentence_.actions[at_ - 1].at.begin >= cue.at.end &&
                        AreLinked(sentence_, at_ - 1, at_);
    return to > from + (denies && !listed ? kDenialReach : kFarthest);
  }

  // What a cue takes away from what stands before it, it takes from the nearest action and what is
  // joined to it; and where a long phrase follows the cue, that is what it speaks of, not a topic
  // within the clause.
  bool ReachesLeft(const FoundCue& cue, const Range& clause) const {
    if (IsPositive(cue.row->kind) || cue.row->kind == CueKind::kBenefit) return true;
    if (cue.row->kind == CueKind::kGate || cue.row->side == CueSide::kSentence) return true;
    for (std::size_t n = at_; n + 1 < sentence_.actions.size(); ++n) {
      if (sentence_.actions[n + 1].at.end > cue.at.begin) break;
      if (!AreLinked(sentence_, n, n + 1)) return false;
    }
    if (cue.row->side == CueSide::kLeft || cue.row->kind == CueKind::kHarm) return true;
    const bool is_topic = action_.begin <= clause.begin + 1;
    return is_topic || clause.end <= cue.at.end + kShortPhrase;
  }

  // Chinese and English: a verb phrase follows its cue.
  void ConsiderRightward(const FoundCue& cue, Choice& best) {
    const CueKind kind = cue.row->kind;
    const bool two_sided = kind == CueKind::kSwapButNot || kind == CueKind::kSwapNotBut;
    const std::size_t cue_clause = ClauseOf(cue.at.begin);
    const std::size_t own = OwnClause();
    const Range& there = sentence_.sentence->clauses[cue_clause];
    if (own == cue_clause) {
      const std::size_t from = std::min(action_.end, cue.at.end);
      const std::size_t to = std::max(action_.begin, cue.at.begin);
      if (HasTerminator(from, to) || IsTooFar(cue, from, to)) return;
      if (IsLeftOf(cue) && !two_sided && !ReachesLeft(cue, there)) return;
      if (two_sided || SideFits(cue)) {
        // "Apply heat only when": a gate or limit says more than what it limits.
        const int rank = kind == CueKind::kGate || IsLimit(kind) ? 0 : IsImplied(kind) ? 2 : 1;
        best.Offer(cue, rank, Distance(cue), IsLeftOf(cue));
      } else if (IsLeftOf(cue) ? !HasAction(cue.at.end, there.end)
                               : !HasAction(there.begin, cue.at.begin)) {
        // a topic in front: "heat must be avoided"
        best.Offer(cue, 3, Distance(cue), IsLeftOf(cue));
      }
      return;
    }
    if (IsRightOf(cue) && IsPositive(kind) && cue.row->side != CueSide::kLeft &&
        own - cue_clause <= kClausesCrossed && HasAction(cue.at.end, there.end) &&
        !HasBarrier(cue.at.end, action_.begin, cue)) {
      best.Offer(cue, 5, Distance(cue), false);
      return;
    }
    if (IsRightOf(cue) && !IsPositive(kind) && IsListedFrom(cue)) {
      best.Offer(cue, 4, Distance(cue), false);
      return;
    }
    // A clause that is nothing but the cue speaks of the clause before: "heat spreads it, don't".
    const bool alone = cue.at.begin - there.begin <= 2 && there.end - cue.at.end <= 1 &&
                       !HasTerminator(there.begin, cue.at.begin);
    if (IsLeftOf(cue) && own + 1 == cue_clause && (alone || cue.row->side == CueSide::kLeft) &&
        !HasAction(there.begin, there.end)) {
      // "Cool it at once, not too hard": words that order it outright say more than the limit.
      const int rank = !IsLimit(kind) ? (IsImplied(kind) ? 6 : 4) : IsOrdered() ? 4 : 0;
      best.Offer(cue, rank, Distance(cue), true);
    }
  }

  static bool IsLimit(CueKind kind) {
    return kind == CueKind::kExcess || kind == CueKind::kManner || kind == CueKind::kCondStop;
  }

  // Japanese: the cue ends its predicate, and binds to the left.
  void ConsiderJapanese(const FoundCue& cue, Choice& best) {
    const CueKind kind = cue.row->kind;
    const bool two_sided = kind == CueKind::kSwapButNot || kind == CueKind::kSwapNotBut;
    // "The walk, only when it has healed": nothing to do stands behind the gate.
    const bool gated = kind == CueKind::kGate && IsTopicOf(cue) &&
                       !HasAction(cue.at.end, sentence_.sentence->range.end);
    if ((!two_sided && !gated && !SideFits(cue)) || IsBannedBehind(sentence_, cue)) return;
    const std::size_t to = IsLeftOf(cue) ? cue.at.begin : action_.begin;
    const std::size_t from = std::min(to, IsLeftOf(cue) ? action_.end : cue.at.end);
    const bool same = ClauseOf(cue.at.begin) == OwnClause();
    if (two_sided) {
      if (!HasBarrier(from, to, cue)) best.Offer(cue, 1, to - from, IsLeftOf(cue));
      return;
    }
    if (IsPositive(kind)) {
      if (same ? IsInCondition(from, to) : HasBarrier(from, to, cue) || IsAsideOf(cue)) return;
      if (IsLeftOf(cue) && FollowsBan(sentence_, at_, cue)) return;
      // "without fail", "at once" in front say less than the ending of the predicate, and a bare
      // step less than what the sentence ends with.
      const int rank = kind == CueKind::kStep ? (same ? 5 : 7) : same ? 2 : 4;
      best.Offer(cue, IsLeftOf(cue) ? rank : 8, to - from, IsLeftOf(cue));
      return;
    }
    if (IsCutOff(from, to, cue)) return;
    if (IsLeftOf(cue) && !IsJoinedUntil(sentence_, at_, cue.at.begin)) return;
    // What ends the clause says more than what stands within it ("to go on is not good"), what is
    // said of the topic more than what it does.
    const int rank = IsImplied(kind) ? (same ? 4 : 7) : same ? 1 : IsTopicOf(cue) ? 3 : 6;
    best.Offer(cue, rank, to - from, IsLeftOf(cue));
  }

  void None(const char* why, const FoundCue* by) {
    if (out_.none != nullptr) return;
    out_.none = why;
    out_.none_by = by;
  }

  void Modify() {
    const std::size_t clauses = sentence_.sentence->clauses.size();
    const bool last = OwnClause() + 1 == clauses;
    if (sentence_.sentence->asks && (last || sentence_.japanese)) None("a question", nullptr);
    for (const FoundCue& cue : sentence_.cues) {
      if (!Competes(cue.row->kind)) ModifyBy(cue);
    }
    for (const Range& quote : sentence_.sentence->quotes) {
      // Quotation marks around the name alone only stress it.
      if (quote.Has(action_) && quote.size() > action_.size() + 4 && out_.turned == nullptr &&
          !IsRejectedBehind(quote.end)) {
        None("a quotation", nullptr);
      }
    }
  }

  void ModifyBy(const FoundCue& cue) {
    switch (cue.row->kind) {
      case CueKind::kQuestion:
        if (SideFits(cue) && (sentence_.japanese || SameClause(cue))) {
          None("a question", &cue);
        }
        break;
      case CueKind::kQuote:
        if (SideFits(cue)) None("a quotation", &cue);
        break;
      case CueKind::kCond:
      case CueKind::kUnless:
        out_.when = out_.when == nullptr ? &cue : out_.when;
        if (IsConditionItself(cue) && !IsPartOfStance(sentence_, cue)) {
          None("the condition", &cue);
          while_ = while_ || (out_.none_by == &cue && cue.row->side == CueSide::kLeft);
        }
        break;
      case CueKind::kPurpose:
        if (SideFits(cue) && SameClause(cue) && !HasStanceBetween(cue)) None("a purpose", &cue);
        break;
      case CueKind::kAfter:
        if (IsOver(cue) && !IsStopped(cue)) None("over, or a time", &cue);
        break;
      case CueKind::kAbility:
        if (SideFits(cue) && SameClause(cue) && Touches(cue)) None("an ability", &cue);
        break;
      case CueKind::kFlip:
        if (SideFits(cue) && !Unflipped(cue)) out_.turned = &cue;
        break;
      case CueKind::kReport:
      case CueKind::kHedge:
        if (SideFits(cue)) out_.voice = &cue;
        break;
      case CueKind::kSupervised:
      case CueKind::kModerate:
        if (SameClause(cue)) out_.limit = &cue;
        break;
      case CueKind::kWhom:
        if (SideFits(cue) || cue.at.Has(action_) ||
            (sentence_.japanese && IsTopicUntil(sentence_, at_, cue.at.begin))) {
          out_.whom = &cue;
        }
        break;
      case CueKind::kWithin:
        if (SideFits(cue) && ClauseOf(cue.at.begin) <= OwnClause()) out_.within = &cue;
        break;
      case CueKind::kBoost:
      case CueKind::kSoften:
        if (SameClause(cue)) out_.force = &cue;
        break;
      default: break;
    }
  }

  // A stance cue between the two takes the action out of a purpose's reach.
  bool HasStanceBetween(const FoundCue& cue) const {
    const std::size_t from = IsLeftOf(cue) ? action_.end : cue.at.end;
    const std::size_t to = IsLeftOf(cue) ? cue.at.begin : action_.begin;
    return from < to && HasBarrier(from, to, cue);
  }

  bool IsConditionItself(const FoundCue& cue) const {
    if (!SameClause(cue)) return false;
    // "That it heals if you leave it is wrong": part of the belief.
    if (sentence_.japanese && IsRejectedBehind(cue.at.end)) return false;
    if (cue.row->side == CueSide::kLeft) {
      return IsLeftOf(cue) && Distance(cue) <= kTouches &&
             !IsTopicUntil(sentence_, at_, cue.at.begin) &&
             !IsTopicAndCondition(sentence_, at_, cue);
    }
    // "if you run, ..." but "if it hurts ice it": a clause behind must say what to do.
    if (cue.row->side != CueSide::kRight || !IsRightOf(cue)) return false;
    const Range& clause = sentence_.sentence->clauses[OwnClause()];
    if (!sentence_.japanese && HasTerminator(action_.end, clause.end) &&
        !HasTerminator(cue.at.end, action_.begin)) {
      return true;  // "if you stop it then ...", without a comma
    }
    return (!HasStanceBetween(cue) || DeniesAtOnce(cue)) && !HasCueAround() &&
           OwnClause() + 1 < sentence_.sentence->clauses.size();
  }

  bool IsOver(const FoundCue& cue) const {
    if (cue.at.Has(action_)) return true;
    if (!SideFits(cue)) return false;
    if (cue.row->side == CueSide::kLeft) {
      return Distance(cue) <= 1 && (sentence_.japanese || SameClause(cue));
    }
    if (cue.row->side == CueSide::kRight) {
      return SameClause(cue) && !HasStanceBetween(cue) && !IsOrderedBehind(cue.at.end);
    }
    return SameClause(cue);
  }

  bool Unflipped(const FoundCue& flip) const {
    return std::any_of(sentence_.cues.begin(), sentence_.cues.end(),
                       [&](const FoundCue& one) {
                         return one.row->kind == CueKind::kUnflip && one.at.begin >= flip.at.end &&
                                one.at.end <= action_.begin;
                       }) ||
           HasDash(flip.at.end, action_.begin);
  }

  // "Wrong: rub it - ice it": behind the dash the author answers.
  bool HasDash(std::size_t begin, std::size_t end) const {
    constexpr char32_t kDash = 0x2014;
    return begin < end &&
           sentence_.text.substr(begin, end - begin).find(kDash) != std::u32string_view::npos;
  }

  // Governed by a cue that takes every stance away.
  void Cancel() {
    switch (out_.cue->row->kind) {
      case CueKind::kNoNeed: return None("no need", out_.cue);
      case CueKind::kPartial: return None("only in part", out_.cue);
      case CueKind::kCaution: return None("a warning", out_.cue);
      case CueKind::kBenefit:
      case CueKind::kHarm:
        // "A study found that it eases ...": nobody says that one should.
        if (sentence_.japanese && out_.voice != nullptr &&
            out_.voice->row->kind == CueKind::kReport) {
          None("a finding", out_.voice);
        }
        return;
      default: return;
    }
  }

  bool while_ = false;  // the action itself is the time that the sentence speaks of
  Governed out_;
};

}  // namespace

Governed Govern(const SentenceInput& sentence, std::size_t at) { return Scope(sentence, at).Run(); }

}  // namespace sakuin::advice
