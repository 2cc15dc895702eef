#include "indexer/ingest/encoding/detector.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kEnough = 32768;

// Logarithms of what one character is worth. Ratios matter, not the figures: about ln(share of the
// class in running text / characters in the class).
constexpr double kMalformed = -28;
constexpr double kControl = -25;
constexpr double kPrivate = -22;
constexpr double kUnknown = -13;
constexpr double kForeign = -12;  // a letter of another script than the candidate's own
constexpr double kHanCommon = -6.4;
constexpr double kHanVeryCommon = -5.2;
constexpr double kHanLevel1 = -8.8;
constexpr double kHanRare = -12.2;
constexpr std::size_t kVeryCommon = 100;

enum class Script { kHan, kJapanese, kKorean, kCyrillic, kLatin };

struct Candidate {
  const char* encoding;
  const char* language;
  Script script;
  double prior;
};

constexpr auto kMultiByte = std::to_array<Candidate>({
    {"GBK", "zh-Hans", Script::kHan, 0},
    {"gb18030", "zh-Hant", Script::kHan, -2},
    {"Big5", "zh-Hant", Script::kHan, 0},
    {"Shift_JIS", "ja", Script::kJapanese, 0},
    {"EUC-JP", "ja", Script::kJapanese, 0},
    {"EUC-KR", "ko", Script::kKorean, 0},
    {"x-euc-tw", "zh-Hant", Script::kHan, -10},
    {"windows-1251", "ru", Script::kCyrillic, -4},
    {"KOI8-R", "ru", Script::kCyrillic, -4},
    {"windows-1252", "", Script::kLatin, -4},
});

constexpr auto kUtf16 = std::to_array<Candidate>({
    {"UTF-16LE", "zh-Hans", Script::kHan, -6},
    {"UTF-16LE", "zh-Hant", Script::kHan, -6},
    {"UTF-16LE", "ja", Script::kJapanese, -6},
    {"UTF-16LE", "ko", Script::kKorean, -6},
    {"UTF-16LE", "", Script::kLatin, -6},
    {"UTF-16BE", "zh-Hans", Script::kHan, -6},
    {"UTF-16BE", "zh-Hant", Script::kHan, -6},
    {"UTF-16BE", "ja", Script::kJapanese, -6},
    {"UTF-16BE", "ko", Script::kKorean, -6},
    {"UTF-16BE", "", Script::kLatin, -6},
});

// Malformed sequences become U+FFFD. Nothing where ICU has no such converter.
std::optional<std::u16string> Read(std::string_view bytes, const char* icu_name) {
  IcuCheck icu;
  const icu::LocalUConverterPointer converter(ucnv_open(icu_name, icu));
  if (icu.Failed()) return std::nullopt;
  std::u16string out(bytes.size() * 2 + 16, u'\0');
  const int32_t size =
      ucnv_toUChars(converter.getAlias(), out.data(), static_cast<int32_t>(out.size()),
                    bytes.data(), static_cast<int32_t>(bytes.size()), icu);
  if (icu.Failed()) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

template <typename Use>
void EachCharacter(std::u16string_view text, Use use) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
        text[i + 1] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10U) + (text[++i] - 0xDC00U);
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    use(c);
  }
}

double AsciiWeight(char32_t c) {
  if (c == '\n' || c == '\r' || c == '\t' || c == ' ') return -3.2;
  if (c < 0x20 || c == 0x7F) return kControl;
  if (c >= 'a' && c <= 'z') return -3.4;
  if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return -4.6;
  return -5;
}

double KanaWeight(char32_t c, Script script) {
  if (script != Script::kJapanese) return -9.5;
  if (c >= 0xFF61) return -10.5;  // half-width
  return c < 0x30A0 ? -4.2 : -5.2;
}

double SymbolWeight(char32_t c) {
  switch (c) {
    case 0x3001:
    case 0x3002:
    case 0xFF0C:
    case 0x300C:
    case 0x300D:
    case 0x3000: return -4.6;
    default: break;
  }
  if (c >= 0x3000 && c < 0x3040) return -7;
  if (c >= 0xFF00 && c < 0xFF61) return -7;
  if (c >= 0x2010 && c < 0x2040) return -7;
  return -10.5;
}

}  // namespace

