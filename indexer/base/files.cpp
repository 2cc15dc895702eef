#include "indexer/base/files.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace sakuin::files {
namespace fs = std::filesystem;
namespace {

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

tl::unexpected<Error> SystemFailure(const char* doing, const std::string& path) {
  const int reason = errno;
  const ErrorCode code = reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
  return Fail(code, std::string("cannot ") + doing + ": " + std::strerror(reason), path);
}

bool Inside(const fs::path& root, const fs::path& target) {
  const auto [end, unused] = std::mismatch(root.begin(), root.end(), target.begin(), target.end());
  (void)unused;
  return end == root.end();
}

void WalkInto(const fs::path& root, const fs::path& folder, int depth, Walk& out) {
  std::error_code error;
  fs::directory_iterator it(folder, error);
  if (error || depth > 256) {
    const std::string why = error ? error.message() : "folders nested more than 256 deep";
    out.errors.push_back({ErrorCode::kIo, "cannot read the folder: " + why, folder.string()});
    return;
  }
  for (const fs::directory_entry& entry : it) {
    const fs::path& path = entry.path();
    if (path.filename().string().starts_with('.')) continue;
    if (entry.is_symlink(error)) {
      const fs::path target = fs::weakly_canonical(path, error);
      if (error || !Inside(root, target) || entry.is_directory(error)) {
        out.skipped.push_back(path.string());
        continue;
      }
    }
    if (entry.is_directory(error)) {
      WalkInto(root, path, depth + 1, out);
    } else if (entry.is_regular_file(error)) {
      out.files.push_back(path.string());
    }
  }
}

}  // namespace

Result<std::string> Read(const std::string& path, std::uint64_t limit) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return SystemFailure("open it", path);
  std::string out;
  std::error_code unknown;
  const std::uintmax_t size = fs::is_regular_file(path, unknown) ? fs::file_size(path, unknown) : 0;
  if (!unknown && size <= limit) out.reserve(size);
  std::string block(std::size_t{1} << 16U, '\0');
  for (;;) {
    const std::size_t n = std::fread(block.data(), 1, block.size(), file.get());
    out.append(block, 0, n);
    if (out.size() > limit) {
      return Fail(ErrorCode::kBadInput,
                  "larger than the limit of " + std::to_string(limit) + " bytes", path);
    }
    if (n < block.size()) break;
  }
  if (std::ferror(file.get()) != 0) return SystemFailure("read it", path);
  return out;
}

Result<Stream> OpenStream(const std::string& path) {
  const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* opened) {
    if (opened != nullptr) std::fclose(opened);
  });
  if (!file) return SystemFailure("open it", path);
  Stream out;
  std::error_code error;
  const auto whole = fs::file_size(path, error);
  if (!error) out.size = whole;
  out.read = [file, path](char* to, std::size_t size) -> Result<std::size_t> {
    const std::size_t n = std::fread(to, 1, size, file.get());
    if (n < size && std::ferror(file.get()) != 0) return SystemFailure("read it", path);
    return n;
  };
  return out;
}

Result<std::string> ReadStandardInput(std::uint64_t limit) {
  std::string out;
  std::string block(std::size_t{1} << 16U, '\0');
  for (;;) {
    const std::size_t n = std::fread(block.data(), 1, block.size(), stdin);
    out.append(block, 0, n);
    if (out.size() > limit) {
      return Fail(ErrorCode::kBadInput,
                  "larger than the limit of " + std::to_string(limit) + " bytes", "-");
    }
    if (n < block.size()) break;
  }
  if (std::ferror(stdin) != 0) return SystemFailure("read standard input", "-");
  return out;
}

Status WriteAtomically(const std::string& path, std::string_view bytes) {
  const std::string beside = path + ".tmp";
  {
    const File file(std::fopen(beside.c_str(), "wb"));
    if (!file) return SystemFailure("write it", beside);
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
    if (!written || std::fflush(file.get()) != 0) {
      auto failure = SystemFailure("write it", beside);
      std::remove(beside.c_str());
      return failure;
    }
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) return SystemFailure("replace it", path);
  return {};
}

Walk WalkFolder(const std::string& folder) {
  Walk out;
  std::error_code error;
  const fs::path root = fs::weakly_canonical(folder, error);
  WalkInto(root, fs::path(folder), 0, out);
  std::sort(out.files.begin(), out.files.end());
  std::sort(out.skipped.begin(), out.skipped.end());
  return out;
}

Stamp StampOf(const struct stat& info) {
  const auto nanoseconds = [](const struct timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1000000000 + time.tv_nsec;
  };
  return {static_cast<std::uint64_t>(info.st_size), nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim)};
}

std::optional<Stamp> StampOf(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return std::nullopt;
  return StampOf(info);
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool Exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

std::uint64_t Size(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

std::string Normalize(const std::string& path) {
  std::string out = fs::path(path).lexically_normal().string();
  if (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

}  // namespace sakuin::files
