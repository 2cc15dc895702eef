#pragma once

// What holds of all that was decided. The log is a set of entries with times: whatever order two
// teams' files came together in, the same holds.

#include <string>
#include <vector>

#include "indexer/store/reviews.h"
#include "indexer/text/folding.h"
#include "query/contradictions/tension.h"
#include "query/contradictions/tensions.h"

namespace sakuin::contradictions {

// "open" before the first verdict.
std::string StateOf(const Tension& tension);

// Is it still to be looked at? What is asked for where nobody says which states.
bool IsPending(const Tension& tension);

// The verdicts that were not taken back, the oldest first. They point into `log`.
std::vector<const store::Review*> Standing(const std::vector<store::Review>& log);

// Law 12: a verdict holds while both quotes stand, whatever else changes around them. It covers the
// pairs that it was given on; one on a finding also their quotes in any other pairing. The newest
// one that covers a pair decides. What none covers is
// - "changed" where its finding was decided and has words now that it had not;
// - "changed" where a sentence of a decided pair of the same documents, action and kind stands
//   nowhere any more: it was edited. So is one of another kind, where one of the two quotes still
//   stands; and one of an article that is known no more, where one quote stands and the other is
//   like what there is now: moved and edited;
// - open else.
// `witnesses` are all of today, `tensions` what is found among them. Sets their `decided`.
// `folding` makes the old words comparable in any width and script; without, as they were written.
void Decide(const std::vector<store::Review>& log, const std::vector<Witness>& witnesses,
            std::vector<Tension>& tensions, const text::Folding* folding = nullptr);

// A digest of the folded quote, as model::Advice has it.
std::string QuoteKey(const Witness& witness);

// "changed; was false-positive (N3) by NAME at TIME: NOTE; then "A" and "B""; "" before the first
// verdict.
std::string DecisionText(const Tension& tension);

}  // namespace sakuin::contradictions
