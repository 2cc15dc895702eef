#pragma once

// The numbers by which sections are tagged, corpus/thesaurus/tag_weights.tsv; what each does is
// said there and in docs/formats/tagging.md.

#include <array>
#include <string>

#include "indexer/base/result.h"
#include "indexer/thesaurus/context.h"

namespace sakuin::thesaurus {

// What a name counts, by the way the text speaks of it; 1 is a plain mention.
using Factors = std::array<double, kAssertions.size()>;

struct TagWeights {
  double named_in_heading = 0;
  double described_in_heading = 0;
  double first_in_heading = 0;
  double described = 0;
  double early = 0;
  double early_characters = 0;
  double named_above = 0;
  double list_item = 0;
  double list_names = 0;
  double beside_narrower = 0;
  double narrower_share = 0;
  double symptom_of_topic = 0;
  double symptom_in_heading = 0;
  double in_passing = 0;
  double broader_than_topic = 0;
  double least_share = 0;
  double inherited = 0;
  double passing = 0;
  Factors article{};  // texts with a title or headings
  Factors message{};  // texts without: a question, a post, a note

  std::string digest;

  // kBadData with file:line for an unknown name, a value that is no number of 0 or more, a name
  // that is missing or stands twice.
  static Result<TagWeights> Load(const std::string& data_dir);
};

}  // namespace sakuin::thesaurus
