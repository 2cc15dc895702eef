#include "indexer/text/sounds.h"

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"

namespace sakuin::text {
namespace {

constexpr char32_t kLongMark = 0x30FC;
constexpr char32_t kSmallTu = 0x30C3;
constexpr char32_t kHan = 0x4E00;
constexpr char32_t kHanEnd = 0xA000;

bool IsVowel(char c) { return std::string_view("aiueo").find(c) != std::string_view::npos; }

void ReplaceAll(std::string& in, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = in.find(what, at)) != std::string::npos; at += with.size()) {
    in.replace(at, what.size(), with);
  }
}

// Southern speakers type zi for zhi and shen for sheng.
std::string Blurred(std::string syllable) {
  if (syllable.size() > 2 && syllable[1] == 'h') syllable.erase(1, 1);
  if (syllable.ends_with("ng")) syllable.pop_back();
  return syllable;
}

// One form for every romanisation, where vowels are short.
std::string ShortVowels(std::string_view spelled) {
  std::string out;
  for (const char c : spelled) {
    const bool lengthens =
        !out.empty() && IsVowel(c) && (out.back() == c || (out.back() == 'o' && c == 'u'));
    if (!lengthens) out += c;
  }
  return out;
}

// The letter under its marks; 0 for no Latin letter.
char Letter(char32_t c) {
  if (c >= 'a' && c <= 'z') return static_cast<char>(c);
  if (c < 0xC0 || c > 0x1EFF) return 0;
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2* const nfd = unorm2_getNFDInstance(&code);
  if (U_FAILURE(code)) return 0;
  UChar parts[8];
  const std::int32_t size =
      unorm2_getRawDecomposition(nfd, static_cast<UChar32>(c), parts, 8, &code);
  if (U_FAILURE(code) || size < 1) return 0;
  return Letter(parts[0]);
}

std::string Letters(std::u32string_view folded) {
  std::string out;
  for (const char32_t c : folded) {
    if (c == U' ' || c == U'\'' || c == U'-' || c == 0x2019 || (c >= 0x300 && c < 0x370)) continue;
    const char letter = Letter(c);
    if (letter == 0) return {};
    out += letter;
  }
  return out;
}

}  // namespace

struct Sounds::Impl {
  struct Syllable {
    std::string spelled;
    std::uint32_t sound = 0;  // the same number for all that sound alike
  };
  std::vector<Syllable> syllables{{}};  // the first is no syllable
  std::vector<std::uint16_t> han = std::vector<std::uint16_t>(kHanEnd - kHan);  // into syllables
  std::unordered_map<std::u32string, std::string> kana;            // of one or two characters
  std::vector<std::u32string> alike;                               // rows of alike.tsv
  std::unordered_map<char32_t, std::vector<std::uint32_t>> looks;  // rows it stands in, ascending

  Status Load(const std::string& folder);

  const Syllable& Of(char32_t c) const {
    return syllables[c >= kHan && c < kHanEnd ? han[c - kHan] : 0];
  }
};

Status Sounds::Impl::Load(const std::string& folder) {
  const auto sounds = ReadTsv(folder + "/han.tsv", 2, 2);
  if (!sounds) return Pass(sounds);
  std::unordered_map<std::string, std::uint32_t> blurred;
  for (const TsvRow& row : *sounds) {
    const auto sound = blurred.emplace(Blurred(row.fields[0]), blurred.size() + 1).first->second;
    for (const char32_t c : utf8::Decode(row.fields[1])) {
      if (c < kHan || c >= kHanEnd || han[c - kHan] != 0) {
        return Fail(ErrorCode::kBadData, "no Han character of the table, or one that has a sound",
                    row.where);
      }
      han[c - kHan] = static_cast<std::uint16_t>(syllables.size());
    }
    syllables.push_back({row.fields[0], sound});
  }
  const auto spelled = ReadTsv(folder + "/kana.tsv", 2, 2);
  if (!spelled) return Pass(spelled);
  for (const TsvRow& row : *spelled) {
    const std::u32string chars = utf8::Decode(row.fields[0]);
    if (chars.empty() || chars.size() > 2 || !std::all_of(chars.begin(), chars.end(), IsKatakana)) {
      return Fail(ErrorCode::kBadData, "wants one or two katakana", row.where);
    }
    kana.emplace(chars, row.fields[1]);
  }
  const auto rows = ReadTsv(folder + "/alike.tsv", 2, 2);
  if (!rows) return Pass(rows);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const std::u32string chars = utf8::Decode((*rows)[i].fields[0]);
    if (chars.size() < 2) {
      return Fail(ErrorCode::kBadData, "wants two characters or more", (*rows)[i].where);
    }
    for (const char32_t c : chars) looks[c].push_back(static_cast<std::uint32_t>(i));
    alike.push_back(chars);
  }
  return {};
}

