#pragma once

// Cuts one text into words with ICU's rules and dictionaries (stage 3 of docs/architecture.md).
// Law: a segmenter never changes, adds or drops text; the tokens, joined in order, are the text
// again. Folding is text/folding.h's work.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/span.h"

namespace sakuin::text {

enum class TokenKind : std::uint8_t { kWord, kNumber, kSeparator };

// A half-open byte range of the text it was cut from; owns no text.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::kSeparator;

  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const Token&, const Token&) = default;
};

// Runs of Han and kana are cut by text/han_cutter.h where that is proved to cut as ICU does, the
// rest by ICU's break iterator, which is opened when it is first needed. Keep one per thread.
// Movable, not copyable, not thread-safe.
class Segmenter {
 public:
  enum class Engine : std::uint8_t { kFastest, kIterator };  // the second is the first one's oracle
  // kUnspaced: stretches in which no script without blanks stands may come as one separator.
  enum class Detail : std::uint8_t { kAll, kUnspaced };

  // Takes no language: ICU cuts Chinese, Japanese and English by the same rules and one shared
  // dictionary, so a language guess can never decide how Han text is cut.
  [[nodiscard]] static Result<Segmenter> Create(Engine engine = Engine::kFastest);

  // `text` is UTF-8 of less than 2 GiB; malformed bytes are cut as U+FFFD. `lexicon`: ranges that
  // are one word whatever ICU says (labels of the thesaurus), in order and without overlap.
  [[nodiscard]] Result<std::vector<Token>> Segment(std::string_view text,
                                                   const std::vector<model::Span>& lexicon = {},
                                                   Detail detail = Detail::kAll);

  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  ~Segmenter();

 private:
  struct Impl;
  explicit Segmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::text
