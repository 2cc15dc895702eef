#include "query/contradictions/joins/positions.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "query/contradictions/joins/choice.h"

namespace sakuin::contradictions {
namespace {

// So many positions of a subject with windows or amounts, for it and against it, stand for all.
constexpr std::size_t kChosen = 64;

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

}  // namespace

bool SayTheSame(const model::Advice& a, const model::Advice& b) {
  const auto key = [](const model::Advice& x) {
    return std::tie(x.action, x.stance, x.for_it, x.strength, x.qualifier, x.attribution,
                    x.implicit, x.phase, x.population, x.window, x.dose);
  };
  return key(a) == key(b) && std::is_permutation(a.conditions.begin(), a.conditions.end(),
                                                 b.conditions.begin(), b.conditions.end());
}

PositionIndex::PositionIndex(const std::vector<Witness>& witnesses, const TensionRules& rules,
                             Names& names)
    : witnesses_(witnesses), rules_(rules) {
  // In an order of their own, so that the given one changes nothing.
  order_.resize(witnesses.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t x, std::uint32_t y) {
    const Witness& a = witnesses[x];
    const Witness& b = witnesses[y];
    return std::tie(a.document_id, a.section_id, a.quote_begin, a.id) <
           std::tie(b.document_id, b.section_id, b.quote_begin, b.id);
  });
  NumberSources();
  Group();
  NameAll(names);
  MakeSubjects();
  for (std::size_t i = 0; i < subjects(); ++i) Choose(i);
}

void PositionIndex::NumberSources() {
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  sources_.reserve(witnesses_.size());
  for (const Witness& one : witnesses_) {
    const auto fresh = static_cast<std::uint32_t>(numbers.size());
    sources_.push_back(numbers.emplace(one.source.str(), fresh).first->second);
  }
  source_count_ = numbers.size();
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

// Everything but window and amounts, and whether there are such.
std::uint64_t PositionIndex::ShapeKey(std::size_t position, std::uint32_t population) const {
  const model::Advice& a = Of(position);
  const bool dangerous = rules_.IsAboutSafety(a.action) ||
                         (!a.conditions.empty() && rules_.IsAboutSafety(a.conditions[0]));
  const bool at_once = a.window && a.window->to_hours == 0;
  std::uint64_t out = population;
  const auto add = [&out](std::uint64_t value, unsigned bits) { out = out << bits | value; };
  add(Number(a.stance), 2);
  add(a.for_it ? 1 : 0, 1);
  add(Number(a.strength), 2);
  add(Number(a.qualifier), 4);
  add(Number(a.attribution), 4);
  add(Number(a.phase), 4);
  add(a.implicit ? 1 : 0, 1);
  add(a.window ? 1 : 0, 1);
  add(at_once ? 1 : 0, 1);
  add(a.dose.empty() ? 0 : 1, 1);
  add(dangerous ? 1 : 0, 1);
  return out;
}

void PositionIndex::NameAll(Names& names) {
  actions_.resize(witnesses_.size());
  for (std::uint32_t i = 0; i < size(); ++i) {
    const model::Advice& advice = Of(i);
    const std::uint32_t action = names.IdOf(advice.action);
    for (const std::uint32_t one : WitnessesOf(i)) actions_[one] = action;
    first_conditions_.push_back(static_cast<std::uint32_t>(conditions_.size()));
    for (const std::string& one : advice.conditions) conditions_.push_back(names.IdOf(one));
    shape_keys_.push_back(ShapeKey(i, names.IdOf(advice.population)));
  }
  first_conditions_.push_back(static_cast<std::uint32_t>(conditions_.size()));
}

void PositionIndex::MakeSubjects() {
  const auto by_subject = [this](std::uint32_t x, std::uint32_t y) {
    const std::uint32_t a = actions_[members_[firsts_[x]]];
    const std::uint32_t b = actions_[members_[firsts_[y]]];
    if (a != b) return a < b;
    const auto first = ConditionsAt(x);
    const auto second = ConditionsAt(y);
    return std::lexicographical_compare(first.begin(), first.end(), second.begin(), second.end());
  };
  slots_.resize(size());
  std::iota(slots_.begin(), slots_.end(), 0);
  std::sort(slots_.begin(), slots_.end(), [&](std::uint32_t x, std::uint32_t y) {
    if (by_subject(x, y)) return true;
    if (by_subject(y, x)) return false;
    return std::tie(shape_keys_[x], x) < std::tie(shape_keys_[y], y);
  });
  for (std::size_t begin = 0; begin < slots_.size();) {
    std::size_t end = begin + 1;
    const std::uint32_t first = slots_[begin];
    const bool same = begin > 0 && !by_subject(slots_[begin - 1], first);
    if (!same) subjects_.push_back(static_cast<std::uint32_t>(shapes_.size()));
    while (end < slots_.size() && shape_keys_[slots_[end]] == shape_keys_[first] &&
           !by_subject(first, slots_[end])) {
      ++end;
    }
    MakeShape(begin, end);
    begin = end;
  }
  subjects_.push_back(static_cast<std::uint32_t>(shapes_.size()));
  shape_keys_ = {};
}

void PositionIndex::MakeShape(std::size_t begin, std::size_t end) {
  const model::Advice& advice = Of(slots_[begin]);
  Shape out;
  out.begin = static_cast<std::uint32_t>(begin);
  out.end = out.chosen = static_cast<std::uint32_t>(end);
  out.is_for = IsFor(advice);
  out.has_window = advice.window.has_value();
  out.has_dose = !advice.dose.empty();
  out.is_implicit = advice.implicit;
  const std::uint32_t source = SourceOf(WitnessesOf(slots_[begin])[0]);
  for (std::size_t i = begin; i < end; ++i) {
    out.one_source = out.one_source && SourceOf(WitnessesOf(slots_[i])[0]) == source;
  }
  shapes_.push_back(out);
}

// Puts those of its shapes that stand for the others to the front of each.
void PositionIndex::Choose(std::size_t subject) {
  const std::size_t first = subjects_[subject];
  const std::size_t last = subjects_[subject + 1];
  for (const bool is_for : {true, false}) {
    std::vector<std::size_t> varying;  // slots
    for (std::size_t i = first; i < last; ++i) {
      const Shape& shape = shapes_[i];
      if (shape.is_for != is_for || !(shape.has_window || shape.has_dose)) continue;
      for (std::size_t slot = shape.begin; slot < shape.end; ++slot) varying.push_back(slot);
    }
    if (varying.size() <= kChosen) continue;
    std::vector<bool> chosen(shapes_[last - 1].end - shapes_[first].begin);
    const auto advice_of = [&](std::size_t i) -> const model::Advice& {
      return Of(slots_[varying[i]]);
    };
    for (const std::size_t i : ChooseSome(varying.size(), kChosen, advice_of)) {
      chosen[varying[i] - shapes_[first].begin] = true;
    }
    for (std::size_t i = first; i < last; ++i) {
      Shape& shape = shapes_[i];
      if (shape.is_for != is_for || !(shape.has_window || shape.has_dose)) continue;
      Ids others;
      shape.chosen = shape.begin;
      for (std::size_t slot = shape.begin; slot < shape.end; ++slot) {
        if (chosen[slot - shapes_[first].begin]) {
          slots_[shape.chosen++] = slots_[slot];
        } else {
          others.push_back(slots_[slot]);
        }
      }
      std::copy(others.begin(), others.end(), slots_.begin() + shape.chosen);
    }
  }
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
      wanted = wanted || witnesses_[order_[end]].advice->conditions.empty();
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
