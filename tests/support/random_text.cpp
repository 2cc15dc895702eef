#include "tests/support/random_text.h"

#include <random>
#include <unordered_map>
#include <vector>

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"

namespace sakuin::test {
namespace {

const std::vector<std::string>& Pieces() {
  static const std::vector<std::string> pieces = [] {
    std::vector<std::string> out;
    for (const TsvRow& row : LoadCases("text/pieces.tsv")) out.push_back(row.fields[0]);
    return out;
  }();
  return pieces;
}

const std::unordered_map<char32_t, std::u32string>& HanForms() {
  static const std::unordered_map<char32_t, std::u32string> forms = [] {
    std::unordered_map<char32_t, std::u32string> out;
    for (const TsvRow& row : LoadCases("text/variants.tsv")) {
      const std::u32string all = utf8::Decode(row.fields[0]);
      for (const char32_t c : all) out[c] = all;
    }
    return out;
  }();
  return forms;
}

char32_t OtherCase(char32_t c) {
  if (c >= 'a' && c <= 'z') return c - 'a' + 'A';
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  return c;
}

char32_t FullWidth(char32_t c) {
  if (c == ' ') return 0x3000;
  return c > 0x20 && c < 0x7F ? c + 0xFEE0 : c;
}

char32_t OtherKana(char32_t c) {
  if (c >= 0x3041 && c <= 0x3096) return c + 0x60;
  if (c >= 0x30A1 && c <= 0x30F6) return c - 0x60;
  return c;
}

}  // namespace

std::string RandomText(unsigned seed) {
  std::mt19937 random(seed);
  const std::size_t count = random() % 60;
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += Pieces()[random() % Pieces().size()];
  return out;
}

std::string RandomBytes(unsigned seed, std::size_t size) {
  std::mt19937 random(seed);
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(random() & 0xFFU));
  return out;
}

std::string Variant(const std::string& text, unsigned seed) {
  std::mt19937 random(seed);
  const unsigned kind = random() % 4;
  std::u32string out;
  for (const char32_t c : utf8::Decode(text)) {
    const auto form = HanForms().find(c);
    if (kind == 0) {
      out.push_back(OtherCase(c));
    } else if (kind == 1) {
      out.push_back(FullWidth(c));
    } else if (kind == 2) {
      out.push_back(OtherKana(c));
    } else {
      out.push_back(form == HanForms().end() ? c : form->second[random() % form->second.size()]);
    }
  }
  return utf8::Encode(out);
}

}  // namespace sakuin::test
