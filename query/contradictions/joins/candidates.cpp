#include "query/contradictions/joins/candidates.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sakuin::contradictions {
namespace {

using Actions = Relation::Actions;
using Conditions = Relation::Conditions;
using Neighbour = Neighbours::Neighbour;

// So few pairs are looked at one by one.
constexpr std::size_t kFew = 64;
constexpr std::uint32_t kPlaces = 0x7FFFFFFF;

Places At(std::uint32_t slot) { return {slot, (slot + 1) & kPlaces, 0U}; }

Places Of(const Shape& shape) { return {shape.begin, shape.end & kPlaces, 0U}; }

}  // namespace

Candidates::Candidates(const std::vector<Witness>& witnesses, std::size_t focus,
                       const TensionRules& rules)
    : witnesses_(witnesses),
      focus_(focus),
      rules_(rules),
      names_(rules),
      index_(witnesses, rules, names_),
      neighbours_(std::make_unique<Neighbours>(index_, names_)) {
  if (focus == 0) return;
  in_focus_.resize(index_.size());
  for (std::size_t i = 0; i < index_.size(); ++i) {
    const auto all = index_.WitnessesOf(i);
    in_focus_[i] = std::any_of(all.begin(), all.end(), [&](auto one) { return one < focus; });
  }
}

Candidates::Groups Candidates::Find() {
  std::vector<Neighbour> neighbours;
  for (std::uint32_t i = 0; i < index_.subjects(); ++i) {
    neighbours_->Find(i, neighbours);
    for (std::size_t begin = 0; begin < neighbours.size();) {
      std::size_t end = begin + 1;
      while (end < neighbours.size() && neighbours[end].subject == neighbours[begin].subject) ++end;
      AddSubjects(i, std::span(neighbours).subspan(begin, end - begin));
      begin = end;
    }
  }
  neighbours_.reset();  // its memory is wanted
  for (const auto& of_document : index_.WithoutCondition()) AddWithoutCondition(of_document);
  return std::move(groups_);
}

bool Candidates::IsFirst(std::size_t x, std::size_t y, const FindingKey& key) const {
  const Witness& a = witnesses_[x];
  const Witness& b = witnesses_[y];
  const bool for_a = IsFor(a.advice);
  if (for_a != IsFor(b.advice)) return for_a;
  if (key.IsQuestion()) return names_.IsFirstOf(index_.ActionOfWitness(x), key.question);
  return std::tie(a.advice->action, a.document_id, a.section_id, a.quote_begin, a.id) <
         std::tie(b.advice->action, b.document_id, b.section_id, b.quote_begin, b.id);
}

std::optional<Verdict> Candidates::Judge(std::size_t x, std::size_t y, Relation relation,
                                         Steps steps) const {
  const Witness& a = witnesses_[x];
  const Witness& b = witnesses_[y];
  relation.same_document = a.document_id == b.document_id;
  if (!relation.same_document && index_.SourceOf(x) == index_.SourceOf(y)) return std::nullopt;
  // Whoever names two related troubles in one article tells them apart.
  if (relation.same_document && relation.conditions == Conditions::kAssociated) {
    return std::nullopt;
  }
  relation.same_section = a.section_id == b.section_id;
  return Compare(a.advice, b.advice, relation, rules_, steps);
}

std::span<const std::uint32_t> Candidates::WitnessesOf(bool of_witnesses,
                                                       const std::uint32_t& place) const {
  return of_witnesses ? std::span<const std::uint32_t>(&index_.WitnessAt(place), 1)
                      : index_.WitnessesOf(place);
}

void Candidates::AddSubjects(std::uint32_t mine, std::span<const Neighbour> relations) {
  const std::uint32_t other = relations[0].subject;
  const std::uint32_t condition =
      ConditionOf(index_.ConditionsOf(mine), index_.ConditionsOf(other));
  const std::uint32_t a = index_.ActionOf(mine);
  const std::uint32_t b = index_.ActionOf(other);
  std::vector<Meeting> meetings;
  for (const Neighbour& one : relations) {
    const FindingKey key = KeyOf(a, b, {one.relation, one.question}, condition, 0);
    const bool mine_first =
        key.IsQuestion() ? names_.IsFirstOf(a, one.question) : names_.NameOf(a) < names_.NameOf(b);
    meetings.push_back({&one, key, a == b, mine_first, {}});
  }
  const auto shapes = index_.ShapesOf(mine);
  for (const Shape& x : shapes) {
    for (const Shape& y : index_.ShapesOf(other)) {
      if (mine == other && &y < &x) continue;
      // The closest relation is the one that counts.
      const auto found = std::find_if(meetings.begin(), meetings.end(), [&](const Meeting& one) {
        return neighbours_->MayMatter(mine, x, *one.neighbour, y);
      });
      if (found != meetings.end()) AddShapes(x, y, *found);
    }
  }
}

