#pragma once

// Bytes -> UTF-8 text, with the way back (stage 1 of docs/architecture.md).

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/ingest/encoding/detector.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

struct Decoded {
  std::string text;  // well-formed UTF-8, no BOM; CR LF and CR are still as they were
  std::string
      encoding;        // WHATWG name: "UTF-8", "GBK", "gb18030", "Shift_JIS", "EUC-JP", "Big5", ...
  std::string reason;  // "bom", "asked", "transport", "declared", "utf-8", "detected"
  std::uint64_t replaced = 0;  // malformed sequences that became U+FFFD
  model::SourceMap map;        // text -> the bytes of the input
};

// Decides in this order: byte order mark; `asked` (--encoding); what the transport declared (an
// `asked` that begins with model::kTransport; passed over where it is unknown, or the bytes say
// otherwise as below); what the bytes declare (an XML declaration; where `is_html`, the HTML
// Standard's prescan), unless they are well-formed UTF-8 beyond ASCII; UTF-16 without a mark;
// UTF-8, also with few malformed bytes; `detector`. Names are WHATWG labels with their real-world
// meanings: GBK and GB2312 are read as GB18030, Shift_JIS as Windows-31J. A declared name that is
// unknown is passed over, an asked one is kUsage. Malformed bytes never fail: they become U+FFFD
// and are counted. Pure and thread-safe.
Result<Decoded> Decode(std::string_view bytes, std::string_view asked, bool is_html,
                       const EncodingDetector& detector);

}  // namespace sakuin::ingest
