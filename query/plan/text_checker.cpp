#include "query/plan/text_checker.h"

#include <algorithm>
#include <utility>

#include "indexer/text/readings.h"

namespace sakuin::plan {

std::vector<Occurrence> TextChecker::Find(const Leaf& leaf, const Alternative& alternative,
                                          const text::Folded& folded,
                                          std::string_view original) const {
  std::vector<Occurrence> out = FindOccurrences(alternative, folded.chars);
  if (alternative.match == MatchKind::kCapitals) {
    std::erase_if(out, [&](const Occurrence& o) {
      const std::string_view found = folded.Original(o.begin, o.end).In(original);
      return std::any_of(found.begin(), found.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    });
  }
  if (leaf.exact) {
    std::erase_if(out, [&](const Occurrence& o) {
      return folded.Original(o.begin, o.end).In(original) != leaf.typed;
    });
  }
  return out;
}

bool TextChecker::HoldsIn(const Leaf& leaf, std::string_view original,
                          const std::vector<model::Reading>& readings) const {
  if (leaf.raw) return original.find(leaf.typed) != std::string_view::npos;
  const auto any = [&](std::string_view where) {
    const text::Folded folded = folding_->Fold(where);
    return std::any_of(leaf.alternatives.begin(), leaf.alternatives.end(),
                       [&](const auto& a) { return !Find(leaf, a, folded, where).empty(); });
  };
  return any(original) || (!leaf.exact && !readings.empty() && any(text::Speak(readings).text));
}

bool TextChecker::Holds(const Leaf& leaf, const model::Section& section) const {
  return HoldsIn(leaf, section.heading, section.heading_readings) ||
         (leaf.scope == Scope::kAnywhere && HoldsIn(leaf, section.text, section.text_readings));
}

bool TextChecker::NearIn(const std::vector<const Leaf*>& leaves, std::size_t distance,
                         std::string_view original) const {
  const text::Folded folded = folding_->Fold(original);
  // (place, which leaf), then a window that holds all leaves with small gaps between neighbours.
  std::vector<std::pair<Occurrence, std::size_t>> places;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    for (const Alternative& a : leaves[i]->alternatives) {
      for (const Occurrence& o : Find(*leaves[i], a, folded, original)) places.emplace_back(o, i);
    }
  }
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.begin, a.first.end) < std::pair(b.first.begin, b.first.end);
  });
  std::vector<bool> seen(leaves.size(), false);
  std::size_t found = 0;
  std::size_t end = 0;
  Occurrence last;
  for (const auto& [place, leaf] : places) {
    if (found > 0 && place.begin > end + distance) {
      seen.assign(leaves.size(), false);
      found = 0;
    }
    const bool again = found > 0 && place.begin == last.begin && place.end == last.end;
    if (!seen[leaf] && !again) {  // one place stands for one of the words only
      seen[leaf] = true;
      ++found;
      last = place;
    }
    end = found == 1 ? place.end : std::max(end, place.end);
    if (found == leaves.size()) return true;
  }
  return false;
}

bool TextChecker::HoldsNear(const std::vector<const Leaf*>& leaves, int distance,
                            std::string_view heading, std::string_view text) const {
  const auto gap = static_cast<std::size_t>(std::max(distance, 0));
  return NearIn(leaves, gap, heading) || NearIn(leaves, gap, text);
}

}  // namespace sakuin::plan
