#include "indexer/ingest/html/html_sniff.h"

#include <cstddef>
#include <string>

#include "indexer/base/characters.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kSniffed = 65536;

}  // namespace

bool LooksLikeHtml(std::string_view bytes) {
  const std::string head = AsciiLower(bytes.substr(0, kSniffed));
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<body", "<article", "</p>", "</div>", "</h1>"}) {
    if (head.find(mark) != std::string::npos) return true;
  }
  return false;
}

}  // namespace sakuin::ingest