void Candidates::AddShapes(const Shape& a, const Shape& b, Meeting& meeting) {
  if (focus_ != 0) return AddFocused(a, b, meeting);
  if (&a == &b || a.VariesWith(b)) return AddVarying(a, b, meeting);
  const auto verdict =
      Compare(index_.Of(index_.PositionAt(a.begin)), index_.Of(index_.PositionAt(b.begin)),
              meeting.neighbour->relation, rules_, Steps::kWithout);
  if (verdict) AddAlike(a, b, *verdict, meeting);
}

// What holds of one pair holds of all.
void Candidates::AddAlike(const Shape& a, const Shape& b, const Verdict& verdict,
                          Meeting& meeting) {
  // Who finds another article on the other side is in the finding.
  if (a.size() * b.size() <= kFew || a.one_source || b.one_source) {
    for (std::uint32_t x = a.begin; x < a.end; ++x) {
      for (std::uint32_t y = b.begin; y < b.end; ++y) Take(x, y, verdict, meeting);
    }
    return;
  }
  // A few pairs of different positions show as much as any.
  FindingGroup& group = GroupOf(meeting, verdict.kind);
  if (group.Wants(verdict.severity, verdict.score)) {
    const auto longer = static_cast<std::uint32_t>(std::max(a.size(), b.size()));
    const auto most = std::min<std::uint32_t>(longer, kFew);
    const auto size = [](const Shape& s) { return static_cast<std::uint32_t>(s.size()); };
    for (std::uint32_t i = 0; i < most; ++i) {
      Take(a.begin + i % size(a), b.begin + i % size(b), verdict, meeting);
    }
  }
  const int side = ComesFirst(a, b, meeting) ? 0 : 1;
  group.Count(side, Of(a));
  group.Count(1 - side, Of(b));
}

void Candidates::AddVarying(const Shape& a, const Shape& b, Meeting& meeting) {
  if (&a == &b) {
    for (std::uint32_t x = a.begin; x < a.chosen; ++x) {
      for (std::uint32_t y = x + 1; y < a.end; ++y) AddSlots(x, y, meeting);
    }
    return;
  }
  for (std::uint32_t x = a.begin; x < a.end; ++x) {
    const std::uint32_t end = x < a.chosen ? b.end : b.chosen;
    for (std::uint32_t y = b.begin; y < end; ++y) AddSlots(x, y, meeting);
  }
}

void Candidates::AddFocused(const Shape& a, const Shape& b, Meeting& meeting) {
  const auto wanted = [this](std::uint32_t slot) { return in_focus_[index_.PositionAt(slot)]; };
  for (std::uint32_t x = a.begin; x < a.end; ++x) {
    if (!wanted(x)) continue;
    for (std::uint32_t y = b.begin; y < b.end; ++y) {
      if (&a != &b || x < y || !wanted(y)) AddSlots(x, y, meeting);
    }
  }
  if (&a == &b) return;
  for (std::uint32_t y = b.begin; y < b.end; ++y) {
    if (!wanted(y)) continue;
    for (std::uint32_t x = a.begin; x < a.end; ++x) {
      if (!wanted(x)) AddSlots(x, y, meeting);
    }
  }
}

void Candidates::AddSlots(std::uint32_t a, std::uint32_t b, Meeting& meeting) {
  const auto verdict = Compare(index_.Of(index_.PositionAt(a)), index_.Of(index_.PositionAt(b)),
                               meeting.neighbour->relation, rules_, Steps::kWithout);
  if (verdict) Take(a, b, *verdict, meeting);
}

