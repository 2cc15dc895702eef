#pragma once

// How characters sound and which are taken for each other: what spelling mistakes are made of, and
// names typed in pinyin or romaji. Data: corpus/readings/. Works on folded text (folding.h).

#include <memory>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::text {

// Immutable after Load(), therefore thread-safe.
class Sounds {
 public:
  // kBadData with file:line for a mistake.
  static Result<Sounds> Load(const std::string& data_dir);

  // Do two different characters sound alike (Han, in Mandarin, tones and retroflexes aside) or look
  // alike?
  bool Alike(char32_t a, char32_t b) const;
  std::u32string AllAlike(char32_t c) const;  // every other character of which Alike() is true

  // Spellings in small Latin letters, without blanks, tones and marks; "" where `folded` holds
  // anything but Han, or anything but kana, besides blanks.
  std::string Pinyin(std::u32string_view folded) const;
  std::string Romaji(std::u32string_view folded) const;

  // What somebody typed, in the form of Pinyin() and of Romaji(), for which Hepburn's and Kunrei's
  // spelling is one, and long vowels are short; "" where it is more than Latin letters with blanks,
  // apostrophes and hyphens between. `folded`: tone marks are dropped.
  static std::string TypedPinyin(std::u32string_view folded);
  static std::string TypedRomaji(std::u32string_view folded);

  Sounds(Sounds&&) noexcept;
  Sounds& operator=(Sounds&&) noexcept;
  ~Sounds();

 private:
  struct Impl;
  explicit Sounds(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::text
