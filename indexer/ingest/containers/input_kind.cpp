#include "indexer/ingest/containers/input_kind.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace sakuin::ingest {
namespace {

using Ending = std::pair<std::string_view, InputKind>;
constexpr std::array<Ending, 18> kEndings = {{{"html", InputKind::kArticle},
                                              {"htm", InputKind::kArticle},
                                              {"xhtml", InputKind::kArticle},
                                              {"shtml", InputKind::kArticle},
                                              {"txt", InputKind::kArticle},
                                              {"text", InputKind::kArticle},
                                              {"md", InputKind::kMarkdown},
                                              {"markdown", InputKind::kMarkdown},
                                              {"mkd", InputKind::kMarkdown},
                                              {"jsonl", InputKind::kJsonl},
                                              {"ndjson", InputKind::kJsonl},
                                              {"csv", InputKind::kTable},
                                              {"tsv", InputKind::kTable},
                                              {"tab", InputKind::kTable},
                                              {"warc", InputKind::kWarc},
                                              {"epub", InputKind::kEpub},
                                              {"zip", InputKind::kArchive},
                                              {"tar", InputKind::kArchive}}};

constexpr std::array<std::string_view, 4> kPacked = {"gz", "bz2", "xz", "zst"};
constexpr std::array<std::string_view, 5> kPackedTar = {"tgz", "tbz2", "tbz", "txz", "tzst"};

template <typename List>
bool Holds(const List& list, std::string_view one) {
  return std::find(std::begin(list), std::end(list), one) != std::end(list);
}

// Without the dot, in lower case; empty where there is none.
std::string EndingOf(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.rfind('/') + 1));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string out(name.substr(dot + 1));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const Ending* Find(std::string_view ending) {
  const auto* const it = std::find_if(kEndings.begin(), kEndings.end(),
                                      [&](const Ending& e) { return e.first == ending; });
  return it == kEndings.end() ? nullptr : it;
}

bool IsZip(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

bool IsPacked(std::string_view head) {
  return head.starts_with("\x1F\x8B") || head.starts_with("BZh") ||
         head.starts_with(
             "\xFD"
             "7zXZ") ||
         head.starts_with("\x28\xB5\x2F\xFD");
}

bool IsTar(std::string_view head) {
  constexpr std::size_t kMagic = 257;  // POSIX.1-1988
  return head.size() > kMagic && head.substr(kMagic).starts_with("ustar");
}

// It tells people of the folder; it is no article of it.
bool IsReadme(std::string_view name) {
  constexpr std::string_view kName = "readme.";
  return std::equal(kName.begin(), kName.end(), name.begin(),
                    name.begin() + static_cast<std::ptrdiff_t>(std::min(kName.size(), name.size())),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

}  // namespace

InputKind KindOf(std::string_view name, std::string_view head, std::string_view format) {
  const std::string ending = EndingOf(name);
  if (IsZip(head)) {
    // The first member of a book is this one, stored as it is (EPUB Open Container Format).
    const bool book = head.substr(std::min<std::size_t>(head.size(), 30))
                          .starts_with("mimetypeapplication/epub+zip");
    return book || ending == "epub" ? InputKind::kEpub : InputKind::kArchive;
  }
  if (IsPacked(head)) return InputKind::kPacked;
  if (IsTar(head) || (ending == "tar" && !head.empty())) return InputKind::kArchive;
  if (head.starts_with("WARC/1.")) return InputKind::kWarc;
  if (format == "jsonl") return InputKind::kJsonl;
  if (format == "csv" || format == "tsv") return InputKind::kTable;
  if (format == "warc") return InputKind::kWarc;
  if (format == "markdown") return InputKind::kMarkdown;
  if (format != "auto") return InputKind::kArticle;
  const Ending* const known = Find(ending);
  // What is called an archive and is none is read as an article: it says what is wrong with it.
  if (known == nullptr || known->second >= InputKind::kEpub) return InputKind::kArticle;
  return known->second;
}

bool IsInputName(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.rfind('/') + 1));
  if (name.empty() || name.starts_with('.')) return false;
  const std::string ending = EndingOf(name);
  if (Holds(kPacked, ending)) {
    const std::string inside = NameInside(name);
    return !Holds(kPacked, EndingOf(inside)) && IsInputName(inside);
  }
  const Ending* const known = Find(ending);
  if (known != nullptr && known->second == InputKind::kMarkdown && IsReadme(name)) return false;
  return ending.empty() || known != nullptr || Holds(kPackedTar, ending);
}

std::string NameInside(std::string_view name) {
  const std::string ending = EndingOf(name);
  std::string out(name);
  if (Holds(kPacked, ending)) {
    out.resize(out.size() - ending.size() - 1);
  } else if (Holds(kPackedTar, ending)) {
    out.resize(out.size() - ending.size());
    out += "tar";
  }
  return out;
}

}  // namespace sakuin::ingest
