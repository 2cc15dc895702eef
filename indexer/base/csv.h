#pragma once

// CSV as RFC 4180 has it, with LF, for spreadsheets too.

#include <initializer_list>
#include <string>
#include <vector>

namespace sakuin {

// A field, quoted where it has to be. A text that begins with =, +, -, @, a tab or a carriage
// return gets an apostrophe in front, so that no spreadsheet takes what an article says for a
// formula.
std::string CsvField(const std::string& value);

std::string CsvLine(std::initializer_list<std::string> fields);
std::string CsvLine(const std::vector<std::string>& fields);

}  // namespace sakuin