Result<Sounds> Sounds::Load(const std::string& data_dir) {
  auto impl = std::make_unique<Impl>();
  if (const Status done = impl->Load(data_dir + "/readings"); !done) return Pass(done);
  return Sounds(std::move(impl));
}

bool Sounds::Alike(char32_t a, char32_t b) const {
  const std::uint32_t sound = impl_->Of(a).sound;
  if (sound != 0 && sound == impl_->Of(b).sound) return true;
  const auto looks_a = impl_->looks.find(a);
  if (looks_a == impl_->looks.end()) return false;
  const auto looks_b = impl_->looks.find(b);
  if (looks_b == impl_->looks.end()) return false;
  return std::find_first_of(looks_a->second.begin(), looks_a->second.end(), looks_b->second.begin(),
                            looks_b->second.end()) != looks_a->second.end();
}

std::u32string Sounds::AllAlike(char32_t c) const {
  std::u32string out;
  if (const std::uint32_t sound = impl_->Of(c).sound; sound != 0) {
    for (char32_t other = kHan; other < kHanEnd; ++other) {
      if (other != c && impl_->Of(other).sound == sound) out += other;
    }
  }
  const auto rows = impl_->looks.find(c);
  for (std::size_t i = 0; rows != impl_->looks.end() && i < rows->second.size(); ++i) {
    for (const char32_t other : impl_->alike[rows->second[i]]) {
      if (other != c && out.find(other) == std::u32string::npos) out += other;
    }
  }
  return out;
}

std::string Sounds::Pinyin(std::u32string_view folded) const {
  std::string out;
  for (const char32_t c : folded) {
    if (c == U' ') continue;
    const std::string& spelled = impl_->Of(c).spelled;
    if (spelled.empty()) return {};
    out += spelled;
  }
  return out;
}

std::string Sounds::Romaji(std::u32string_view folded) const {
  std::string out;
  bool doubled = false;
  for (std::size_t i = 0; i < folded.size();) {
    if (folded[i] == U' ' || folded[i] == kLongMark || folded[i] == kSmallTu) {
      doubled = doubled || folded[i] == kSmallTu;
      ++i;
      continue;
    }
    auto found = impl_->kana.find(std::u32string(folded.substr(i, 2)));
    const bool two = found != impl_->kana.end() && i + 1 < folded.size();
    if (!two) found = impl_->kana.find(std::u32string(folded.substr(i, 1)));
    if (found == impl_->kana.end()) return {};
    if (doubled && !IsVowel(found->second[0])) out += found->second[0];
    doubled = false;
    out += found->second;
    i += two ? 2 : 1;
  }
  return ShortVowels(out);
}

std::string Sounds::TypedPinyin(std::u32string_view folded) {
  std::string out = Letters(folded);
  std::replace(out.begin(), out.end(), 'v', 'u');  // how the umlaut is typed
  return out;
}

std::string Sounds::TypedRomaji(std::u32string_view folded) {
  std::string out = Letters(folded);
  // Hepburn's spellings, the longer first, to Kunrei's.
  const std::pair<const char*, const char*> spellings[] = {
      {"tch", "cch"}, {"cchi", "tti"}, {"cch", "tty"}, {"sshi", "ssi"}, {"ssh", "ssy"},
      {"shi", "si"},  {"sh", "sy"},    {"chi", "ti"},  {"ch", "ty"},    {"tsu", "tu"},
      {"ts", "t"},    {"ji", "zi"},    {"j", "zy"},    {"zyy", "zy"},   {"fu", "hu"},
      {"v", "b"},     {"mb", "nb"},    {"mp", "np"},   {"mm", "nm"},    {"dzu", "zu"},
      {"wo", "o"}};
  for (const auto& [hepburn, kunrei] : spellings) ReplaceAll(out, hepburn, kunrei);
  return ShortVowels(out);
}

Sounds::Sounds(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Sounds::Sounds(Sounds&&) noexcept = default;
Sounds& Sounds::operator=(Sounds&&) noexcept = default;
Sounds::~Sounds() = default;

}  // namespace sakuin::text
