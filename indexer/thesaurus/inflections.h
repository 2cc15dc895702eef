#pragma once

// The forms in which a word of the glossary stands in texts: English plurals and -ed, -ing; the
// Japanese ones by corpus/language/ja/endings.tsv. A small rule that makes a few forms that nobody
// writes, not a stemmer: a form too many finds nothing, a stem too short finds everything.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::thesaurus {

// Of an English word as the glossary writes it: "infection" also gives "infections", "to spread"
// gives spreads and spreading and spreaded, "to take|took|taken" takes, took, taken and taking
// ("|" lists the irregular forms, and none in -ed is made). The word itself stands first, without
// "to". A word that does not end in a small letter stays as it is.
std::vector<std::string> EnglishForms(std::string_view word);

// Immutable after Load(), therefore thread-safe.
class JapaneseForms {
 public:
  // kBadData with file:line for an ending that is no single character, or stands twice.
  static Result<JapaneseForms> Load(const std::string& data_dir);

  // A word of Han characters and kana that ends in one of the endings gives its stem, when that
  // has two characters or more; else the stem with each of what may stand behind it. Any other word
  // gives itself.
  std::vector<std::string> Of(std::string_view word) const;

  const std::string& digest() const { return digest_; }

 private:
  std::map<char32_t, std::vector<std::string>> endings_;
  std::string digest_;
};

}  // namespace sakuin::thesaurus
