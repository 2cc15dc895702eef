#pragma once

// The clues of one section -> what it says of each condition by itself.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/evidence.h"
#include "indexer/thesaurus/tag_weights.h"

namespace sakuin::thesaurus {

// What a section says of one concept.
struct Topic {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  double heading = 0;             // the strongest naming in its heading, by the way it is spoken of
  const char* heading_part = "";  // the weight's name
  bool first = false;             // the first of its heading
  double names = 0;               // in the text, each by the way it is spoken of
  double descriptions = 0;        // the same
  bool early = false;             // affirmed in the first sentence, and not in a list
  bool alone = false;             // somewhere not in a list
  bool above = false;             // the title or a heading above names it too; set by others
  std::size_t place = SIZE_MAX;   // where it is named first; headings stand before the text
  std::vector<Clue> clues;        // all of them, in order

  // log2(1 + what the text says of it).
  double Count() const;
  // What the section alone gives it.
  double Own(const TagWeights& weights) const;
};

using Topics = std::map<std::string, Topic>;  // by concept id

// Pure. `message`: as IsMessage() says of the document.
Topics CollectTopics(const SectionEvidence& evidence, const TagWeights& weights, bool message);

}  // namespace sakuin::thesaurus
