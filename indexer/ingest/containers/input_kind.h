#pragma once

// What an input is, by its name and its first bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sakuin::ingest {

enum class InputKind : std::uint8_t {
  kArticle,   // one article: HTML, a text dump
  kMarkdown,  // one article
  kJsonl,     // a record a line
  kTable,     // CSV, TSV: a record a row
  kWarc,      // records of a web archive
  kEpub,      // a book
  kArchive,   // zip, tar
  kPacked,    // .gz, .bz2, .xz, .zst of any of these
};

// How many bytes KindOf() wants to see.
inline constexpr std::size_t kKindBytes = 512;

// `format` as asked: "auto" looks at the first bytes and at the ending, any other says what the
// articles are. Archives, packed files and WARC are known by their bytes whatever was asked. Pure.
InputKind KindOf(std::string_view name, std::string_view head, std::string_view format);

// Has the name an ending that is read in folders and archives, or none at all? "a.html.gz" as
// "a.html". Neither a name that begins with a dot nor README.md is one.
bool IsInputName(std::string_view name);

// The name of what a packed file holds: "a.html.gz" -> "a.html", "a.tgz" -> "a.tar". Pure.
std::string NameInside(std::string_view name);

}  // namespace sakuin::ingest
