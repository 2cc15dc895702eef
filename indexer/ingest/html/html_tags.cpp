#include "indexer/ingest/html/html_tags.h"

#include <algorithm>

#include "indexer/base/characters.h"
#include "indexer/ingest/html/html_guard.h"

namespace sakuin::ingest {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::size_t Behind(std::string_view html, std::string_view what, std::size_t from) {
  const std::size_t found = html.find(what, from);
  return found == std::string_view::npos ? html.size() : found + what.size();
}

bool StartsWithName(std::string_view html, std::size_t at, std::string_view name) {
  if (html.size() - at < name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (AsciiLower(html[at + i]) != name[i]) return false;
  }
  const std::size_t behind = at + name.size();
  return behind < html.size() &&
         (IsBlank(html[behind]) || html[behind] == '/' || html[behind] == '>');
}

Tag Comment(std::string_view html, std::size_t at) {
  Tag out;
  out.kind = TagKind::kComment;
  out.begin = at;
  if (html.substr(at, 4) != "<!--") {
    out.end = Behind(html, ">", at);
    out.is_doctype = StartsWithName(html, at + 2, "doctype");
    return out;
  }
  if (html.substr(at + 4, 1) == ">" || html.substr(at + 4, 2) == "->") {
    out.end = Behind(html, ">", at + 4);
    return out;
  }
  const std::size_t plain = html.find("-->", at + 4);
  const std::size_t odd = html.substr(0, plain).find("--!>", at + 4);
  out.end = odd != std::string_view::npos
                ? odd + 4
                : (plain == std::string_view::npos ? html.size() : plain + 3);
  return out;
}

// Behind an attribute's value, if it has one; `at` is behind its name.
std::size_t SkipValue(std::string_view html, std::size_t at) {
  std::size_t sign = at;
  while (sign < html.size() && IsBlank(html[sign])) ++sign;
  if (sign >= html.size() || html[sign] != '=') return at;
  at = sign + 1;
  while (at < html.size() && IsBlank(html[at])) ++at;
  if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
    return Behind(html, html.substr(at, 1), at + 1);
  }
  while (at < html.size() && !IsBlank(html[at]) && html[at] != '>') ++at;
  return at;
}

void ReadAttributes(std::string_view html, std::size_t at, Tag& out) {
  while (at < html.size() && html[at] != '>') {
    if (IsBlank(html[at]) || html[at] == '/') {
      ++at;
      continue;
    }
    if (++out.attributes == kMostAttributes + 1) out.too_many = at;
    ++at;  // a name may begin with '='
    while (at < html.size() && !IsBlank(html[at]) && html[at] != '=' && html[at] != '>' &&
           html[at] != '/') {
      ++at;
    }
    at = SkipValue(html, at);
    out.behind_attributes = at;
  }
  out.end = std::min(at + 1, html.size());
}

// Is the end tag at `at` inside <!-- <script> ... </script> -->, which belongs to the script?
bool IsHidden(std::string_view html, std::size_t from, std::size_t at) {
  const std::string_view before = html.substr(from, at - from);
  const std::size_t comment = before.rfind("<!--");
  if (comment == std::string_view::npos) return false;
  if (before.find("-->", comment) != std::string_view::npos) return false;
  bool hidden = false;
  for (std::size_t i = comment; (i = before.find('<', i)) != std::string_view::npos; ++i) {
    if (StartsWithName(html, from + i + 1, "script")) hidden = true;
    if (StartsWithName(html, from + i + 1, "/script")) hidden = false;
  }
  return hidden;
}

}  // namespace

Tag ReadTag(std::string_view html, std::size_t at) {
  Tag out;
  out.begin = at;
  out.end = at + 1;
  const char next = at + 1 < html.size() ? html[at + 1] : ' ';
  const bool end_tag = next == '/';
  if (end_tag && at + 2 >= html.size()) return out;
  const std::size_t name = at + (end_tag ? 2 : 1);
  if (next == '!' || next == '?' || (end_tag && !IsAsciiLetter(html[name])))
    return Comment(html, at);
  if (!end_tag && !IsAsciiLetter(next)) return out;
  out.kind = end_tag ? TagKind::kEnd : TagKind::kStart;
  std::size_t behind = name;
  while (behind < html.size() && !IsBlank(html[behind]) && html[behind] != '>' &&
         html[behind] != '/') {
    out.name += AsciiLower(html[behind++]);
  }
  ReadAttributes(html, behind, out);
  return out;
}

std::size_t FindRawTextEnd(std::string_view html, std::size_t from, std::string_view name) {
  std::size_t first = html.size();
  constexpr std::size_t kMostTries = 64;  // each looks back over the script: keeps it linear
  std::size_t tries = 0;
  for (std::size_t at = from; (at = html.find("</", at)) != std::string_view::npos; at += 2) {
    if (!StartsWithName(html, at + 2, name)) continue;
    if (name != "script" || ++tries > kMostTries || !IsHidden(html, from, at)) return at;
    first = std::min(first, at);
  }
  return first;
}

}  // namespace sakuin::ingest
