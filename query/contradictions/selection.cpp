#include "query/contradictions/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "query/contradictions/decisions/states.h"

namespace sakuin::contradictions {
namespace {

constexpr char kOfFindings = 'f';  // of cursors, in the order of the list
constexpr char kOfPairs = 'p';
// Severity, score, tension and finding; of a pair the first three again.
constexpr std::size_t kPairKey = 1 + 16 + 16;
constexpr std::size_t kFindingKey = 1 + 1 + kPairKey + 16;

bool In(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// The greater, the earlier. Of numbers that aren't negative the bits are in the same order.
std::string Descending(double score) {
  static_assert(sizeof(double) == sizeof(std::uint64_t));
  std::uint64_t bits = 0;
  std::memcpy(&bits, &score, sizeof bits);
  return fmt::format("{:016x}", ~bits);
}

// Keys in text order are tensions and findings in the order of a TensionSet.
std::string KeyOf(const Tension& t) {
  const int severity = static_cast<int>(Severity::kHigh) - static_cast<int>(t.severity);
  return fmt::format("{}{}{}", severity, Descending(t.score), t.id);
}

std::string KeyOf(const SelectedFinding& one) {
  const bool explained = one.top->kind == Kind::kConditionalResolved;
  return fmt::format("{}{}{}{}", kOfFindings, int{explained}, KeyOf(*one.top), one.finding->id);
}

struct Listed {
  const SelectedFinding* finding;
  const Tension* tension;
};

std::string KeyOf(const Listed& one) {
  std::string out = KeyOf(*one.finding);
  if (one.tension == one.finding->tensions.front()) return out;
  out.front() = kOfPairs;
  return out + KeyOf(*one.tension);
}

Status CheckCursor(const std::string& cursor) {
  const bool findings = cursor.size() == kFindingKey && cursor[0] == kOfFindings;
  const bool pairs = cursor.size() == kFindingKey + kPairKey && cursor[0] == kOfPairs;
  const bool good =
      (findings || pairs) && cursor.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
  if (cursor.empty() || good) return {};
  return Fail(ErrorCode::kUsage, "'" + cursor + "' is no cursor; `next` of an answer is one");
}

// Where a page of `all`, which is in the order of its keys, begins and ends.
template <typename T>
std::pair<std::size_t, std::size_t> Bounds(const std::vector<T>& all, const PageRequest& request) {
  const auto first = request.after.empty()
                         ? all.begin()
                         : std::partition_point(all.begin(), all.end(), [&](const T& one) {
                             return KeyOf(one) <= request.after;
                           });
  const auto begin = static_cast<std::size_t>(first - all.begin());
  return {begin, begin + std::min(request.limit, all.size() - begin)};
}

template <typename T>
std::string NextOf(const std::vector<T>& all, std::size_t begin, std::size_t end,
                   const PageRequest& request) {
  if (end == all.size()) return {};
  return begin == end ? request.after : KeyOf(all[end - 1]);
}

}  // namespace

bool Fits(const Tension& t, const std::vector<Witness>& witnesses, const TensionFilter& filter) {
  const auto any = [](const std::vector<std::string>& ids, const std::string& id) {
    return ids.empty() || In(ids, id);
  };
  const Witness& a = witnesses[t.a];
  const Witness& b = witnesses[t.b];
  if (t.severity < filter.severity || (filter.kind && *filter.kind != t.kind)) return false;
  if (filter.cross_language && a.language.substr(0, 2) == b.language.substr(0, 2)) return false;
  if (!any(filter.conditions, t.condition)) return false;
  if (!any(filter.actions, a.advice->action) && !any(filter.actions, b.advice->action))
    return false;
  if (filter.states.empty()) return IsPending(t);
  return In(filter.states, "all") || In(filter.states, StateOf(t));
}

std::vector<SelectedFinding> SelectFindings(const TensionSet& found,
                                            const std::function<bool(const Tension&)>& wanted) {
  std::vector<SelectedFinding> out;
  for (const Finding& finding : found.findings) {
    SelectedFinding here{&finding, &found.tensions[finding.tensions.front()], {}};
    for (const std::size_t i : finding.tensions) {
      if (wanted(found.tensions[i])) here.tensions.push_back(&found.tensions[i]);
    }
    if (!here.tensions.empty()) out.push_back(std::move(here));
  }
  return out;
}

std::vector<SelectedFinding> SelectFindings(const TensionSet& found,
                                            const std::vector<Witness>& witnesses,
                                            const TensionFilter& filter) {
  return SelectFindings(found, [&](const Tension& t) { return Fits(t, witnesses, filter); });
}

Result<FindingPage> PageOfFindings(const std::vector<SelectedFinding>& all,
                                   const PageRequest& request) {
  if (const Status good = CheckCursor(request.after); !good) return Pass(good);
  const auto [begin, end] = Bounds(all, request);
  FindingPage out;
  out.total = all.size();
  for (std::size_t i = begin; i < end; ++i) out.findings.push_back(&all[i]);
  out.next = NextOf(all, begin, end, request);
  return out;
}

Result<PairPage> PageOfPairs(const std::vector<SelectedFinding>& all, const PageRequest& request) {
  if (const Status good = CheckCursor(request.after); !good) return Pass(good);
  std::vector<Listed> listed;
  for (const SelectedFinding& one : all) listed.push_back({&one, one.tensions.front()});
  for (const SelectedFinding& one : all) {
    for (std::size_t i = 1; i < one.tensions.size(); ++i) listed.push_back({&one, one.tensions[i]});
  }
  const auto [begin, end] = Bounds(listed, request);
  PairPage out;
  out.total = listed.size();
  out.findings = all.size();
  for (std::size_t i = begin; i < end; ++i) out.pairs.push_back(listed[i].tension);
  out.next = NextOf(listed, begin, end, request);
  return out;
}

}  // namespace sakuin::contradictions
