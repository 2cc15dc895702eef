#include "query/plan/spelling/spellings.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "indexer/text/char_class.h"
#include "indexer/thesaurus/schemes.h"

namespace sakuin::plan {
namespace {

// Nothing longer is a name that somebody types.
constexpr std::size_t kLongest = 64;

// What a character costs at least, wherever in a text it is looked for.
class Costs {
 public:
  Costs(std::u32string_view text, const text::Sounds* sounds) : of_(0x10000, kMistake) {
    for (const char32_t c : text) {
      if (sounds == nullptr) break;
      for (const char32_t other : sounds->AllAlike(c)) Lower(other, kMistake / 2);
    }
    for (const char32_t free : {U' ', U'-', U'\'', char32_t{0x30FC}, char32_t{0x30C3}}) {
      Lower(free, kMistake / 2);
    }
    for (const char32_t c : text) Lower(c, 0);
  }

  bool Exceed(std::u32string_view word, std::size_t most) const {
    std::size_t sum = 0;
    for (const char32_t c : word) {
      sum += c < of_.size() ? of_[c] : 0;
      if (sum > most) return true;
    }
    return false;
  }

 private:
  void Lower(char32_t c, std::size_t cost) {
    if (c < of_.size()) of_[c] = static_cast<std::uint8_t>(cost);
  }

  std::vector<std::uint8_t> of_;
};

}  // namespace

std::uint64_t Sieve(std::u32string_view folded) {
  std::uint64_t out = 0;
  for (const char32_t c : folded) out |= std::uint64_t{1} << ((c * 0x9E3779B1U) >> 26U & 63U);
  return out;
}

std::size_t SieveDistance(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::size_t>(std::max(std::popcount(a & ~b), std::popcount(b & ~a)));
}

Spellings::Spellings(const thesaurus::Thesaurus& thesaurus, const text::Folding& folding,
                     const text::Sounds* sounds)
    : sounds_(sounds), sizes_(kLongest + 2) {
  text::Folded folded;
  for (const model::Concept& one : thesaurus.concepts()) {
    if (thesaurus::IsLookAlike(one)) continue;
    for (const model::Label& label : one.labels) {
      if (label.kind == model::LabelKind::kHidden || label.text.size() < 2) continue;
      folding.Fold(label.text, folded);
      const std::size_t size = folded.chars.size();
      if (size < 2 || size > kLongest) continue;
      names_.push_back({&one, &label, static_cast<std::uint32_t>(chars_.size()),
                        static_cast<std::uint32_t>(size), Sieve(folded.chars)});
      chars_ += folded.chars;
      ++sizes_[size + 1];
      if (text::IsSpaced(folded.chars.front()) || text::IsSpaced(folded.chars.back()))
        AddWords(folded.chars);
    }
  }
  for (std::size_t size = 1; size < sizes_.size(); ++size) sizes_[size] += sizes_[size - 1];
  std::vector<Name> sorted(names_.size());
  std::vector<std::uint32_t> next(sizes_);
  for (const Name& name : names_) sorted[next[name.size]++] = name;
  names_ = std::move(sorted);
}

void Spellings::AddWords(std::u32string_view folded) {
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && text::IsSpaced(folded[end])) ++end;
    if (end - at >= 2) ++words_[std::u32string(folded.substr(at, end - at))];
    at = end + 1;
  }
}

std::pair<std::size_t, std::size_t> Spellings::OfSize(std::size_t size) const {
  return size <= kLongest ? std::pair<std::size_t, std::size_t>(sizes_[size], sizes_[size + 1])
                          : std::pair<std::size_t, std::size_t>(0, 0);
}

void Spellings::ForNear(std::u32string_view folded,
                        const std::function<void(const Near&)>& hit) const {
  const std::size_t most = MostMistakes(folded);
  const std::uint64_t sieve = Sieve(folded);
  for (std::size_t size = folded.size() - std::min(folded.size(), most);
       size <= folded.size() + most; ++size) {
    const auto [begin, end] = OfSize(size);
    for (std::size_t i = begin; i < end; ++i) {
      const Name& name = names_[i];
      if (SieveDistance(sieve, name.sieve) > most) continue;
      const std::size_t distance = Distance(folded, Folded(name), most, sounds_);
      if (distance <= most) hit({&name, {0, folded.size(), distance}});
    }
  }
}

void Spellings::ForNearPart(std::u32string_view folded,
                            const std::function<void(const Near&)>& hit) const {
  const Costs costs(folded, sounds_);
  for (std::size_t size = 2; size <= folded.size() + kMistake; ++size) {
    const auto [begin, end] = OfSize(size);
    for (std::size_t i = begin; i < end; ++i) {
      const std::u32string_view chars = Folded(names_[i]);
      if (text::IsSpaced(chars.front()) || text::IsSpaced(chars.back())) continue;
      const std::size_t most = MostMistakes(chars);
      if (costs.Exceed(chars, most)) continue;
      const Place place = FindNear(folded, chars, most, sounds_);
      if (place.distance <= most && place.end > place.begin) hit({&names_[i], place});
    }
  }
}

std::size_t Spellings::WordCount(std::u32string_view word) const {
  const auto found = words_.find(std::u32string(word));
  return found == words_.end() ? 0 : found->second;
}

void Spellings::ForWords(
    const std::function<void(std::u32string_view word, std::size_t names)>& hit) const {
  for (const auto& [word, names] : words_) hit(word, names);
}

}  // namespace sakuin::plan
