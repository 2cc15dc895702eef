#include "indexer/text/segmenter.h"

#include <unicode/ubrk.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"
#include "indexer/text/han_cutter.h"

namespace sakuin::text {
namespace {

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
  std::optional<HanCutter> han;
  icu::LocalUBreakIteratorPointer words;
  std::u16string units;                // the text as UTF-16, which ICU cuts twice as fast as UTF-8
  std::vector<std::uint32_t> offsets;  // byte offset of every unit, and of the end
  std::vector<Token> tokens;

  void Load(std::string_view text) {
    units.resize(text.size());
    offsets.resize(text.size() + 1);
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size(); ++n) {
      offsets[n] = static_cast<std::uint32_t>(at);
      const char32_t c = utf8::Next(text, at);
      if (c < 0x10000) {
        units[n] = static_cast<char16_t>(c);
      } else {
        units[n] = static_cast<char16_t>(0xD7C0 + (c >> 10U));
        offsets[n + 1] = offsets[n];
        units[++n] = static_cast<char16_t>(0xDC00 + (c & 0x3FFU));
      }
    }
    offsets[n] = static_cast<std::uint32_t>(text.size());
    units.resize(n);
    offsets.resize(n + 1);
  }

  void Put(std::size_t begin, std::size_t end, TokenKind kind) {
    const Token token{offsets[begin], offsets[end], kind};
    if (token.begin < token.end) tokens.push_back(token);
  }

  Status CutByIcu(std::size_t from, std::size_t to) {
    IcuCheck icu;
    if (words.isNull()) words.adoptInstead(ubrk_open(UBRK_WORD, "", nullptr, 0, icu));
    if (icu.Failed()) return icu.AsError("cannot open the word rules");
    UBreakIterator* const it = words.getAlias();
    ubrk_setText(it, units.data() + from, static_cast<int32_t>(to - from), icu);
    if (icu.Failed()) return icu.AsError("cannot cut the text into words");
    auto begin = static_cast<std::size_t>(ubrk_first(it));
    for (int32_t end = ubrk_next(it); end != UBRK_DONE; end = ubrk_next(it)) {
      Put(from + begin, from + static_cast<std::size_t>(end), KindOf(ubrk_getRuleStatus(it)));
      begin = static_cast<std::size_t>(end);
    }
    return {};
  }

  void CutRun(std::size_t from, std::size_t to) {
    // The iteration mark is a letter to ICU only where it has company.
    const bool mark = to - from == 1 && units[from] == 0x3005;
    const TokenKind kind = mark ? TokenKind::kSeparator : TokenKind::kWord;
    std::size_t begin = from;
    for (const std::uint32_t end : han->Cut(std::u16string_view(units).substr(from, to - from))) {
      Put(begin, from + end, kind);
      begin = from + end;
    }
  }

  // Runs between bounds are cut by themselves; whatever lies between them, by ICU.
  Status Cut(Detail detail) {
    std::size_t waiting = 0;  // from here on nothing is cut
    bool plain = true;        // all that waits bounds runs
    const auto settle = [&](std::size_t to) -> Status {
      if (waiting == to) return {};
      const std::size_t from = std::exchange(waiting, to);
      if (!std::exchange(plain, true) || detail == Detail::kAll) return CutByIcu(from, to);
      Put(from, to, TokenKind::kSeparator);
      return {};
    };
    for (std::size_t at = 0; at < units.size();) {
      if (!HanCutter::IsRun(units[at])) {
        plain = HanCutter::Bounds(units[at++]) && plain;
        continue;
      }
      const std::size_t begin = at;
      while (at < units.size() && HanCutter::IsRun(units[at])) ++at;
      const bool bounded = (begin == 0 || HanCutter::Bounds(units[begin - 1])) &&
                           (at == units.size() || HanCutter::Bounds(units[at]));
      if (!bounded) {
        plain = false;
        continue;
      }
      if (const Status done = settle(begin); !done) return done;
      CutRun(begin, at);
      waiting = at;
    }
    return settle(units.size());
  }
};

Result<Segmenter> Segmenter::Create(Engine engine) {
  auto impl = std::make_unique<Impl>();
  if (engine == Engine::kFastest) impl->han = HanCutter::OpenIfProved();
  return Segmenter(std::move(impl));
}

Result<std::vector<Token>> Segmenter::Segment(std::string_view text,
                                              const std::vector<model::Span>& lexicon,
                                              Detail detail) {
  impl_->tokens.clear();
  impl_->Load(text);
  const Status done = impl_->han ? impl_->Cut(detail) : impl_->CutByIcu(0, impl_->units.size());
  if (!done) return Pass(done);
  if (!lexicon.empty()) return Overlay(impl_->tokens, lexicon);
  return std::exchange(impl_->tokens, {});
}

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

}  // namespace sakuin::text
