#pragma once

// Names that are typed in pinyin or romaji.

#include <string>
#include <vector>

#include "indexer/text/folding.h"
#include "query/plan/spelling/spellings.h"

namespace sakuin::plan {

// The query with every run of words that spells a name of Han or kana (the longest run first) as
// those words or that name: guowo nangzhong -> ((guowo nangzhong) OR NAME). Words only: phrases,
// operators, exclusions and fields stay. Looks at every name: only where readings are asked for.
std::string ReadAsNames(const std::string& query, const Spellings& spellings,
                        const text::Folding& folding);

// The names whose spelling is `typed`, or begins with it; in the order of Spellings::names().
std::vector<const Spellings::Name*> NamesReadAs(const std::string& typed, bool prefix,
                                                const Spellings& spellings,
                                                const text::Folding& folding);

}  // namespace sakuin::plan
