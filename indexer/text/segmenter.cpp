#include "indexer/text/segmenter.h"

#include <unicode/ubrk.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"

namespace sakuin::text {
namespace {

struct Closer {
  void operator()(UBreakIterator* it) const { ubrk_close(it); }
};

TokenKind KindOf(int32_t status) {
  if (status >= UBRK_WORD_NUMBER && status < UBRK_WORD_NUMBER_LIMIT) return TokenKind::kNumber;
  return status >= UBRK_WORD_NONE && status < UBRK_WORD_NONE_LIMIT ? TokenKind::kSeparator
                                                                   : TokenKind::kWord;
}

// Puts the lexicon's words over ICU's cuts: boundaries inside a word of the lexicon go, boundaries
// at its ends come.
std::vector<Token> Overlay(const std::vector<Token>& tokens,
                           const std::vector<model::Span>& lexicon) {
  std::vector<Token> out;
  out.reserve(tokens.size());
  std::size_t next = 0;
  std::uint32_t done = 0;  // everything before this byte is already in `out`
  for (const Token& token : tokens) {
    std::uint32_t begin = std::max(token.begin, done);
    while (begin < token.end) {
      while (next < lexicon.size() && lexicon[next].begin < begin) ++next;
      if (next == lexicon.size() || lexicon[next].begin >= token.end) {
        out.push_back({begin, token.end, token.kind});
        begin = token.end;
      } else if (lexicon[next].begin > begin) {
        out.push_back({begin, lexicon[next].begin, token.kind});
        begin = lexicon[next].begin;
      } else {
        out.push_back({begin, lexicon[next].end, TokenKind::kWord});
        begin = lexicon[next++].end;
      }
    }
    done = std::max(done, begin);
  }
  return out;
}

}  // namespace

struct Segmenter::Impl {
  std::unique_ptr<UBreakIterator, Closer> words;
  std::u16string units;                // the text as UTF-16, which ICU cuts twice as fast as UTF-8
  std::vector<std::uint32_t> offsets;  // byte offset of every unit, and of the end

  void Load(std::string_view text) {
    units.clear();
    offsets.clear();
    for (std::size_t at = 0; at < text.size();) {
      const auto begin = static_cast<std::uint32_t>(at);
      const char32_t c = utf8::Next(text, at);
      offsets.push_back(begin);
      if (c < 0x10000) {
        units.push_back(static_cast<char16_t>(c));
      } else {
        offsets.push_back(begin);
        units.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10U)));
        units.push_back(static_cast<char16_t>(0xDC00 + (c & 0x3FFU)));
      }
    }
    offsets.push_back(static_cast<std::uint32_t>(text.size()));
  }
};

Result<Segmenter> Segmenter::Create() {
  auto impl = std::make_unique<Impl>();
  IcuCheck icu;
  impl->words.reset(ubrk_open(UBRK_WORD, "", nullptr, 0, icu));
  if (icu.Failed()) return icu.AsError("cannot open the word rules");
  return Segmenter(std::move(impl));
}

Result<std::vector<Token>> Segmenter::Segment(std::string_view text,
                                              const std::vector<model::Span>& lexicon) {
  std::vector<Token> out;
  if (text.empty()) return out;
  impl_->Load(text);
  IcuCheck icu;
  UBreakIterator* const it = impl_->words.get();
  ubrk_setText(it, impl_->units.data(), static_cast<int32_t>(impl_->units.size()), icu);
  if (icu.Failed()) return icu.AsError("cannot cut the text into words");
  int32_t begin = ubrk_first(it);
  for (int32_t end = ubrk_next(it); end != UBRK_DONE; end = ubrk_next(it)) {
    const std::uint32_t from = impl_->offsets[static_cast<std::size_t>(begin)];
    const std::uint32_t to = impl_->offsets[static_cast<std::size_t>(end)];
    begin = end;
    if (from < to) out.push_back({from, to, KindOf(ubrk_getRuleStatus(it))});
  }
  return lexicon.empty() ? out : Overlay(out, lexicon);
}

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

}  // namespace sakuin::text
