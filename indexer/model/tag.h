#pragma once

#include <string>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::model {

// A concept that a section is about.
struct Tag {
  std::string concept_id;
  double score = 0;      // 0 to 1, the section's strongest is 1
  bool primary = false;  // at most one of a section
  bool inherited =
      false;  // from the title or a heading above: the section's own words do not name it
  std::vector<Span> text_spans;     // where its labels stand in the section's text
  std::vector<Span> heading_spans;  // and in its heading
};

}  // namespace sakuin::model
