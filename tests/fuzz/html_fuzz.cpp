// Any bytes read as a page give an error or a document whose text leads back into the bytes.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"

namespace {

const sakuin::ingest::Extractor& Reader() {
  static const auto loaded = sakuin::ingest::Extractor::Create(SAKUIN_ROOT "/corpus");
  if (!loaded) std::abort();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sakuin::model::Source source;
  source.uri = "fuzz";
  source.bytes.assign(reinterpret_cast<const char*>(data), size);
  source.format = "html";
  source.trace = size % 2 == 0;
  const auto document = Reader().Extract(source);
  if (!document) return 0;
  if (document->sections.empty()) std::abort();
  for (const auto& section : document->sections) {
    if (sakuin::utf8::FindInvalid(section.text) || section.source.begin > section.source.end ||
        section.source.end > size) {
      std::abort();
    }
    const auto all = static_cast<std::uint32_t>(section.text.size());
    if (section.text_map.ToSource({0, all}).end > size) std::abort();
  }
  return 0;
}
