#include "indexer/ingest/html/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "indexer/ingest/html/html_guard.h"

namespace sakuin::ingest {
namespace {

// The parser asks for a piece of memory for every name, value and node; they all go together.
class Arena {
 public:
  static void* Allocate(void* arena, std::size_t size) {
    return static_cast<Arena*>(arena)->Take(size);
  }
  static void Deallocate(void* /*arena*/, void* /*piece*/) {}

 private:
  static constexpr std::size_t kChunk = std::size_t{256} << 10U;
  static constexpr std::size_t kAlign = alignof(std::max_align_t);

  void* Take(std::size_t size) {
    const std::size_t wanted = (size + kAlign - 1) / kAlign * kAlign;
    if (wanted > left_) {
      const std::size_t chunk = std::max(kChunk, wanted);
      chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk));
      // A large piece of its own leaves the current chunk as it is.
      if (chunk > kChunk) return chunks_.back().get();
      at_ = chunks_.back().get();
      left_ = chunk;
    }
    std::byte* const piece = at_;
    at_ += wanted;
    left_ -= wanted;
    return piece;
  }

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
};

bool LeftOut(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TEMPLATE ||
         tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_IFRAME || tag == GUMBO_TAG_SVG;
}

// Structured data is a script by name only.
bool IsStructuredData(const GumboNode& node) {
  if (node.v.element.tag != GUMBO_TAG_SCRIPT) return false;
  const GumboAttribute* const type = gumbo_get_attribute(&node.v.element.attributes, "type");
  return type != nullptr && std::string_view(type->value) == "application/ld+json";
}

