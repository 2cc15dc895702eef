#include "query/server/router.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"

namespace sakuin::server {
namespace {

using Captured = std::map<std::string, std::string, std::less<>>;

// No id has control characters or is not UTF-8; whoever gets it need not look again.
bool IsName(const std::string& text) {
  return !text.empty() && !utf8::FindInvalid(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7f; });
}

std::optional<Captured> Match(std::string_view pattern, std::string_view path) {
  Captured out;
  for (;;) {
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    const std::string_view given = path.substr(0, path.find('/'));
    if (wanted.starts_with('{')) {
      auto value = Decode(given, false);
      if (!value || !IsName(*value)) return std::nullopt;
      out.emplace(wanted.substr(1, wanted.size() - 2), std::move(*value));
    } else if (wanted != given) {
      return std::nullopt;
    }
    const bool ends = wanted.size() == pattern.size();
    if (ends != (given.size() == path.size())) return std::nullopt;
    if (ends) return out;
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(given.size() + 1);
  }
}

}  // namespace

void Router::Add(Route route) { routes_.push_back(std::move(route)); }

void Router::Share(std::string_view id, SharedBy by, std::vector<std::string> of_cookies) {
  for (Route& route : routes_) {
    if (route.id != id) continue;
    route.shared = by;
    route.of_cookies = std::move(of_cookies);
    return;
  }
}

Router::Found Router::Find(std::string_view method, std::string_view path) const {
  Found out;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : routes_) {
    auto captured = Match(route.pattern, path);
    if (!captured) continue;
    if (route.method == wanted) {
      out.route = &route;
      out.captured = std::move(*captured);
      return out;
    }
    out.allowed.push_back(route.method);
    if (route.method == "GET") out.allowed.emplace_back("HEAD");
  }
  return out;
}

}  // namespace sakuin::server
