#include "tests/support/random_text.h"

#include <map>
#include <random>
#include <unordered_map>
#include <vector>

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"

namespace sakuin::test {
namespace {

using Pieces = std::vector<std::string>;

const Pieces& PiecesOf(const std::string& table) {
  static const std::map<std::string, Pieces> tables = [] {
    std::map<std::string, Pieces> out;
    for (const char* name : {"text/pieces.tsv", "syntax/pieces.tsv"}) {
      for (const TsvRow& row : LoadCases(name)) out[name].push_back(row.fields[0]);
    }
    return out;
  }();
  return tables.at(table);
}

// In C++, because a table cannot hold control characters.
const Pieces& NoisePieces() {
  static const Pieces pieces = [] {
    Pieces out = {"<b>",   "</p>",     "<br/>", "<!--", "-->",  "<![CDATA[", "]]>",
                  "&amp;", "&#x3042;", "&nbsp", "&",    "<",    ">",         "#####",
                  "\\",    "'",        "\"",    "%",    "\r\n", "\r"};
    for (const char32_t c : {0x01, 0x08, 0x0B, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x200E, 0x202E,
                             0x2028, 0x2029, 0xFEFF, 0xFFFD, 0xFFFE, 0x10FFFF}) {
      out.push_back(utf8::Encode(std::u32string(1, c)));
    }
    return out;
  }();
  return pieces;
}

const std::string& Any(const Pieces& pieces, std::mt19937& random) {
  return pieces[random() % pieces.size()];
}

using Forms = std::unordered_map<char32_t, std::u32string>;

// Every character of a row to the whole row.
const Forms& HanForms() {
  static const Forms forms = [] {
    Forms out;
    for (const TsvRow& row : LoadCases("text/variants.tsv")) {
      const std::u32string all = utf8::Decode(row.fields[0]);
      for (const char32_t c : all) out[c] = all;
    }
    return out;
  }();
  return forms;
}

const Forms& HalfWidthKana() {
  static const Forms forms = [] {
    Forms out;
    for (const TsvRow& row : LoadCases("text/kana_width.tsv", 2, 2)) {
      out[utf8::Decode(row.fields[0]).front()] = utf8::Decode(row.fields[1]);
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

constexpr std::size_t kWays = 5;

std::u32string Rewritten(char32_t c, std::size_t way, std::mt19937& random) {
  if (way == 0) return {OtherCase(c)};
  if (way == 1) return {FullWidth(c)};
  if (way == 2) return {OtherKana(c)};
  const Forms& forms = way == 3 ? HalfWidthKana() : HanForms();
  const auto form = forms.find(c);
  if (form == forms.end()) return {c};
  return way == 3 ? form->second : std::u32string{form->second[random() % form->second.size()]};
}

}  // namespace

std::string RandomText(unsigned seed, Noise noise) {
  std::mt19937 random(seed);
  const std::size_t count = random() % 60;
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    const bool noisy = noise == Noise::kMarkup && random() % 4 == 0;
    out += Any(noisy ? NoisePieces() : PiecesOf("text/pieces.tsv"), random);
  }
  return out;
}

std::string RandomQuery(unsigned seed) {
  std::mt19937 random(seed);
  const std::size_t count = random() % 40;
  const bool spaced = random() % 2 == 0;
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += Any(PiecesOf("syntax/pieces.tsv"), random);
    if (spaced && random() % 3 != 0) out += ' ';
  }
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
  const std::size_t way = random() % (kWays + 1);
  std::u32string out;
  for (const char32_t c : utf8::Decode(text)) {
    out += Rewritten(c, way < kWays ? way : random() % kWays, random);
  }
  return utf8::Encode(out);
}

}  // namespace sakuin::test
