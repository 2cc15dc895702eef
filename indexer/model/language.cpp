#include "indexer/model/language.h"

#include <cstddef>

#include "indexer/base/characters.h"

namespace sakuin::model {
namespace {}  // namespace

bool LanguageMatches(std::string_view filter, std::string_view tag) {
  if (filter.size() > tag.size()) return false;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    if (AsciiLower(filter[i]) != AsciiLower(tag[i])) return false;
  }
  return filter.size() == tag.size() || tag[filter.size()] == '-';
}

}  // namespace sakuin::model