std::string NameOf(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  std::string name;
  for (std::size_t i = 0; i < piece.length; ++i) {
    const char c = piece.data[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += letter ? static_cast<char>(c | 0x20) : '-';
  }
  return name.empty() ? "unknown" : name;
}

bool IsText(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
         node.type == GUMBO_NODE_CDATA;
}

// Gumbo notes the end tag that closed an element, be it another element's.
bool IsOwnEndTag(const GumboElement& element) {
  const GumboStringPiece& start = element.original_tag;
  const GumboStringPiece& end = element.original_end_tag;
  if (start.data == nullptr || end.data == nullptr || end.length < 4) return false;
  std::size_t i = 0;
  for (; i + 2 < end.length && i + 1 < start.length; ++i) {
    const char a = start.data[i + 1];
    const char b = end.data[i + 2];
    const bool letter = ((a | 0x20) >= 'a' && (a | 0x20) <= 'z') || (a >= '0' && a <= '9');
    if (!letter) break;
    if ((a | 0x20) != (b | 0x20)) return false;
  }
  return i > 0;
}

// The page without its holes, and the way back.
class Compact {
 public:
  Compact(const std::string& html, const std::vector<model::SourceRange>& holes) {
    std::size_t at = 0;
    for (const model::SourceRange& hole : holes) {
      text_.append(html, at, hole.begin - at);
      at = hole.end;
      places_.push_back(text_.size());
      left_out_.push_back(at - text_.size());
    }
    text_.append(html, at, std::string::npos);
  }

  const std::string& text() const { return text_; }

  // Where the byte at `at` of text() stands in the page.
  std::size_t ToPage(std::size_t at) const {
    const auto behind = std::upper_bound(places_.begin(), places_.end(), at);
    if (behind == places_.begin()) return at;
    return at + left_out_[static_cast<std::size_t>(behind - places_.begin()) - 1];
  }

 private:
  std::string text_;
  std::vector<std::size_t> places_;    // in text_, of every hole
  std::vector<std::size_t> left_out_;  // bytes up to there
};

struct Job {
  const GumboNode* node;
  pugi::xml_node parent;
};

// Gumbo's tree -> pugixml's, with the places in `page`; `read` is what gumbo was given.
class TreeCopier {
 public:
  TreeCopier(const Compact& read, const std::string& page,
             std::unordered_map<std::size_t, TextPlace>& places,
             std::unordered_map<std::size_t, model::SourceRange>& elements)
      : read_(read), page_(page), places_(places), elements_(elements) {}

  void Run(const GumboNode* root, pugi::xml_node document) {
    std::vector<Job> jobs{{root, document}};
    while (!jobs.empty()) {
      const Job job = jobs.back();
      jobs.pop_back();
      if (IsText(*job.node)) {
        AddText(*job.node, job.parent);
      } else if (job.node->type == GUMBO_NODE_ELEMENT) {
        AddElement(*job.node, job.parent, jobs);
      }
    }
    // Children come behind their parents: backwards, every range holds those in it.
    for (auto it = made_.rbegin(); it != made_.rend(); ++it) Widen(it->parent(), RangeOf(*it));
  }

 private:
  model::SourceRange RangeOf(pugi::xml_node node) const {
    const auto found = elements_.find(node.hash_value());
    return found == elements_.end() ? model::SourceRange{} : found->second;
  }

  // Elements that the parser made up (no start tag) have no place and get none.
  void Widen(pugi::xml_node node, model::SourceRange by) {
    const auto found = elements_.find(node.hash_value());
    if (found == elements_.end() || by.end == 0) return;
    if (by.begin >= found->second.begin) found->second.end = std::max(found->second.end, by.end);
  }

  std::size_t Offset(const char* at) const {
    return read_.ToPage(static_cast<std::size_t>(at - read_.text().data()));
  }

  // Behind its last byte: a hole may follow.
  std::size_t End(const GumboStringPiece& piece) const {
    return piece.length == 0 ? Offset(piece.data) : Offset(piece.data + piece.length - 1) + 1;
  }

  void AddText(const GumboNode& node, pugi::xml_node parent) {
    pugi::xml_node text = parent.append_child(pugi::node_pcdata);
    text.set_value(node.v.text.text);
    const GumboStringPiece& raw = node.v.text.original_text;
    if (raw.data == nullptr) return;
    if (raw.data + raw.length > read_.text().data() + read_.text().size()) return;
    const std::size_t begin = Offset(raw.data);
    const std::size_t end = End(raw);
    places_[text.hash_value()] = {begin, std::string_view(page_).substr(begin, end - begin)};
    Widen(parent, {begin, end});
  }

  void AddElement(const GumboNode& node, pugi::xml_node parent, std::vector<Job>& jobs) {
    const GumboElement& element = node.v.element;
    if (LeftOut(element.tag) && !IsStructuredData(node)) return;
    pugi::xml_node made = parent.append_child(NameOf(element).c_str());
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* const a = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      made.append_attribute(a->name).set_value(a->value);
    }
    if (element.original_tag.data != nullptr) {
      const std::size_t begin = Offset(element.original_tag.data);
      std::size_t end = End(element.original_tag);
      if (IsOwnEndTag(element)) end = std::max(end, End(element.original_end_tag));
      elements_[made.hash_value()] = {begin, end};
      made_.push_back(made);
    }
    for (unsigned i = element.children.length; i > 0; --i) {
      jobs.push_back({static_cast<const GumboNode*>(element.children.data[i - 1]), made});
    }
  }

  const Compact& read_;
  const std::string& page_;
  std::unordered_map<std::size_t, TextPlace>& places_;
  std::unordered_map<std::size_t, model::SourceRange>& elements_;
  std::vector<pugi::xml_node> made_;
};

}  // namespace

Result<HtmlTree> HtmlTree::Parse(std::string html, std::vector<std::string>& notes) {
  HtmlTree out;
  out.html_ = std::make_unique<std::string>(std::move(html));
  out.document_ = std::make_unique<pugi::xml_document>();
  // In place: what the guard blanks is no text, and every offset stays.
  std::vector<model::SourceRange> holes;
  if (const Status done = GuardHtml(*out.html_, notes, &holes); !done) return Pass(done);
  // The parser takes its time over every blank, and half of a page may be scripts.
  const Compact read(*out.html_, holes);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // else every error keeps a copy of the stack of open tags
  Arena arena;
  options.allocator = &Arena::Allocate;
  options.deallocator = &Arena::Deallocate;
  options.userdata = &arena;
  const GumboOutput* const parsed =
      gumbo_parse_with_options(&options, read.text().data(), read.text().size());
  if (parsed == nullptr) return Fail(ErrorCode::kLibrary, "gumbo gave up on the page");
  TreeCopier(read, *out.html_, out.places_, out.elements_).Run(parsed->root, *out.document_);
  return out;
}

const TextPlace* HtmlTree::Place(pugi::xml_node text) const {
  const auto found = places_.find(text.hash_value());
  return found == places_.end() ? nullptr : &found->second;
}

model::SourceRange HtmlTree::ElementPlace(pugi::xml_node element) const {
  const auto found = elements_.find(element.hash_value());
  return found == elements_.end() ? model::SourceRange{} : found->second;
}

}  // namespace sakuin::ingest
