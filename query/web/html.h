#pragma once

// Markup that cannot be broken out of: text becomes markup by escaping alone.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::web {

// A piece of a page. Text of any bytes converts to it, escaped; bidi controls become visible as
// U+FFFD, so that a title cannot reorder what stands around it.
class Html {
 public:
  Html() = default;
  Html(std::string_view text);                                     // NOLINT: meant to convert
  Html(const std::string& text) : Html(std::string_view(text)) {}  // NOLINT
  Html(const char* text) : Html(std::string_view(text)) {}         // NOLINT

  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return a += b; }

  const std::string& markup() const { return markup_; }
  bool empty() const { return markup_.empty(); }

 private:
  friend class Tag;
  std::string markup_;
};

// Tag("a").Set("href", address).Class("hit")("text ", Tag("b")("bold")): names are literals of the
// program; "href", "src" and "action" take addresses of this site, http and https alone. Elements
// without content (img, input, br, meta, link, hr) are called without arguments.
class Tag {
 public:
  template <std::size_t N>
  explicit Tag(const char (&name)[N]) : name_(name) {}

  template <std::size_t N>
  Tag& Set(const char (&name)[N], std::string_view value) {
    SetAny(name, value);
    return *this;
  }
  // An attribute without a value, if it holds.
  template <std::size_t N>
  Tag& Flag(const char (&name)[N], bool holds = true) {
    if (holds) attributes_ += std::string(" ") + name;
    return *this;
  }
  Tag& Class(std::string_view names) { return Set("class", names); }
  // BCP 47; without one, or "und", nothing is set.
  Tag& Lang(std::string_view language);

  template <typename... Children>
  Html operator()(const Children&... children) const {
    Html out;
    ((out += Html(children)), ...);
    return Close(std::move(out));
  }

 private:
  void SetAny(std::string_view name, std::string_view value);
  Html Close(Html content) const;

  std::string_view name_;
  std::string attributes_;
};

// "http://..." and "https://..." as they are, and addresses of this site; "" for anything else.
std::string SafeAddress(std::string_view address);

// The text in its language, isolated from what stands around it: <bdi lang=...>.
Html In(std::string_view language, std::string_view text);

// The same with <mark> around the spans, in bytes of the text, ascending.
Html Marked(std::string_view text, const std::vector<model::Span>& spans);

}  // namespace sakuin::web
