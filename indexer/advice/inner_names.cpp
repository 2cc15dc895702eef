#include "indexer/advice/inner_names.h"

#include <algorithm>
#include <vector>

namespace sakuin::advice {
namespace {

constexpr std::size_t kPhrase = 10;  // characters between a verb and what it is about

bool GivesStance(CueKind kind) { return Competes(kind) && kind < CueKind::kSeek; }

// What of the table stands within the name and is shorter, one range a hit. Nothing behind the name
// is looked at: a longer hit of a row would hide a shorter one.
template <typename Wanted>
std::vector<Range> Within(const Range& name, std::u32string_view text, const CueTable& table,
                          Wanted wanted) {
  std::vector<Range> out;
  std::vector<PatternHit> hits;
  for (std::size_t at = name.begin; at < name.end; ++at) {
    hits.clear();
    table.patterns.At(text.substr(0, name.end), at, hits);
    for (const PatternHit& hit : hits) {
      const Range there{hit.begin, hit.end};
      if (!name.Has(there) || there.size() == name.size()) continue;
      const CueRow& row = table.rows[hit.row];
      if (wanted(row) && row.MayStand(text, hit.begin, hit.end)) out.push_back(there);
    }
  }
  return out;
}

// Are the characters of the name just what a row says to do, or to do less of, to its right?
bool IsCue(const Range& name, std::u32string_view text, const CueTable& table) {
  std::vector<PatternHit> hits;
  table.patterns.At(text, name.begin, hits);
  return std::any_of(hits.begin(), hits.end(), [&](const PatternHit& hit) {
    const CueRow& row = table.rows[hit.row];
    return hit.end == name.end && SpeaksOfNext(row) && row.MayStand(text, hit.begin, hit.end);
  });
}

bool Apart(const Range& a, const Range& b) { return a.end <= b.begin || b.end <= a.begin; }

// The longest word that leaves a cue beside it; the name itself where there is none.
Range Shrunk(const ActionMention& action, std::u32string_view text, const CueTable& cues,
             const CueTable& words) {
  const std::vector<Range> held =
      Within(action.at, text, cues, [](const CueRow& row) { return GivesStance(row.kind); });
  if (held.empty()) return action.at;
  Range best = action.at;
  for (const Range& word : Within(action.at, text, words,
                                  [&action](const CueRow& row) { return row.id == action.id; })) {
    const bool leaves = std::any_of(held.begin(), held.end(),
                                    [&word](const Range& cue) { return Apart(cue, word); });
    if (leaves && (best == action.at || word.size() > best.size())) best = word;
  }
  return best;
}

}  // namespace

void FreeCues(std::u32string_view text, const CueTable& cues, const CueTable& words,
              NamedThings& things) {
  for (ActionMention& action : things.actions) {
    const Range inner = Shrunk(action, text, cues, words);
    if (inner == action.at) continue;
    const auto name = std::find(things.names.begin(), things.names.end(), action.at);
    if (name != things.names.end()) *name = inner;
    action.at = inner;
  }
}

void DropRest(const ActionTraits& traits, NamedThings& things) {
  // In Chinese the way of taking a thing stands right before it: "by mouth [ibuprofen]".
  for (std::size_t n = things.actions.size(); n-- > 1;) {
    ActionMention& one = things.actions[n - 1];
    if (one.at.end == things.actions[n].at.begin && traits.IsWay(one.id)) {
      things.actions.erase(things.actions.begin() + static_cast<std::ptrdiff_t>(n) - 1);
    }
  }
  std::size_t end = 0;
  std::erase_if(things.actions, [&](const ActionMention& one) {
    const bool is_rest = one.at.begin == end && end > 0 && traits.IsGeneral(one.id);
    end = one.at.end;
    return is_rest;
  });
}

void FreeLists(std::u32string_view text, const CueTable& cues, NamedThings& things) {
  if (cues.language != "zh") return;
  std::vector<Range> freed;
  for (std::size_t n = 0; n + 1 < things.actions.size(); ++n) {
    const Range& name = things.actions[n].at;
    const Range& next = things.actions[n + 1].at;
    if (next.begin > name.end + kPhrase || !IsCue(name, text, cues)) continue;
    bool apart = false;
    for (std::size_t at = name.end; at < next.begin; ++at) {
      apart = apart || IsClauseMark(text, at, false);
    }
    if (!apart) freed.push_back(name);
  }
  const auto is_free = [&freed](const Range& at) {
    return std::find(freed.begin(), freed.end(), at) != freed.end();
  };
  std::erase_if(things.actions, [&](const ActionMention& one) { return is_free(one.at); });
  std::erase_if(things.names, is_free);
}

}  // namespace sakuin::advice
