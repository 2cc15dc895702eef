#include "indexer/base/csv.h"

#include <string_view>

namespace sakuin {
namespace {

template <typename Fields>
std::string Line(const Fields& fields) {
  std::string out;
  bool first = true;
  for (const std::string& field : fields) {
    out += (first ? "" : ",") + CsvField(field);
    first = false;
  }
  return out + "\n";
}

}  // namespace

std::string CsvField(const std::string& value) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  const bool guard = !value.empty() && kFormula.find(value[0]) != std::string_view::npos;
  if (!guard && value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string out = guard ? "\"'" : "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string CsvLine(std::initializer_list<std::string> fields) { return Line(fields); }
std::string CsvLine(const std::vector<std::string>& fields) { return Line(fields); }

}  // namespace sakuin
