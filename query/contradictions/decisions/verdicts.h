#pragma once

// New entries of the log, wherever they are given: from the command line, a page or a program.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/reviews.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::contradictions {

// What can be decided on today. Refers to what others own.
struct Ground {
  const WitnessList& list;
  const TensionSet& found;
  const std::vector<store::Review>& log;
  const thesaurus::Thesaurus& thesaurus;
};

// Not a Verdict: that is what Compare() gives of a pair.
struct Opinion {
  std::string state;   // of store::kReviewStates
  std::string reason;  // "N1" to "N8"; a false-positive needs one
  std::string note;
  std::string by;
};

// kUsage for a state that is none, and for a false-positive without a reason: the message names
// them all.
Status CheckVerdict(const Opinion& verdict);

// The whole entry, as of now. `target`: the id of a pair or a finding of `ground`.
store::Review MakeReview(const Ground& ground, const std::string& target, const Opinion& verdict);

// Takes the last verdict on `target` that holds back; nullptr where none does.
const store::Review* LastVerdict(const std::vector<store::Review>& log, const std::string& target);
store::Review MakeUndo(const std::vector<store::Review>& log, const store::Review& last,
                       const std::string& note, const std::string& by);

// Is it about one of these pairs or findings?
bool IsAbout(const store::Review& review, const std::set<std::string>& ids);

// A verdict that holds, and what became of what it is about.
struct HeldVerdict {
  const store::Review* review = nullptr;
  std::string_view now;  // "stands", "changed" or "gone"
};
// The newest of each target, the oldest first. They point into the ground's log.
std::vector<HeldVerdict> HeldVerdicts(const Ground& ground);

}  // namespace sakuin::contradictions
