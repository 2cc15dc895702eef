#pragma once

// Paths as a person gives them -> inputs to read, in a fixed order.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/containers/source_reader.h"

namespace sakuin::pipeline {

using ReadOptions = ingest::ReadOptions;

struct Rejected {
  std::string uri;
  std::string reason;
  ErrorCode code = ErrorCode::kBadInput;
};

// The files below `paths`, folders walked, "-" for standard input; each once, in byte order of
// their normalised paths. In folders only files whose ending is known (ingest::IsInputName) and
// files without an ending are inputs; a file that is named is read whatever it is called.
struct Inputs {
  std::vector<std::string> files;
  std::vector<std::string> roots;    // the given paths, normalised: what --prune may remove below
  std::vector<Rejected> rejected;    // paths that are not there or cannot be read
  std::vector<std::string> skipped;  // links that leave their folder
  std::size_t other_kinds = 0;       // files in folders whose ending is unknown
  std::uint64_t bytes = 0;           // of all files, where none is packed or a pipe; else 0
};
Inputs CollectInputs(const std::vector<std::string>& paths);

// Is `origin` one of `roots` or below one of them?
bool IsBelow(const std::string& origin, const std::vector<std::string>& roots);

}  // namespace sakuin::pipeline
