#pragma once

// The rows of corpus/language/glossary/*.tsv, read and checked: docs/formats/glossary.md.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/glossary.h"

namespace sakuin::thesaurus {

// The columns of the tables, as languages.
inline constexpr std::array<std::string_view, 3> kGlossaryColumns = {"zh", "ja", "en"};

// One meaning: its words, by column.
using GlossaryRow = std::array<std::vector<GlossaryWord>, kGlossaryColumns.size()>;

struct GlossaryRows {
  std::vector<GlossaryRow> rows;
  std::string digest;
};

// The mistakes that stop it are those of Glossary::Load(). Folds all words at once: thousands of
// small folds would cost a command's start.
Result<GlossaryRows> ReadGlossary(const std::string& data_dir, const text::Folding& folding);

}  // namespace sakuin::thesaurus
