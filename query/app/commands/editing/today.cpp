#include "query/app/commands/editing/today.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/store/open.h"
#include "query/contradictions/decisions/states.h"
#include "query/plan/spelling/edits.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

constexpr std::size_t kLeastTyped = 4;
constexpr std::size_t kMostNamed = 3;

std::string Joined(const std::vector<std::string>& ids) {
  std::string out;
  for (std::size_t i = 0; i < ids.size() && i < kMostNamed; ++i) {
    out += (i == 0 ? "" : ", ") + ids[i];
  }
  return out + (ids.size() > kMostNamed ? ", ..." : "");
}

// The nearest first.
std::vector<std::string> NearOnes(const std::set<std::string>& ids, const std::string& typed) {
  constexpr std::size_t kMost = 2 * plan::kMistake;
  const std::u32string word = utf8::Decode(typed);
  std::set<std::pair<std::size_t, std::string>> near;
  for (const std::string& id : ids) {
    const std::size_t common = std::min(id.size(), std::max(typed.size(), kLeastTyped));
    const std::size_t away =
        plan::Distance(utf8::Decode(id.substr(0, common)), word, kMost, nullptr);
    if (away <= kMost) near.emplace(away, id);
  }
  std::vector<std::string> out;
  for (const auto& [away, id] : near) out.push_back(id);
  return out;
}

}  // namespace

Result<Today> FindToday(const Context& context) {
  Today out;
  auto rules = service::LoadTextRules(context);
  if (!rules) return Pass(rules);
  out.rules = std::move(*rules);
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  const auto weights = contradictions::TensionRules::Load(*folder, out.rules->thesaurus());
  if (!weights) return Pass(weights);
  const auto reader = store::OpenReader(context.kb);
  if (!reader) return Pass(reader);
  auto read = contradictions::ReadWitnesses(**reader, out.rules->folding());
  if (!read) return Pass(read);
  out.list = std::move(*read);
  auto log = store::ReadReviews(context.kb);
  if (!log) return Pass(log);
  out.log = std::move(*log);
  out.found = contradictions::FindTensions(out.list.witnesses, *weights);
  contradictions::Decide(out.log, out.list.witnesses, out.found.tensions);
  return out;
}

std::vector<std::string> UnlistedQuotes(const Today& today, const std::string& target) {
  const auto finding = std::find_if(today.found.findings.begin(), today.found.findings.end(),
                                    [&](const auto& one) { return one.id == target; });
  if (finding == today.found.findings.end()) return {};
  const auto& witnesses = today.list.witnesses;
  std::set<std::string> sources[2];
  std::set<std::string> actions;
  for (const std::size_t at : finding->tensions) {
    const contradictions::Tension& t = today.found.tensions[at];
    sources[0].insert(witnesses[t.a].source);
    sources[1].insert(witnesses[t.b].source);
    for (const std::string& action : {witnesses[t.a].advice.action, witnesses[t.b].advice.action}) {
      for (const model::Concept* one : today.rules->thesaurus().WithNarrower(action)) {
        actions.insert(one->id);
      }
    }
  }
  const bool all_listed = finding->tensions.size() < contradictions::kMostPairsOfFinding &&
                          sources[0].size() >= finding->sources_for &&
                          sources[1].size() >= finding->sources_against;
  if (all_listed) return {};
  std::set<std::string> out;
  for (const contradictions::Witness& witness : witnesses) {
    if (actions.contains(witness.advice.action)) out.insert(contradictions::QuoteKey(witness));
  }
  return {out.begin(), out.end()};
}

Result<std::string> ChooseId(const std::vector<std::string>& ids, const std::string& typed,
                             const std::string& what) {
  const std::set<std::string> all(ids.begin(), ids.end());
  if (all.contains(typed)) return typed;
  std::vector<std::string> begin_so;
  for (auto at = all.lower_bound(typed); at != all.end() && at->starts_with(typed); ++at) {
    begin_so.push_back(*at);
  }
  if (typed.size() >= kLeastTyped && begin_so.size() == 1) return begin_so[0];
  if (typed.size() >= kLeastTyped && begin_so.size() > 1) {
    return Fail(ErrorCode::kUsage, "several ids begin with '" + typed + "': " + Joined(begin_so));
  }
  const std::vector<std::string> near = NearOnes(all, typed);
  std::string message = "no " + what + " has the id '" + typed + "'";
  if (!near.empty()) message += "; did you mean " + Joined(near) + "?";
  return Fail(ErrorCode::kNotFound, message);
}

}  // namespace sakuin::app
