#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace sakuin::store {

// What a knowledge base says about itself. Kept in it, so that it can never be asked with another
// analyzer than it was built with.
struct IndexInfo {
  std::string analyzer;  // text::Analyzer::digest()
  std::string rules;     // digest of everything else that turns bytes into rows
  std::string program;   // version of the program that wrote it last
  std::string icu;       // "72.1"
  std::int64_t schema = 0;
  std::int64_t generation = 0;  // rises with every commit
};

struct Totals {
  std::int64_t documents = 0;
  std::int64_t sections = 0;
  std::int64_t source_bytes = 0;
  std::int64_t text_bytes = 0;
  std::int64_t duplicates = 0;  // documents that are another one, reposted
  std::int64_t advice = 0;
};

// Numbers of sections by value, for `stats`.
using Counts = std::map<std::string, std::int64_t>;

struct Problem {
  std::string layer;  // "file", "index", "text", "reviews"
  std::string where;  // a table, a document's id, a section's id
  std::string what;
  std::string repair;  // the command that mends it
};

}  // namespace sakuin::store
