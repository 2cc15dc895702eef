#include "indexer/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sakuin {
namespace {

tl::unexpected<Error> SystemFailure(const char* doing, const std::string& path) {
  const int reason = errno;
  const ErrorCode code = reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
  return Fail(code, std::string("cannot ") + doing + ": " + std::strerror(reason), path);
}

}  // namespace

Result<MappedFile> MappedFile::Open(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemFailure("open it", path);
  MappedFile out;
  struct stat info {};
  if (fstat(file, &info) != 0) {
    const auto failure = SystemFailure("look at it", path);
    close(file);
    return failure;
  }
  out.stamp_ = files::StampOf(info);
  if (info.st_size > 0) {
    const auto size = static_cast<std::size_t>(info.st_size);
    void* const at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED) {
      const auto failure = SystemFailure("map it", path);
      close(file);
      return failure;
    }
    out.begin_ = static_cast<const char*>(at);
    out.size_ = size;
  }
  close(file);
  return out;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      stamp_(other.stamp_) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  std::swap(stamp_, other.stamp_);
  return *this;
}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) munmap(const_cast<char*>(begin_), size_);
}

}  // namespace sakuin
