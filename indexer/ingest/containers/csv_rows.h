#pragma once

// Comma-separated values, by libcsv (RFC 4180, read leniently).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::ingest {

using CsvRow = std::vector<std::string>;

// Not thread-safe. Works on UTF-8, a line at a time: a cell in quotes may go on in the next line.
class CsvRows {
 public:
  explicit CsvRows(char delimiter);

  // Takes a line with its line feed and adds the rows that end in it (more than one where carriage
  // returns end rows). False where a quotation mark stands where none may: then only Reset() helps.
  bool Feed(std::string_view line, std::vector<CsvRow>& rows);

  // One line by itself, however its quotation marks stand; cut at every delimiter where one never
  // closes.
  static CsvRow ReadLoosely(std::string_view line, char delimiter);

  // Is a row open behind the last line?
  bool Open() const;

  // Forgets the open row.
  void Reset();

  CsvRows(CsvRows&&) noexcept;
  CsvRows& operator=(CsvRows&&) noexcept;
  ~CsvRows();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::ingest
