#pragma once

// What the ten aspects are called in four languages: corpus/language/<lang>/aspect_names.tsv.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

// Immutable after Load(), therefore thread-safe. Nothing of it stands in an index.
class AspectNames {
 public:
  // kBadData with file:line for an unknown aspect or language, and for a name that two aspects
  // have.
  static Result<AspectNames> Load(const std::string& data_dir, const text::Folding& folding);

  // The aspect that is called so: its own name with '-', '_' or blanks, or one of its other names,
  // in any letter case and script. Empty where there is none.
  std::string_view Find(std::string_view name, const text::Folding& folding) const;

  // The aspect with the name that is most like this one; empty where none is.
  std::string_view Nearest(std::string_view name, const text::Folding& folding) const;

  // How it is shown in a language: its first name there, else the aspect itself.
  const std::string& NameIn(const std::string& aspect, const std::string& language) const;

 private:
  std::map<std::u32string, std::string_view> by_name_;               // folded -> one of kAspects
  std::map<std::string, std::map<std::string, std::string>> shown_;  // language -> aspect -> name
};

}  // namespace sakuin::thesaurus
