#pragma once

// Documents a page at a time.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::store {

struct DocumentSummary {
  std::string id;
  std::string uri;
  std::string title;
  std::string language;
  std::string encoding;
  std::string profile;
  std::string site;
  std::string published;
  std::int64_t sections = 0;
  std::int64_t source_bytes = 0;
};

// Equal ones in order of uri, then id; dates the newest first, those without one last.
enum class DocumentOrder : std::uint8_t { kUri, kTitle, kPublished };
inline constexpr std::array<std::string_view, 3> kDocumentOrders = {"uri", "title", "published"};

// Empty strings leave everything in.
struct DocumentQuery {
  std::string contains;  // stands in title or uri; small and capital ASCII letters are one
  std::string language;  // "zh" covers both scripts
  std::string site;
  DocumentOrder order = DocumentOrder::kUri;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};

struct DocumentPage {
  std::int64_t total = 0;
  std::vector<DocumentSummary> documents;
};

// What stands before and behind a document in order of uri, then id; ids are empty at the ends.
struct DocumentNeighbours {
  DocumentSummary previous;  // id and title alone, as the next
  DocumentSummary next;
};

}  // namespace sakuin::store
