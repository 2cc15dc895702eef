#pragma once

// What may stand beside a short name in hiragana without being a part of the same word.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::thesaurus {

// Immutable after Load(), therefore thread-safe. Without rows no hiragana may stand beside one.
class KanaParticles {
 public:
  // Reads corpus/language/ja/particles.tsv below `data_dir`; kBadData with file:line for a mistake.
  static Result<KanaParticles> Load(const std::string& data_dir);

  // Does a particle end where the name begins, begin where it ends?
  bool EndsBefore(std::string_view text, std::size_t name_begin) const;
  bool BeginsAfter(std::string_view text, std::size_t name_end) const;

  const std::string& digest() const { return digest_; }

 private:
  std::vector<std::string> before_;
  std::vector<std::string> after_;
  std::vector<std::string> never_;  // what cannot begin a word, so the particle was none
  std::string digest_;
};

}  // namespace sakuin::thesaurus
