#include "indexer/thesaurus/label_matcher.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {
namespace {

struct Entry {
  const model::Concept* concept_ptr = nullptr;
  const model::Label* label = nullptr;
};

bool IsSpaced(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }

// May a match of [begin, end) end and begin there? Words of spaced scripts are whole.
bool IsWhole(const std::u32string& chars, std::size_t begin, std::size_t end) {
  const bool left = begin > 0 && IsSpaced(chars[begin]) && IsSpaced(chars[begin - 1]);
  const bool right = end < chars.size() && IsSpaced(chars[end - 1]) && IsSpaced(chars[end]);
  return !left && !right;
}

}  // namespace

// A trie over folded code points: a node's children are found by (node, character) in one table.
struct LabelMatcher::Impl {
  std::unordered_map<std::uint64_t, std::uint32_t> edges;
  std::vector<Entry> entries;        // by node; no label: the node ends none
  std::vector<bool> first;           // by character below U+10000: does any label begin with it?
  std::vector<std::u32string> labels;

  static std::uint64_t Key(std::uint32_t node, char32_t c) {
    return (std::uint64_t{node} << 21U) | c;
  }

  void Add(const std::u32string& label, Entry entry) {
    std::uint32_t node = 0;
    for (const char32_t c : label) {
      const auto [it, fresh] =
          edges.emplace(Key(node, c), static_cast<std::uint32_t>(entries.size()));
      if (fresh) entries.emplace_back();
      node = it->second;
    }
    if (entries[node].label != nullptr) return;  // the first file's concept keeps its label
    entries[node] = entry;
    labels.push_back(label);
    if (label[0] < first.size()) first[label[0]] = true;
  }
};

LabelMatcher LabelMatcher::Build(const Thesaurus& thesaurus, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  impl->entries.emplace_back();
  impl->first.resize(0x10000, false);
  for (const model::Concept& found : thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      const std::u32string folded = folding.Fold(label.text).chars;
      if (!folded.empty()) impl->Add(folded, {&found, &label});
    }
  }
  return LabelMatcher(std::move(impl));
}

std::vector<Mention> LabelMatcher::Match(const text::Folded& text) const {
  std::vector<Mention> out;
  const std::u32string& chars = text.chars;
  for (std::size_t begin = 0; begin < chars.size();) {
    std::size_t best = 0;
    const Entry* entry = nullptr;
    if (chars[begin] >= 0x10000 || impl_->first[chars[begin]]) {
      std::uint32_t node = 0;
      for (std::size_t i = begin; i < chars.size(); ++i) {
        const auto edge = impl_->edges.find(Impl::Key(node, chars[i]));
        if (edge == impl_->edges.end()) break;
        node = edge->second;
        const Entry& here = impl_->entries[node];
        if (here.label != nullptr && IsWhole(chars, begin, i + 1)) {
          best = i + 1;
          entry = &here;
        }
      }
    }
    if (entry == nullptr) {
      ++begin;
      continue;
    }
    out.push_back({entry->concept_ptr, entry->label, begin, best, text.Original(begin, best)});
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
