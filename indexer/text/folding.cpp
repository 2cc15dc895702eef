#include "indexer/text/folding.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <array>
#include <unordered_map>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"

namespace sakuin::text {
namespace {

// Raise it when the code below changes what anything folds to.
constexpr const char* kFoldingVersion = "folding-1";

constexpr char32_t kHanFirst = 0x3400;
constexpr char32_t kHanLast = 0x9FFF;

bool IsHan(char32_t c) { return c >= kHanFirst && c <= kHanLast && !(c >= 0x4DC0 && c < 0x4E00); }

// Characters that begin a normalization cluster and whose NFKC and case folding need no table. Not
// the half-width forms: their voicing marks join the character before.
bool IsSimple(char32_t c) {
  return (c >= 0x20 && c < 0x7F) || c == '\n' || IsHan(c) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FC) || (c >= 0x3001 && c <= 0x3003) ||
         (c >= 0x3005 && c <= 0x3011) || (c >= 0xFF01 && c <= 0xFF5E);
}

char32_t SimpleFold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms of ASCII
  if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  return c;
}

char32_t ToKatakana(char32_t c) {
  const bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
  return hiragana ? c + 0x60 : c;
}

std::u16string ToUtf16(std::u32string_view text) {
  std::u16string out;
  for (const char32_t c : text) {
    if (c < 0x10000) {
      out.push_back(static_cast<char16_t>(c));
    } else {
      out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10U)));
      out.push_back(static_cast<char16_t>(0xDC00 + (c & 0x3FFU)));
    }
  }
  return out;
}

std::u32string ToUtf32(std::u16string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const bool pair = c >= 0xD800 && c < 0xDC00 && i + 1 < text.size();
    out.push_back(pair ? ((c - 0xD7C0) << 10U) + (text[++i] & 0x3FFU) : c);
  }
  return out;
}

}  // namespace

struct Folding::Impl {
  const UNormalizer2* nfkc = nullptr;  // ICU's own, lives as long as the program
  std::vector<char32_t> han;           // by code point - kHanFirst
  std::unordered_map<char32_t, char32_t> far_han;
  std::vector<std::pair<char32_t, char32_t>> ignorable;
  std::string digest;

  char32_t HanKey(char32_t c) const {
    if (c >= kHanFirst && c <= kHanLast) return han[c - kHanFirst];
    if (c < 0x20000 && (c < 0xF900 || c > 0xFAFF)) return c;
    const auto it = far_han.find(c);
    return it == far_han.end() ? c : it->second;
  }

  bool Ignorable(char32_t c) const {
    if (c < 0xAD || (c >= 0x3000 && c < 0xFE00)) return false;
    for (const auto& [first, last] : ignorable) {
      if (c >= first && c <= last) return true;
    }
    return false;
  }

  std::u16string Normalize(const std::u16string& text) const {
    std::u16string out(text.size() * 4 + 32, u'\0');
    for (;;) {
      IcuCheck icu;
      const int32_t n = unorm2_normalize(nfkc, text.data(), static_cast<int32_t>(text.size()),
                                         out.data(), static_cast<int32_t>(out.size()), icu);
      if (icu.Code() == U_BUFFER_OVERFLOW_ERROR) {
        out.resize(static_cast<std::size_t>(n));
        continue;
      }
      out.resize(icu.Failed() ? 0 : static_cast<std::size_t>(n));
      return icu.Failed() ? text : out;
    }
  }

  static std::u16string FoldCase(const std::u16string& text) {
    std::u16string out(text.size() * 3 + 8, u'\0');  // the longest full folding is 1 to 3
    IcuCheck icu;
    const int32_t n = u_strFoldCase(out.data(), static_cast<int32_t>(out.size()), text.data(),
                                    static_cast<int32_t>(text.size()), U_FOLD_CASE_DEFAULT, icu);
    out.resize(icu.Failed() ? 0 : static_cast<std::size_t>(n));
    return icu.Failed() ? text : out;
  }

  std::u32string FoldCluster(std::u32string_view cluster) const {
    return ToUtf32(Normalize(FoldCase(Normalize(ToUtf16(cluster)))));
  }

  bool BeginsCluster(char32_t c) const {
    return IsSimple(c) || unorm2_hasBoundaryBefore(nfkc, static_cast<UChar32>(c)) != 0;
  }
};

namespace {

// Collects folded characters: joins blanks, drops ignorable ones.
class Collector {
 public:
  explicit Collector(Folded& out) : out_(out) {}

  void Put(char32_t c, model::Span span) {
    const bool may = c <= ' ' || (c >= 0x85 && c <= 0x3000);
    if (may && c != '\n' && utf8::IsSpace(c)) {
      if (!out_.chars.empty() && out_.chars.back() == ' ') {
        out_.spans.back().end = span.end;
        return;
      }
      c = ' ';
    }
    out_.chars.push_back(c);
    out_.spans.push_back(span);
  }

