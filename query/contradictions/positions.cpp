#include "query/contradictions/positions.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace sakuin::contradictions {
namespace {

using Conditions = Relation::Conditions;

class Hasher {
 public:
  void Add(std::uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15ULL;
    state_ ^= state_ >> 29U;
  }
  void Add(const std::string& text) { Add(std::hash<std::string>{}(text)); }
  void Add(const std::optional<double>& number) {
    Add(number ? std::hash<double>{}(*number) + 1 : 0);
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0x51AB1E;
};

template <typename E>
std::uint64_t Number(E value) {
  return static_cast<std::uint64_t>(value);
}

std::uint64_t HashOf(const model::Advice& a) {
  Hasher out;
  out.Add(a.action);
  out.Add(a.population);
  out.Add(Number(a.stance) | Number(a.strength) << 4U | Number(a.qualifier) << 8U |
          Number(a.attribution) << 12U | Number(a.phase) << 16U | Number(a.for_it) << 20U |
          Number(a.implicit) << 21U);
  if (a.window) {
    out.Add(a.window->from_hours);
    out.Add(a.window->to_hours);
    out.Add(Number(a.window->anchor) << 1U | Number(a.window->approximate));
  }
  for (const model::DoseRange& range : a.dose) {
    out.Add(Number(range.part) + 7);
    out.Add(range.low);
    out.Add(range.high);
  }
  std::uint64_t conditions = 0;  // their order says nothing
  for (const std::string& one : a.conditions) conditions += std::hash<std::string>{}(one) | 1U;
  out.Add(conditions);
  return out.value();
}

std::uint64_t Topic(std::uint32_t action, std::uint32_t condition) {
  return std::uint64_t{action} << 32U | condition;
}

}  // namespace

bool SayTheSame(const model::Advice& a, const model::Advice& b) {
  const auto key = [](const model::Advice& x) {
    return std::tie(x.action, x.stance, x.for_it, x.strength, x.qualifier, x.attribution,
                    x.implicit, x.phase, x.population, x.window, x.dose);
  };
  return key(a) == key(b) && std::is_permutation(a.conditions.begin(), a.conditions.end(),
                                                 b.conditions.begin(), b.conditions.end());
}

PositionIndex::PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules)
    : witnesses_(witnesses), rules_(rules) {
  // In an order of their own, so that the given one changes nothing.
  order_.resize(witnesses.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t x, std::uint32_t y) {
    const Witness& a = witnesses[x];
    const Witness& b = witnesses[y];
    return std::tie(a.document_id, a.section_id, a.advice.quote.begin, a.id) <
           std::tie(b.document_id, b.section_id, b.advice.quote.begin, b.id);
  });
  Group();
  List();
}

void PositionIndex::Group() {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed;  // with the place in `order_`
  hashed.reserve(order_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) {
    hashed.emplace_back(HashOf(witnesses_[order_[i]].advice), i);
  }
  std::sort(hashed.begin(), hashed.end());
  // Positions in the order of their first witnesses.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> placed;  // place of the first, place
  placed.reserve(order_.size());
  for (std::size_t begin = 0; begin < hashed.size();) {
    std::size_t end = begin;
    Ids different;  // nearly always one: else two hashes were equal by chance
    for (; end < hashed.size() && hashed[end].first == hashed[begin].first; ++end) {
      const model::Advice& mine = witnesses_[order_[hashed[end].second]].advice;
      const auto same = std::find_if(different.begin(), different.end(), [&](std::uint32_t place) {
        return SayTheSame(witnesses_[order_[place]].advice, mine);
      });
      const std::uint32_t first = same == different.end() ? hashed[end].second : *same;
      if (first == hashed[end].second) different.push_back(first);
      placed.emplace_back(first, hashed[end].second);
    }
    begin = end;
  }
  std::sort(placed.begin(), placed.end());
  members_.reserve(placed.size());
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (i == 0 || placed[i].first != placed[i - 1].first) {
      firsts_.push_back(static_cast<std::uint32_t>(members_.size()));
    }
    members_.push_back(order_[placed[i].second]);
  }
  firsts_.push_back(static_cast<std::uint32_t>(members_.size()));
}

