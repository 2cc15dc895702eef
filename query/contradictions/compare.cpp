#include "query/contradictions/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "query/contradictions/axes.h"

namespace sakuin::contradictions {
namespace {

using model::Advice;
using model::Qualifier;
using model::Stance;
using model::Strength;

// Only too much of it, or only that way of doing it: the action itself is not opposed (N3).
bool IsLimit(const Advice& advice) {
  return advice.qualifier == Qualifier::kExcess || advice.qualifier == Qualifier::kManner ||
         advice.qualifier == Qualifier::kStopIfWorse;
}

// First this, whatever comes later.
bool IsAtOnce(const Advice& advice) { return advice.window && advice.window->to_hours == 0; }

// Holds only when something is the case that neither a window nor an amount says.
bool HasTrigger(const Advice& advice) {
  return advice.stance == Stance::kConditional && !advice.window && advice.dose.empty();
}

double Confidence(const Advice& advice, const TensionWeights& w) {
  double out = w.author;
  switch (advice.attribution) {
    case model::Attribution::kAuthor: break;
    case model::Attribution::kHedged: out = w.hedged; break;
    case model::Attribution::kReport: out = w.report; break;
    case model::Attribution::kQuote: out = w.quote; break;
    case model::Attribution::kMisconception: out = w.misconception; break;
  }
  return advice.implicit ? out * w.implicit : out;
}

class Pair {
 public:
  Pair(const Advice& a, const Advice& b, const Relation& relation, const TensionRules& rules,
       Steps steps)
      : a_(a),
        b_(b),
        relation_(relation),
        rules_(rules),
        w_(rules.weights()),
        with_steps_(steps == Steps::kWith) {
    axes_.phase = ComparePhases(a.phase, b.phase);
    axes_.population = ComparePopulations(a.population, b.population);
    axes_.window = CompareWindows(a.window, b.window);
    if (IsBanFromNowOn(a, b) || IsBanFromNowOn(b, a)) {
      axes_.window = a.window && b.window ? Agreement::kOverlap : Agreement::kOneUnstated;
    }
    dose_gap_ = CompareDoses(a, b, w_.dose_gap, axes_.dose);
    if (dose_gap_ && !IsWorthTelling(*dose_gap_)) dose_gap_.reset();
    static constexpr Agreement kOf[] = {Agreement::kEqual, Agreement::kOverlap, Agreement::kOverlap,
                                        Agreement::kOneUnstated, Agreement::kBothUnstated};
    axes_.condition = kOf[static_cast<std::size_t>(relation.conditions)];
  }

  std::optional<Verdict> Judge() {
    const bool unstated = relation_.conditions == Relation::Conditions::kOneUnstated;
    return unstated && !relation_.same_document ? JudgeUnstated() : JudgeStated();
  }

 private:
  // What one article says of no trouble in particular, plainly opposed to what another says of one.
  // Rest here and exercise there, or another amount, may well be for another trouble.
  std::optional<Verdict> JudgeUnstated() {
    if (relation_.actions == Relation::Actions::kIncompatible || IsFor(a_) == IsFor(b_) ||
        a_.implicit || b_.implicit) {
      return std::nullopt;
    }
    auto out = JudgeOpposed();
    if (out && out->kind != Kind::kOppositeStance) return std::nullopt;
    return out;
  }

  std::optional<Verdict> JudgeStated() {
    if (relation_.actions == Relation::Actions::kIncompatible) return JudgeAlternatives();
    return IsFor(a_) == IsFor(b_) ? JudgeSameDirection() : JudgeOpposed();
  }

  // Whom a ban is for tells those apart whom it is not for; who allows it to some does not speak of
  // the others whom a ban for all means.
  bool Explained() const {
    const Advice& against = IsFor(a_) ? b_ : a_;
    return axes_.phase == Agreement::kDisjoint || axes_.population == Agreement::kDisjoint ||
           (axes_.population == Agreement::kOneUnstated &&
            (IsFor(a_) == IsFor(b_) || !against.population.empty()));
  }

  // "Stop at once": the ban begins now, and nobody says that it ends.
  static bool IsBanFromNowOn(const Advice& ban, const Advice& other) {
    return !IsFor(ban) && IsFor(other) && IsAtOnce(ban);
  }

