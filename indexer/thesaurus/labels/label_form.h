#pragma once

// The form in which labels are compared with texts: folded text with the joints of words evened
// out, so that "Baker-cyst" is "Baker cyst", a katakana name is the same with and without a middle
// dot, and "Bakers" is "Baker's" with either apostrophe.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::thesaurus {

// chars[i] stands at folded[from[i]]; what was dropped leaves a gap in `from`.
struct LabelForm {
  std::u32string chars;
  std::vector<std::uint32_t> from;

  void Clear() {
    chars.clear();
    from.clear();
  }
};

// Between two letters or digits: of spaced scripts (Latin, ...), a hyphen or middle dot becomes a
// blank; where one or both are of another script, hyphens and middle dots are dropped; blanks too
// where one is spaced and where both are kana. The apostrophe of a possessive is dropped, any
// other between letters becomes U+0027. A form of a part of a text is that part of the text's form,
// if the part begins and ends with letters. Pure. O(folded).
LabelForm FormOf(std::u32string_view folded);
void FormOf(std::u32string_view folded, LabelForm& out);  // the same, in memory that is used again

// Is something dropped between characters [begin, end) of no spaced script?
bool HasGap(const LabelForm& form, std::size_t begin, std::size_t end);

}  // namespace sakuin::thesaurus
