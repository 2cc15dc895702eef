#pragma once

// The queries of the benchmark against a knowledge base that is there already, timed as the drivers
// in peers/ time theirs.

#include <string>

namespace sakuin::bench {

struct QueryRun {
  std::string kb;
  std::string queries;  // number<TAB>class<TAB>text; a class ending in "and" holds two phrases
  int rounds = 5;       // the median of so many passes over all, after one that warms up
  bool snippets = false;
  bool exact = false;  // no folding beyond the peers' own
  bool rows = false;   // number<TAB>class<TAB>milliseconds<TAB>sections found, else p50 and p99
};

// Each text is searched as a phrase. Gives a program's exit status.
int TimeKnowledgeBase(const QueryRun& run);

}  // namespace sakuin::bench
