#include "indexer/thesaurus/glossary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/inflections.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::array<std::string_view, 3> kColumns = {"zh", "ja", "en"};
constexpr std::size_t kAny = kColumns.size();
constexpr std::size_t kJapanese = 1;
constexpr std::size_t kEnglish = 2;

std::size_t ColumnOf(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find('-'));
  return static_cast<std::size_t>(std::find(kColumns.begin(), kColumns.end(), primary) -
                                  kColumns.begin());
}

bool IsSpaced(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }
bool IsKatakana(char32_t c) { return c >= 0x30A1 && c <= 0x30FC; }
bool IsHiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
bool IsHan(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

// A folded kana does not say which one was typed.
bool TypedAsKatakana(std::string_view text, const text::Folded& folded, std::size_t at) {
  if (!IsKatakana(folded.chars[at])) return false;
  std::size_t byte = folded.spans[at].begin;
  return !IsHiragana(utf8::Next(text, byte));
}

// What is wrong with a word of a column, or "".
std::string Complaint(std::size_t column, std::string_view word) {
  if (word.empty()) return "an empty word";
  const std::string quoted = "'" + std::string(word) + "' ";
  if (utf8::Trim(word).size() != word.size()) return quoted + "has blanks at its ends";
  const std::u32string chars = utf8::Decode(word);
  const bool kana = std::any_of(chars.begin(), chars.end(), [](char32_t c) {
    return IsHiragana(c) || (IsKatakana(c) && c != 0x30FB);  // names in Chinese have middle dots
  });
  const bool han = std::any_of(chars.begin(), chars.end(), IsHan);
  if (column == 0 && kana) return quoted + "has kana, and is no Chinese word";
  if (column == kEnglish && (kana || han)) return quoted + "is no English word";
  if (column != kEnglish && word.find('|') != std::string_view::npos) {
    return quoted + "lists forms, which English words alone do";
  }
  return "";
}

// The word itself, of what an English field says of it.
std::string Plain(std::size_t column, const std::string& word) {
  if (column != kEnglish) return word;
  const std::string listed = Split(word, '|').front();
  return listed.starts_with("to ") ? listed.substr(3) : listed;
}

}  // namespace

struct Glossary::Impl {
  using Row = std::array<std::vector<const GlossaryWord*>, kColumns.size()>;

  // Which rows have a word, by the column it stands in.
  struct Entry {
    std::array<std::vector<std::uint32_t>, kColumns.size()> rows;
    bool katakana = false;  // it is written so, all of it
  };

  std::deque<GlossaryWord> words;
  std::vector<Row> rows;
  std::vector<Entry> entries;  // the trie's values are places in here
  WordTrie trie;
  std::string digest;

  // While it is read.
  std::set<std::string> own;                                         // English words, folded
  std::map<std::pair<std::string, std::string>, std::string> pairs;  // and where one stands

  // English words first: by them the forms of others are chosen.
  void AddOwn(const TsvRow& fields, const text::Folding& folding) {
    for (const std::string& word : Split(fields.fields[kEnglish], ';')) {
      own.insert(folding.Key(Plain(kEnglish, word)));
    }
  }

  Status AddRow(const TsvRow& fields, const text::Folding& folding, const JapaneseForms& japanese) {
    Row row;
    std::array<std::vector<std::string>, kColumns.size()> keys;
    for (std::size_t column = 0; column < kColumns.size(); ++column) {
      for (const std::string& word : Split(fields.fields[column], ';')) {
        const std::string wrong = Complaint(column, word);
        if (!wrong.empty()) return Fail(ErrorCode::kBadData, wrong, fields.where);
        // With its "to": "promise;to promise" is one word of two kinds.
        std::string key = folding.Key(Split(word, '|').front());
        if (std::find(keys[column].begin(), keys[column].end(), key) != keys[column].end()) {
          return Fail(ErrorCode::kBadData, "'" + word + "' stands twice", fields.where);
        }
        keys[column].push_back(std::move(key));
        words.push_back(
            {kColumns[column], Plain(column, word), Forms(column, word, folding, japanese)});
        row[column].push_back(&words.back());
      }
    }
    rows.push_back(std::move(row));
    return CheckPairs(keys[0], keys[kEnglish], fields.where);
  }

