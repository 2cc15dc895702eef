#include "indexer/ingest/encoding/charset.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/encoding_labels.h"
#include "indexer/ingest/encoding/meta_prescan.h"

namespace sakuin::ingest {
namespace {

// A few broken bytes in a text whose other multi-byte sequences are good UTF-8.
bool IsMostlyUtf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    const char32_t c = utf8::Next(bytes, at);
    if (at - begin > 1) ++good;
    if (at - begin == 1 && c == 0xFFFD) ++bad;
  }
  return good >= bad * 4;
}

// Seven-bit Japanese says so by its escapes: ESC $ @, ESC $ B, ESC ( J.
bool HasIso2022Escapes(std::string_view bytes) {
  return bytes.find("\x1B$B") != std::string_view::npos ||
         bytes.find("\x1B$@") != std::string_view::npos ||
         bytes.find("\x1B(J") != std::string_view::npos;
}

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void DecodeUtf8(std::string_view bytes, std::size_t offset, Decoded& out) {
  const auto whole = static_cast<std::uint32_t>(bytes.size());
  if (!utf8::FindInvalid(bytes)) {
    out.text = std::string(bytes);
    out.map.Add({0, offset, whole, 1, 1});
    return;
  }
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    const char32_t c = utf8::Next(bytes, at);
    const auto text = static_cast<std::uint32_t>(out.text.size());
    utf8::Append(out.text, c);
    const bool bad = c == 0xFFFD && at - begin == 1;
    if (bad) ++out.replaced;
    const auto length = static_cast<std::uint32_t>(at - begin);
    if (bad) {
      out.map.Add({text, offset + begin, 1, 3, 1});
    } else {
      out.map.Add({text, offset + begin, length, 1, 1});
    }
  }
}

// Where ICU 72's tables differ from the WHATWG Encoding Standard's, found by its own test tables:
// the two-byte codes of GB18030-2022 that ICU still reads as private use.
char32_t Gb18030Of2022(char32_t c) {
  static constexpr std::array<char32_t, 8> kHan = {0xE81E, 0xE826, 0xE82B, 0xE82C,
                                                   0xE832, 0xE843, 0xE854, 0xE864};
  static constexpr std::array<char32_t, 10> kVertical = {0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14,
                                                         0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19};
  if (c == 0xE5E5) return 0x3000;
  if (c >= 0xE78D && c <= 0xE796) return kVertical.at(c - 0xE78D);
  const auto* const han = std::find(kHan.begin(), kHan.end(), c);
  return han == kHan.end() ? c : 0x9FB4 + static_cast<char32_t>(han - kHan.begin());
}

// IBM's row of JIS X 0212, which the standard's table does not have.
bool IsIbmRow(std::string_view code) {
  if (code.size() != 3 || code[0] != '\x8F' || code[1] != '\xF3') return false;
  const auto cell = static_cast<unsigned char>(code[2]);
  return cell >= 0xA1 && cell <= 0xB7;
}

// One character at a time: slower than whole buffers, but every byte's place is known.
Status DecodeByIcu(std::string_view bytes, std::size_t offset, const Encoding& encoding,
                   Decoded& out) {
  IcuCheck icu;
  const icu::LocalUConverterPointer converter(ucnv_open(encoding.icu, icu));
  if (icu.Failed()) return icu.AsError(std::string("cannot open the converter ") + encoding.icu);
  ucnv_setToUCallBack(converter.getAlias(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                      icu);
  const std::string_view name = encoding.name;
  const bool is_gb = name == "GBK" || name == "gb18030";
  const bool is_euc_jp = name == "EUC-JP";
  const bool gives_back = name != "ISO-2022-JP" && !name.starts_with("UTF-16");
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const char* const begin = at;
    IcuCheck step;
    const UChar32 c = ucnv_getNextUChar(converter.getAlias(), &at, end, step);
    if (step.Code() == U_INDEX_OUTOFBOUNDS_ERROR) break;  // only a shift sequence was left
    if (at == begin) ++at;
    const auto text = static_cast<std::uint32_t>(out.text.size());
    std::string_view code(begin, static_cast<std::size_t>(at - begin));
    const bool bad = step.Failed() || (is_euc_jp && IsIbmRow(code));
    if (bad && gives_back) {
      // An ASCII byte behind a lead byte is itself: markup must not be swallowed.
      const auto* const ascii =
          std::find_if(begin + 1, at, [](char b) { return static_cast<unsigned char>(b) < 0x80; });
      at = ascii;
      ucnv_resetToUnicode(converter.getAlias());
    }
    if (bad) ++out.replaced;
    char32_t good = static_cast<char32_t>(c);
    if (is_gb && code.size() == 2) good = Gb18030Of2022(good);
    utf8::Append(out.text, bad ? 0xFFFD : good);
    out.map.Add({text, offset + static_cast<std::size_t>(begin - bytes.data()), 1,
                 static_cast<std::uint32_t>(out.text.size() - text),
                 static_cast<std::uint32_t>(at - begin)});
  }
  return {};
}

