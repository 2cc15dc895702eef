// Any bytes, by any encoding or by none, give well-formed UTF-8 whose every character leads into
// the bytes, in their order.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/charset.h"

namespace {

const sakuin::ingest::EncodingDetector& Detector() {
  static const auto loaded = sakuin::ingest::EncodingDetector::Create(SAKUIN_ROOT "/corpus");
  if (!loaded) std::abort();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* asked : {"", "gb18030", "Big5", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "EUC-KR",
                            "x-euc-tw", "UTF-16LE", "UTF-16BE", "windows-1252"}) {
    const auto decoded = sakuin::ingest::Decode(bytes, asked, true, Detector());
    if (!decoded || sakuin::utf8::FindInvalid(decoded->text)) std::abort();
    std::uint64_t before = 0;
    for (std::size_t at = 0; at < decoded->text.size();) {
      const auto begin = static_cast<std::uint32_t>(at);
      sakuin::utf8::Next(decoded->text, at);
      const auto range = decoded->map.ToSource({begin, static_cast<std::uint32_t>(at)});
      if (range.begin < before || range.end > size || range.begin > range.end) std::abort();
      before = range.begin;
    }
  }
  return 0;
}
