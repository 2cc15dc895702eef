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
    const FindingKey key =
        KeyOf(index_.ActionOf(x), index_.ActionOf(y), relation.actions,
              ConditionOf(index_.ConditionsOf(x), index_.ConditionsOf(y)), 0, verdict->kind);
    AddCandidate(
        key, {verdict->score, std::min(x, y), std::max(x, y), verdict->severity, false, relation},
        IsFirst(all_x[0], all_y[0]) == (x < y));
  }

  void AddCandidate(FindingKey key, const Candidate& candidate, bool a_is_first) {
    if (focus_ == 0) {
      groups_[key].Add(candidate, a_is_first);
      return;
    }
    for (const std::uint32_t side : {candidate.a, candidate.b}) {
      for (const std::uint32_t one : WitnessesOf(candidate, side)) {
        if (one >= focus_) continue;
        key.focus = one + 1;
        groups_[key].Add(candidate, a_is_first);
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
        const model::Advice& x = witnesses_[a].advice;
        const model::Advice& y = witnesses_[b].advice;
        const auto& stated = x.conditions.empty() ? y.conditions : x.conditions;
        // Two articles that name nothing are about two things.
        const std::uint32_t condition = stated.empty() ? 0 : index_.KnownId(stated[0]);
        AddCandidate(
            KeyOf(index_.KnownId(x.action), index_.KnownId(y.action), relation->actions, condition,
                  stated.empty() ? of_document[0] : 0, verdict->kind),
            {verdict->score, of_document[i], of_document[k], verdict->severity, true, *relation},
            IsFirst(a, b));
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
    // Whoever names two related troubles in one article tells them apart.
    if (relation.same_document && relation.conditions == Relation::Conditions::kAssociated) {
      return std::nullopt;
    }
    relation.same_section = a.section_id == b.section_id;
    return Compare(a.advice, b.advice, relation, rules_, steps);
  }

  // The one that both name, of several the first by name; of a broader and a narrower one, the
  // broader.
  std::uint32_t ConditionOf(std::span<const std::uint32_t> a,
                            std::span<const std::uint32_t> b) const {
    const auto in = [](std::span<const std::uint32_t> ids, std::uint32_t id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    std::uint32_t out = 0;
    const auto take = [&](std::uint32_t id) {
      if (out == 0 || index_.NameOf(id) < index_.NameOf(out)) out = id;
    };
    for (const std::uint32_t x : a) {
      if (in(b, x)) take(x);
    }
    if (out != 0) return out;
    for (const std::uint32_t x : a) {
      for (const std::uint32_t y : b) {
        if (in(index_.Above(x), y)) take(y);
        if (in(index_.Above(y), x)) take(x);
      }
    }
    if (out != 0) return out;
    // Of two that are only related the first by name, from whichever side it is asked.
    for (const std::uint32_t x : a) take(x);
    if (out != 0 && b.empty()) return a[0];
    for (const std::uint32_t x : b) take(x);
    return out != 0 && a.empty() ? b[0] : out;
  }

  std::uint32_t BroaderOf(std::uint32_t a, std::uint32_t b) const {
    const auto& above = index_.Above(a);
    return std::find(above.begin(), above.end(), b) != above.end() ? b : a;
  }

  FindingKey KeyOf(std::uint32_t a, std::uint32_t b, Relation::Actions actions,
                   std::uint32_t condition, std::uint32_t document, Kind kind) const {
    if (actions == Relation::Actions::kIncompatible) {
      return {std::min(a, b), std::max(a, b), condition, document, 0, kind};
    }
    const std::uint32_t broader = BroaderOf(a, b);
    return {broader, broader, condition, document, 0, kind};
  }

  // The same in every knowledge base.
  std::string ClusterOf(const FindingKey& key) const {
    const std::string& a = index_.NameOf(key.action);
    const std::string& b = index_.NameOf(key.other);
    const bool alternatives = key.action != key.other;
    std::string out = alternatives ? std::min(a, b) + "+" + std::max(a, b) : a;
    const std::string& document = witnesses_[index_.WitnessAt(key.document)].document_id;
    out += "\n" + (key.condition == 0 ? "in " + document : index_.NameOf(key.condition)) + "\n";
    return ShortDigest("finding\n" + out.append(kKinds[static_cast<std::size_t>(key.kind)]));
  }

  bool AddTension(std::size_t x, std::size_t y, const Relation& relation, const FindingKey& key,
                  const std::string& cluster) {
    auto verdict = Judge(x, y, relation, Steps::kWith);
    if (!verdict || verdict->kind != key.kind) return false;
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
    const bool alternatives = key.action != key.other;
    t.action = alternatives ? first.advice.action : index_.NameOf(key.action);
    t.condition = index_.NameOf(key.condition);
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
  std::vector<std::size_t> AddTensions(const FindingKey& key, const FindingGroup& group,
                                       std::size_t most) {
    const std::string cluster = ClusterOf(key);
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
    for (const auto& [best, place] : ranked) {
      const FindingKey& key = groups[place]->first;
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
                if (explained_a != explained_b) return explained_b;
                const bool before = Before(a, b);
                return before != Before(b, a) ? before : x.id < y.id;
              });
  }

  void AddFinding(const FindingKey& key, const FindingGroup& group, std::size_t most,
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
  std::unordered_map<FindingKey, FindingGroup, FindingKeyHash> groups_;
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
