#pragma once

// Files and folders. Paths are UTF-8 as given; nothing here prints.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

struct stat;

namespace sakuin::files {

// The whole file, at most `limit` bytes (kBadInput beyond it). kNotFound, or kIo with the
// system's own reason.
Result<std::string> Read(const std::string& path, std::uint64_t limit = UINT64_MAX);

// A file to be read piece by piece; closed when `read` goes. `read` gives up to `size` bytes, 0 at
// the end.
struct Stream {
  std::uint64_t size = 0;  // 0 where the system does not say
  std::function<Result<std::size_t>(char* to, std::size_t size)> read;
};
Result<Stream> OpenStream(const std::string& path);

// All of standard input; kBadInput beyond `limit` bytes.
Result<std::string> ReadStandardInput(std::uint64_t limit);

// Writes beside `path` and renames, so that a reader sees the old or the new file, never a half.
Status WriteAtomically(const std::string& path, std::string_view bytes);

// All regular files below `folder`, sorted by path in byte order. Names that begin with a dot are
// left out. Symbolic links whose target leaves `folder` are not followed; `skipped` names them.
struct Walk {
  std::vector<std::string> files;
  std::vector<std::string> skipped;
  std::vector<Error> errors;  // folders that could not be read; the others are walked all the same
};
Walk WalkFolder(const std::string& folder);

// What a file system says of a file, to notice that it is another one now. Times are nanoseconds
// since 1970; `changed` moves whatever is done to a file and cannot be set.
struct Stamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  std::int64_t changed = 0;
};
Stamp StampOf(const struct stat& info);
std::optional<Stamp> StampOf(const std::string& path);  // none: no such file

bool IsFolder(const std::string& path);
bool Exists(const std::string& path);
std::uint64_t Size(const std::string& path);  // in bytes; 0 where there is no such file

// Without "./", "a/../" and doubled slashes; relative stays relative. Purely lexical.
std::string Normalize(const std::string& path);

}  // namespace sakuin::files