struct EncodingDetector::Impl {
  // A character's place among the commonest of a language.
  std::unordered_map<std::string, std::unordered_map<char32_t, std::size_t>> common;
  std::unordered_map<std::string, std::unordered_set<char32_t>> level1;
  std::string digest;

  double HanWeight(char32_t c, const Candidate& by) const {
    if (by.script == Script::kKorean) return -10.5;
    if (by.script != Script::kHan && by.script != Script::kJapanese) return kUnknown;
    const auto& places = common.at(by.language);
    const auto place = places.find(c);
    if (place != places.end()) return place->second < kVeryCommon ? kHanVeryCommon : kHanCommon;
    return level1.at(by.language).contains(c) ? kHanLevel1 : kHanRare;
  }

  double Weight(char32_t c, const Candidate& by) const {
    if (c < 0x80) return AsciiWeight(c);
    if (c == 0xFFFD) return kMalformed;
    if (c < 0xA0) return kControl;
    if (IsHan(c)) return HanWeight(c, by);
    if ((c >= 0x3041 && c < 0x3100) || (c >= 0xFF61 && c < 0xFFA0)) {
      return KanaWeight(c, by.script);
    }
    if (c >= 0xAC00 && c < 0xD7A4) {
      if (by.script != Script::kKorean) return -14;
      const auto& places = common.at("ko");
      if (places.contains(c)) return -5.2;
      return level1.at("ko").contains(c) ? -7.6 : -12;
    }
    if (c >= 0x400 && c < 0x460) {
      if (by.script != Script::kCyrillic) return kForeign;
      return c >= 0x430 && c < 0x450 ? -4.7 : -7;
    }
    if (c >= 0xC0 && c < 0x250) return by.script == Script::kLatin ? -6.2 : kForeign;
    if (c >= 0xA0 && c < 0xC0) return by.script == Script::kLatin ? -8.5 : -10.5;
    if (c >= 0xE000 && c < 0xF900) return kPrivate;
    if ((c >= 0x2000 && c < 0x2700) || (c >= 0x3000 && c < 0x3400) || c >= 0xFF00) {
      return c > 0xFFFF ? kUnknown : SymbolWeight(c);
    }
    return kUnknown;
  }

  double Score(std::u16string_view text, const Candidate& by) const {
    constexpr double kNul = -200;      // no text has it, in no encoding
    constexpr double kMixedWord = -5;  // Cyrillic and ASCII letters side by side
    double sum = by.prior;
    bool cyrillic = false;
    bool latin = false;
    EachCharacter(text, [&](char32_t c) {
      sum += c == 0 ? kNul : Weight(c, by);
      const bool now_cyrillic = c >= 0x400 && c < 0x460;
      const bool now_latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if ((cyrillic && now_latin) || (latin && now_cyrillic)) sum += kMixedWord;
      cyrillic = now_cyrillic;
      latin = now_latin;
    });
    return sum;
  }

  template <typename List>
  std::pair<const Encoding*, double> Best(std::string_view bytes, const List& list) const {
    const Encoding* best = nullptr;
    double most = 0;
    std::string read_as;
    std::optional<std::u16string> text;
    for (const Candidate& candidate : list) {
      const Encoding* const encoding = FindEncoding(candidate.encoding);
      if (read_as != candidate.encoding) {
        read_as = candidate.encoding;
        text = Read(bytes, encoding->icu);
      }
      if (!text) continue;
      const double score = Score(*text, candidate);
      if (best == nullptr || score > most) {
        best = encoding;
        most = score;
      }
    }
    return {best, most};
  }

  // Bytes that are looked at as UTF-8, each damaged place malformed.
  double Utf8Score(std::string_view bytes) const {
    static constexpr Candidate kAny{"UTF-8", "", Script::kLatin, 0};
    double sum = 0;
    for (std::size_t at = 0; at < bytes.size();) sum += Weight(utf8::Next(bytes, at), kAny);
    return sum;
  }

