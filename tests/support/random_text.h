#pragma once

// Texts for property tests: every seed gives the same text on every machine.

#include <cstddef>
#include <string>

namespace sakuin::test {

// Well-formed UTF-8 of 0 to about 60 pieces of tests/cases/text/pieces.tsv: Chinese, Japanese and
// English words, full and half width, combining marks, emoji, variation selectors, newlines.
std::string RandomText(unsigned seed);

// `size` bytes of any kind.
std::string RandomBytes(unsigned seed, std::size_t size);

// The same text written another way that must fold alike: another case, width of ASCII and kana,
// hiragana for katakana, or another Han form of tests/cases/text/variants.tsv.
std::string Variant(const std::string& text, unsigned seed);

}  // namespace sakuin::test
