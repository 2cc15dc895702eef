#pragma once

// Texts for property tests: every seed gives the same text on every machine. All functions are pure
// (the tables are read once) and thread-safe; a missing table stops the test run.

#include <cstddef>
#include <string>

namespace sakuin::test {

enum class Noise {
  kNone,
  kMarkup,  // also what looks like markup, entities and control characters
};

// Well-formed UTF-8 of 0 to 59 pieces of tests/cases/text/pieces.tsv: Chinese, Japanese and English
// words, full and half width, combining marks, emoji, variation selectors, newlines and blanks.
std::string RandomText(unsigned seed, Noise noise = Noise::kNone);

// 0 to 39 pieces of tests/cases/syntax/pieces.tsv, with or without blanks between them: what the
// query language knows and what only looks like it. Well-formed UTF-8.
std::string RandomQuery(unsigned seed);

// `size` bytes of any kind.
std::string RandomBytes(unsigned seed, std::size_t size);

// The same text written another way, which must fold alike. The seed chooses one of: the other case
// of ASCII letters; ASCII in full width; hiragana for katakana and back; katakana in half width;
// other Han forms (tests/cases/text/variants.tsv); or any of these, by turns, for every character.
std::string Variant(const std::string& text, unsigned seed);

}  // namespace sakuin::test
