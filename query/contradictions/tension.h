#pragma once

// What two pieces of advice have to do with each other, and what is made of many such pairs.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/contradictions/shared_advice.h"
#include "query/contradictions/shared_text.h"

namespace sakuin::contradictions {

// docs/contradictions.md says what each means; the codes refine a kind.
enum class Kind : std::uint8_t {
  kOppositeStance,
  kTimingWindow,
  kDose,
  kColdVsHeat,
  kRestVsActivity,
  kConditionalResolved
};
inline constexpr std::array<std::string_view, 6> kKinds = {
    "opposite-stance", "timing-window",    "dose",
    "cold-vs-heat",    "rest-vs-activity", "conditional-resolved"};

enum class Severity : std::uint8_t { kLow, kMedium, kHigh };
inline constexpr std::array<std::string_view, 3> kSeverities = {"low", "medium", "high"};

// How two statements stand to each other on one axis. What one side does not state is never equal.
enum class Agreement : std::uint8_t {
  kEqual,
  kOverlap,  // related, broader, windows that share hours
  kOneUnstated,
  kBothUnstated,
  kDisjoint
};
inline constexpr std::array<std::string_view, 5> kAgreements = {"equal", "overlap", "one-unstated",
                                                                "both-unstated", "disjoint"};

// A piece of advice with what its comparison needs of where it stands. Of the advice what it says;
// its place in the section, its ids and its cues are left out.
struct Witness {
  SharedAdvice advice;
  std::string id;                 // of the advice
  std::uint64_t quote_key = 0;    // of the advice: its hex digits as a number; 0 without one
  std::uint32_t quote_begin = 0;  // of the advice, in its section
  SharedText document_id;
  SharedText section_id;  // "DOCUMENT#N"
  SharedText source;      // of near-duplicate documents the same: counted once
  SharedText language;    // BCP 47, of the section
  // Of the words without marks and blanks, or these themselves: what the tension's id is made of.
  SharedText folded_quote;
};

struct Axes {
  Agreement condition = Agreement::kBothUnstated;
  Agreement phase = Agreement::kBothUnstated;
  Agreement population = Agreement::kBothUnstated;
  Agreement window = Agreement::kBothUnstated;
  Agreement dose = Agreement::kBothUnstated;
};

// What people decided of a pair (decisions/states.h).
struct Decided {
  std::string state;    // one of store::kReviewStates; or "changed": edited, or joined by new words
  std::string verdict;  // what was decided, also where it is "changed"
  std::string reason;   // "N1" ... "N8" or ""
  std::string note;
  std::string by;
  std::string at;
  std::string entry;    // id of the review
  std::string quote_a;  // where it is "changed": the words that it was decided on
  std::string quote_b;
};

// One pair. `a` and `b` are places in a list of witnesses; a recommends where one of them does.
struct Tension {
  std::string id;       // of the folded quotes, the action and the kind alone
  std::string cluster;  // id of the finding that it belongs to
  // Of two alternatives: the id that a finding of these two actions alone has, which verdicts of
  // earlier versions are on; "" where it is the same.
  std::string narrow_cluster;
  Kind kind = Kind::kOppositeStance;
  std::string code;  // "C1" ... "C12", the taxonomy in docs/contradictions.md
  Severity severity = Severity::kLow;
  double score = 0;       // 0 to 1.5
  std::string action;     // the broader of both where they differ by class and member; else a's
  std::string condition;  // "" where neither names one
  std::size_t a = 0;
  std::size_t b = 0;
  Axes axes;
  SharedText steps;  // the arithmetic: parts of the score or of a comparison, "; " between
  std::shared_ptr<const Decided> decided;  // null before the first verdict
};

// Of a finding about two alternatives one of both: the class of actions that names it, and all
// actions of it that are recommended there, ascending.
struct FindingSide {
  std::string action;
  std::vector<std::string> members;
};

// All pairs of one (action, condition, kind), or of one (question, condition, kind) where two
// actions exclude each other: the best first.
struct Finding {
  std::string id;
  std::array<FindingSide, 2> sides;   // without names where it is about one action
  std::vector<std::size_t> tensions;  // places in a list of tensions, the best first
  std::size_t sources_for = 0;        // different articles on either side
  std::size_t sources_against = 0;
};

}  // namespace sakuin::contradictions