struct Choice {
  const Encoding* encoding = nullptr;
  const char* reason = "";
  std::size_t bom = 0;
};

std::optional<Choice> FromBom(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Choice{FindEncoding("utf-8"), "bom", 3};
  if (bytes.starts_with("\xFF\xFE")) return Choice{FindEncoding("utf-16le"), "bom", 2};
  if (bytes.starts_with("\xFE\xFF")) return Choice{FindEncoding("utf-16be"), "bom", 2};
  return std::nullopt;
}

Choice Choose(std::string_view bytes, const Encoding* asked, const Encoding* transport,
              bool is_html, const EncodingDetector& detector) {
  if (const auto bom = FromBom(bytes)) return *bom;
  if (asked != nullptr) return {asked, "asked", 0};
  const Encoding* const utf8 = FindEncoding("utf-8");
  const bool well_formed = !utf8::FindInvalid(bytes);
  const bool ascii = IsAscii(bytes);
  if (transport != nullptr && (transport == utf8 ? IsMostlyUtf8(bytes) : !well_formed || ascii)) {
    return {transport, "transport", 0};
  }
  const Encoding* declared = XmlDeclared(bytes);
  if (declared == nullptr && is_html) declared = PrescanMeta(bytes);
  if (declared != nullptr) {
    // ISO-2022-JP is seven-bit; elsewhere bytes that are good UTF-8 with characters above ASCII
    // are UTF-8 whatever a template declares.
    if (!well_formed || ascii || declared == utf8) return {declared, "declared", 0};
    return {utf8, "utf-8", 0};
  }
  if (ascii && HasIso2022Escapes(bytes)) return {FindEncoding("iso-2022-jp"), "detected", 0};
  if (!well_formed || ascii || bytes.find('\0') != std::string_view::npos) {
    if (const Encoding* const wide = detector.DetectUtf16(bytes)) return {wide, "detected", 0};
  }
  if (well_formed) return {utf8, "utf-8", 0};
  if (const Encoding* const found = IsMostlyUtf8(bytes) ? nullptr : detector.Detect(bytes)) {
    return {found, "detected", 0};
  }
  return {utf8, "utf-8", 0};
}

}  // namespace

Result<Decoded> Decode(std::string_view bytes, std::string_view asked, bool is_html,
                       const EncodingDetector& detector) {
  const Encoding* transport = nullptr;
  if (asked.starts_with(model::kTransport)) {
    transport = FindEncoding(asked.substr(model::kTransport.size()));
    asked = {};
  }
  const Encoding* const wanted = asked.empty() ? nullptr : FindEncoding(asked);
  if (!asked.empty() && wanted == nullptr) {
    return Fail(ErrorCode::kUsage,
                "there is no encoding '" + std::string(asked) +
                    "'; such as UTF-8, GBK, GB18030, Big5, Shift_JIS, EUC-JP, ISO-2022-JP, "
                    "UTF-16LE are known");
  }
  const Choice choice = Choose(bytes, wanted, transport, is_html, detector);
  Decoded out;
  out.encoding = choice.encoding->name;
  out.reason = choice.reason;
  const std::string_view rest = bytes.substr(choice.bom);
  if (out.encoding == "UTF-8") {
    DecodeUtf8(rest, choice.bom, out);
  } else if (const Status done = DecodeByIcu(rest, choice.bom, *choice.encoding, out); !done) {
    return Pass(done);
  }
  return out;
}

}  // namespace sakuin::ingest
