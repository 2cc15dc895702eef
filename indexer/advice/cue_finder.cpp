#include "indexer/advice/cue_finder.h"

#include <algorithm>

namespace sakuin::advice {
namespace {

// The name that holds the characters; nullptr: none.
const Range* NameAround(const Range& at, const std::vector<Range>& names) {
  const auto behind =
      std::upper_bound(names.begin(), names.end(), at.begin,
                       [](std::size_t place, const Range& name) { return place < name.begin; });
  if (behind == names.begin() || !std::prev(behind)->Has(at)) return nullptr;
  return &*std::prev(behind);
}

// A name hides the cues in it, but what a name begins with may go on behind it.
bool OpensList(const CueRow& row, const Range& at, const Range& name) {
  const bool opens = row.kind == CueKind::kDont || row.kind == CueKind::kStop || SpeaksOfNext(row);
  return opens && row.side == CueSide::kRight && at.begin == name.begin && at.end < name.end;
}

// Naming some actions is advising them: "keep out of the cold"; in Chinese "eat less", too.
bool IsWholeName(const CueRow& row, const Range& at, const CueTable& table,
                 const std::vector<Range>& names) {
  const bool may_be = row.side == CueSide::kInner || (table.language == "zh" && SpeaksOfNext(row));
  return may_be && std::find(names.begin(), names.end(), at) != names.end();
}

// "too hard", "by force" that an action's own name begins with tell no manner of it.
bool IsNamesOwn(const CueRow& row, const PatternHit& hit, const std::vector<Range>& names) {
  const bool limits = row.kind == CueKind::kManner || row.kind == CueKind::kExcess;
  if (!limits || hit.gap_begin <= hit.begin) return false;
  return std::any_of(names.begin(), names.end(), [&hit](const Range& name) {
    return name.begin == hit.begin && name.Has({hit.begin, hit.gap_begin});
  });
}

bool Overlap(const Range& a, const Range& b) { return a.begin < b.end && b.begin < a.end; }

// Lets the longest win among those that compete.
void Resolve(std::vector<FoundCue>& cues) {
  std::vector<FoundCue*> order;
  for (FoundCue& cue : cues) {
    if (Competes(cue.row->kind)) order.push_back(&cue);
  }
  std::stable_sort(order.begin(), order.end(), [](const FoundCue* a, const FoundCue* b) {
    // What is only a step says least.
    const bool a_step = a->row->kind == CueKind::kStep;
    if (a_step != (b->row->kind == CueKind::kStep)) return !a_step;
    if ((a->name.size() > 0) != (b->name.size() > 0)) return b->name.size() > 0;
    const std::size_t a_size = a->at.size() - a->gap.size();
    const std::size_t b_size = b->at.size() - b->gap.size();
    if (a_size != b_size) return a_size > b_size;
    const auto implies = [](CueKind kind) {
      return kind == CueKind::kBenefit || kind == CueKind::kHarm;
    };
    if (implies(a->row->kind) != implies(b->row->kind)) return implies(b->row->kind);
    // Of a name that is one cue the rule of names says more than the words in it.
    const bool a_name = a->row->side == CueSide::kInner && a->gap.size() == 0;
    if (a_name != (b->row->side == CueSide::kInner && b->gap.size() == 0)) return a_name;
    return a->row < b->row;
  });
  std::vector<const FoundCue*> kept;
  for (FoundCue* cue : order) {
    cue->counts = std::none_of(kept.begin(), kept.end(), [cue](const FoundCue* other) {
      return Overlap(cue->at, other->at);
    });
    if (cue->counts) kept.push_back(cue);
  }
}

}  // namespace

std::vector<FoundCue> FindCues(const CueTable& table, std::u32string_view text, const Range& range,
                               const std::vector<Range>& names) {
  std::vector<FoundCue> out;
  std::vector<PatternHit> hits;
  const std::u32string_view sentence = text.substr(0, range.end);
  for (std::size_t at = range.begin; at < range.end; ++at) {
    hits.clear();
    table.patterns.At(sentence, at, hits);
    for (const PatternHit& hit : hits) {
      const CueRow& row = table.rows[hit.row];
      const Range place{hit.begin, hit.end};
      // A step may be no more than the name of its action: "drink water".
      const bool may_be_name = row.kind == CueKind::kStep || row.kind == CueKind::kTells ||
                               IsWholeName(row, place, table, names);
      const Range* const name = may_be_name ? nullptr : NameAround(place, names);
      if (name != nullptr && (table.language != "zh" || !OpensList(row, place, *name))) continue;
      if (!row.MayStand(sentence, hit.begin, hit.end)) continue;
      if (IsNamesOwn(row, hit, names)) continue;
      out.push_back({&row, place, {hit.gap_begin, hit.gap_end}, true, name ? *name : Range{}});
    }
  }
  Resolve(out);
  return out;
}

}  // namespace sakuin::advice
