#pragma once

// A file in memory without reading it: pages come when they are looked at.

#include <cstddef>
#include <string>
#include <string_view>

#include "indexer/base/files.h"
#include "indexer/base/result.h"

namespace sakuin {

// Immutable. Files that are mapped must be replaced, never written over (WriteAtomically()).
class MappedFile {
 public:
  // kNotFound, or kIo with the system's own reason. An empty file has no bytes.
  static Result<MappedFile> Open(const std::string& path);

  std::string_view bytes() const { return {begin_, size_}; }
  const files::Stamp& stamp() const { return stamp_; }

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

 private:
  MappedFile() = default;

  const char* begin_ = nullptr;
  std::size_t size_ = 0;
  files::Stamp stamp_;
};

}  // namespace sakuin
