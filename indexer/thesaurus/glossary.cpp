#include "indexer/thesaurus/glossary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/glossary_rows.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kAny = kGlossaryColumns.size();

std::size_t ColumnOf(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find('-'));
  return static_cast<std::size_t>(
      std::find(kGlossaryColumns.begin(), kGlossaryColumns.end(), primary) -
      kGlossaryColumns.begin());
}

// A folded kana does not say which one was typed.
bool TypedAsKatakana(std::string_view text, const text::Folded& folded, std::size_t at) {
  if (!IsKatakana(folded.chars[at])) return false;
  std::size_t byte = folded.spans[at].begin;
  return !IsHiragana(utf8::Next(text, byte));
}

}  // namespace

struct Glossary::Impl {
  // Which rows have a word, by the column it stands in.
  struct Entry {
    std::array<std::vector<std::uint32_t>, kGlossaryColumns.size()> rows;
    bool katakana = false;  // it is written so, all of it
  };

  std::vector<GlossaryRow> rows;
  std::vector<Entry> entries;  // the trie's values are places in here
  WordTrie trie;
  std::string digest;

  void Index() {
    for (std::size_t number = 0; number < rows.size(); ++number) {
      for (std::size_t column = 0; column < kGlossaryColumns.size(); ++column) {
        for (const GlossaryWord& word : rows[number][column]) {
          AddForms(word, column, static_cast<std::uint32_t>(number));
        }
      }
    }
  }

  void AddForms(const GlossaryWord& word, std::size_t column, std::uint32_t number) {
    const std::u32string chars = utf8::Decode(word.text);
    const bool katakana = std::all_of(chars.begin(), chars.end(), IsKatakana);
    for (const std::string& form : word.forms) {
      const auto next = static_cast<std::uint32_t>(entries.size());
      const std::uint32_t value = trie.Add(utf8::Decode(form), next);
      if (value == WordTrie::kNone) continue;
      if (value == next) entries.push_back({{}, true});
      entries[value].katakana = entries[value].katakana && katakana;
      auto& list = entries[value].rows[column];
      if (list.empty() || list.back() != number) list.push_back(number);
    }
  }

  // The longest word of a column that stands at a place, as its end and its entry.
  std::pair<std::size_t, const Entry*> Longest(std::string_view text, const text::Folded& folded,
                                               std::size_t at, std::size_t column) const {
    std::pair<std::size_t, const Entry*> best{at, nullptr};
    const std::u32string& chars = folded.chars;
    if (at > 0 && text::IsSpaced(chars[at]) && text::IsSpaced(chars[at - 1])) return best;
    const auto katakana = [&](std::size_t i) { return TypedAsKatakana(text, folded, i); };
    trie.At(chars, at, [&](std::size_t end, std::uint32_t value) {
      const Entry& entry = entries[value];
      if (column != kAny && entry.rows[column].empty()) return;
      if (text::IsSpaced(chars[end - 1]) && end < chars.size() && text::IsSpaced(chars[end]))
        return;
      if (entry.katakana) {
        const bool whole = !(at > 0 && katakana(at - 1)) && !(end < chars.size() && katakana(end));
        if (!whole || !katakana(at)) return;
      }
      best = {end, &entry};
    });
    return best;
  }

  std::vector<const GlossaryWord*> Translations(const Entry& entry, std::size_t column,
                                                const std::string& matched) const {
    std::vector<const GlossaryWord*> out;
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (std::size_t from = 0; from < kGlossaryColumns.size(); ++from) {
      if (column != kAny && column != from) continue;
      for (const std::uint32_t number : entry.rows[from]) {
        for (std::size_t to = 0; to < kGlossaryColumns.size(); ++to) {
          if (to == from) continue;
          for (const GlossaryWord& word : rows[number][to]) {
            if (word.forms.front() == matched) continue;
            if (seen.emplace(word.language, word.forms.front()).second) out.push_back(&word);
          }
        }
      }
    }
    return out;
  }
};

Result<Glossary> Glossary::Load(const std::string& data_dir, const text::Folding& folding) {
  auto read = ReadGlossary(data_dir, folding);
  if (!read) return Pass(read);
  auto impl = std::make_unique<Impl>();
  impl->rows = std::move(read->rows);
  impl->digest = std::move(read->digest);
  impl->Index();
  return Glossary(std::move(impl));
}

std::vector<GlossaryMatch> Glossary::Find(std::string_view text, const text::Folded& folded,
                                          std::string_view language) const {
  std::vector<GlossaryMatch> out;
  const std::size_t column = ColumnOf(language);
  for (std::size_t at = 0; at < folded.chars.size();) {
    const auto [end, entry] = impl_->Longest(text, folded, at, column);
    if (entry == nullptr) {
      ++at;
      continue;
    }
    const std::string matched =
        utf8::Encode(std::u32string_view(folded.chars).substr(at, end - at));
    GlossaryMatch match{at, end, impl_->Translations(*entry, column, matched)};
    if (!match.translations.empty()) out.push_back(std::move(match));
    at = end;
  }
  return out;
}

const std::string& Glossary::digest() const { return impl_->digest; }

Glossary::Glossary(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Glossary::Glossary(Glossary&&) noexcept = default;
Glossary& Glossary::operator=(Glossary&&) noexcept = default;
Glossary::~Glossary() = default;

}  // namespace sakuin::thesaurus
