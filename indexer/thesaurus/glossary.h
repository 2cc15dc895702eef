#pragma once

// Words that mean the same in Chinese, Japanese and English: corpus/language/glossary/*.tsv, a row
// a meaning. By it a question asked in one language finds sections in another whose words no
// concept of the thesaurus names. docs/formats/glossary.md.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

struct GlossaryWord {
  std::string_view language;       // "zh" (both scripts), "ja" or "en"
  std::string text;                // as the table writes it, without "to" and irregular forms
  std::vector<std::string> forms;  // folded, as UTF-8; any of them is the word. In English, words
                                   // as wholes; elsewhere any place of the text
};

struct GlossaryMatch {
  std::size_t begin = 0;  // folded characters, half-open
  std::size_t end = 0;
  // Of all meanings, in the order of the rows, each once; none that folds as the place itself does.
  std::vector<const GlossaryWord*> translations;  // owned by the glossary
};

// Immutable after Load(), therefore thread-safe.
class Glossary {
 public:
  // Reads every .tsv of the folder, in the order of their names. kBadData with file:line for a row
  // without three fields, an empty word or one with blanks at its ends, kana in Chinese or any of
  // both scripts in English, two words of a field that fold alike, and a pair of a Chinese and an
  // English word that stands in two rows.
  static Result<Glossary> Load(const std::string& data_dir, const text::Folding& folding);

  // The words of `language` (BCP 47; "" or "und": of any) that stand in a text, the longest at a
  // place, without overlap, from the left. `folded` is the fold of `text`. A Latin word is whole; a
  // word in katakana is found in katakana alone, and whole: there is no Thailand in "shitai".
  // O(text * longest word).
  std::vector<GlossaryMatch> Find(std::string_view text, const text::Folded& folded,
                                  std::string_view language) const;

  const std::string& digest() const;

  Glossary(Glossary&&) noexcept;
  Glossary& operator=(Glossary&&) noexcept;
  ~Glossary();

 private:
  struct Impl;
  explicit Glossary(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus
