#pragma once

// Case tables: tests/cases/<stage>/<name>.tsv, one case a row.

#include <string>
#include <vector>

#include "indexer/base/data_dir.h"

namespace sakuin::test {

// The rows of tests/cases/<name>; fails the test run with file:line when a row is malformed.
// "\n", "\t" and "\\" in a field stand for a line break, a tab and a backslash.
std::vector<TsvRow> LoadCases(const std::string& name, std::size_t least = 1,
                              std::size_t most = 16);

std::string Unescape(const std::string& field);

// Files of the repository and of the shared folder beside it; the second is empty when absent.
std::string RepositoryPath(const std::string& relative);
std::string SharedPath(const std::string& relative);
std::string ReadFile(const std::string& path);

}  // namespace sakuin::test
