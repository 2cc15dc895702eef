#pragma once

// Paths as a person gives them -> inputs to read, in a fixed order.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/source.h"

namespace sakuin::pipeline {

struct ReadOptions {
  std::string format = "auto";  // auto, html, toutiao, text, markdown, jsonl
  std::string encoding;
  std::string language;
};

struct Rejected {
  std::string uri;
  std::string reason;
  ErrorCode code = ErrorCode::kBadInput;
};

// The files below `paths`, folders walked, "-" for standard input; each once, in byte order of
// their normalised paths. In folders only .html .htm .xhtml .shtml .txt .text .jsonl .ndjson and
// files without an ending are articles; a file that is named is read whatever it is called.
struct Inputs {
  std::vector<std::string> files;
  std::vector<std::string> roots;    // the given paths, normalised: what --prune may remove below
  std::vector<Rejected> rejected;    // paths that are not there or cannot be read
  std::vector<std::string> skipped;  // links that leave their folder
  std::size_t other_kinds = 0;       // files in folders whose ending is no article's
};
Inputs CollectInputs(const std::vector<std::string>& paths);

// The sources in one file: itself, or the records of a JSON Lines file.
struct FileSources {
  std::vector<model::Source> sources;
  std::vector<Rejected> rejected;
};
FileSources ReadSources(const std::string& file, const ReadOptions& options);

// Is `origin` one of `roots` or below one of them?
bool IsBelow(const std::string& origin, const std::vector<std::string>& roots);

}  // namespace sakuin::pipeline
