#pragma once

// CSV as RFC 4180 has it, with LF.

#include <initializer_list>
#include <string>

namespace sakuin::app {

// A field, quoted where it has to be.
inline std::string Csv(const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

inline std::string CsvLine(std::initializer_list<std::string> fields) {
  std::string out;
  for (const std::string& field : fields) {
    if (&field != fields.begin()) out += ',';
    out += Csv(field);
  }
  return out + "\n";
}

}  // namespace sakuin::app
