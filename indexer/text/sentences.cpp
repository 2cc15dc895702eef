#include "indexer/text/sentences.h"

#include <array>
#include <cstddef>

#include "indexer/base/utf8.h"

namespace sakuin::text {
namespace {

constexpr std::size_t kLongestQuotation = 300;  // characters; beyond it a quote was never closed

bool EndsSentence(char32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61 || c == '!' || c == '?' ||
         c == 0x2026;
}

// Opening marks and their closing ones, side by side.
constexpr std::array<std::array<char32_t, 2>, 10> kPairs = {{{0x300C, 0x300D},
                                                             {0x300E, 0x300F},
                                                             {0x201C, 0x201D},
                                                             {0x2018, 0x2019},
                                                             {0xFF08, 0xFF09},
                                                             {'(', ')'},
                                                             {0x3010, 0x3011},
                                                             {0x300A, 0x300B},
                                                             {0xFF62, 0xFF63},
                                                             {'[', ']'}}};

char32_t ClosingOf(char32_t c) {
  for (const auto& pair : kPairs) {
    if (pair[0] == c) return pair[1];
  }
  return 0;
}

bool IsClosing(char32_t c) {
  for (const auto& pair : kPairs) {
    if (pair[1] == c) return true;
  }
  return c == '"' || c == 0x300F;
}

// The byte behind the closing mark of the quotation that opens before `at`; `at` when it is not
// closed on this line within reach.
std::size_t SkipQuotation(std::string_view text, std::size_t at, char32_t open, char32_t close) {
  std::size_t depth = 1;
  std::size_t count = 0;
  for (std::size_t i = at; i < text.size() && count < kLongestQuotation; ++count) {
    const char32_t c = utf8::Next(text, i);
    if (c == '\n') return at;
    if (c == open) ++depth;
    if (c == close && --depth == 0) return i;
  }
  return at;
}

}  // namespace

std::vector<model::Span> Sentences(std::string_view text) {
  std::vector<model::Span> out;
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) {
      out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    begin = end;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::Next(text, at);
    if (c == '\n') {
      cut(here);
      begin = at;
      continue;
    }
    if (const char32_t close = ClosingOf(c); close != 0) {
      at = SkipQuotation(text, at, c, close);
      continue;
    }
    const bool stop = c == '.' && (at == text.size() || text[at] == ' ' || text[at] == '\n');
    if (!stop && !EndsSentence(c)) continue;
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t follows = utf8::Next(text, next);
      if (!EndsSentence(follows) && !IsClosing(follows)) break;
      at = next;
    }
    cut(at);
  }
  cut(text.size());
  return out;
}

}  // namespace sakuin::text
