#include "indexer/ingest/html/html_sniff.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace sakuin::ingest {
namespace {

constexpr std::size_t kSniffed = 65536;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool LooksLikeHtml(std::string_view bytes) {
  std::string head(bytes.substr(0, kSniffed));
  std::transform(head.begin(), head.end(), head.begin(), Lower);
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<body", "<article", "</p>", "</div>", "</h1>"}) {
    if (head.find(mark) != std::string::npos) return true;
  }
  return false;
}

}  // namespace sakuin::ingest
