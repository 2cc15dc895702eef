#pragma once

// Words that name an action in advice alone: verbs that would be unsafe as labels for tags and
// search. corpus/language/<lang>/advice_actions.tsv; docs/formats/advice-cues.md.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/cue_table.h"
#include "indexer/advice/scope.h"
#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::advice {

// Immutable after Load(), therefore thread-safe.
class ActionWords {
 public:
  // kBadData with file:line for an unknown action or a pattern with a mistake.
  static Result<ActionWords> Load(const std::string& data_dir, const text::Folding& folding,
                                  const thesaurus::Thesaurus& thesaurus);

  // The actions named in a text, the longest at each place, in order and apart; nothing that
  // overlaps `taken`, which is in order and apart.
  std::vector<ActionMention> Find(std::string_view language, std::u32string_view text,
                                  const std::vector<Range>& taken) const;

  // The rows of a language, for tests: a row's id is its action's.
  const CueTable* Of(std::string_view language) const { return tables_.Of(language); }
  const std::string& digest() const { return tables_.digest; }

 private:
  CueTables tables_;
};

}  // namespace sakuin::advice
