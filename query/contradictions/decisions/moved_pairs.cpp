#include "query/contradictions/decisions/moved_pairs.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::contradictions {
namespace {

std::string KeyOf(const std::string& action, const std::string& quote_key) {
  return action + "\n" + quote_key;
}

std::vector<std::pair<char32_t, char32_t>> PairsOf(const std::string& text) {
  const std::u32string chars = utf8::Decode(text);
  std::vector<std::pair<char32_t, char32_t>> out;
  for (std::size_t i = 0; i + 1 < chars.size(); ++i) out.emplace_back(chars[i], chars[i + 1]);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

bool AreAlike(const std::string& x, const std::string& y) {
  const auto a = PairsOf(x);
  const auto b = PairsOf(y);
  std::vector<std::pair<char32_t, char32_t>> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return !both.empty() && 4 * both.size() >= a.size() + b.size();
}

std::string MovedPairs::Words(const std::string& quote) const {
  return folding_ == nullptr ? quote : BareFold(quote, *folding_);
}

void MovedPairs::Add(const Covered& gone, bool a_stands, bool b_stands) {
  const store::ReviewedPair& pair = *gone.pair;
  const auto add = [&](const store::ReviewedSide& edited, const store::ReviewedSide& other,
                       bool stands) {
    if (stands) return;  // nobody touched it
    // Either may have moved: the edited one, or the one whose sentence is as it was.
    if (documents_.contains(edited.document) && documents_.contains(other.document)) return;
    lost_[KeyOf(pair.action, other.quote_key)].push_back({gone, Words(edited.quote)});
  };
  add(pair.a, pair.b, a_stands);
  add(pair.b, pair.a, b_stands);
}

Covered MovedPairs::Find(const Witness& a, const std::string& key_a, const Witness& b,
                         const std::string& key_b) const {
  if (lost_.empty()) return {};
  const std::string& action = std::min(a.advice->action, b.advice->action);
  const auto newest = [&](const std::string& standing, const std::string& words) -> Covered {
    const auto found = lost_.find(KeyOf(action, standing));
    if (found == lost_.end()) return {};
    const auto like = std::find_if(found->second.rbegin(), found->second.rend(),
                                   [&](const Lost& one) { return AreAlike(one.words, words); });
    return like == found->second.rend() ? Covered{} : like->covered;
  };
  const Covered out = newest(key_a, b.folded_quote);
  return out.pair != nullptr ? out : newest(key_b, a.folded_quote);
}

}  // namespace sakuin::contradictions
