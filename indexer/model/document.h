#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/model/section.h"

namespace sakuin::model {

// One decision of the reader, for a person who asks why (`extract --trace`).
struct TraceStep {
  bool kept = false;
  std::string reason;  // such as "paragraph", "stripped: <div class=\"share\">"
  std::string text;    // as one line
  SourceRange source;
};

// How many blocks were kept, or left out, for one reason.
struct BlockCount {
  bool kept = false;
  std::string reason;  // as in a TraceStep, without the element: "paragraph", "stripped"
  std::uint32_t count = 0;
  friend bool operator==(const BlockCount&, const BlockCount&) = default;
};

// A clean article. An empty string means that the source does not say.
struct Document {
  std::string id;
  std::string uri;
  std::string title;
  std::string language;         // "zh-Hans", "zh-Hant", "ja", "en" or "und"
  std::string encoding;         // what the bytes were decoded by, WHATWG name: "UTF-8", "GBK", ...
  std::string encoding_reason;  // "bom", "asked", "transport", "declared", "utf-8", "detected"
  std::string profile;          // id of the site profile or reader: "toutiao", "plain-text", ...
  std::string site;
  std::string author;
  std::string published;           // ISO 8601, to the precision that is known
  std::uint64_t replaced = 0;      // malformed byte sequences that became U+FFFD
  std::vector<std::string> notes;  // what a person should know of this input (warnings)
  std::vector<BlockCount> blocks;  // by reason, kept ones first; empty for JSON Lines records
  std::vector<TraceStep> trace;    // in the order of the source; empty unless Source.trace
  std::vector<Section> sections;   // in reading order; never empty: section 0 always exists
};

}  // namespace sakuin::model
