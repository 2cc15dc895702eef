#include "query/contradictions/tensions.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "query/contradictions/joins/candidates.h"

namespace sakuin::contradictions {
namespace {

std::string ShortDigest(const std::string& text) { return Digest(text, 16).substr(0, 16); }

class Finder {
 public:
  // `focus`: 0 for all witnesses alike.
  Finder(const std::vector<Witness>& witnesses, std::size_t focus, const TensionRules& rules)
      : witnesses_(witnesses),
        candidates_(witnesses, focus, rules),
        index_(candidates_.index()),
        groups_(candidates_.Find()),
        seen_(index_.sources()) {}

  TensionSet Run() {
    Finish();
    return std::move(out_);
  }

 private:
  // What is to be paired: all with all, or the one in focus with all of the other side.
  using Sides = std::pair<std::span<const std::uint32_t>, std::span<const std::uint32_t>>;
  std::vector<Sides> SidesOf(const Candidate& candidate, const std::uint32_t* only) const {
    const auto a = candidates_.WitnessesOf(candidate.of_witnesses, candidate.a);
    const auto b = candidates_.WitnessesOf(candidate.of_witnesses, candidate.b);
    if (only == nullptr) return {{a, b}};
    std::vector<Sides> out;
    const std::span<const std::uint32_t> one(only, 1);
    if (std::find(a.begin(), a.end(), *only) != a.end()) out.emplace_back(one, b);
    if (std::find(b.begin(), b.end(), *only) != b.end()) out.emplace_back(a, one);
    return out;
  }

  // The same in every knowledge base. `a` and `b`: what it is about, one action or two.
  std::string ClusterOf(const FindingKey& key, const std::string& a, const std::string& b) const {
    std::string out = a == b ? a : std::min(a, b) + "+" + std::max(a, b);
    const std::string& document = witnesses_[index_.WitnessAt(key.document)].document_id;
    out += "\n" +
           (key.condition == 0 ? "in " + document : candidates_.names().NameOf(key.condition)) +
           "\n";
    return ShortDigest("finding\n" + out.append(kKinds[static_cast<std::size_t>(key.kind)]));
  }

  bool AddTension(std::size_t x, std::size_t y, const Relation& relation, const FindingKey& key,
                  const std::string& cluster) {
    auto verdict = candidates_.Judge(x, y, relation, Steps::kWith);
    if (!verdict || verdict->kind != key.kind) return false;
    const std::size_t a = candidates_.IsFirst(x, y, key) ? x : y;
    const std::size_t b = a == x ? y : x;
    const Witness& first = witnesses_[a];
    const Witness& second = witnesses_[b];
    Tension t;
    t.kind = verdict->kind;
    t.code = first.document_id == second.document_id ? "C12" : verdict->code;
    t.severity = verdict->severity;
    t.score = verdict->score;
    t.axes = verdict->axes;
    // Few different ones.
    t.steps = steps_.emplace(verdict->steps, verdict->steps).first->second;
    t.action = key.IsQuestion() ? std::min(first.advice->action, second.advice->action)
                                : candidates_.names().NameOf(key.action);
    t.condition = candidates_.names().NameOf(key.condition);
    t.a = a;
    t.b = b;
    t.cluster = cluster;
    if (key.IsQuestion()) {
      t.narrow_cluster = ClusterOf(key, first.advice->action, second.advice->action);
      if (t.narrow_cluster == cluster) t.narrow_cluster.clear();
    }
    const auto [low, high] = std::minmax(first.folded_quote, second.folded_quote);
    t.id = ShortDigest("tension\n" + low + "\n" + high + "\n" +
                       std::min(first.advice->action, second.advice->action) + "\n" +
                       std::string(kKinds[static_cast<std::size_t>(t.kind)]));
    out_.tensions.push_back(std::move(t));
    return true;
  }

  static bool Before(const Tension& a, const Tension& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    if (a.score != b.score) return a.score > b.score;
    return a.id < b.id;
  }

  // At most `most` pairs of one group, the best candidates first.
  std::vector<std::size_t> AddTensions(const FindingKey& key, const FindingGroup& group,
                                       std::size_t most) {
    const Names& names = candidates_.names();
    const std::string cluster = ClusterOf(key, names.NameOf(key.action), names.NameOf(key.other));
    std::vector<std::size_t> out;
    std::unordered_set<std::string> seen;
    const std::uint32_t focus = key.focus - 1;
    for (const Candidate& candidate : group.Best()) {
      for (const auto& [left, right] : SidesOf(candidate, key.focus == 0 ? nullptr : &focus)) {
        for (const std::uint32_t x : left) {
          for (const std::uint32_t y : right) {
            if (out.size() == most) return out;
            if (x == y || !AddTension(x, y, candidate.relation, key, cluster)) continue;
            if (seen.insert(out_.tensions.back().id).second) {
              out.push_back(out_.tensions.size() - 1);
            } else {
              out_.tensions.pop_back();
            }
          }
        }
      }
    }
    return out;
  }

