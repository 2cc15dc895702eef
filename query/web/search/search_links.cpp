#include "query/web/search/search_links.h"

#include <algorithm>
#include <iterator>

namespace sakuin::web {

SearchLinks::SearchLinks(const server::Parameters& query) {
  for (const auto& [name, value] : query.items()) {
    if (name != "after" && (!value.empty() || name == "q")) query_.Add(name, value);
  }
}

std::string SearchLinks::Address(std::string_view path, const server::Parameters& query) {
  const std::string text = query.Print();
  return std::string(path) + (text.empty() ? "" : "?" + text);
}

std::string SearchLinks::Here(std::string_view path) const { return Address(path, query_); }

std::string SearchLinks::Feed() const {
  server::Parameters out;
  for (const auto& [name, value] : query_.items()) {
    const auto* const end = std::end(kFilterNames);
    const bool narrows = std::find(std::begin(kFilterNames), end, name) != end;
    if (name == "q" || name == "ui" || narrows) out.Add(name, value);
  }
  return Address("/feed/search", out);
}

std::string SearchLinks::With(std::string_view name, const std::string& value) const {
  server::Parameters out = query_;
  out.Remove(name, value);
  out.Add(std::string(name), value);
  return Address("/", out);
}

std::string SearchLinks::Only(std::string_view name, const std::string& value) const {
  server::Parameters out = query_;
  out.Set(name, value);
  return Address("/", out);
}

std::string SearchLinks::Without(std::string_view name) const {
  server::Parameters out = query_;
  out.Remove(name);
  return Address("/", out);
}

std::string SearchLinks::Without(std::string_view name, const std::string& value) const {
  server::Parameters out = query_;
  out.Remove(name, value);
  return Address("/", out);
}

std::string SearchLinks::Toggled(std::string_view name, const std::string& value) const {
  if (Has(name, value)) return Without(name, value);
  server::Parameters out = query_;
  out.Remove(name, "-" + value);
  out.Add(std::string(name), value);
  return Address("/", out);
}

std::string SearchLinks::Next(const std::string& cursor) const {
  server::Parameters out = query_;
  out.Set("after", cursor);
  return Address("/", out);
}

std::string SearchLinks::Query(const std::string& query) const { return Only("q", query); }

bool SearchLinks::Has(std::string_view name, const std::string& value) const {
  const auto all = query_.All(name);
  return std::find(all.begin(), all.end(), value) != all.end();
}

std::vector<std::pair<std::string, std::string>> SearchLinks::Kept() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& item : query_.items()) {
    if (item.first != "q" && item.first != "ui") out.push_back(item);
  }
  return out;
}

}  // namespace sakuin::web
