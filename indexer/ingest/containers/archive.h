#pragma once

// zip, tar and compressed files, by libarchive. Members come one after another; nothing is ever
// written to disk.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::ingest {

enum class MemberKind : std::uint8_t { kFile, kFolder, kLink, kDevice };

struct Member {
  std::string name;  // bytes as they stand there; UTF-8 where the archive says that it is
  MemberKind kind = MemberKind::kFile;
  bool encrypted = false;
  std::uint64_t size = 0;  // as declared; 0 where it is not
};

// Not thread-safe. The members of a zip or (compressed) tar; or, of a compressed file, its content.
class Archive {
 public:
  enum class Layout : std::uint8_t { kMembers, kContent };

  // kBadInput for what is no archive, kIo or kNotFound for what cannot be opened.
  static Result<Archive> OpenFile(const std::string& path, Layout layout);
  // `bytes` must outlive it.
  static Result<Archive> OpenBytes(std::string_view bytes, Layout layout);

  // The next member; nothing at the end. kBadInput where the archive cannot be read on.
  Result<std::optional<Member>> Next();

  // Up to `size` bytes of the current member; 0 at its end. kBadInput where they are damaged.
  Result<std::size_t> Read(char* to, std::size_t size);

  // No further member can be read.
  bool Broken() const;

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::ingest
