#include "indexer/ingest/html_guard.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/ingest/html_tags.h"
#include "indexer/ingest/open_elements.h"

namespace sakuin::ingest {
namespace {

class Guard {
 public:
  explicit Guard(std::string& html) : html_(html) {}

  void Run() {
    std::size_t at = 0;
    while ((at = html_.find('<', at)) != std::string::npos && open_.made() <= kMostElements) {
      const Tag tag = ReadTag(html_, at);
      if (tag.kind != TagKind::kNone && in_svg_) Erase(svg_, tag.begin);
      at = Take(tag);
      if (in_svg_) svg_ = at;
    }
    if (in_svg_ && at == std::string::npos) Erase(svg_, svg_);  // its text had no end: kept
  }

  const OpenElements& open() const { return open_; }
  std::size_t attributes() const { return attributes_; }

 private:
  void Erase(std::size_t begin, std::size_t end) {
    std::fill(html_.begin() + static_cast<std::ptrdiff_t>(begin),
              html_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }

  // Gives where to go on.
  std::size_t Take(const Tag& tag) {
    switch (tag.kind) {
      case TagKind::kNone: return tag.end;
      case TagKind::kComment:
        // A doctype decides how the page is read; it counts only before everything else.
        if (!tag.is_doctype || seen_tag_) Erase(tag.begin, tag.end);
        seen_tag_ = seen_tag_ || tag.is_doctype;
        return tag.end;
      case TagKind::kStart: seen_tag_ = true; return Start(tag);
      case TagKind::kEnd: seen_tag_ = true; return End(tag);
    }
    return tag.end;
  }

  std::size_t Start(const Tag& tag) {
    const NameTraits traits = TraitsOf(tag.name);
    if (tag.name == "svg" || tag.name == "math" || tag.name == "plaintext") {
      in_svg_ = tag.name == "svg";
      Erase(tag.begin, tag.end);
      return tag.end;
    }
    const bool html = traits.special || traits.formatting || tag.name == "span";
    if (in_svg_ && (!html || traits.raw_text)) {
      Erase(tag.begin, tag.end);
      return traits.raw_text ? EraseRaw(tag) : tag.end;
    }
    in_svg_ = false;  // an element of HTML: the parser, too, leaves the drawing here
    if (tag.attributes > kMostAttributes) {
      attributes_ += tag.attributes - kMostAttributes;
      Erase(tag.too_many, tag.behind_attributes);
    }
    if (traits.raw_text) return SkipRaw(tag);
    if (traits.is_void) {
      open_.Void(tag.name);
    } else if (!open_.Start(tag.name)) {
      Erase(tag.begin, tag.end);
    }
    return tag.end;
  }

  std::size_t End(const Tag& tag) {
    if (in_svg_ && !open_.Holds(tag.name)) {
      if (tag.name == "svg") in_svg_ = false;
      Erase(tag.begin, tag.end);
      return tag.end;
    }
    in_svg_ = false;
    if (tag.name == "svg" || tag.name == "math" || !open_.End(tag.name)) Erase(tag.begin, tag.end);
    return tag.end;
  }

  std::size_t EraseRaw(const Tag& tag) {
    const std::size_t end = FindRawTextEnd(html_, tag.end, tag.name);
    Erase(tag.begin, end);
    return end;
  }

  // Leaves the content of titles, text fields and structured data, but nothing in it that could
  // be taken for a tag; all other raw text is no text of the article.
  std::size_t SkipRaw(const Tag& tag) {
    open_.Void(tag.name);
    const std::size_t end = FindRawTextEnd(html_, tag.end, tag.name);
    const std::string_view start = std::string_view(html_).substr(tag.begin, tag.end - tag.begin);
    const bool data = tag.name == "script" && start.find("ld+json") != std::string_view::npos;
    if (tag.name != "title" && tag.name != "textarea" && !data) {
      Erase(tag.end, end);
      return end;
    }
    for (std::size_t at = tag.end; (at = html_.find('<', at)) < end;) {
      const Tag inner = ReadTag(html_, at);
      const std::size_t stop = std::min(inner.end, end);
      if (inner.kind != TagKind::kNone && !data) Erase(at, stop);
      if (inner.kind != TagKind::kNone && data) html_[at] = ' ';
      at = data ? at + 1 : stop;
    }
    return end;
  }

  std::string& html_;
  OpenElements open_{kDeepestNesting, kMostFormatting};
  bool seen_tag_ = false;
  bool in_svg_ = false;
  std::size_t svg_ = 0;  // where the text since the drawing's last tag begins
  std::size_t attributes_ = 0;
};

}  // namespace

Status GuardHtml(std::string& html, std::vector<std::string>& notes) {
  if (html.size() > kLargestPage) {
    return Fail(ErrorCode::kBadInput,
                "the page is larger than " + std::to_string(kLargestPage) + " bytes");
  }
  Guard guard(html);
  guard.Run();
  if (guard.open().made() > kMostElements) {
    return Fail(ErrorCode::kBadInput,
                "the page has more than " + std::to_string(kMostElements) + " elements");
  }
  if (guard.open().flattened() > 0) {
    notes.push_back(std::to_string(guard.open().flattened()) + " tags nested deeper than " +
                    std::to_string(kDeepestNesting) + " were flattened");
  }
  if (guard.attributes() > 0) {
    notes.push_back(std::to_string(guard.attributes()) + " attributes beyond " +
                    std::to_string(kMostAttributes) + " in one tag were left out");
  }
  return {};
}

}  // namespace sakuin::ingest