  // Just twice as much of one thing is what writers round to, unless it is a drug.
  bool IsWorthTelling(const DoseGap& gap) const {
    return gap.ratio > w_.dose_ratio || gap.parts > 1 || rules_.IsAboutSafety(a_.action);
  }

  static bool IsLater(const Advice& advice) {
    return advice.phase != model::Phase::kUnstated && advice.phase != model::Phase::kAcute;
  }

  bool IsMyth() const {
    return a_.attribution == model::Attribution::kMisconception ||
           b_.attribution == model::Attribution::kMisconception;
  }

  std::optional<Verdict> JudgeOpposed() {
    if (axes_.window == Agreement::kDisjoint) return std::nullopt;  // a plan, not a conflict (N2)
    const Advice& for_it = IsFor(a_) ? a_ : b_;
    const Advice& against = IsFor(a_) ? b_ : a_;
    // A cap against an amount: "no longer than 20 minutes", "for half an hour".
    if (dose_gap_) return Make(Kind::kDose, "C4", w_.dose, "amounts");
    if (IsLimit(against)) return std::nullopt;
    if (IsLimit(for_it) && axes_.dose == Agreement::kOverlap) return std::nullopt;
    if (Explained()) return Make(Kind::kConditionalResolved, "C6", w_.conditional, "explained");
    // Who says both in one section limits the one by the other: how, with what, on whom (N3, N4).
    if (relation_.same_section && !IsMyth()) {
      if (HasTrigger(against)) return std::nullopt;  // parts of one plan
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "one section");
    }
    // Of two troubles that are only related, who speaks of a later time speaks of another case.
    if (relation_.conditions == Relation::Conditions::kAssociated && (IsLater(a_) || IsLater(b_))) {
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "related, and a phase");
    }
    // What is allowed under a condition is no exception to a ban that knows none; a ban under a
    // condition is an exception to what is recommended.
    if (HasTrigger(against)) {
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "trigger");
    }
    const double opposition = for_it.strength == Strength::kMay ? w_.direct_may : w_.direct;
    if (for_it.window && against.window && !IsAtOnce(against) &&
        for_it.window->from_hours.value_or(0) > 0) {
      return Make(Kind::kTimingWindow, "C3", opposition, "windows");
    }
    const char* code = IsMyth() ? "C11" : "C1";
    if (relation_.actions == Relation::Actions::kClassAndMember) code = "C5";
    if (for_it.implicit && against.implicit) code = "C9";
    return Make(Kind::kOppositeStance, code, opposition, "stance");
  }

  std::optional<Verdict> JudgeSameDirection() {
    if (relation_.actions != Relation::Actions::kSame || relation_.same_section) {
      return std::nullopt;
    }
    if (Explained()) return std::nullopt;
    // Whoever keeps to the longer of two bans keeps both; and "at once" is within the first days.
    if (a_.window && b_.window && IsFor(a_) && IsAtOnce(a_) == IsAtOnce(b_)) {
      if (const auto gap = BoundaryGap(*a_.window, *b_.window, w_.boundary_gap)) {
        const bool threshold = a_.window->anchor == model::Anchor::kSymptomDuration;
        return Make(Kind::kTimingWindow, threshold ? "C10" : "C3", w_.window, "boundaries");
      }
    }
    if (dose_gap_) return Make(Kind::kDose, "C4", w_.dose, "amounts");
    return std::nullopt;
  }

  std::optional<Verdict> JudgeAlternatives() {
    if (!IsFor(a_) || !IsFor(b_) || relation_.same_section) return std::nullopt;
    if (axes_.window == Agreement::kDisjoint) return std::nullopt;
    // First stop, then move; but who is to go at once is not to wait and see.
    const bool plan = relation_.alternative != Kind::kOppositeStance;
    if (plan && IsAtOnce(a_) != IsAtOnce(b_)) return std::nullopt;
    // What is said to all holds for the few who are named elsewhere.
    if (axes_.phase == Agreement::kDisjoint || axes_.population == Agreement::kDisjoint) {
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "explained");
    }
    if ((HasTrigger(a_) || HasTrigger(b_)) && !IsUrgent()) {
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "trigger");
    }
    if (IsLimit(a_) || IsLimit(b_)) return std::nullopt;
    // Rest for a time that is told; when to move again, the other does not say.
    const bool one_tells_when =
        a_.window.has_value() != b_.window.has_value() ||
        (axes_.phase == Agreement::kOneUnstated && axes_.window == Agreement::kBothUnstated);
    if (relation_.alternative == Kind::kRestVsActivity && one_tells_when) {
      return Make(Kind::kConditionalResolved, "C6", w_.conditional, "told for a time");
    }
    return Make(relation_.alternative, "C2", w_.alternative, "alternatives");
  }

  // Who sends to a doctor names the signs of an emergency; who waits with it waits with these.
  bool IsUrgent() const {
    const auto is_emergency = [this](const Advice& one) {
      return !one.conditions.empty() && rules_.IsAboutSafety(one.conditions[0]);
    };
    return relation_.alternative == Kind::kOppositeStance && is_emergency(a_) && is_emergency(b_);
  }

  double Factor(Agreement agreement, const char* axis) {
    double out = 1;
    switch (agreement) {
      case Agreement::kEqual: out = w_.equal; break;
      case Agreement::kOverlap: out = w_.overlap; break;
      case Agreement::kOneUnstated: out = w_.one_unstated; break;
      case Agreement::kBothUnstated: out = w_.both_unstated; break;
      case Agreement::kDisjoint: out = w_.disjoint; break;
    }
    Step(axis, out);
    return out;
  }

  void AddStep(const std::string& step) { steps_ += (steps_.empty() ? "" : "; ") + step; }

  void Step(std::string_view what, double value) {
    if (with_steps_) AddStep(fmt::format("{} {:.2f}", what, value));
  }

  double Topic() {
    double out = w_.same_action;
    if (relation_.actions == Relation::Actions::kClassAndMember) out = w_.class_member;
    if (relation_.actions == Relation::Actions::kIncompatible) out = w_.incompatible;
    Step("action", out);
    double condition = w_.same_condition;
    if (relation_.conditions == Relation::Conditions::kRelated) condition = w_.related_condition;
    if (relation_.conditions == Relation::Conditions::kAssociated) {
      condition = w_.associated_condition;
    }
    if (relation_.conditions >= Relation::Conditions::kOneUnstated) {
      condition = w_.unstated_condition;
    }
    Step("condition", condition);
    return out * condition;
  }

  // What is harmless to do wrong and what isn't. A must weighs against a should, and not against
  // what is left to the reader.
  bool IsSafety() const {
    const bool must = a_.strength == Strength::kMust || b_.strength == Strength::kMust;
    return must || IsDangerous();
  }

  bool IsDangerous() const {
    const auto dangerous = [this](const Advice& one) {
      return rules_.IsAboutSafety(one.action) ||
             (!one.conditions.empty() && rules_.IsAboutSafety(one.conditions[0]));
    };
    return dangerous(a_) || dangerous(b_);
  }

  // In the first days the wrong one of cold and heat, or too early a start, does harm.
  bool IsEarlyHarm() const {
    const bool acute = a_.phase == model::Phase::kAcute || b_.phase == model::Phase::kAcute;
    return acute && a_.strength != Strength::kMay && b_.strength != Strength::kMay;
  }

  bool IsUnusual() const {
    return rules_.IsUnusual(a_.action, IsFor(a_)) || rules_.IsUnusual(b_.action, IsFor(b_));
  }

  // Who reads a text that names no trouble can't tell that it is about the other's; and what goes
  // against all that is said of an action is more often misread than meant.
  Severity SeverityOf(Kind kind) const {
    const Severity severity = StatedSeverityOf(kind);
    const bool unstated =
        relation_.conditions == Relation::Conditions::kOneUnstated && !relation_.same_document;
    // Whoever tells of a harm forbids nothing in so many words.
    const bool implied =
        kind == Kind::kOppositeStance && IsFor(a_) != IsFor(b_) && (IsFor(a_) ? b_ : a_).implicit;
    const bool lower = (unstated || IsUnusual() || relation_.same_section || implied) &&
                       severity != Severity::kLow;
    return lower ? static_cast<Severity>(static_cast<int>(severity) - 1) : severity;
  }

  // And end not too far from each other.
  bool BeginTogether() const {
    if (!a_.window || !b_.window) return false;
    const double x = a_.window->to_hours.value_or(0);
    const double y = b_.window->to_hours.value_or(0);
    return a_.window->from_hours.value_or(0) == b_.window->from_hours.value_or(0) &&
           std::max(x, y) < w_.severe_ratio * std::min(x, y);
  }

  // A limit that the other side breaks weighs more than two amounts of which either will do.
  Severity SeverityOfDose() const {
    if (!dose_gap_) return Severity::kLow;
    const bool breaks = IsFor(a_) != IsFor(b_);
    const bool several_times = dose_gap_->ratio >= w_.severe_ratio;
    const bool many_times = dose_gap_->ratio >= w_.grave_ratio;
    if (breaks && ((several_times && IsSafety()) || many_times)) return Severity::kHigh;
    return several_times || rules_.IsAboutSafety(a_.action) ? Severity::kMedium : Severity::kLow;
  }

  Severity StatedSeverityOf(Kind kind) const {
    if (kind == Kind::kConditionalResolved) {
      // Which of the two holds for her, a reader can tell only where the text says so.
      const bool told =
          axes_.phase == Agreement::kDisjoint || axes_.population != Agreement::kBothUnstated;
      return told || !IsSafety() ? Severity::kLow : Severity::kMedium;
    }
    if (kind == Kind::kDose) return SeverityOfDose();
    if (kind == Kind::kTimingWindow) {
      if (IsFor(a_) != IsFor(b_)) {
        return IsDangerous() || IsEarlyHarm() ? Severity::kHigh : Severity::kMedium;
      }
      // Begun too early is worse than kept up somewhat too long.
      return BeginTogether() ? Severity::kLow : Severity::kMedium;
    }
    if (a_.strength == Strength::kMay && b_.strength == Strength::kMay) return Severity::kLow;
    if (kind == Kind::kColdVsHeat && IsEarlyHarm()) return Severity::kHigh;
    return IsSafety() ? Severity::kHigh : Severity::kMedium;
  }

  Verdict Make(Kind kind, const char* code, double opposition, const char* why) {
    steps_.clear();
    double score = Topic();
    if (with_steps_) Step(std::string("opposition (") + why + ")", opposition);
    score *= opposition;
    score *= Factor(axes_.phase, "phase");
    score *= Factor(axes_.population, "population");
    if (kind != Kind::kTimingWindow) score *= Factor(axes_.window, "window");
    const double confidence = Confidence(a_, w_) * Confidence(b_, w_);
    Step("confidence", confidence);
    score *= confidence;
    // Whoever writes both in one breath means something that tells them apart.
    const double nearness = relation_.same_section    ? w_.same_section
                            : relation_.same_document ? w_.same_article
                                                      : 1;
    if (nearness != 1) Step(relation_.same_section ? "one section" : "one article", nearness);
    score *= nearness;
    if (IsUnusual()) {
      Step("unusual", w_.unusual);
      score *= w_.unusual;
    }
    if (IsSafety()) {
      Step("safety", w_.safety);
      score *= w_.safety;
    }
    if (with_steps_ && dose_gap_ && kind == Kind::kDose) {
      AddStep(fmt::format("{}: {:g} against {:g}",
                          model::kDoseParts[static_cast<std::size_t>(dose_gap_->part)],
                          dose_gap_->low, dose_gap_->high));
    }
    return {kind, code, SeverityOf(kind), score, axes_, std::move(steps_)};
  }

  const Advice& a_;
  const Advice& b_;
  const Relation& relation_;
  const TensionRules& rules_;
  const TensionWeights& w_;
  bool with_steps_;
  Axes axes_;
  std::optional<DoseGap> dose_gap_;
  std::string steps_;
};

}  // namespace

bool IsFor(const Advice& advice) {
  return advice.stance == Stance::kRecommend ||
         (advice.stance == Stance::kConditional && advice.for_it);
}

std::optional<Verdict> Compare(const Advice& a, const Advice& b, const Relation& relation,
                               const TensionRules& rules, Steps steps) {
  return Pair(a, b, relation, rules, steps).Judge();
}

}  // namespace sakuin::contradictions
