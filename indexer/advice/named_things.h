#pragma once

// What the thesaurus names in a text, sorted by what it is to advice.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/scope.h"
#include "indexer/thesaurus/context.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::advice {

// The action of a concept: itself, or of a drug the treatment it belongs to. "" for none.
std::string ActionOf(const model::Concept& found, const thesaurus::Thesaurus& thesaurus);

struct Named {
  std::string id;
  Range at;
  bool feared = false;  // prevented, or the case that is supposed
};

struct NamedThings {
  std::vector<Range> names;  // all of them
  std::vector<ActionMention> actions;
  std::vector<Named> conditions;
  std::vector<Named> signs;  // symptoms
  std::vector<Named> populations;
  // Where conditions begin that are named and not meant: denied, told from the topic, a cause.
  // Ascending.
  std::vector<std::size_t> unmeant;
};

// Fills `unmeant`, and `feared` of the conditions, for the text that `out` is of.
void MarkUnmeant(const thesaurus::ContextRules& context, std::string_view language,
                 const thesaurus::NamedText& text, NamedThings& out);

NamedThings SortNames(const std::vector<thesaurus::Mention>& mentions,
                      const thesaurus::Thesaurus& thesaurus);

}  // namespace sakuin::advice
