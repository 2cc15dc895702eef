#include "indexer/ingest/html_tree.h"

#include <gumbo.h>

#include <memory>
#include <utility>

#include "indexer/ingest/html_guard.h"

namespace sakuin::ingest {
namespace {

struct Destroyer {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
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

struct Job {
  const GumboNode* node;
  pugi::xml_node parent;
};

}  // namespace

Result<HtmlTree> HtmlTree::Parse(std::string html, std::vector<std::string>& notes) {
  HtmlTree out;
  out.html_ = std::make_unique<std::string>(std::move(html));
  out.document_ = std::make_unique<pugi::xml_document>();
  std::string guarded = *out.html_;
  if (const Status done = GuardHtml(guarded, notes); !done) return Pass(done);
  // Gumbo counts bytes, so the guarded copy's offsets are the page's own.
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // else every error keeps a copy of the stack of open tags
  const std::unique_ptr<GumboOutput, Destroyer> parsed(
      gumbo_parse_with_options(&options, guarded.data(), guarded.size()));
  if (!parsed) return Fail(ErrorCode::kLibrary, "gumbo gave up on the page");
  std::vector<Job> jobs{{parsed->root, *out.document_}};
  while (!jobs.empty()) {
    Job job = jobs.back();
    jobs.pop_back();
    const GumboNode& node = *job.node;
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
        node.type == GUMBO_NODE_CDATA) {
      pugi::xml_node text = job.parent.append_child(pugi::node_pcdata);
      text.set_value(node.v.text.text);
      const GumboStringPiece& raw = node.v.text.original_text;
      if (raw.data != nullptr) {
        const auto begin = static_cast<std::size_t>(raw.data - guarded.data());
        if (begin + raw.length <= out.html_->size()) {
          out.places_[text.hash_value()] = {
              begin, std::string_view(*out.html_).substr(begin, raw.length)};
        }
      }
      continue;
    }
    if (node.type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node.v.element;
    if (LeftOut(element.tag) && !IsStructuredData(node)) continue;
    pugi::xml_node made = job.parent.append_child(NameOf(element).c_str());
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* const a = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      made.append_attribute(a->name).set_value(a->value);
    }
    for (unsigned i = element.children.length; i > 0; --i) {
      jobs.push_back({static_cast<const GumboNode*>(element.children.data[i - 1]), made});
    }
  }
  return out;
}

const TextPlace* HtmlTree::Place(pugi::xml_node text) const {
  const auto found = places_.find(text.hash_value());
  return found == places_.end() ? nullptr : &found->second;
}

}  // namespace sakuin::ingest