  void AddLevel(const char* language, const char* encoding, unsigned first, unsigned last,
                unsigned trail_from) {
    std::unordered_set<char32_t>& set = level1[language];
    for (unsigned row = first; row <= last; ++row) {
      for (unsigned cell = trail_from; cell < 0xFF; ++cell) {
        const char pair[2] = {static_cast<char>(row), static_cast<char>(cell)};
        const auto text = Read(std::string_view(pair, 2), FindEncoding(encoding)->icu);
        if (text && text->size() == 1 && (*text)[0] != 0xFFFD) set.insert((*text)[0]);
      }
    }
  }
};

Result<EncodingDetector> EncodingDetector::Create(const std::string& data_dir) {
  auto impl = std::make_unique<Impl>();
  auto rows = ReadTsv(data_dir + "/encoding/common_characters.tsv", 2, 2);
  if (!rows) return Pass(rows);
  for (const char* language : {"zh-Hans", "zh-Hant", "ja", "ko"}) impl->common[language];
  for (const TsvRow& row : *rows) {
    const auto found = impl->common.find(row.fields[0]);
    if (found == impl->common.end() || !found->second.empty()) {
      return Fail(ErrorCode::kBadData,
                  "'" + row.fields[0] + "' is not one of zh-Hans, zh-Hant, ja, ko, each once",
                  row.where);
    }
    for (const char32_t c : utf8::Decode(row.fields[1])) {
      found->second.emplace(c, found->second.size());
    }
    impl->digest += row.fields[0] + row.fields[1];
  }
  // The first levels of the national standards hold what their makers counted as in common use.
  impl->AddLevel("zh-Hans", "GBK", 0xB0, 0xD7, 0xA1);
  impl->AddLevel("zh-Hant", "Big5", 0xA4, 0xC6, 0x40);
  impl->AddLevel("ja", "EUC-JP", 0xB0, 0xCF, 0xA1);
  impl->AddLevel("ko", "EUC-KR", 0xB0, 0xC8, 0xA1);
  return EncodingDetector(std::move(impl));
}

const Encoding* EncodingDetector::Detect(std::string_view bytes) const {
  bytes = bytes.substr(0, kEnough);
  const auto [best, score] = impl_->Best(bytes, kMultiByte);
  if (best == nullptr || score <= impl_->Utf8Score(bytes)) return nullptr;
  // Every byte is a letter in a single-byte encoding: one or two of them are damage more often.
  constexpr std::ptrdiff_t kFewest = 3;
  const std::string_view name = best->name;
  const bool single = name.starts_with("windows-") || name.starts_with("KOI8");
  const auto high = std::count_if(bytes.begin(), bytes.end(),
                                  [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
  return single && high < kFewest ? nullptr : best;
}

const Encoding* EncodingDetector::DetectUtf16(std::string_view bytes) const {
  constexpr std::size_t kShortest = 6;
  if (bytes.size() < kShortest || bytes.size() % 2 != 0) return nullptr;
  bytes = bytes.substr(0, kEnough);
  const auto [best, score] = impl_->Best(bytes, kUtf16);
  if (best == nullptr) return nullptr;
  // Two ASCII characters read as one may look Chinese by chance, binary data as rare characters.
  constexpr double kLeastEach = -9.5;
  constexpr double kMarginEach = 2;
  const auto characters = static_cast<double>(bytes.size()) / 2;
  const bool plain = std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return c != 0 && static_cast<unsigned char>(c) < 0x80;
  });
  const double needed = impl_->Utf8Score(bytes) + (plain ? kMarginEach * characters : 0);
  if (score <= needed || score < kLeastEach * characters) return nullptr;
  const auto other = impl_->Best(bytes, kMultiByte);
  return score > other.second ? best : nullptr;
}

const std::string& EncodingDetector::digest() const { return impl_->digest; }

EncodingDetector::EncodingDetector(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
EncodingDetector::EncodingDetector(EncodingDetector&&) noexcept = default;
EncodingDetector& EncodingDetector::operator=(EncodingDetector&&) noexcept = default;
EncodingDetector::~EncodingDetector() = default;

}  // namespace sakuin::ingest
