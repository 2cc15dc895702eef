#include "query/web/article/citation.h"

#include <cctype>
#include <string_view>

#include "indexer/base/utf8.h"
#include "query/web/view.h"

namespace sakuin::web {
namespace {

// Line ends and other control characters become blanks: an entry is lines of fields.
std::string Tex(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "{\\textbackslash}"; break;
      case '~': out += "{\\textasciitilde}"; break;
      case '^': out += "{\\textasciicircum}"; break;
      case '{':
      case '}':
      case '%':
      case '&':
      case '#':
      case '_':
      case '$':
        out += '\\';
        out += c;
        break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

// Of an address only what would end the field is changed.
std::string Address(const std::string& uri) {
  std::string out;
  for (const char c : uri) {
    if (c == '{') {
      out += "%7B";
    } else if (c == '}') {
      out += "%7D";
    } else if (c == '\\') {
      out += "%5C";
    } else if (static_cast<unsigned char>(c) > 0x20) {
      out += c;
    }
  }
  return out;
}

std::string Key(const std::string& id) {
  std::string out = "sakuin-";
  for (const char c : id) {
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ? c : '-';
  }
  return out;
}

// Several names are parted by a semicolon or the comma of lists in Chinese and Japanese. Braces
// keep each as it is: which of its words is the family name nobody has said.
std::string Authors(std::string text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t next = end;
    for (const std::string_view mark : {";", "\uFF1B", "\u3001"}) {
      const std::size_t at = text.find(mark);
      if (at >= end) continue;
      end = at;
      next = at + mark.size();
    }
    const std::string name(utf8::Trim(std::string_view(text).substr(0, end)));
    if (!name.empty()) out += (out.empty() ? "{" : " and {") + Tex(name) + "}";
    text.erase(0, next);
  }
  return out;
}

}  // namespace

bool IsAddress(const std::string& uri) {
  return uri.starts_with("http://") || uri.starts_with("https://");
}

std::string BibTeX(const Citation& citation) {
  const bool online = IsAddress(citation.uri);
  std::string out = std::string(online ? "@online{" : "@misc{") + Key(citation.id);
  const auto put = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(",\n  ") + name + " = {" + value + "}";
  };
  // Braces within keep capitals as they are.
  put("title", "{" + Tex(citation.title) + "}");
  // Who answers for a text that names nobody: its site, else the host of its address.
  const std::string publisher = citation.site.empty() ? HostOf(citation.uri) : citation.site;
  put("author", Authors(citation.author.empty() ? publisher : citation.author));
  put("organization", Tex(citation.site));
  put("date", Tex(citation.published.substr(0, 10)));
  put("year", Tex(citation.published.substr(0, 4)));
  if (online) {
    put("url", Address(citation.uri));
  } else {
    put("howpublished", Tex(citation.uri));
  }
  put("langid", Tex(citation.language));
  put("note", Tex(citation.heading));
  return out + "\n}\n";
}

std::string PlainCitation(const Messages& say, const Citation& citation) {
  std::string out;
  const auto add = [&out](const std::string& part) {
    if (part.empty()) return;
    out += (out.empty() ? "" : " ") + part + ".";
  };
  add(citation.author);
  const std::string title =
      citation.heading.empty() ? citation.title : citation.title + ": " + citation.heading;
  out += (out.empty() ? "" : " ") + say("cite.title", {{"title", title}});
  add(citation.site);
  add(citation.published.substr(0, 10));
  if (!citation.uri.empty()) out += " " + citation.uri;
  return out;
}

}  // namespace sakuin::web