// Two witnesses alone may be of one article, or of one section: then it may be another verdict.
std::optional<Verdict> Candidates::Alone(std::uint32_t x, std::uint32_t y, const Relation& relation,
                                         const Verdict& verdict) const {
  const auto all_x = index_.WitnessesOf(x);
  const auto all_y = index_.WitnessesOf(y);
  const bool alone = all_x.size() == 1 && all_y.size() == 1 &&
                     index_.SourceOf(all_x[0]) == index_.SourceOf(all_y[0]);
  return alone ? Judge(all_x[0], all_y[0], relation) : verdict;
}

bool Candidates::ComesFirst(const Shape& a, const Shape& b, const Meeting& meeting) const {
  return a.is_for != b.is_for ? a.is_for : meeting.mine_first;
}

FindingGroup& Candidates::GroupOf(Meeting& meeting, Kind kind) {
  FindingGroup*& out = meeting.groups[static_cast<std::size_t>(kind)];
  if (out == nullptr) {
    FindingKey key = meeting.key;
    key.kind = kind;
    out = &groups_[key];
  }
  return *out;
}

void Candidates::Take(std::uint32_t a, std::uint32_t b, const Verdict& verdict, Meeting& meeting) {
  const std::uint32_t x = index_.PositionAt(a);
  const std::uint32_t y = index_.PositionAt(b);
  const Relation& relation = meeting.neighbour->relation;
  const auto own = Alone(x, y, relation, verdict);
  if (!own) return;
  const bool for_x = IsFor(index_.Of(x));
  bool x_is_first = for_x;
  if (for_x == IsFor(index_.Of(y))) {
    // Positions are in the order of articles.
    x_is_first = meeting.same_action ? x < y : meeting.mine_first;
  }
  FindingKey key = meeting.key;
  key.kind = own->kind;
  const Candidate candidate{own->score,    std::min(x, y), std::max(x, y),
                            own->severity, false,          relation};
  FindingGroup* const group = focus_ == 0 ? &GroupOf(meeting, own->kind) : nullptr;
  Put(key, group, candidate, x_is_first, At(a), At(b));
}

// `group` is that of the key where nothing is in focus.
void Candidates::Put(const FindingKey& key, FindingGroup* group, const Candidate& candidate,
                     bool a_is_first, const Places& a, const Places& b) {
  const auto put = [&](FindingGroup& to) {
    to.Add(candidate);
    to.Count(a_is_first ? 0 : 1, a);
    to.Count(a_is_first ? 1 : 0, b);
  };
  if (group != nullptr) return put(*group);
  for (const std::uint32_t& side : {candidate.a, candidate.b}) {
    for (const std::uint32_t one : WitnessesOf(candidate.of_witnesses, side)) {
      if (one >= focus_) continue;
      FindingKey own = key;
      own.focus = one + 1;
      put(groups_[own]);
    }
  }
}

// The one that both name, of several the first by name; of a broader and a narrower one, the
// broader.
std::uint32_t Candidates::ConditionOf(std::span<const std::uint32_t> a,
                                      std::span<const std::uint32_t> b) const {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 0 : (a.empty() ? b : a)[0];
  std::uint32_t out = 0;
  const auto take = [&](std::uint32_t id) {
    if (out == 0 || names_.NameOf(id) < names_.NameOf(out)) out = id;
  };
  for (const std::uint32_t x : a) {
    if (std::find(b.begin(), b.end(), x) != b.end()) take(x);
  }
  if (out != 0) return out;
  for (const std::uint32_t x : a) {
    for (const std::uint32_t y : b) {
      if (names_.IsUnder(x, {y})) take(y);
      if (names_.IsUnder(y, {x})) take(x);
    }
  }
  if (out != 0) return out;
  // Of two that are only related the first by name, from whichever side it is asked.
  for (const std::uint32_t x : a) take(x);
  for (const std::uint32_t x : b) take(x);
  return out;
}

FindingKey Candidates::KeyOf(std::uint32_t a, std::uint32_t b, const Related& related,
                             std::uint32_t condition, std::uint32_t document) const {
  FindingKey out;
  out.condition = condition;
  out.document = document;
  if (related.relation.actions == Actions::kIncompatible) {
    out.question = related.question;
    std::tie(out.action, out.other) = names_.ClassesOf(related.question);
  } else {
    out.action = out.other = names_.IsUnder(a, {b}) ? b : a;
  }
  return out;
}

}  // namespace sakuin::contradictions
