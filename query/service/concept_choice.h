#pragma once

// Concepts as they are named on the command line.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/pipeline/text_rules.h"

namespace sakuin::service {

// Ids and labels -> ids of these and of all that is narrower, ascending. kNotFound for what is
// none, kUsage for a name of several. `what` is for the message: "condition", "action".
Result<std::vector<std::string>> ChooseConcepts(const pipeline::TextRules& rules,
                                                const std::vector<std::string>& typed,
                                                const std::string& what);

// The preferred label in a language, else in English; the id of what has none.
std::string LabelOf(const pipeline::TextRules& rules, const std::string& id,
                    const std::string& language);

}  // namespace sakuin::service
