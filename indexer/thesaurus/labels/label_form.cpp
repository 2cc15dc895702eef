#include "indexer/thesaurus/labels/label_form.h"

#include <array>

#include "indexer/base/characters.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/labels/label_letters.h"

namespace sakuin::thesaurus {
namespace {

enum class Mark : std::uint8_t { kNone, kBlank, kHyphen, kDot, kApostrophe };

constexpr char32_t kFirstBeyond = 0x3100;  // no mark stands at or behind it

constexpr std::array<Mark, kFirstBeyond> kMarks = [] {
  std::array<Mark, kFirstBeyond> out{};
  out[' '] = Mark::kBlank;
  for (const char32_t c : {0x2D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0x30A0}) {
    out[c] = Mark::kHyphen;
  }
  for (const char32_t c : {0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB}) out[c] = Mark::kDot;
  for (const char32_t c : {0x27, 0x60, 0x2BC, 0x2018, 0x2019, 0x2032}) out[c] = Mark::kApostrophe;
  out['='] = Mark::kDot;  // joins the parts of foreign names in katakana
  return out;
}();

// What becomes of the mark at `i`: a character, or 0 where it is dropped.
char32_t Evened(std::u32string_view folded, std::size_t i, Mark mark) {
  const char32_t c = folded[i];
  if (i == 0) return c;
  const char32_t before = folded[i - 1];
  const text::CharClass left = text::ClassOf(before);
  const bool more = i + 1 < folded.size();
  if (mark == Mark::kApostrophe) {
    if (left != text::CharClass::kSpaced) return c;
    const bool ends = !more || !text::IsSpaced(folded[i + 1]);
    if (ends) return before == 's' ? 0 : c;
    const bool owns =
        folded[i + 1] == 's' && (i + 2 == folded.size() || !text::IsSpaced(folded[i + 2]));
    return owns ? 0 : U'\'';
  }
  if (!more || left == text::CharClass::kSeparator) return c;
  const char32_t after = folded[i + 1];
  const text::CharClass right = text::ClassOf(after);
  if (right == text::CharClass::kSeparator) return c;
  if (c == '=') return IsKatakana(before) && IsKatakana(after) ? 0 : c;
  if (left == text::CharClass::kSpaced && right == text::CharClass::kSpaced) return U' ';
  const bool one_spaced = left != right;
  if (mark == Mark::kBlank && !one_spaced && !(IsKatakana(before) && IsKatakana(after))) return c;
  return 0;
}

}  // namespace

void FormOf(std::u32string_view folded, LabelForm& out) {
  out.chars.resize(folded.size());
  out.from.resize(folded.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    char32_t c = folded[i];
    if (c < kFirstBeyond && kMarks[c] != Mark::kNone) {
      c = Evened(folded, i, kMarks[c]);
      if (c == 0) continue;
    }
    out.chars[size] = c;
    out.from[size++] = static_cast<std::uint32_t>(i);
  }
  out.chars.resize(size);
  out.from.resize(size);
}

LabelForm FormOf(std::u32string_view folded) {
  LabelForm out;
  FormOf(folded, out);
  return out;
}

bool HasGap(const LabelForm& form, std::size_t begin, std::size_t end) {
  if (end - begin < 2 || form.from[end - 1] - form.from[begin] == end - 1 - begin) return false;
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (form.from[i] != form.from[i - 1] + 1 && !text::IsSpaced(form.chars[i]) &&
        !text::IsSpaced(form.chars[i - 1])) {
      return true;
    }
  }
  return false;
}

}  // namespace sakuin::thesaurus
