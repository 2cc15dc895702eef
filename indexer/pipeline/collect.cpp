#include "indexer/pipeline/collect.h"

#include <algorithm>

#include "indexer/base/files.h"
#include "indexer/ingest/containers/input_kind.h"

namespace sakuin::pipeline {
namespace {

bool IsPacked(const std::string& file) {
  const auto ends = [&file](const char* ending) { return file.ends_with(ending); };
  return ingest::NameInside(file) != file || ends(".zip") || ends(".tar") || ends(".epub");
}

std::uint64_t KnownBytes(const std::vector<std::string>& files) {
  std::uint64_t out = 0;
  for (const std::string& file : files) {
    if (file == "-" || IsPacked(file)) return 0;
    out += files::Size(file);
  }
  return out;
}

}  // namespace

Inputs CollectInputs(const std::vector<std::string>& paths) {
  Inputs out;
  for (const std::string& path : paths) {
    const std::string normal = path == "-" ? path : files::Normalize(path);
    if (normal == "-") {
      out.files.push_back(normal);
    } else if (files::IsFolder(normal)) {
      const files::Walk walk = files::WalkFolder(normal);
      for (const std::string& file : walk.files) {
        if (ingest::IsInputName(file)) {
          out.files.push_back(file);
        } else {
          ++out.other_kinds;
        }
      }
      out.skipped.insert(out.skipped.end(), walk.skipped.begin(), walk.skipped.end());
      for (const Error& error : walk.errors) {
        out.rejected.push_back({error.where, error.message, error.code});
      }
      out.roots.push_back(normal);
    } else if (files::Exists(normal)) {
      out.files.push_back(normal);
      out.roots.push_back(normal);
    } else {
      out.rejected.push_back({path, "there is no such file or folder", ErrorCode::kNotFound});
    }
  }
  for (std::string& file : out.files) {
    if (file != "-") file = files::Normalize(file);
  }
  std::sort(out.files.begin(), out.files.end());
  out.files.erase(std::unique(out.files.begin(), out.files.end()), out.files.end());
  out.bytes = KnownBytes(out.files);
  return out;
}

bool IsBelow(const std::string& origin, const std::vector<std::string>& roots) {
  return std::any_of(roots.begin(), roots.end(), [&origin](const std::string& root) {
    if (root == ".") return !origin.starts_with('/') && !origin.starts_with("..");
    return origin == root || (origin.size() > root.size() && origin.starts_with(root) &&
                              (root.ends_with('/') || origin[root.size()] == '/'));
  });
}

}  // namespace sakuin::pipeline
