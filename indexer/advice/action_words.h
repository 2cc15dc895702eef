#pragma once

// Words that name an action in advice alone: verbs that would be unsafe as labels for tags and
// search. corpus/language/<lang>/advice_actions.tsv, and language/ja/verb_endings.tsv for the forms
// of Japanese verbs; docs/formats/advice-cues.md.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/cue_table.h"
#include "indexer/advice/named_things.h"
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

  // The actions named in a text, the longest at each place, in order and apart. Each stands where
  // `names`, in order and apart, leave it room, or is wider than all that it shares a character
  // with: "take the drug", where the drug alone has a name too.
  std::vector<ActionMention> Find(std::string_view language, std::u32string_view text,
                                  const std::vector<Range>& names) const;

  // Puts them among what the thesaurus names in the text, in place of the names within them.
  void AddTo(std::string_view language, std::u32string_view text, NamedThings& things) const;

  // The rows of a language, for tests: a row's id is its action's.
  const CueTable* Of(std::string_view language) const { return tables_.Of(language); }
  const std::string& digest() const { return tables_.digest; }

 private:
  CueTables tables_;
};

}  // namespace sakuin::advice
