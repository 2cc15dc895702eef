#pragma once

// What ranking and facets read of every section of a segment, as columns: copies of rows that are
// elsewhere too, because reading a row for each of thousands of hits takes longer than finding
// them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// One entry a section, in order of sections. Strings are indexes into their tables; the first of
// each table is "".
struct FactColumns {
  std::vector<std::int64_t> document;  // its row's number
  std::vector<std::uint32_t> ordinal;
  std::vector<std::uint32_t> language;  // the section's own, else the document's
  std::vector<std::uint32_t> site;
  std::vector<std::uint32_t> published;
  std::vector<std::string> languages;
  std::vector<std::string> sites;
  std::vector<std::string> dates;
};

struct TopicColumns {
  // Section i has tags [tag_begin[i], tag_begin[i + 1]), the one it is most about first; aspects
  // likewise. One more entry than sections.
  std::vector<std::uint32_t> tag_begin;
  std::vector<std::uint32_t> aspect_begin;
  std::vector<std::uint32_t> tags;  // index into concepts * 2, + 1 where it is the primary one
  std::vector<std::uint32_t> aspects;
  std::vector<std::string> concepts;
  std::vector<std::string> aspect_names;
};

// Of the rows of the sections `numbers`, which ascend; as they are stored.
Result<std::string> MakeFacts(SqlLibrary& sql, const std::vector<std::int64_t>& numbers);
Result<std::string> MakeTopics(SqlLibrary& sql, const std::vector<std::int64_t>& numbers);

// kDamaged where they are not columns of `sections` sections.
Result<FactColumns> DecodeFacts(std::string_view bytes, std::size_t sections);
Result<TopicColumns> DecodeTopics(std::string_view bytes, std::size_t sections);

}  // namespace sakuin::store
