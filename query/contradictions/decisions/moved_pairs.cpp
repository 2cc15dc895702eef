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
  const bool moved = documents_.contains(pair.a.document) != documents_.contains(pair.b.document);
  if (a_stands || b_stands || !moved) return;
  lost_both_[pair.action].push_back({gone, Words(pair.a.quote), Words(pair.b.quote)});
}

Covered MovedPairs::FindBoth(const Witness& a, const Witness& b, const std::string& action) const {
  const auto all = lost_both_.find(action);
  if (all == lost_both_.end()) return {};
  const auto is_one = [&](const LostBoth& one) {
    const store::ReviewedPair& was = *one.covered.pair;
    const auto fits = [&](const Witness& x, const Witness& y) {
      const bool same =
          x.document_id.str() == was.a.document || y.document_id.str() == was.b.document;
      return same && AreAlike(one.words_a, x.folded_quote) && AreAlike(one.words_b, y.folded_quote);
    };
    return fits(a, b) || fits(b, a);
  };
  const auto found = std::find_if(all->second.rbegin(), all->second.rend(), is_one);
  return found == all->second.rend() ? Covered{} : found->covered;
}

Covered MovedPairs::Find(const Witness& a, const std::string& key_a, const Witness& b,
                         const std::string& key_b) const {
  if (lost_.empty() && lost_both_.empty()) return {};
  const std::string& action = std::min(a.advice->action, b.advice->action);
  const auto newest = [&](const std::string& standing, const std::string& words) -> Covered {
    const auto found = lost_.find(KeyOf(action, standing));
    if (found == lost_.end()) return {};
    const auto like = std::find_if(found->second.rbegin(), found->second.rend(),
                                   [&](const Lost& one) { return AreAlike(one.words, words); });
    return like == found->second.rend() ? Covered{} : like->covered;
  };
  const Covered out = newest(key_a, b.folded_quote);
  if (out.pair != nullptr) return out;
  const Covered other = newest(key_b, a.folded_quote);
  return other.pair != nullptr ? other : FindBoth(a, b, action);
}

}  // namespace sakuin::contradictions