std::uint32_t PositionIndex::IdOf(const std::string& name) {
  const auto known = ids_.find(name);
  if (known != ids_.end()) return known->second;
  const auto id = static_cast<std::uint32_t>(above_.size());
  names_.push_back(&ids_.emplace(name, id).first->first);
  above_.emplace_back();
  associated_.emplace_back();
  alternatives_.emplace_back();
  Ids above;
  for (const std::string& one : rules_.WithBroader(name)) {
    above.push_back(one == name ? id : IdOf(one));
  }
  above_[id] = std::move(above);
  Ids associated;
  for (const std::string& one : rules_.Associated(name)) associated.push_back(IdOf(one));
  associated_[id] = std::move(associated);
  std::vector<Other> others;
  for (const TensionRules::Alternative& other : rules_.AlternativesOf(name)) {
    // Only as a name: its own alternatives are asked for where advice names it.
    Ids under;
    for (const std::string& one : other.under) under.push_back(IdOf(one));
    others.push_back({IdOf(other.action), other.kind, std::move(under)});
  }
  alternatives_[id] = std::move(others);
  return id;
}

const model::Advice& PositionIndex::Of(std::size_t position) const {
  return witnesses_[members_[firsts_[position]]].advice;
}

void PositionIndex::List() {
  IdOf("");  // 0: no condition
  traits_.resize(size());
  listed_.reserve(size() * 2);
  for (std::uint32_t i = 0; i < size(); ++i) {
    const model::Advice& advice = Of(i);
    traits_[i] = {IdOf(advice.action),  IsFor(advice),   advice.window.has_value(),
                  !advice.dose.empty(), advice.implicit, rules_.IsGeneral(advice.action)};
    first_conditions_.push_back(static_cast<std::uint32_t>(conditions_.size()));
    for (const std::string& one : advice.conditions) conditions_.push_back(IdOf(one));
    const std::uint32_t unstated[] = {0};
    const std::span<const std::uint32_t> own(conditions_.begin() + first_conditions_.back(),
                                             conditions_.end());
    const Ids& actions = Above(traits_[i].action);
    for (const std::uint32_t condition : own.empty() ? std::span(unstated) : own) {
      for (std::size_t k = 0; k < actions.size(); ++k) {
        listed_.push_back({Topic(actions[k], condition), i, k > 0});
      }
    }
  }
  first_conditions_.push_back(static_cast<std::uint32_t>(conditions_.size()));
  std::sort(listed_.begin(), listed_.end(), [](const Listed& x, const Listed& y) {
    return std::tie(x.topic, x.position) < std::tie(y.topic, y.position);
  });
  for (std::uint32_t begin = 0; begin < listed_.size();) {
    std::uint32_t end = begin;
    while (end < listed_.size() && listed_[end].topic == listed_[begin].topic) ++end;
    ranges_.emplace(listed_[begin].topic, std::pair{begin, end});
    begin = end;
  }
}

bool PositionIndex::MayMatter(const Traits& mine, const Traits& other,
                              const Relation& relation) const {
  const bool unstated = relation.conditions == Conditions::kOneUnstated;
  // One thing for one trouble and another for what is only related to it are no question.
  const bool same_trouble = relation.conditions < Conditions::kAssociated;
  // Compare() asks the same of two articles; here it spares most of the pairs.
  if (unstated && (mine.is_for == other.is_for || mine.is_implicit || other.is_implicit)) {
    return false;
  }
  if (relation.actions == Relation::Actions::kIncompatible) {
    return same_trouble && mine.is_for && other.is_for;
  }
  const bool opposed = mine.is_for != other.is_for;
  // A diet advised and a diet advised against are hardly one diet.
  if (opposed && (mine.is_general || other.is_general)) return false;
  if (relation.actions == Relation::Actions::kSame) {
    if (!same_trouble) return opposed;
    return opposed || (mine.has_window && other.has_window) || (mine.has_dose && other.has_dose);
  }
  return opposed;
}

