#include "indexer/ingest/html/html_guard.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/ingest/html/html_tags.h"
#include "indexer/ingest/html/open_elements.h"

namespace sakuin::ingest {
namespace {

// More hidden stretches than any page has; beyond, they become blanks.
constexpr std::size_t kMostHidden = 100'000;

class Guard {
 public:
  Guard(std::string& html, std::vector<model::SourceRange>* holes) : html_(html), holes_(holes) {}

  void Run() {
    std::size_t at = 0;
    std::size_t behind = 0;  // the last tag
    while ((at = html_.find('<', at)) != std::string::npos && open_.made() <= kMostElements) {
      if (behind > 0) LeaveOutBlanks(behind, at);
      at = behind = Take(ReadTag(html_, at));
    }
    LeaveSvg();
  }

  const OpenElements& open() const { return open_; }
  std::size_t attributes() const { return attributes_; }

 private:
  void Blank(std::size_t begin, std::size_t end) {
    std::fill(html_.begin() + static_cast<std::ptrdiff_t>(begin),
              html_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }

  // As an empty comment of the same length: unlike a blank it joins what stands on both sides.
  void Hide(std::size_t begin, std::size_t end) {
    Blank(begin, end);
    if (end - begin < 3 || ++hidden_ > kMostHidden) return;
    html_[begin] = '<';
    html_[begin + 1] = '!';
    html_[end - 1] = '>';
    LeaveOut(begin + 2, end - 1);
  }

  // Of a run of blanks one is enough; a line break where there is one, for <pre>.
  void LeaveOutBlanks(std::size_t begin, std::size_t end) {
    constexpr std::string_view kBlanks = " \t\r\n\f";
    if (holes_ == nullptr || in_svg_ || end - begin < 3 || html_[begin - 1] != '>') return;
    const std::string_view run = std::string_view(html_).substr(begin, end - begin);
    if (run.find_first_not_of(kBlanks) != std::string_view::npos) return;
    const std::size_t kept = begin + std::min(run.find('\n'), run.size() - 1);
    LeaveOut(begin, kept);
    LeaveOut(kept + 1, end);
  }

  void LeaveOut(std::size_t begin, std::size_t end) {
    if (holes_ != nullptr && begin < end) holes_->push_back({begin, end});
  }

  void LeaveSvg() {
    if (in_svg_) Hide(svg_begin_, svg_end_);
    in_svg_ = false;
  }

  // Gives where to go on.
  std::size_t Take(const Tag& tag) {
    switch (tag.kind) {
      case TagKind::kNone: return tag.end;
      case TagKind::kComment:
        if (in_svg_) return svg_end_ = tag.end;
        // A doctype decides how the page is read; it counts only before everything else.
        if (!tag.is_doctype || seen_tag_) Hide(tag.begin, tag.end);
        seen_tag_ = seen_tag_ || tag.is_doctype;
        return tag.end;
      case TagKind::kStart: seen_tag_ = true; return Start(tag);
      case TagKind::kEnd: seen_tag_ = true; return End(tag);
    }
    return tag.end;
  }

  std::size_t Start(const Tag& tag) {
    const NameTraits traits = TraitsOf(tag.name);
    const bool html = traits.special || traits.formatting || tag.name == "span";
    if (in_svg_ && (!html || traits.raw_text)) {
      svg_end_ = traits.raw_text ? FindRawTextEnd(html_, tag.end, tag.name) : tag.end;
      return svg_end_;
    }
    LeaveSvg();  // an element of HTML: the parser, too, leaves the drawing here
    if (tag.name == "svg") {
      in_svg_ = true;
      svg_begin_ = tag.begin;
      return svg_end_ = tag.end;
    }
    if (tag.name == "math" || tag.name == "plaintext") {
      Hide(tag.begin, tag.end);
      return tag.end;
    }
    if (tag.attributes > kMostAttributes) {
      attributes_ += tag.attributes - kMostAttributes;
      Blank(tag.too_many, tag.behind_attributes);
    }
    if (traits.raw_text) return SkipRaw(tag);
    if (traits.is_void) {
      open_.Void(tag.name);
    } else if (!open_.Start(tag.name)) {
      Drop(tag, traits);
    }
    return tag.end;
  }

  std::size_t End(const Tag& tag) {
    if (in_svg_ && !open_.Holds(tag.name)) {
      svg_end_ = tag.end;
      if (tag.name == "svg") LeaveSvg();
      return tag.end;
    }
    LeaveSvg();
    if (tag.name == "svg" || tag.name == "math") {
      Hide(tag.begin, tag.end);
    } else if (!open_.End(tag.name)) {
      Drop(tag, TraitsOf(tag.name));
    }
    return tag.end;
  }

  void Drop(const Tag& tag, const NameTraits& traits) {
    if (traits.formatting) {
      Hide(tag.begin, tag.end);
    } else {
      Blank(tag.begin, tag.end);  // it may have ended a line
    }
  }

  // Leaves the content of titles, text fields and structured data, but nothing in it that could
  // be taken for a tag; all other raw text is no text of the article.
  std::size_t SkipRaw(const Tag& tag) {
    open_.Void(tag.name);
    const std::size_t end = FindRawTextEnd(html_, tag.end, tag.name);
    const std::string_view start = std::string_view(html_).substr(tag.begin, tag.end - tag.begin);
    const bool data = tag.name == "script" && start.find("ld+json") != std::string_view::npos;
    if (tag.name != "title" && tag.name != "textarea" && !data) {
      Blank(tag.end, end);
      LeaveOut(tag.end, end);
      return end;
    }
    for (std::size_t at = tag.end; (at = html_.find('<', at)) < end;) {
      const Tag inner = ReadTag(html_, at);
      const std::size_t stop = std::min(inner.end, end);
      if (inner.kind != TagKind::kNone && !data) Blank(at, stop);
      if (inner.kind != TagKind::kNone && data) html_[at] = ' ';
      at = data ? at + 1 : stop;
    }
    return end;
  }

  std::string& html_;
  std::vector<model::SourceRange>* holes_;
  OpenElements open_{kDeepestNesting, kMostFormatting};
  bool seen_tag_ = false;
  bool in_svg_ = false;
  std::size_t svg_begin_ = 0;
  std::size_t svg_end_ = 0;  // behind the drawing's last tag so far
  std::size_t hidden_ = 0;
  std::size_t attributes_ = 0;
};

}  // namespace

Status GuardHtml(std::string& html, std::vector<std::string>& notes,
                 std::vector<model::SourceRange>* holes) {
  if (html.size() > kLargestPage) {
    return Fail(ErrorCode::kBadInput,
                "the page is larger than " + std::to_string(kLargestPage) + " bytes");
  }
  Guard guard(html, holes);
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
