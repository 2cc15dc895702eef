#include "indexer/thesaurus/mining/candidates.h"

#include <algorithm>
#include <vector>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kMostWords = 6;  // of a Chinese or Japanese term
constexpr std::size_t kMostCharacters = 14;
constexpr std::size_t kMostEnglishWords = 4;

bool IsLatin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0x24F); }

class Finder {
 public:
  Finder(MinedLanguage language, std::string_view text, const TermWords& words,
         const text::Analysis& analysis)
      : language_(language), text_(text), words_(words), analysis_(analysis) {}

  template <typename Take>
  void Find(const std::vector<Mention>& labels, Take&& take) const {
    const auto& all = analysis_.words;
    const bool english = language_ == MinedLanguage::kEnglish;
    for (std::size_t first = 0; first < all.size(); ++first) {
      if (!MayStand(all[first]) || !words_.MayBegin(Of(all[first]))) continue;
      const std::size_t most = english ? kMostEnglishWords : kMostWords;
      for (std::size_t last = first; last < all.size() && last < first + most; ++last) {
        if (!MayStand(all[last]) || (last > first && !Joined(all[last - 1], all[last]))) break;
        const Candidate found{all[first].begin, all[last].end, 0, 0};
        if (!english && found.end - found.begin > kMostCharacters) break;
        if (found.end - found.begin < 2 || !words_.MayEnd(Of(all[last]))) continue;
        if (IsCovered(labels, found)) continue;
        take(WithNeighbours(found, first, last));
      }
    }
  }

 private:
  std::u32string_view Of(const text::Word& word) const {
    return std::u32string_view(analysis_.folded.chars).substr(word.begin, word.end - word.begin);
  }

  // Is it a label, a part of one, or does it cut one? `labels` are in order and apart.
  static bool IsCovered(const std::vector<Mention>& labels, const Candidate& found) {
    auto at = std::upper_bound(labels.begin(), labels.end(), found.begin,
                               [](std::size_t begin, const Mention& m) { return begin < m.end; });
    for (; at != labels.end() && at->begin < found.end; ++at) {
      const bool inside = at->begin >= found.begin && at->end <= found.end;
      const bool whole = at->begin <= found.begin && at->end >= found.end;
      if (!inside || whole) return true;
    }
    return false;
  }

  // The original decides about kana: a fold makes katakana of hiragana.
  bool MayStand(const text::Word& word) const {
    if (words_.Breaks(Of(word))) return false;
    const std::string_view original = analysis_.folded.Original(word.begin, word.end).In(text_);
    if (language_ == MinedLanguage::kEnglish) {
      if (word.end - word.begin < 2) return false;
      for (const char32_t c : Of(word)) {
        if (!IsLatin(c) && c != '\'' && c != '-' && c != ' ') return false;  // labels have blanks
      }
      return true;
    }
    for (std::size_t at = 0; at < original.size();) {
      const char32_t c = utf8::Next(original, at);
      if (!IsHan(c) && !(language_ == MinedLanguage::kJapanese && IsKatakana(c))) return false;
    }
    return true;
  }

  bool Joined(const text::Word& left, const text::Word& right) const {
    if (language_ != MinedLanguage::kEnglish) return left.end == right.begin;
    if (right.begin != left.end + 1) return false;
    const char32_t between = analysis_.folded.chars[left.end];
    return between == ' ' || between == '-';
  }

  // A stop word at its side says that the term ends there, as a mark does.
  Candidate WithNeighbours(Candidate found, std::size_t first, std::size_t last) const {
    const auto& all = analysis_.words;
    const bool english = language_ == MinedLanguage::kEnglish;
    const auto touches = [&](std::size_t left) {
      return english ? Joined(all[left], all[left + 1]) : all[left].end == all[left + 1].begin;
    };
    if (first > 0 && touches(first - 1)) found.left = SignOf(all[first - 1], true);
    if (last + 1 < all.size() && touches(last)) found.right = SignOf(all[last + 1], false);
    return found;
  }

  // What a neighbour is told by: the character that touches; of a word, two letters are enough.
  char32_t SignOf(const text::Word& word, bool left) const {
    const std::u32string_view letters = Of(word);
    if (words_.Breaks(letters)) return 0;
    if (language_ != MinedLanguage::kEnglish) return left ? letters.back() : letters.front();
    return letters[0] * 0x10000U + (letters.size() > 1 ? letters[1] : 0);
  }

  MinedLanguage language_;
  std::string_view text_;
  const TermWords& words_;
  const text::Analysis& analysis_;
};

}  // namespace

Status ForCandidates(MinedLanguage language, std::string_view text, const TermWords& words,
                     const LabelMatcher& matcher, text::Analyzer& analyzer,
                     const std::function<void(const text::Analysis&, const Candidate&)>& take) {
  const auto analysis = analyzer.Analyze(text);
  if (!analysis) return Pass(analysis);
  Finder(language, text, words, *analysis)
      .Find(matcher.Match(text, analysis->folded),
            [&](const Candidate& found) { take(*analysis, found); });
  return {};
}

}  // namespace sakuin::thesaurus