void PositionIndex::Collect(std::size_t position, std::uint32_t action, const Relation& relation,
                            bool above, std::vector<Neighbour>& out) const {
  const Traits& mine = traits_[position];
  const bool alternative = relation.actions == Relation::Actions::kIncompatible;
  const auto add = [&](std::uint32_t condition, Conditions conditions) {
    const auto range = ranges_.find(Topic(action, condition));
    if (range == ranges_.end()) return;
    for (std::uint32_t i = range->second.first; i < range->second.second; ++i) {
      const Listed& listed = listed_[i];
      if (listed.position == position || (above && listed.is_member)) continue;
      // Seen from both sides: once is enough.
      if (conditions == Conditions::kSame && listed.position < position) continue;
      Relation other = relation;
      other.conditions = conditions;
      if (!alternative && (above || listed.is_member)) {
        other.actions = Relation::Actions::kClassAndMember;
      }
      if (!MayMatter(mine, traits_[listed.position], other)) continue;
      // A member may be advised against although its class is recommended, and the other way round
      // it may not: whoever avoids the class avoids the member.
      const bool members = other.actions == Relation::Actions::kClassAndMember;
      if (members && (above ? mine : traits_[listed.position]).is_for == false) continue;
      out.push_back({listed.position, other});
    }
  };
  for (const std::uint32_t condition : ConditionsOf(position)) {
    const Ids& broader = Above(condition);
    for (std::size_t i = 0; i < broader.size(); ++i) {
      add(broader[i], i == 0 ? Conditions::kSame : Conditions::kRelated);
    }
    for (const std::uint32_t one : associated_[condition]) add(one, Conditions::kAssociated);
  }
  if (!ConditionsOf(position).empty()) add(0, Conditions::kOneUnstated);
}

bool PositionIndex::IsUnder(std::size_t position, const Ids& concepts) const {
  for (const std::uint32_t condition : ConditionsOf(position)) {
    const Ids& above = Above(condition);
    const bool found = std::find_first_of(above.begin(), above.end(), concepts.begin(),
                                          concepts.end()) != above.end();
    if (found) return true;
  }
  return false;
}

void PositionIndex::FindNeighbours(std::size_t position, std::vector<Neighbour>& out) const {
  out.clear();
  const Ids& actions = Above(traits_[position].action);
  for (std::size_t i = 0; i < actions.size(); ++i) Collect(position, actions[i], {}, i > 0, out);
  for (const Other& other : alternatives_[traits_[position].action]) {
    if (!other.under.empty() && !IsUnder(position, other.under)) continue;
    Relation relation;
    relation.actions = Relation::Actions::kIncompatible;
    relation.alternative = other.kind;
    Collect(position, other.action, relation, false, out);
  }
  // The closest relation of each comes first and is the one that counts.
  const auto closeness = [](const Neighbour& x) {
    return std::tie(x.position, x.relation.conditions, x.relation.actions, x.relation.alternative);
  };
  std::sort(out.begin(), out.end(),
            [&](const Neighbour& x, const Neighbour& y) { return closeness(x) < closeness(y); });
  const auto same = [](const Neighbour& x, const Neighbour& y) { return x.position == y.position; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

std::vector<std::vector<std::uint32_t>> PositionIndex::WithoutCondition() const {
  std::vector<std::vector<std::uint32_t>> out;
  const auto document = [this](std::uint32_t rank) -> const std::string& {
    return witnesses_[order_[rank]].document_id;
  };
  for (std::uint32_t begin = 0; begin < order_.size();) {
    std::uint32_t end = begin;
    bool wanted = false;
    for (; end < order_.size() && document(end) == document(begin); ++end) {
      wanted = wanted || witnesses_[order_[end]].advice.conditions.empty();
    }
    if (wanted) {
      out.emplace_back(end - begin);
      std::iota(out.back().begin(), out.back().end(), begin);
    }
    begin = end;
  }
  return out;
}

}  // namespace sakuin::contradictions
