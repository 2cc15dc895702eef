#include "query/contradictions/positions.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sakuin::contradictions {
namespace {

std::string Print(const std::optional<double>& number) {
  return number ? fmt::format("{:g}", *number) : "-";
}

// Everything that Compare() looks at.
std::string Signature(const model::Advice& a) {
  std::string out = fmt::format("{} {} {} {} {} {} {} {} {}", a.action, static_cast<int>(a.stance),
                                a.for_it, static_cast<int>(a.strength),
                                static_cast<int>(a.qualifier), static_cast<int>(a.attribution),
                                a.implicit, static_cast<int>(a.phase), a.population);
  if (a.window) {
    out += fmt::format(" w{}..{}@{}{}", Print(a.window->from_hours), Print(a.window->to_hours),
                       static_cast<int>(a.window->anchor), a.window->approximate ? "~" : "");
  }
  for (const model::DoseRange& range : a.dose) {
    out += fmt::format(" {}:{}..{}", static_cast<int>(range.part), Print(range.low),
                       Print(range.high));
  }
  std::vector<std::string> conditions = a.conditions;
  std::sort(conditions.begin(), conditions.end());
  for (const std::string& condition : conditions) out += " " + condition;
  return out;
}

std::string Topic(const std::string& action, std::string_view condition) {
  return fmt::format("{}\n{}", action, condition);
}

}  // namespace

PositionIndex::PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules)
    : witnesses_(witnesses), rules_(rules) {
  // In an order of their own, so that the given one changes nothing.
  std::vector<std::size_t> order(witnesses.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    const Witness& a = witnesses[x];
    const Witness& b = witnesses[y];
    return std::tie(a.document_id, a.section_id, a.advice.quote.begin, a.id) <
           std::tie(b.document_id, b.section_id, b.advice.quote.begin, b.id);
  });
  std::unordered_map<std::string, std::size_t> known;
  for (const std::size_t witness : order) {
    const auto [at, fresh] = known.emplace(Signature(witnesses[witness].advice), positions_.size());
    if (fresh) positions_.emplace_back();
    positions_[at->second].witnesses.push_back(witness);
  }
  for (std::size_t i = 0; i < positions_.size(); ++i) List(i);
}

const model::Advice& PositionIndex::Of(std::size_t position) const {
  return witnesses_[positions_[position].witnesses.front()].advice;
}

void PositionIndex::List(std::size_t position) {
  const model::Advice& advice = Of(position);
  const auto actions = rules_.WithBroader(advice.action);
  static const std::vector<std::string> kUnstated{""};
  for (const std::string& condition : advice.conditions.empty() ? kUnstated : advice.conditions) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
      by_topic_[Topic(actions[i], condition)].push_back({position, i > 0});
    }
  }
}

const std::vector<PositionIndex::Listed>* PositionIndex::Find(const std::string& action,
                                                              std::string_view condition) const {
  const auto found = by_topic_.find(Topic(action, condition));
  return found == by_topic_.end() ? nullptr : &found->second;
}

void PositionIndex::Collect(std::size_t position, const std::string& action, Relation relation,
                            std::vector<std::pair<std::size_t, Relation>>& out) const {
  using Conditions = Relation::Conditions;
  const bool alternative = relation.actions == Relation::Actions::kIncompatible;
  const auto add = [&](std::string_view condition, Conditions conditions) {
    const auto* const found = Find(action, condition);
    if (found == nullptr) return;
    for (const Listed& listed : *found) {
      if (listed.position == position) continue;
      Relation other = relation;
      other.conditions = conditions;
      if (!alternative && listed.is_member) other.actions = Relation::Actions::kClassAndMember;
      out.emplace_back(listed.position, other);
    }
  };
  const model::Advice& advice = Of(position);
  if (advice.conditions.empty()) {
    add("", Conditions::kBothUnstated);
    return;
  }
  for (const std::string& condition : advice.conditions) {
    const auto above = rules_.WithBroader(condition);
    for (std::size_t i = 0; i < above.size(); ++i) {
      add(above[i], i == 0 ? Conditions::kSame : Conditions::kRelated);
    }
  }
  add("", Conditions::kOneUnstated);
}

std::vector<std::pair<std::size_t, Relation>> PositionIndex::Neighbours(
    std::size_t position) const {
  std::vector<std::pair<std::size_t, Relation>> out;
  const model::Advice& advice = Of(position);
  Collect(position, advice.action, {}, out);
  for (const TensionRules::Alternative& other : rules_.AlternativesOf(advice.action)) {
    Relation relation;
    relation.actions = Relation::Actions::kIncompatible;
    relation.alternative = other.kind;
    Collect(position, other.action, relation, out);
  }
  // The closest relation of each comes first and is the one that counts.
  std::stable_sort(out.begin(), out.end(), [](const auto& x, const auto& y) {
    return std::tie(x.first, x.second.conditions, x.second.actions) <
           std::tie(y.first, y.second.conditions, y.second.actions);
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const auto& x, const auto& y) { return x.first == y.first; }),
            out.end());
  return out;
}

}  // namespace sakuin::contradictions
