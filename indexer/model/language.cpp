#include "indexer/model/language.h"

#include <cstddef>

namespace sakuin::model {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool LanguageMatches(std::string_view filter, std::string_view tag) {
  if (filter.size() > tag.size()) return false;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    if (Lower(filter[i]) != Lower(tag[i])) return false;
  }
  return filter.size() == tag.size() || tag[filter.size()] == '-';
}

}  // namespace sakuin::model