  // The number of articles; the numbers of the actions are added to `actions` where it is given.
  std::size_t SourcesOf(const FindingGroup& group, int side, std::set<std::uint32_t>* actions) {
    ++turn_;
    std::size_t out = 0;
    const auto see = [&](std::uint32_t witness) {
      std::uint32_t& seen = seen_[index_.SourceOf(witness)];
      out += seen == turn_ ? 0 : 1;
      seen = turn_;
      if (actions != nullptr) actions->insert(index_.ActionOfWitness(witness));
    };
    for (const Places& places : group.Side(side)) {
      for (std::uint32_t i = places.begin; i < places.end; ++i) {
        if (places.of_witnesses) {
          see(index_.WitnessAt(i));
          continue;
        }
        for (const std::uint32_t one : index_.WitnessesOf(index_.PositionAt(i))) see(one);
      }
    }
    return out;
  }

  void Finish() {
    std::vector<std::pair<const FindingKey, FindingGroup>*> groups;
    groups.reserve(groups_.size());
    for (auto& group : groups_) groups.push_back(&group);
    std::vector<std::pair<Candidate, std::size_t>> ranked;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      ranked.emplace_back(groups[i]->second.Best().front(), i);
    }
    const auto order = [](const FindingKey& key) {
      return std::tie(key.action, key.other, key.condition, key.document, key.kind, key.focus);
    };
    std::sort(ranked.begin(), ranked.end(), [&](const auto& x, const auto& y) {
      if (IsBetter(x.first, y.first) != IsBetter(y.first, x.first)) {
        return IsBetter(x.first, y.first);
      }
      return order(groups[x.second]->first) < order(groups[y.second]->first);
    });
    std::size_t further = kMostFurtherPairs;
    // No more than these: a vector that grows takes up to three times as much.
    out_.tensions.reserve(ranked.size() + std::min(further, ranked.size() * kMostPairsOfFinding));
    for (const auto& [best, place] : ranked) {
      const FindingKey& key = groups[place]->first;
      const FindingGroup group = std::move(groups[place]->second);  // its memory is wanted
      AddFinding(key, group, 1 + std::min(further, kMostPairsOfFinding - 1));
      if (!out_.findings.empty()) {
        further -= std::min(further, out_.findings.back().tensions.size() - 1);
      }
    }
    std::sort(out_.findings.begin(), out_.findings.end(),
              [this](const Finding& x, const Finding& y) {
                const Tension& a = out_.tensions[x.tensions[0]];
                const Tension& b = out_.tensions[y.tensions[0]];
                const bool explained_a = a.kind == Kind::kConditionalResolved;
                const bool explained_b = b.kind == Kind::kConditionalResolved;
                if (explained_a != explained_b) return explained_b;
                const bool before = Before(a, b);
                return before != Before(b, a) ? before : x.id < y.id;
              });
  }

  void AddFinding(const FindingKey& key, const FindingGroup& group, std::size_t most) {
    Finding finding;
    finding.tensions = AddTensions(key, group, most);
    if (finding.tensions.empty()) return;  // all of them copies, or parts of one plan
    std::sort(finding.tensions.begin(), finding.tensions.end(),
              [this](std::size_t x, std::size_t y) {
                return Before(out_.tensions[x], out_.tensions[y]);
              });
    finding.id = out_.tensions[finding.tensions[0]].cluster;
    std::set<std::uint32_t> actions[2];
    const bool question = key.IsQuestion();
    finding.sources_for = SourcesOf(group, 0, question ? &actions[0] : nullptr);
    finding.sources_against = SourcesOf(group, 1, question ? &actions[1] : nullptr);
    if (question) {
      finding.sides = {SideOf(key.action, actions[0]), SideOf(key.other, actions[1])};
    }
    out_.findings.push_back(std::move(finding));
  }

  FindingSide SideOf(std::uint32_t named, const std::set<std::uint32_t>& actions) const {
    FindingSide out;
    out.action = candidates_.names().NameOf(named);
    for (const std::uint32_t one : actions) out.members.push_back(candidates_.names().NameOf(one));
    std::sort(out.members.begin(), out.members.end());
    return out;
  }

  const std::vector<Witness>& witnesses_;
  Candidates candidates_;
  const PositionIndex& index_;
  Candidates::Groups groups_;
  std::vector<std::uint32_t> seen_;  // by source: the turn that saw it last
  std::uint32_t turn_ = 0;
  std::unordered_map<std::string, SharedText> steps_;
  TensionSet out_;
};

}  // namespace

TensionSet FindTensions(const std::vector<Witness>& witnesses, const TensionRules& rules) {
  return Finder(witnesses, 0, rules).Run();
}

TensionSet FindTensionsOf(const std::vector<Witness>& witnesses, std::size_t focus,
                          const TensionRules& rules) {
  if (focus == 0) return {};
  return Finder(witnesses, focus, rules).Run();
}

}  // namespace sakuin::contradictions
