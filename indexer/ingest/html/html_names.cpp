#include "indexer/ingest/html/html_names.h"

#include <algorithm>
#include <initializer_list>

namespace sakuin::ingest {
namespace {

bool In(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool ClosesParagraph(std::string_view name) {
  return In(name, {"address", "article", "aside",  "blockquote", "center", "dd",       "details",
                   "dialog",  "dir",     "div",    "dl",         "dt",     "fieldset", "figcaption",
                   "figure",  "footer",  "form",   "h1",         "h2",     "h3",       "h4",
                   "h5",      "h6",      "header", "hgroup",     "hr",     "li",       "listing",
                   "main",    "menu",    "nav",    "ol",         "p",      "pre",      "section",
                   "summary", "table",   "ul",     "xmp"});
}

// The standard's "special" elements that are neither in the list above nor void.
bool IsOtherSpecial(std::string_view name) {
  return In(name, {"applet", "body",   "button",  "caption", "colgroup", "frameset", "head",
                   "html",   "iframe", "marquee", "noembed", "noframes", "noscript", "object",
                   "script", "select", "style",   "tbody",   "td",       "template", "textarea",
                   "tfoot",  "th",     "thead",   "title",   "tr"});
}

}  // namespace

NameTraits TraitsOf(std::string_view name) {
  NameTraits out;
  out.is_void =
      In(name, {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image",
                "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"});
  out.formatting = In(name, {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small",
                             "strike", "strong", "tt", "u"});
  out.raw_text =
      In(name, {"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"});
  out.closes_p = ClosesParagraph(name);
  out.special = out.closes_p || out.is_void || IsOtherSpecial(name);
  out.scope =
      In(name, {"applet", "caption", "html", "marquee", "object", "table", "td", "template", "th"});
  out.table_part = In(name, {"caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"});
  out.implied = out.table_part ||
                In(name, {"dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc"});
  return out;
}

}  // namespace sakuin::ingest
