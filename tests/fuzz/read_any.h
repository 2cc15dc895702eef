#pragma once

// What the targets share that read bytes as one kind of article: an error, or a document whose
// sections lie in the bytes and whose text leads back into them. Aborts where it is not so.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"

namespace sakuin::fuzz {

inline int ReadAny(const char* format, const std::uint8_t* data, std::size_t size) {
  static const auto extractor = ingest::Extractor::Create(SAKUIN_ROOT "/corpus");
  if (!extractor) std::abort();
  model::Source source;
  source.uri = "fuzz";
  source.format = format;
  source.bytes.assign(reinterpret_cast<const char*>(data), size);
  source.trace = size % 2 == 0;
  const auto document = extractor->Extract(source);
  if (!document) return 0;
  if (document->sections.empty()) std::abort();
  for (const model::Section& section : document->sections) {
    const auto all = static_cast<std::uint32_t>(section.text.size());
    if (utf8::FindInvalid(section.text) || section.source.begin > section.source.end ||
        section.source.end > size || section.text_map.ToSource({0, all}).end > size) {
      std::abort();
    }
  }
  return 0;
}

}  // namespace sakuin::fuzz
