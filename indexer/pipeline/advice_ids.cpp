#include "indexer/pipeline/advice_ids.h"

#include <map>
#include <string>

#include "indexer/base/digest.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"

namespace sakuin::pipeline {
namespace {

constexpr std::size_t kIdDigits = 16;

std::string ShortDigest(const std::string& of) { return Digest(of).substr(0, kIdDigits); }

std::string LettersAndDigits(std::string_view quote, const text::Folding& folding) {
  std::string out;
  for (const char32_t c : folding.Fold(quote).chars) {
    if (text::ClassOf(c) != text::CharClass::kSeparator) utf8::Append(out, c);
  }
  return out;
}

}  // namespace

void GiveIds(model::Document& document, const text::Folding& folding) {
  std::map<std::string, int> given;  // how often each was
  for (model::Section& section : document.sections) {
    for (model::Advice& advice : section.advice) {
      const std::string& in = advice.in_heading ? section.heading : section.text;
      const std::string quote = LettersAndDigits(advice.quote.In(in), folding);
      const std::string all = document.id + "\n" + advice.action + "\n" + quote;
      const int before = given[all]++;
      advice.quote_key = ShortDigest(quote);
      advice.id = ShortDigest(before == 0 ? all : all + "\n" + std::to_string(before));
    }
  }
}

}  // namespace sakuin::pipeline
