#include "indexer/text/language_guess.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/model/language.h"
#include "indexer/text/latin_language.h"

namespace sakuin::text {
namespace {

bool IsTellingKana(char32_t c) {
  return (c >= 0x3041 && c <= 0x309F) || (c >= 0x30A1 && c <= 0x30FA) ||
         (c >= 0xFF66 && c <= 0xFF9D);
}

bool IsLatin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F);
}

// One kana in twenty letters is Japanese: Chinese pages quote a Japanese name now and then, while
// the most kanji-laden Japanese keeps particles.
constexpr std::size_t kKanaShare = 20;

// Which side alone writes a character.
enum class Side : std::int8_t { kSimplified = -1, kJapanese = 0, kTraditional = 1, kAll = 2 };

// By code point: a table for the common Han characters, which are asked for most.
class Sides {
 public:
  Sides() : common_(kLast - kFirst + 1, Side::kAll) {}
  void Put(char32_t c, Side side) {
    if (c >= kFirst && c <= kLast) {
      common_[c - kFirst] = side;
    } else {
      rare_[c] = side;
    }
  }
  Side Of(char32_t c) const {
    if (c >= kFirst && c <= kLast) return common_[c - kFirst];
    const auto it = rare_.find(c);
    return it == rare_.end() ? Side::kAll : it->second;
  }

 private:
  static constexpr char32_t kFirst = 0x4E00;
  static constexpr char32_t kLast = 0x9FFF;
  std::vector<Side> common_;
  std::unordered_map<char32_t, Side> rare_;
};

}  // namespace

struct LanguageGuess::Impl {
  Sides side;
};

Result<LanguageGuess> LanguageGuess::Load(const std::string& data_dir) {
  auto rows = ReadTsv(data_dir + "/folding/script_marks.tsv", 2, 2);
  if (!rows) return Pass(rows);
  auto impl = std::make_unique<Impl>();
  for (const TsvRow& row : *rows) {
    const std::string& tag = row.fields[0];
    if (tag != model::kZhHans && tag != model::kZhHant && tag != model::kJapanese) {
      return Fail(ErrorCode::kBadData, "wants zh-Hans, zh-Hant or ja first", row.where);
    }
    for (const char32_t c : utf8::Decode(row.fields[1])) {
      impl->side.Put(c, tag == model::kZhHant   ? Side::kTraditional
                        : tag == model::kZhHans ? Side::kSimplified
                                                : Side::kJapanese);
    }
  }
  return LanguageGuess(std::move(impl));
}

namespace {

struct Letters {
  std::size_t kana = 0;
  std::size_t han = 0;
  std::size_t latin = 0;
  long japanese = 0;  // characters that only Japanese writes
  long balance = 0;  // of characters that only one script of Chinese uses: traditional - simplified
};

Letters CountLetters(std::string_view text, const Sides& side) {
  Letters out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    if (IsTellingKana(c)) {
      ++out.kana;
    } else if (IsHan(c)) {
      ++out.han;
      const Side one = side.Of(c);
      if (one == Side::kAll) continue;
      out.balance += static_cast<long>(one);
      if (one == Side::kJapanese) ++out.japanese;
    } else if (IsLatin(c)) {
      ++out.latin;
    }
  }
  return out;
}

std::string Decide(const Letters& letters, std::string_view text, std::string_view fallback) {
  const auto& [kana, han, latin, japanese, balance] = letters;
  if (kana > 0 && kana * kKanaShare >= kana + han) return std::string(model::kJapanese);
  // A Latin letter is about a quarter of a word, a Han character about half of one.
  if (han > 0 && han * 2 >= latin / 2) {
    // A list of terms without kana. Traditional marks are shared in part: Japanese keeps many.
    constexpr long kJapaneseShare = 4;
    if (japanese > 0 && balance > -japanese && balance <= japanese * kJapaneseShare)
      return std::string(model::kJapanese);
    if (balance < 0) return std::string(model::kZhHans);
    if (balance > 0) return std::string(model::kZhHant);
    if (!fallback.empty()) return std::string(fallback);
    return std::string(model::kUndetermined);
  }
  if (latin > 0) {
    // A name or an abbreviation alone says nothing about the article's language.
    if (latin < 12 && !fallback.empty()) return std::string(fallback);
    const bool other = DetectLatin(text) == LatinLanguage::kOther;
    return std::string(other ? model::kUndetermined : model::kEnglish);
  }
  return fallback.empty() ? std::string(model::kUndetermined) : std::string(fallback);
}

constexpr std::size_t kEnoughLetters = 40;
constexpr long kEnoughMarks = 8;

}  // namespace

std::string LanguageGuess::Guess(std::string_view text, std::string_view fallback) const {
  return Decide(CountLetters(text, impl_->side), text, fallback);
}

std::string LanguageGuess::GuessPart(std::string_view text, const std::string& whole) const {
  const Letters letters = CountLetters(text, impl_->side);
  if (letters.kana + letters.han + letters.latin / 4 < kEnoughLetters) return whole;
  std::string part = Decide(letters, text, whole);
  // Between the two scripts of Chinese a few quoted characters decide nothing.
  const bool chinese = part.starts_with("zh") && whole.starts_with("zh");
  return chinese && std::abs(letters.balance) < kEnoughMarks ? whole : part;
}

LanguageGuess::LanguageGuess(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LanguageGuess::LanguageGuess(LanguageGuess&&) noexcept = default;
LanguageGuess& LanguageGuess::operator=(LanguageGuess&&) noexcept = default;
LanguageGuess::~LanguageGuess() = default;

}  // namespace sakuin::text
