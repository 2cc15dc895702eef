#include "indexer/ingest/markdown/front_matter.h"

#include <algorithm>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kMostBytes = 65536;

bool SameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return lower(x) == lower(y);
  });
}

std::string_view Unquoted(std::string_view value) {
  value = utf8::Trim(value);
  if (value.starts_with('[')) {
    value.remove_prefix(1);
    value = utf8::Trim(value.substr(0, value.find_first_of(",]")));
  }
  const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  return quoted ? value.substr(1, value.size() - 2) : value;
}

// Adds what one line says.
void ReadLine(std::string_view line, char sign, std::vector<FrontMatterField>& fields) {
  const std::string_view trimmed = utf8::Trim(line);
  if (trimmed.empty() || trimmed.starts_with('#')) return;
  if (trimmed.starts_with("- ")) {  // an element of a list
    if (!fields.empty() && fields.back().value.empty()) {
      fields.back().value = Unquoted(trimmed.substr(2));
    }
    return;
  }
  const std::size_t at = trimmed.find(sign);
  if (at == std::string_view::npos || line.front() == ' ' || line.front() == '\t') return;
  fields.push_back({utf8::Trim(trimmed.substr(0, at)), Unquoted(trimmed.substr(at + 1))});
}

}  // namespace

std::string_view FrontMatter::Value(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    for (const FrontMatterField& field : fields) {
      if (SameWord(field.key, key) && !field.value.empty()) return field.value;
    }
  }
  return {};
}

FrontMatter ReadFrontMatter(std::string_view text) {
  FrontMatter out;
  const std::string_view fence = text.substr(0, 3);
  if (fence != "---" && fence != "+++") return out;
  const char sign = fence == "---" ? ':' : '=';
  for (std::size_t at = 0; at < std::min(text.size(), kMostBytes);) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::string_view trimmed = utf8::Trim(line);
    const bool is_fence = trimmed == fence || (at > 0 && sign == ':' && trimmed == "...");
    if (at == 0 && !is_fence) return out;
    if (at > 0 && is_fence) {
      if (!out.fields.empty()) out.size = std::min(end + 1, text.size());
      return out.size == 0 ? FrontMatter() : out;
    }
    if (at > 0) ReadLine(line, sign, out.fields);
    at = end + 1;
  }
  return {};  // it never ends
}

}  // namespace sakuin::ingest
