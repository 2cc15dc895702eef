#include "tests/support/cases.h"

#include <stdexcept>

#include "indexer/base/files.h"

namespace sakuin::test {

std::string Unescape(const std::string& field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      out.push_back(field[i]);
      continue;
    }
    const char next = field[++i];
    out.push_back(next == 'n' ? '\n' : next == 't' ? '\t' : next);
  }
  return out;
}

std::vector<TsvRow> LoadCases(const std::string& name, std::size_t least, std::size_t most) {
  auto rows = ReadTsv(std::string(SAKUIN_TESTS_DIR) + "/cases/" + name, least, most);
  if (!rows) throw std::runtime_error(rows.error().Text());
  for (TsvRow& row : *rows) {
    for (std::string& field : row.fields) field = Unescape(field);
  }
  return *rows;
}

std::string RepositoryPath(const std::string& relative) {
  return std::string(SAKUIN_ROOT) + "/" + relative;
}

std::string SharedPath(const std::string& relative) {
  const std::string path = std::string(SAKUIN_ROOT) + "/../shared/" + relative;
  return files::Exists(path) ? path : std::string();
}

std::string ReadFile(const std::string& path) {
  auto bytes = files::Read(path);
  if (!bytes) throw std::runtime_error(bytes.error().Text());
  return *bytes;
}

}  // namespace sakuin::test
