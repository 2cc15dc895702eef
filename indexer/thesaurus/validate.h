#pragma once

// What is wrong with SKOS files, beyond what stops them from being read.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

struct Finding {
  std::string code;     // one of the names in docs/formats/thesaurus.md, such as "shared-label"
  std::string message;  // one sentence, UTF-8
  std::string where;    // "file:line"

  std::string Text() const { return where + ": " + message + " [" + code + "]"; }
};

// The findings over all the files together, in order of files and lines; none: they are sound.
// Finds duplicate concepts, missing and doubled preferred labels, labels that clash inside a
// concept or stand on two concepts (after folding), labels too short to be told from ordinary
// text, unknown references, cycles of broader, related concepts that are broader too.
// Fails as ReadSkos() does for a file that cannot be read at all. O(labels + references * depth).
Result<std::vector<Finding>> Validate(const std::vector<std::string>& paths,
                                      const text::Folding& folding);

}  // namespace sakuin::thesaurus
