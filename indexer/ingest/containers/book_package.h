#pragma once

// The table of contents and the metadata of an EPUB (Open Packaging Format 2 and 3).

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::ingest {

using BookFiles = std::map<std::string, std::string, std::less<>>;  // name -> bytes

struct Chapter {
  std::string name;   // of the file
  std::string title;  // as the book's navigation calls it, or empty
};

struct BookPackage {
  std::string title;
  std::string author;
  std::string language;
  std::string published;          // ISO 8601
  std::vector<Chapter> chapters;  // in reading order, without navigation and what is aside
};

// Finds the package by META-INF/container.xml. kBadInput for a book without one, or whose XML
// cannot be read.
Result<BookPackage> ReadBookPackage(const BookFiles& files);

// Names of the files that are encrypted (META-INF/encryption.xml).
std::vector<std::string> EncryptedFiles(const BookFiles& files);

}  // namespace sakuin::ingest
