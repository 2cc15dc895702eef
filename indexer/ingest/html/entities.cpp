#include "indexer/ingest/html/entities.h"

#include <gumbo.h>

namespace sakuin::ingest {
namespace {

// The first text below the node.
const char* FirstText(const GumboNode* node) {
  while (node != nullptr) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      return node->v.text.text;
    }
    if (node->type != GUMBO_NODE_ELEMENT || node->v.element.children.length == 0) return nullptr;
    const GumboVector& children = node->v.element.children;
    node = static_cast<const GumboNode*>(children.data[children.length - 1]);
  }
  return nullptr;
}

}  // namespace

std::string DecodeEntity(std::string_view entity) {
  const std::string page = "<p>" + std::string(entity);
  GumboOutput* const output =
      gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  if (output == nullptr) return std::string(entity);
  const char* const text = FirstText(output->root);
  std::string out = text == nullptr ? std::string(entity) : text;
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return out;
}

}  // namespace sakuin::ingest
