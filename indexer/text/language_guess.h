#pragma once

// Which of Sakuin's languages a text is written in. Used for facets and display only: it never
// decides how text is cut or folded.

#include <memory>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::text {

// Immutable after Load(), therefore thread-safe.
class LanguageGuess {
 public:
  // Reads corpus/folding/script_marks.tsv: characters that only zh-Hans, zh-Hant or ja uses.
  static Result<LanguageGuess> Load(const std::string& data_dir);

  // "ja" where kana are more than a trace of the letters; else, of Han text, "ja", "zh-Hans" or
  // "zh-Hant" by whose own characters are more; else, where Latin letters are most, "en" unless
  // CLD2 is sure of another language;
  // "und" where nothing decides (no letters, or Han that both scripts share and `fallback` is
  // empty). `fallback` decides ties: the document's language for one of its sections.
  std::string Guess(std::string_view text, std::string_view fallback = {}) const;

  // Of a part of a document in language `whole`: `whole`, unless the part is long enough (40
  // letters) to say otherwise by itself.
  std::string GuessPart(std::string_view text, const std::string& whole) const;

  LanguageGuess(LanguageGuess&&) noexcept;
  LanguageGuess& operator=(LanguageGuess&&) noexcept;
  ~LanguageGuess();

 private:
  struct Impl;
  explicit LanguageGuess(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::text
