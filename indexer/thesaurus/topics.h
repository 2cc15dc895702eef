#pragma once

// Evidence of all sections -> the conditions that each is about, with scores and reasons.

#include <vector>

#include "indexer/model/document.h"
#include "indexer/thesaurus/evidence.h"
#include "indexer/thesaurus/general_concepts.h"
#include "indexer/thesaurus/manifestations.h"
#include "indexer/thesaurus/tag_weights.h"
#include "indexer/thesaurus/tagger.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// What is decided with. Not owned.
struct TopicTools {
  const Thesaurus* thesaurus = nullptr;
  const GeneralConcepts* general = nullptr;
  const Manifestations* manifestations = nullptr;
  const TagWeights* weights = nullptr;
};

// Fills `tags` of every section; one list of reasons a section. docs/formats/tagging.md has the
// formula. `evidence` is one a section, as ReadEvidence() gives it.
std::vector<std::vector<TagReason>> TagTopics(model::Document& document,
                                              const std::vector<SectionEvidence>& evidence,
                                              const TopicTools& tools);

}  // namespace sakuin::thesaurus