  Status CheckPairs(const std::vector<std::string>& chinese,
                    const std::vector<std::string>& english, const std::string& where) {
    for (const std::string& zh : chinese) {
      for (const std::string& en : english) {
        const auto [pair, added] = pairs.emplace(std::pair{zh, en}, where);
        if (added) continue;
        return Fail(ErrorCode::kBadData, zh + " and " + en + " stand at " + pair->second + " too",
                    where);
      }
    }
    return {};
  }

  // "news" is no plural of "new": what is a word of its own is no form of another, unless the row
  // lists it ("to leave|left").
  std::vector<std::string> Forms(std::size_t column, const std::string& word,
                                 const text::Folding& folding,
                                 const JapaneseForms& japanese) const {
    std::vector<std::string> made{word};
    std::size_t listed = SIZE_MAX;
    if (column == kEnglish) {
      made = EnglishForms(word);
      listed = Split(word, '|').size();
    } else if (column == kJapanese) {
      made = japanese.Of(word);
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < made.size(); ++i) {
      std::string key = folding.Key(made[i]);
      if (i >= listed && own.count(key) != 0) continue;
      if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(std::move(key));
    }
    return out;
  }

  void Index() {
    for (std::size_t number = 0; number < rows.size(); ++number) {
      for (std::size_t column = 0; column < kColumns.size(); ++column) {
        for (const GlossaryWord* const word : rows[number][column]) {
          AddForms(*word, column, static_cast<std::uint32_t>(number));
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
    if (at > 0 && IsSpaced(chars[at]) && IsSpaced(chars[at - 1])) return best;
    const auto katakana = [&](std::size_t i) { return TypedAsKatakana(text, folded, i); };
    trie.At(chars, at, [&](std::size_t end, std::uint32_t value) {
      const Entry& entry = entries[value];
      if (column != kAny && entry.rows[column].empty()) return;
      if (IsSpaced(chars[end - 1]) && end < chars.size() && IsSpaced(chars[end])) return;
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
    for (std::size_t from = 0; from < kColumns.size(); ++from) {
      if (column != kAny && column != from) continue;
      for (const std::uint32_t number : entry.rows[from]) {
        for (std::size_t to = 0; to < kColumns.size(); ++to) {
          if (to == from) continue;
          for (const GlossaryWord* const word : rows[number][to]) {
            if (word->forms.front() == matched) continue;
            if (seen.emplace(word->language, word->forms.front()).second) out.push_back(word);
          }
        }
      }
    }
    return out;
  }
};

Result<Glossary> Glossary::Load(const std::string& data_dir, const text::Folding& folding) {
  const std::string folder = data_dir + "/language/glossary";
  if (!files::IsFolder(folder)) return Fail(ErrorCode::kNotFound, "no such folder", folder);
  const auto japanese = JapaneseForms::Load(data_dir);
  if (!japanese) return Pass(japanese);
  auto impl = std::make_unique<Impl>();
  std::vector<TsvRow> rows;
  std::string digests = japanese->digest();
  for (const std::string& path : files::WalkFolder(folder).files) {
    if (!path.ends_with(".tsv")) continue;
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    const auto table = ReadTsv(path, kColumns.size(), kColumns.size());
    if (!table) return Pass(table);
    rows.insert(rows.end(), table->begin(), table->end());
    digests += Digest(*bytes);
  }
  for (const TsvRow& row : rows) impl->AddOwn(row, folding);
  for (const TsvRow& row : rows) {
    if (const Status done = impl->AddRow(row, folding, *japanese); !done) return Pass(done);
  }
  impl->Index();
  impl->own.clear();
  impl->pairs.clear();
  impl->digest = Digest(digests);
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
