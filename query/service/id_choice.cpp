#include "query/service/id_choice.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/plan/spelling/edits.h"

namespace sakuin::service {
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

}  // namespace sakuin::service