 private:
  Folded& out_;
};

Status ReadHan(std::string_view bytes, const std::string& path, std::vector<char32_t>& han,
               std::unordered_map<char32_t, char32_t>& far_han) {
  auto rows = ParseTsv(bytes, path, 2, 2);
  if (!rows) return Pass(rows);
  std::vector<bool> seen(0x110000);  // by code point
  for (const TsvRow& row : *rows) {
    const std::u32string key = utf8::Decode(row.fields[0]);
    const std::u32string others = utf8::Decode(row.fields[1]);
    if (key.size() != 1 || others.empty()) {
      return Fail(ErrorCode::kBadData, "wants one key character, then its variants", row.where);
    }
    for (const char32_t c : key + others) {
      if (seen[c]) {
        return Fail(ErrorCode::kBadData, "'" + utf8::Encode({&c, 1}) + "' stands in two classes",
                    row.where);
      }
      seen[c] = true;
      if (c >= kHanFirst && c <= kHanLast) {
        han[c - kHanFirst] = key[0];
      } else {
        far_han[c] = key[0];
      }
    }
  }
  return {};
}

Status ReadIgnorable(std::string_view bytes, const std::string& path,
                     std::vector<std::pair<char32_t, char32_t>>& ignorable) {
  auto rows = ParseTsv(bytes, path, 3, 3);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    std::array<char32_t, 2> ends{};
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string& field = row.fields[i];
      if (field.empty() || field.size() > 6 ||
          field.find_first_not_of("0123456789ABCDEF") != std::string::npos) {
        return Fail(ErrorCode::kBadData, "'" + field + "' is no upper-case hexadecimal code point",
                    row.where);
      }
      ends[i] = static_cast<char32_t>(std::stoul(field, nullptr, 16));
    }
    if (ends[1] < ends[0]) return Fail(ErrorCode::kBadData, "the range runs backwards", row.where);
    ignorable.emplace_back(ends[0], ends[1]);
  }
  return {};
}

}  // namespace

Result<Folding> Folding::Load(const std::string& data_dir) {
  auto impl = std::make_unique<Impl>();
  IcuCheck icu;
  impl->nfkc = unorm2_getNFKCInstance(icu);
  if (icu.Failed()) return icu.AsError("cannot open the NFKC tables");
  impl->han.resize(kHanLast - kHanFirst + 1);
  for (char32_t c = kHanFirst; c <= kHanLast; ++c) impl->han[c - kHanFirst] = c;
  const std::string han = data_dir + "/folding/han.tsv";
  const std::string ignorable = data_dir + "/folding/ignorable.tsv";
  const auto han_bytes = files::Read(han);
  if (!han_bytes) return Pass(han_bytes);
  const auto ignorable_bytes = files::Read(ignorable);
  if (!ignorable_bytes) return Pass(ignorable_bytes);
  const Status done = ReadHan(*han_bytes, han, impl->han, impl->far_han);
  if (!done) return Pass(done);
  const Status rest = ReadIgnorable(*ignorable_bytes, ignorable, impl->ignorable);
  if (!rest) return Pass(rest);
  const std::string all =
      kFoldingVersion + (" unicode " + UnicodeVersion() + "\n") + *han_bytes + *ignorable_bytes;
  impl->digest = Digest(all);
  return Folding(std::move(impl));
}

Folded Folding::Fold(std::string_view text) const {
  Folded out;
  out.chars.reserve(text.size() / 2);
  out.spans.reserve(text.size() / 2);
  Fold(text, out);
  return out;
}

void Folding::Fold(std::string_view text, Folded& out) const {
  out.chars.clear();
  out.spans.clear();
  Collector collector(out);
  const auto put = [&](char32_t c, std::size_t begin, std::size_t end) {
    if (impl_->Ignorable(c)) return;
    collector.Put(impl_->HanKey(ToKatakana(c)),
                  {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  std::u32string cluster;
  std::size_t at = 0;
  const auto decode = [text](std::size_t& to) {
    return to < text.size() ? utf8::Next(text, to) : U'\n';
  };
  char32_t first = decode(at);
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t peek = at;
    char32_t next = decode(peek);
    if (IsSimple(first) && impl_->BeginsCluster(next)) {
      put(SimpleFold(first), begin, at);
    } else {
      cluster.assign(1, first);
      while (at < text.size() && !impl_->BeginsCluster(next)) {
        cluster.push_back(next);
        at = peek;
        next = decode(peek);
      }
      for (const char32_t c : impl_->FoldCluster(cluster)) put(c, begin, at);
    }
    first = next;
    begin = at;
    at = peek;
  }
}

std::string Folding::Key(std::string_view text) const { return utf8::Encode(Fold(text).chars); }

const std::string& Folding::digest() const { return impl_->digest; }

Folding::Folding(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Folding::Folding(Folding&&) noexcept = default;
Folding& Folding::operator=(Folding&&) noexcept = default;
Folding::~Folding() = default;

}  // namespace sakuin::text
