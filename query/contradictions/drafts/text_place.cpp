#include "query/contradictions/drafts/text_place.h"

#include <algorithm>

#include "indexer/base/utf8.h"

namespace sakuin::contradictions {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

TextPlace InUtf16(std::string_view bytes, bool big) {
  TextPlace out;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto high = static_cast<unsigned char>(bytes[big ? i : i + 1]);
    const auto low = static_cast<unsigned char>(bytes[big ? i + 1 : i]);
    if (high == 0 && low == '\n') {
      ++out.line;
      out.column = 1;
    } else if ((high & 0xFCU) != 0xDC && !(high == 0xFE && low == 0xFF)) {
      ++out.column;  // neither the second half of a character nor the byte order mark
    }
  }
  return out;
}

}  // namespace

TextPlace PlaceOf(std::string_view bytes, std::size_t at, std::string_view encoding) {
  std::string_view before = bytes.substr(0, std::min(at, bytes.size()));
  if (encoding.starts_with("UTF-16")) return InUtf16(before, encoding.ends_with("BE"));
  if (before.starts_with(kMark)) before.remove_prefix(kMark.size());
  TextPlace out;
  out.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t end = before.rfind('\n');
  const std::string_view line = end == std::string_view::npos ? before : before.substr(end + 1);
  out.column += encoding == "UTF-8" ? utf8::Count(line) : line.size();
  return out;
}

}  // namespace sakuin::contradictions
