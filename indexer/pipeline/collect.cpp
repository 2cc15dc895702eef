#include "indexer/pipeline/collect.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <string_view>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/ingest/records/jsonl.h"

namespace sakuin::pipeline {
namespace {

// One article is never larger; a file of many records may be.
constexpr std::uint64_t kLargestFile = std::uint64_t{4} << 30U;
constexpr std::uint64_t kLargestArticle = std::uint64_t{16} << 20U;

bool IsJsonl(const std::string& file, const std::string& format) {
  if (format != "auto") return format == "jsonl";
  return file.ends_with(".jsonl") || file.ends_with(".ndjson");
}

bool IsArticle(const std::string& file) {
  static constexpr std::string_view kEndings[] = {".html", ".htm",  ".xhtml", ".shtml",
                                                  ".txt",  ".text", ".jsonl", ".ndjson"};
  const std::string name = file.substr(file.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return true;
  std::string ending = name.substr(dot);
  for (char& c : ending) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

Result<std::string> ReadInput(const std::string& file, std::uint64_t limit) {
  if (file != "-") return files::Read(file, limit);
  std::string bytes{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  if (std::cin.bad()) return Fail(ErrorCode::kIo, "cannot read standard input", "-");
  if (bytes.size() > limit) {
    return Fail(ErrorCode::kBadInput,
                "larger than the limit of " + std::to_string(limit) + " bytes", "-");
  }
  return bytes;
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
        if (IsArticle(file)) {
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
  return out;
}

FileSources ReadSources(const std::string& file, const ReadOptions& options) {
  FileSources out;
  const bool records = IsJsonl(file, options.format);
  auto bytes = ReadInput(file, records ? kLargestFile : kLargestArticle);
  if (!bytes) {
    out.rejected.push_back({file, bytes.error().message, bytes.error().code});
    return out;
  }
  if (!records) {
    model::Source source;
    source.uri = file;
    source.bytes = std::move(*bytes);
    source.format = options.format;
    out.sources.push_back(std::move(source));
  } else {
    ingest::Records split = ingest::SplitJsonl(file, *bytes);
    out.sources = std::move(split.sources);
    for (const Error& error : split.errors) {
      out.rejected.push_back({error.where.empty() ? file : error.where, error.message, error.code});
    }
    if (out.sources.empty() && out.rejected.empty()) {
      out.rejected.push_back({file, "holds no record", ErrorCode::kBadInput});
    }
  }
  for (model::Source& source : out.sources) {
    source.origin = file;
    source.encoding_hint = options.encoding;
    source.language_hint = options.language;
  }
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
