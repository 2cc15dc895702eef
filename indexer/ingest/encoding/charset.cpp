#include "indexer/ingest/encoding/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

struct Encoding {
  const char* name;    // WHATWG
  const char* icu;     // ICU's converter with the same real-world meaning
  const char* labels;  // blank-separated, lower case
};

// The WHATWG Encoding Standard's labels, as far as Chinese and Japanese pages use them.
constexpr std::array<Encoding, 11> kEncodings = {{
    {"UTF-8", "UTF-8", "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8"},
    {"GBK", "gb18030",
     "gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 iso-ir-58 cp936 ms936 "
     "windows-936 euc-cn"},
    {"gb18030", "gb18030", "gb18030"},
    {"Big5", "ibm-1375_P100-2008", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950"},
    {"Shift_JIS", "ibm-943_P15A-2003",
     "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis ms932 windows-31j cp932"},
    {"EUC-JP", "euc-jp-2007", "euc-jp x-euc-jp cseucpkdfmtjapanese eucjp"},
    {"ISO-2022-JP", "iso-2022-jp", "iso-2022-jp csiso2022jp"},
    {"EUC-KR", "windows-949", "euc-kr korean ks_c_5601-1987 ksc5601 windows-949"},
    {"UTF-16LE", "UTF-16LE", "utf-16le utf-16 unicode ucs-2"},
    {"UTF-16BE", "UTF-16BE", "utf-16be"},
    {"windows-1252", "windows-1252",
     "windows-1252 iso-8859-1 latin1 ascii us-ascii iso8859-1 cp1252"},
}};

struct Closer {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

std::string Lower(std::string_view text) {
  std::string out(utf8::Trim(text));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const Encoding* Find(std::string_view label) {
  const std::string wanted = Lower(label);
  if (wanted.empty() || wanted.find(' ') != std::string::npos) return nullptr;
  for (const Encoding& encoding : kEncodings) {
    const std::string all = " " + std::string(encoding.labels) + " ";
    if (all.find(" " + wanted + " ") != std::string::npos) return &encoding;
  }
  return nullptr;
}

// charset=NAME inside a <meta> of the first 1024 bytes, or encoding="NAME" of an XML declaration.
const Encoding* Declared(std::string_view bytes) {
  const std::string head = Lower(bytes.substr(0, 1024));
  for (const std::string_view key : {"charset", "encoding"}) {
    for (std::size_t at = head.find(key); at != std::string::npos; at = head.find(key, at + 1)) {
      const std::size_t tag = head.rfind('<', at);
      const bool inside =
          tag != std::string::npos && head.find('>', tag) > at &&
          (head.compare(tag, 5, "<meta") == 0 || head.compare(tag, 5, "<?xml") == 0);
      std::size_t begin = head.find_first_not_of(" \t\r\n", at + key.size());
      if (!inside || begin == std::string::npos || head[begin] != '=') continue;
      begin = head.find_first_not_of(" \t\r\n\"'", begin + 1);
      if (begin == std::string::npos) continue;
      const std::size_t end = head.find_first_of(" \t\r\n\"';/>", begin);
      const Encoding* const found = Find(head.substr(begin, end - begin));
      // A page that can be read as ASCII up to here is not UTF-16, whatever it says.
      if (found != nullptr && std::string_view(found->name).starts_with("UTF-16"))
        return Find("utf-8");
      if (found != nullptr) return found;
    }
  }
  return nullptr;
}

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

constexpr int kLeastConfidence = 20;

const Encoding* Detect(std::string_view bytes) {
  IcuCheck icu;
  const std::unique_ptr<UCharsetDetector, Closer> detector(ucsdet_open(icu));
  constexpr std::size_t kEnough = 65536;
  const auto size = static_cast<int32_t>(std::min(bytes.size(), kEnough));
  ucsdet_setText(detector.get(), bytes.data(), size, icu);
  int32_t count = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, icu);
  if (icu.Failed()) return nullptr;
  for (int32_t i = 0; i < count; ++i) {
    const char* const name = ucsdet_getName(matches[i], icu);
    const Encoding* const found = name == nullptr ? nullptr : Find(name);
    if (found == nullptr || ucsdet_getConfidence(matches[i], icu) < kLeastConfidence) continue;
    // Guesses are for what our articles are written in; the rest is broken UTF-8 more often.
    const std::string_view is = found->name;
    if (is == "GBK" || is == "gb18030" || is == "Big5" || is == "Shift_JIS" || is == "EUC-JP" ||
        is == "ISO-2022-JP") {
      return found;
    }
  }
  return nullptr;
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

// One character at a time: slower than whole buffers, but every byte's place is known.
Status DecodeByIcu(std::string_view bytes, std::size_t offset, const Encoding& encoding,
                   Decoded& out) {
  IcuCheck icu;
  const std::unique_ptr<UConverter, Closer> converter(ucnv_open(encoding.icu, icu));
  if (icu.Failed()) return icu.AsError(std::string("cannot open the converter ") + encoding.icu);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, icu);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const char* const begin = at;
    IcuCheck step;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, step);
    if (step.Code() == U_INDEX_OUTOFBOUNDS_ERROR) break;  // only a shift sequence was left
    if (at == begin) ++at;
    const auto text = static_cast<std::uint32_t>(out.text.size());
    const bool bad = step.Failed();
    if (bad) ++out.replaced;
    utf8::Append(out.text, bad ? 0xFFFD : static_cast<char32_t>(c));
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
  if (bytes.starts_with("\xEF\xBB\xBF")) return Choice{Find("utf-8"), "bom", 3};
  if (bytes.starts_with("\xFF\xFE")) return Choice{Find("utf-16le"), "bom", 2};
  if (bytes.starts_with("\xFE\xFF")) return Choice{Find("utf-16be"), "bom", 2};
  return std::nullopt;
}

Choice Choose(std::string_view bytes, const Encoding* asked, bool is_html) {
  if (const auto bom = FromBom(bytes)) return *bom;
  if (asked != nullptr) return {asked, "asked", 0};
  const Encoding* const utf8 = Find("utf-8");
  const bool well_formed = !utf8::FindInvalid(bytes);
  if (const Encoding* const declared = is_html ? Declared(bytes) : nullptr) {
    // ISO-2022-JP is seven-bit; elsewhere bytes that are good UTF-8 with characters above ASCII
    // are UTF-8 whatever a template declares.
    const bool ascii = std::all_of(bytes.begin(), bytes.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!well_formed || ascii || declared == utf8) return {declared, "declared", 0};
    return {utf8, "utf-8", 0};
  }
  if (well_formed) return {utf8, "utf-8", 0};
  if (const Encoding* const detected = IsMostlyUtf8(bytes) ? nullptr : Detect(bytes)) {
    return {detected, "detected", 0};
  }
  return {utf8, "utf-8", 0};
}

}  // namespace

Result<Decoded> Decode(std::string_view bytes, std::string_view asked, bool is_html) {
  const Encoding* const wanted = asked.empty() ? nullptr : Find(asked);
  if (!asked.empty() && wanted == nullptr) {
    return Fail(ErrorCode::kUsage,
                "there is no encoding '" + std::string(asked) +
                    "'; such as UTF-8, GBK, GB18030, Big5, Shift_JIS, EUC-JP, ISO-2022-JP, "
                    "UTF-16LE are known");
  }
  const Choice choice = Choose(bytes, wanted, is_html);
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
