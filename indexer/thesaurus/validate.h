#pragma once

// What is wrong with SKOS files, beyond what stops them from being read.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::thesaurus {

enum class Severity { kError, kWarning };

struct Finding {
  std::string code;     // one of the names in docs/formats/thesaurus.md, such as "shared-label"
  std::string message;  // one sentence, UTF-8
  std::string where;    // "file:line"
  Severity severity = Severity::kError;

  std::string Text() const {
    const std::string kind = severity == Severity::kWarning ? "warning: " : "";
    return where + ": " + kind + message + " [" + code + "]";
  }
};

// The findings over all the files together, in order of files and lines; none: they are sound.
// Errors: duplicate concepts, two preferred labels of a language (S14), one label twice in a
// concept (S13), on two concepts after folding (hidden on every one of them it is ambiguous by
// intent), too short, unknown references, cycles of broader, related and broader at once (S27),
// exactMatch and broadMatch or relatedMatch at once (S46). Warnings: no preferred label in one of
// Sakuin's languages, labels in none of them. Fails as ReadSkos() does for a file that cannot be
// read at all. O(labels + references * depth).
Result<std::vector<Finding>> Validate(const std::vector<std::string>& paths,
                                      const text::Folding& folding);

// The same of files that were read. The first `known` are only looked things up in: the others may
// add to their concepts, and a label that they share with them is a warning.
std::vector<Finding> Validate(const std::vector<SkosFile>& files, const text::Folding& folding,
                              std::size_t known = 0);

bool HasErrors(const std::vector<Finding>& findings);

}  // namespace sakuin::thesaurus
