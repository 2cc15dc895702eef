#include "indexer/thesaurus/label_matcher.h"

#include <string>
#include <utility>

#include "indexer/text/char_class.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

struct Entry {
  const model::Concept* concept_ptr = nullptr;
  const model::Label* label = nullptr;
};

bool IsSpaced(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }

// Words of spaced scripts are whole: `ice` does not stand in `service`.
bool BeginsWord(const std::u32string& chars, std::size_t begin) {
  return begin == 0 || !IsSpaced(chars[begin]) || !IsSpaced(chars[begin - 1]);
}

bool EndsWord(const std::u32string& chars, std::size_t end) {
  return end == chars.size() || !IsSpaced(chars[end - 1]) || !IsSpaced(chars[end]);
}

}  // namespace

struct LabelMatcher::Impl {
  WordTrie trie;  // values are places in `entries`
  std::vector<Entry> entries;
  std::vector<std::u32string> labels;  // of `entries`, folded
};

LabelMatcher LabelMatcher::Build(const Thesaurus& thesaurus, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  for (const model::Concept& found : thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      std::u32string folded = folding.Fold(label.text).chars;
      const auto next = static_cast<std::uint32_t>(impl->entries.size());
      // A label that folds like an earlier one adds nothing; validate.h reports the bad cases.
      if (impl->trie.Add(folded, next) != next) continue;
      impl->entries.push_back({&found, &label});
      impl->labels.push_back(std::move(folded));
    }
  }
  return LabelMatcher(std::move(impl));
}

std::vector<Mention> LabelMatcher::Match(const text::Folded& text) const {
  std::vector<Mention> out;
  const std::u32string& chars = text.chars;
  for (std::size_t begin = 0; begin < chars.size();) {
    std::size_t best = 0;
    std::uint32_t value = WordTrie::kNone;
    if (impl_->trie.MayBegin(chars[begin]) && BeginsWord(chars, begin)) {
      impl_->trie.At(chars, begin, [&](std::size_t end, std::uint32_t at) {
        if (!EndsWord(chars, end)) return;
        best = end;
        value = at;
      });
    }
    if (value == WordTrie::kNone) {
      ++begin;
      continue;
    }
    const Entry& entry = impl_->entries[value];
    out.push_back({entry.concept_ptr, entry.label, begin, best, text.Original(begin, best), {}});
    begin = best;
  }
  return out;
}

std::vector<std::u32string> LabelMatcher::FoldedLabels() const { return impl_->labels; }

LabelMatcher::LabelMatcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LabelMatcher::LabelMatcher(LabelMatcher&&) noexcept = default;
LabelMatcher& LabelMatcher::operator=(LabelMatcher&&) noexcept = default;
LabelMatcher::~LabelMatcher() = default;

}  // namespace sakuin::thesaurus
