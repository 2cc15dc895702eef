#include "query/contradictions/tensions.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "query/contradictions/positions.h"

namespace sakuin::contradictions {
namespace {

// Of two positions; further pairs say nothing new to an editor.
constexpr std::size_t kMostPairs = 64;

std::string ShortDigest(const std::string& text) { return Digest(text, 16).substr(0, 16); }

class Finder {
 public:
  Finder(const std::vector<Witness>& witnesses, const TensionRules& rules)
      : witnesses_(witnesses), rules_(rules), index_(witnesses, rules) {}

  TensionSet Run() {
    std::unordered_set<std::uint64_t> seen;
    for (std::size_t i = 0; i < index_.positions().size(); ++i) {
      for (const auto& [other, relation] : index_.Neighbours(i)) {
        const auto [low, high] = std::minmax(i, other);
        if (!seen.insert((std::uint64_t{low} << 32U) | high).second) continue;
        AddPositions(i, other, relation);
      }
      // What one and the same position says is no tension with itself.
    }
    Finish();
    return std::move(out_);
  }

 private:
  using Sides = std::pair<std::set<std::string>, std::set<std::string>>;

  // Who recommends stands first; of equals, the one that stands first in the order of articles.
  bool IsFirst(std::size_t x, std::size_t y) const {
    const Witness& a = witnesses_[x];
    const Witness& b = witnesses_[y];
    const bool for_a = IsFor(a.advice);
    if (for_a != IsFor(b.advice)) return for_a;
    return std::tie(a.advice.action, a.document_id, a.section_id, a.advice.quote.begin, a.id) <
           std::tie(b.advice.action, b.document_id, b.section_id, b.advice.quote.begin, b.id);
  }

  void AddPositions(std::size_t x, std::size_t y, const Relation& relation) {
    if (!MayOppose(x, y, relation)) return;
    const auto verdict = Compare(index_.Of(x), index_.Of(y), relation, rules_);
    if (!verdict) return;
    std::size_t pairs = 0;
    for (const std::size_t a : index_.positions()[x].witnesses) {
      for (const std::size_t b : index_.positions()[y].witnesses) {
        if (pairs == kMostPairs) break;
        pairs += AddPair(a, b, relation, *verdict) ? 1 : 0;
      }
    }
    if (pairs < kMostPairs) return;
    // The rest is counted only.
    Sides& sides = sides_[Key(index_.Of(x), index_.Of(y), relation, verdict->kind)];
    const bool first =
        IsFirst(index_.positions()[x].witnesses[0], index_.positions()[y].witnesses[0]);
    AddSources(index_.positions()[x], first ? sides.first : sides.second);
    AddSources(index_.positions()[y], first ? sides.second : sides.first);
  }

  // A member may be advised against although its class is recommended, and the other way round it
  // may not: whoever avoids the class avoids the member.
  bool MayOppose(std::size_t x, std::size_t y, const Relation& relation) const {
    if (relation.actions != Relation::Actions::kClassAndMember) return true;
    const auto above = rules_.WithBroader(index_.Of(x).action);
    const bool member = std::find(above.begin(), above.end(), index_.Of(y).action) != above.end();
    return IsFor(index_.Of(member ? x : y)) && !IsFor(index_.Of(member ? y : x));
  }

  void AddSources(const Position& position, std::set<std::string>& out) const {
    for (const std::size_t witness : position.witnesses) out.insert(witnesses_[witness].source);
  }

  static std::string ConditionOf(const model::Advice& a, const model::Advice& b) {
    for (const std::string& condition : a.conditions) {
      const bool both =
          std::find(b.conditions.begin(), b.conditions.end(), condition) != b.conditions.end();
      if (both) return condition;
    }
    if (!a.conditions.empty()) return a.conditions[0];
    return b.conditions.empty() ? "" : b.conditions[0];
  }

  static std::string Key(const model::Advice& a, const model::Advice& b, const Relation& relation,
                         Kind kind) {
    std::string action = std::min(a.action, b.action);
    if (relation.actions == Relation::Actions::kIncompatible) {
      action += "+" + std::max(a.action, b.action);
    }
    const bool ordered = a.action <= b.action;
    return action + "\n" + (ordered ? ConditionOf(a, b) : ConditionOf(b, a)) + "\n" +
           std::string(kKinds[static_cast<std::size_t>(kind)]);
  }

  bool AddPair(std::size_t x, std::size_t y, const Relation& relation, const Verdict& found) {
    const std::size_t a = IsFirst(x, y) ? x : y;
    const std::size_t b = a == x ? y : x;
    const Witness& first = witnesses_[a];
    const Witness& second = witnesses_[b];
    const bool same_document = first.document_id == second.document_id;
    if (!same_document && first.source == second.source) return false;
    Verdict verdict = found;
    if (first.section_id == second.section_id) {
      Relation here = relation;
      here.same_document = here.same_section = true;
      const auto again = Compare(first.advice, second.advice, here, rules_);
      if (!again) return false;
      verdict = *again;
    }
    Tension t;
    t.kind = verdict.kind;
    t.code = same_document ? "C12" : verdict.code;
    t.severity = verdict.severity;
    t.score = verdict.score;
    t.axes = verdict.axes;
    t.steps = verdict.steps;
    t.action = first.advice.action;
    t.condition = ConditionOf(first.advice, second.advice);
    t.a = a;
    t.b = b;
    const std::string key = Key(first.advice, second.advice, relation, verdict.kind);
    t.cluster = ShortDigest("finding\n" + key);
    const auto [low, high] = std::minmax(first.folded_quote, second.folded_quote);
    t.id = ShortDigest("tension\n" + low + "\n" + high + "\n" +
                       std::min(first.advice.action, second.advice.action) + "\n" +
                       std::string(kKinds[static_cast<std::size_t>(t.kind)]));
    Sides& sides = sides_[key];
    sides.first.insert(first.source);
    sides.second.insert(second.source);
    by_key_[key].push_back(out_.tensions.size());
    out_.tensions.push_back(std::move(t));
    return true;
  }

  bool Before(const Tension& a, const Tension& b) const {
    if (a.severity != b.severity) return a.severity > b.severity;
    if (a.score != b.score) return a.score > b.score;
    return a.id < b.id;
  }

  void Finish() {
    for (auto& [key, tensions] : by_key_) {
      std::sort(tensions.begin(), tensions.end(), [this](std::size_t x, std::size_t y) {
        return Before(out_.tensions[x], out_.tensions[y]);
      });
      Finding finding;
      finding.id = out_.tensions[tensions[0]].cluster;
      finding.tensions = tensions;
      finding.sources_for = sides_[key].first.size();
      finding.sources_against = sides_[key].second.size();
      out_.findings.push_back(std::move(finding));
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

  const std::vector<Witness>& witnesses_;
  const TensionRules& rules_;
  PositionIndex index_;
  TensionSet out_;
  std::map<std::string, std::vector<std::size_t>> by_key_;
  std::map<std::string, Sides> sides_;
};

}  // namespace

TensionSet FindTensions(const std::vector<Witness>& witnesses, const TensionRules& rules) {
  return Finder(witnesses, rules).Run();
}

}  // namespace sakuin::contradictions
