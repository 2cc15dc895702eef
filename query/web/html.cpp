#include "query/web/html.h"

#include <algorithm>
#include <array>

#include "indexer/base/utf8.h"

namespace sakuin::web {
namespace {

// Embeddings, overrides and isolates.
bool IsBidiControl(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void Escape(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++at;
      switch (byte) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default:
          if (byte >= 0x20 || byte == '\n' || byte == '\t') out += static_cast<char>(byte);
      }
      continue;
    }
    const char32_t c = utf8::Next(text, at);
    utf8::Append(out, IsBidiControl(c) ? U'\uFFFD' : c);
  }
}

bool IsVoid(std::string_view name) {
  constexpr std::array<std::string_view, 7> kVoid = {"br",   "hr",   "img", "input",
                                                     "link", "meta", "col"};
  return std::find(kVoid.begin(), kVoid.end(), name) != kVoid.end();
}

bool TakesAddress(std::string_view name) {
  return name == "href" || name == "src" || name == "action" || name == "formaction";
}

}  // namespace

Html::Html(std::string_view text) { Escape(text, markup_); }

std::string SafeAddress(std::string_view address) {
  const bool has_control = std::any_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\\';
  });
  if (has_control) return {};
  const bool here = address.starts_with('#') || address.starts_with('?') ||
                    (address.starts_with('/') && !address.starts_with("//"));
  if (here || address.starts_with("https://") || address.starts_with("http://")) {
    return std::string(address);
  }
  return {};
}

void Tag::SetAny(std::string_view name, std::string_view value) {
  attributes_ += ' ';
  attributes_ += name;
  attributes_ += "=\"";
  Escape(TakesAddress(name) ? SafeAddress(value) : std::string(value), attributes_);
  attributes_ += '"';
}

Tag& Tag::Lang(std::string_view language) {
  if (!language.empty() && language != "und") SetAny("lang", language);
  return *this;
}

Html Tag::Close(Html content) const {
  Html out;
  out.markup_.reserve(content.markup_.size() + attributes_.size() + 2 * name_.size() + 5);
  out.markup_ += '<';
  out.markup_ += name_;
  out.markup_ += attributes_;
  out.markup_ += '>';
  if (IsVoid(name_)) return out;
  out.markup_ += content.markup_;
  out.markup_ += "</";
  out.markup_ += name_;
  out.markup_ += '>';
  return out;
}

Html In(std::string_view language, std::string_view text) {
  return Tag("bdi").Lang(language)(text);
}

Html Marked(std::string_view text, const std::vector<model::Span>& spans) {
  Html out;
  std::size_t at = 0;
  for (const model::Span& span : spans) {
    if (span.begin < at || span.end > text.size() || span.end <= span.begin) continue;
    out += text.substr(at, span.begin - at);
    out += Tag("mark")(text.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  out += text.substr(at);
  return out;
}

}  // namespace sakuin::web
