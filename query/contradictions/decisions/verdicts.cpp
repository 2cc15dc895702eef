#include "query/contradictions/decisions/verdicts.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "query/contradictions/decisions/moment.h"
#include "query/contradictions/decisions/review_lines.h"
#include "query/contradictions/decisions/states.h"

namespace sakuin::contradictions {
namespace {

using store::Review;
using store::ReviewedPair;

// Now, but behind everything that was said of the same before, whatever the clocks were.
std::string TimeAfter(const std::vector<Review>& log, const Review& entry) {
  std::set<std::string> ids{entry.target};
  for (const ReviewedPair& pair : entry.pairs) ids.insert(pair.tension);
  auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  for (const Review& before : log) {
    const auto at = ReadMoment(before.at);
    if (at && *at >= now && IsAbout(before, ids)) now = *at + std::chrono::milliseconds(1);
  }
  return Print(now);
}

// The pairs that a verdict on `target` is about. One on a finding leaves out what was decided
// pair by pair, unless that is all there is.
std::vector<ReviewedPair> PairsOf(const Ground& ground, const std::string& target) {
  std::set<std::string> decided;
  for (const Review* const review : Standing(ground.log)) {
    if (review->state != "open") decided.insert(review->target);
  }
  std::vector<ReviewedPair> own;
  std::vector<ReviewedPair> all;
  for (const Tension& t : ground.found.tensions) {
    if (t.id != target && t.cluster != target) continue;
    all.push_back(PairOf(t, ground.list));
    if (t.id == target || !decided.contains(t.id)) own.push_back(all.back());
  }
  return own.empty() ? all : own;
}

// For a verdict on a finding of which not every pair is listed: keys of all sentences that it may
// be made of, ascending. Empty for all other targets.
std::vector<std::string> UnlistedQuotes(const Ground& ground, const std::string& target) {
  const auto finding = std::find_if(ground.found.findings.begin(), ground.found.findings.end(),
                                    [&](const auto& one) { return one.id == target; });
  if (finding == ground.found.findings.end()) return {};
  const auto& witnesses = ground.list.witnesses;
  std::set<std::string> sources[2];
  std::set<std::string> actions;
  const auto add = [&](const std::string& action) {
    for (const model::Concept* one : ground.thesaurus.WithNarrower(action)) actions.insert(one->id);
  };
  for (const std::size_t at : finding->tensions) {
    const Tension& t = ground.found.tensions[at];
    sources[0].insert(witnesses[t.a].source);
    sources[1].insert(witnesses[t.b].source);
    add(witnesses[t.a].advice->action);
    add(witnesses[t.b].advice->action);
  }
  for (const FindingSide& side : finding->sides) {
    for (const std::string& action : side.members) add(action);
  }
  const bool all_listed = finding->tensions.size() < kMostPairsOfFinding &&
                          sources[0].size() >= finding->sources_for &&
                          sources[1].size() >= finding->sources_against;
  if (all_listed) return {};
  std::set<std::string> out;
  for (const Witness& witness : witnesses) {
    if (actions.contains(witness.advice->action)) out.insert(QuoteKey(witness));
  }
  return {out.begin(), out.end()};
}

}  // namespace

Status CheckVerdict(const Opinion& verdict) {
  const auto& states = store::kReviewStates;
  if (std::find(states.begin(), states.end(), verdict.state) == states.end()) {
    std::string all;
    for (const std::string_view state : states)
      all += (all.empty() ? "" : ", ") + std::string(state);
    return Fail(ErrorCode::kUsage, "'" + verdict.state + "' is no verdict; there are " + all);
  }
  if (verdict.state == "false-positive" && verdict.reason.empty()) {
    return Fail(ErrorCode::kUsage,
                "false-positive needs --reason: N1 other condition, N2 other phase or trigger, N3 "
                "excess or manner only, N4 parts of one plan, N5 another voice, N6 other "
                "population, N7 superseded, N8 misread");
  }
  const std::string& reason = verdict.reason;
  const bool known = reason.empty() || (reason.size() == 2 && reason[0] == 'N' &&
                                        reason[1] >= '1' && reason[1] <= '8');
  if (!known) return Fail(ErrorCode::kUsage, "a reason is one of N1 to N8, not '" + reason + "'");
  return {};
}

Review MakeReview(const Ground& ground, const std::string& target, const Opinion& verdict) {
  Review out;
  out.target = target;
  out.state = verdict.state;
  out.reason = verdict.reason;
  out.note = verdict.note;
  out.by = verdict.by;
  out.pairs = PairsOf(ground, target);
  out.quotes = UnlistedQuotes(ground, target);
  out.at = TimeAfter(ground.log, out);
  out.id = store::ReviewId(out);
  return out;
}

const Review* LastVerdict(const std::vector<Review>& log, const std::string& target) {
  const auto standing = Standing(log);
  const auto last = std::find_if(standing.rbegin(), standing.rend(),
                                 [&](const Review* r) { return r->target == target; });
  return last == standing.rend() ? nullptr : *last;
}

Review MakeUndo(const std::vector<Review>& log, const Review& last, const std::string& note,
                const std::string& by) {
  Review out;
  out.target = last.target;
  out.state = store::kUndo;
  out.note = note;
  out.by = by;
  out.undoes = last.id;
  out.at = TimeAfter(log, out);
  out.id = store::ReviewId(out);
  return out;
}

bool IsAbout(const Review& review, const std::set<std::string>& ids) {
  return ids.contains(review.target) ||
         std::any_of(review.pairs.begin(), review.pairs.end(),
                     [&](const ReviewedPair& pair) { return ids.contains(pair.tension); });
}

std::vector<HeldVerdict> HeldVerdicts(const Ground& ground) {
  std::set<std::string> there;
  std::set<std::string> changed;  // entries
  for (const Tension& t : ground.found.tensions) {
    there.insert(t.id);
    if (t.decided && t.decided->state != t.decided->verdict) changed.insert(t.decided->entry);
  }
  std::map<std::string, const Review*> newest;
  for (const Review* const review : Standing(ground.log)) newest[review->target] = review;
  std::vector<HeldVerdict> out;
  for (const auto& [target, review] : newest) {
    const bool stands = std::any_of(review->pairs.begin(), review->pairs.end(),
                                    [&](const auto& pair) { return there.contains(pair.tension); });
    out.push_back({review, changed.contains(review->id) ? "changed" : stands ? "stands" : "gone"});
  }
  std::sort(out.begin(), out.end(), [](const HeldVerdict& a, const HeldVerdict& b) {
    return std::tie(a.review->at, a.review->id) < std::tie(b.review->at, b.review->id);
  });
  return out;
}

}  // namespace sakuin::contradictions
