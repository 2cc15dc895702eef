#include "query/contradictions/tensions.h"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "query/contradictions/finding_groups.h"
#include "query/contradictions/positions.h"

namespace sakuin::contradictions {
namespace {

// Without a condition a piece of advice is compared with so many of its article behind it.
constexpr std::size_t kNear = 200;

// Of a group's key, behind the number of the witness in focus.
constexpr char kFocusEnd = ':';

std::string ShortDigest(const std::string& text) { return Digest(text, 16).substr(0, 16); }

bool Contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class Finder {
 public:
  // `focus`: 0 for all witnesses alike.
  Finder(const std::vector<Witness>& witnesses, std::size_t focus, const TensionRules& rules)
      : witnesses_(witnesses), focus_(focus), rules_(rules), index_(witnesses, rules) {}

  TensionSet Run() {
    std::vector<PositionIndex::Neighbour> neighbours;
    for (std::uint32_t i = 0; i < index_.size(); ++i) {
      index_.FindNeighbours(i, neighbours);
      for (const auto& [other, relation] : neighbours) AddPositions(i, other, relation);
      // What one and the same position says is no tension with itself.
    }
    for (const auto& of_document : index_.WithoutCondition()) AddWithoutCondition(of_document);
    Finish();
    return std::move(out_);
  }

 private:
  // Who recommends stands first; of equals, the one that stands first in the order of articles.
  bool IsFirst(std::size_t x, std::size_t y) const {
    const Witness& a = witnesses_[x];
    const Witness& b = witnesses_[y];
    const bool for_a = IsFor(a.advice);
    if (for_a != IsFor(b.advice)) return for_a;
    return std::tie(a.advice.action, a.document_id, a.section_id, a.advice.quote.begin, a.id) <
           std::tie(b.advice.action, b.document_id, b.section_id, b.advice.quote.begin, b.id);
  }

  bool InFocus(std::span<const std::uint32_t> witnesses) const {
    return focus_ == 0 || std::any_of(witnesses.begin(), witnesses.end(),
                                      [this](std::uint32_t one) { return one < focus_; });
  }

  void AddPositions(std::uint32_t x, std::uint32_t y, const Relation& relation) {
    if (!InFocus(index_.WitnessesOf(x)) && !InFocus(index_.WitnessesOf(y))) return;
    const auto verdict = Compare(index_.Of(x), index_.Of(y), relation, rules_, Steps::kWithout);
    if (!verdict) return;
    const std::span<const std::uint32_t> all_x = index_.WitnessesOf(x);
    const std::span<const std::uint32_t> all_y = index_.WitnessesOf(y);
    if (all_x.size() == 1 && all_y.size() == 1 && !Judge(all_x[0], all_y[0], relation)) return;
    AddCandidate(
        {verdict->score, std::min(x, y), std::max(x, y), verdict->severity, false, relation},
        *verdict, all_x[0], all_y[0], x < y);
  }

  void AddCandidate(const Candidate& candidate, const Verdict& verdict, std::size_t x,
                    std::size_t y, bool x_is_a) {
    WriteKey(witnesses_[x], witnesses_[y], candidate.relation, verdict.kind);
    const bool a_is_first = IsFirst(x, y) == x_is_a;
    if (focus_ == 0) {
      groups_[key_].Add(candidate, a_is_first);
      return;
    }
    for (const std::uint32_t side : {candidate.a, candidate.b}) {
      for (const std::uint32_t one : WitnessesOf(candidate, side)) {
        if (one >= focus_) continue;
        groups_[std::to_string(one) + kFocusEnd + key_].Add(candidate, a_is_first);
      }
    }
  }

  std::span<const std::uint32_t> WitnessesOf(const Candidate& candidate,
                                             const std::uint32_t& side) const {
    return candidate.of_witnesses ? std::span<const std::uint32_t>(&index_.WitnessAt(side), 1)
                                  : index_.WitnessesOf(side);
  }

  // What is to be paired: all with all, or the one in focus with all of the other side.
  using Sides = std::pair<std::span<const std::uint32_t>, std::span<const std::uint32_t>>;
  std::vector<Sides> SidesOf(const Candidate& candidate, const std::uint32_t* only) const {
    const auto a = WitnessesOf(candidate, candidate.a);
    const auto b = WitnessesOf(candidate, candidate.b);
    if (only == nullptr) return {{a, b}};
    std::vector<Sides> out;
    const std::span<const std::uint32_t> one(only, 1);
    if (std::find(a.begin(), a.end(), *only) != a.end()) out.emplace_back(one, b);
    if (std::find(b.begin(), b.end(), *only) != b.end()) out.emplace_back(a, one);
    return out;
  }

  // One or both name no condition: in one article they are likely to be about one.
  void AddWithoutCondition(const std::vector<std::uint32_t>& of_document) {
    for (std::size_t i = 0; i < of_document.size(); ++i) {
      const std::size_t end = std::min(of_document.size(), i + 1 + kNear);
      for (std::size_t k = i + 1; k < end; ++k) {
        const std::uint32_t a = index_.WitnessAt(of_document[i]);
        const std::uint32_t b = index_.WitnessAt(of_document[k]);
        if (focus_ != 0 && a >= focus_ && b >= focus_) break;  // another article
        const auto relation = RelationOf(witnesses_[a].advice, witnesses_[b].advice);
        if (!relation) continue;
        const auto verdict = Judge(a, b, *relation);
        if (!verdict) continue;
        AddCandidate(
            {verdict->score, of_document[i], of_document[k], verdict->severity, true, *relation},
            *verdict, a, b, true);
      }
    }
  }

  // Of two of which one names no condition, or both.
  std::optional<Relation> RelationOf(const model::Advice& a, const model::Advice& b) const {
    Relation out;
    if (!a.conditions.empty() && !b.conditions.empty()) return std::nullopt;
    const bool one = a.conditions.empty() != b.conditions.empty();
    out.conditions = one ? Relation::Conditions::kOneUnstated : Relation::Conditions::kBothUnstated;
    const bool opposed = IsFor(a) != IsFor(b);
    if (opposed && (rules_.IsGeneral(a.action) || rules_.IsGeneral(b.action))) return std::nullopt;
    if (a.action == b.action) return out;
    if (opposed) {
      const model::Advice& member = IsFor(a) ? a : b;
      const model::Advice& whole = IsFor(a) ? b : a;
      out.actions = Relation::Actions::kClassAndMember;
      if (Contains(rules_.WithBroader(member.action), whole.action)) return out;
      return std::nullopt;
    }
    if (!IsFor(a)) return std::nullopt;
    const auto above = rules_.WithBroader(b.action);
    for (const TensionRules::Alternative& other : rules_.AlternativesOf(a.action)) {
      // What holds of some troubles alone is not said of one that isn't named.
      if (!other.under.empty() || !Contains(above, other.action)) continue;
      out.actions = Relation::Actions::kIncompatible;
      out.alternative = other.kind;
      return out;
    }
    return std::nullopt;
  }

  // Of two witnesses, with what is known of their places. Copies of one article say nothing.
  std::optional<Verdict> Judge(std::size_t x, std::size_t y, Relation relation,
                               Steps steps = Steps::kWithout) const {
    const Witness& a = witnesses_[x];
    const Witness& b = witnesses_[y];
    relation.same_document = a.document_id == b.document_id;
    if (!relation.same_document && a.source == b.source) return std::nullopt;
    relation.same_section = a.section_id == b.section_id;
    return Compare(a.advice, b.advice, relation, rules_, steps);
  }

  // The one that both name; of a broader and a narrower one, the broader.
  std::string ConditionOf(const model::Advice& a, const model::Advice& b) const {
    for (const std::string& condition : a.conditions) {
      if (Contains(b.conditions, condition)) return condition;
    }
    for (const std::string& x : a.conditions) {
      const auto above = rules_.WithBroader(x);
      for (const std::string& y : b.conditions) {
        if (Contains(above, y)) return y;
        if (Contains(rules_.WithBroader(y), x)) return x;
      }
    }
    if (!a.conditions.empty()) return a.conditions[0];
    return b.conditions.empty() ? "" : b.conditions[0];
  }

  std::string BroaderOf(const std::string& a, const std::string& b) const {
    return Contains(rules_.WithBroader(a), b) ? b : a;
  }

  // Into `key_`, whose memory is used again and again.
  void WriteKey(const Witness& x, const Witness& y, const Relation& relation, Kind kind) {
    const bool ordered = x.advice.action <= y.advice.action;
    const model::Advice& a = (ordered ? x : y).advice;
    const model::Advice& b = (ordered ? y : x).advice;
    key_ = a.action;
    if (relation.actions == Relation::Actions::kIncompatible) key_ += "+" + b.action;
    if (relation.actions == Relation::Actions::kClassAndMember) {
      key_ = BroaderOf(a.action, b.action);
    }
    key_ += "\n";
    // Two articles that name nothing are about two things.
    const bool unstated = relation.conditions == Relation::Conditions::kBothUnstated;
    key_ += unstated ? "in " + x.document_id : ConditionOf(a, b);
    key_ += "\n";
    key_ += kKinds[static_cast<std::size_t>(kind)];
  }

  bool AddTension(std::size_t x, std::size_t y, const Relation& relation, Kind kind,
                  const std::string& cluster) {
    auto verdict = Judge(x, y, relation, Steps::kWith);
    if (!verdict || verdict->kind != kind) return false;
    const std::size_t a = IsFirst(x, y) ? x : y;
    const std::size_t b = a == x ? y : x;
    const Witness& first = witnesses_[a];
    const Witness& second = witnesses_[b];
    Tension t;
    t.kind = verdict->kind;
    t.code = first.document_id == second.document_id ? "C12" : verdict->code;
    t.severity = verdict->severity;
    t.score = verdict->score;
    t.axes = verdict->axes;
    t.steps = std::move(verdict->steps);
    t.action = BroaderOf(first.advice.action, second.advice.action);
    t.condition = ConditionOf(first.advice, second.advice);
    t.a = a;
    t.b = b;
    t.cluster = cluster;
    const auto [low, high] = std::minmax(first.folded_quote, second.folded_quote);
    t.id = ShortDigest("tension\n" + low + "\n" + high + "\n" +
                       std::min(first.advice.action, second.advice.action) + "\n" +
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
  std::vector<std::size_t> AddTensions(const std::string& key, const FindingGroup& group,
                                       std::size_t most) {
    const std::string kind_name = key.substr(key.rfind('\n') + 1);
    const auto kind =
        static_cast<Kind>(std::find(kKinds.begin(), kKinds.end(), kind_name) - kKinds.begin());
    const std::size_t mark = focus_ == 0 ? 0 : key.find(kFocusEnd) + 1;
    const auto focus = static_cast<std::uint32_t>(focus_ == 0 ? 0 : std::stoul(key));
    const std::string cluster = ShortDigest("finding\n" + key.substr(mark));
    std::vector<std::size_t> out;
    std::unordered_set<std::string> seen;
    for (const Candidate& candidate : group.Best()) {
      for (const auto& [left, right] : SidesOf(candidate, focus_ == 0 ? nullptr : &focus)) {
        for (const std::uint32_t x : left) {
          for (const std::uint32_t y : right) {
            if (out.size() == most) return out;
            if (x == y || !AddTension(x, y, candidate.relation, kind, cluster)) continue;
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

  std::size_t SourcesOf(const FindingGroup& group, int side, bool of_witnesses) const {
    std::unordered_set<std::string> out;
    for (const std::uint32_t place : group.Side(side)) {
      if (of_witnesses) {
        out.insert(witnesses_[index_.WitnessAt(place)].source);
        continue;
      }
      for (const std::uint32_t one : index_.WitnessesOf(place)) out.insert(witnesses_[one].source);
    }
    return out.size();
  }

  void Finish() {
    std::vector<std::pair<const std::string, FindingGroup>*> groups;
    groups.reserve(groups_.size());
    for (auto& group : groups_) groups.push_back(&group);
    std::vector<std::pair<Candidate, std::size_t>> ranked;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      ranked.emplace_back(groups[i]->second.Best().front(), i);
    }
    std::sort(ranked.begin(), ranked.end(), [&](const auto& x, const auto& y) {
      if (IsBetter(x.first, y.first) != IsBetter(y.first, x.first)) {
        return IsBetter(x.first, y.first);
      }
      return groups[x.second]->first < groups[y.second]->first;
    });
    std::size_t further = kMostFurtherPairs;
    for (const auto& [best, place] : ranked) {
      const std::string& key = groups[place]->first;
      const FindingGroup group = std::move(groups[place]->second);  // its memory is wanted
      AddFinding(key, group, 1 + std::min(further, kMostPairsOfFinding - 1), best.of_witnesses);
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
                return explained_a != explained_b ? explained_b : Before(a, b);
              });
  }

  void AddFinding(const std::string& key, const FindingGroup& group, std::size_t most,
                  bool of_witnesses) {
    Finding finding;
    finding.tensions = AddTensions(key, group, most);
    if (finding.tensions.empty()) return;  // all of them copies, or parts of one plan
    std::sort(finding.tensions.begin(), finding.tensions.end(),
              [this](std::size_t x, std::size_t y) {
                return Before(out_.tensions[x], out_.tensions[y]);
              });
    finding.id = out_.tensions[finding.tensions[0]].cluster;
    finding.sources_for = SourcesOf(group, 0, of_witnesses);
    finding.sources_against = SourcesOf(group, 1, of_witnesses);
    out_.findings.push_back(std::move(finding));
  }

  const std::vector<Witness>& witnesses_;
  const std::size_t focus_;
  const TensionRules& rules_;
  PositionIndex index_;
  TensionSet out_;
  std::string key_;
  std::unordered_map<std::string, FindingGroup> groups_;
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
