#pragma once

// Where corpus/ is, and its tables as rows.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin {

// The folder that holds folding/, profiles/, thesaurus/ and language/. `asked` (--data-dir) wins;
// else the one beside the program (../corpus, then ../share/sakuin), else the one this build was
// made from. kNotFound names every place that was tried. `program` is the path of the binary.
Result<std::string> FindDataDir(const std::string& asked, const std::string& program);

// One row of a .tsv file. Empty lines and lines that begin with '#' are left out.
struct TsvRow {
  std::vector<std::string> fields;
  std::string where;  // "corpus/folding/han.tsv:12", for messages
};

// Reads a UTF-8, LF, tab-separated file. Every row must have between `least` and `most` fields;
// kBadData with file:line otherwise.
Result<std::vector<TsvRow>> ReadTsv(const std::string& path, std::size_t least, std::size_t most);

// The same of what was read from `path` already.
Result<std::vector<TsvRow>> ParseTsv(std::string_view bytes, const std::string& path,
                                     std::size_t least, std::size_t most);

std::vector<std::string> Split(std::string_view text, char separator);

}  // namespace sakuin
