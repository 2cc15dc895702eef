#include "indexer/base/data_dir.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin {

Result<std::string> FindDataDir(const std::string& asked, const std::string& program) {
  namespace fs = std::filesystem;
  std::vector<std::string> places;
  if (!asked.empty()) {
    places.push_back(asked);
  } else {
    const fs::path folder = fs::path(program).parent_path();
    places.push_back((folder / ".." / "corpus").lexically_normal().string());
    places.push_back((folder / ".." / "share" / "sakuin").lexically_normal().string());
    places.emplace_back(SAKUIN_SOURCE_CORPUS);
  }
  std::string tried;
  for (const std::string& place : places) {
    if (files::IsFolder(place + "/folding")) return place;
    tried += tried.empty() ? place : ", " + place;
  }
  return Fail(ErrorCode::kNotFound,
              "no data folder with folding/ in it (tried " + tried + "); name it with --data-dir");
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

Result<std::vector<TsvRow>> ReadTsv(const std::string& path, std::size_t least, std::size_t most) {
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  return ParseTsv(*bytes, path, least, most);
}

Result<std::vector<TsvRow>> ParseTsv(std::string_view bytes, const std::string& path,
                                     std::size_t least, std::size_t most) {
  std::vector<TsvRow> rows;
  std::size_t number = 0;
  for (std::size_t next = 0; next <= bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', next), bytes.size());
    const std::string_view line = bytes.substr(next, end - next);
    next = end + 1;
    ++number;
    const auto where = [&] { return path + ":" + std::to_string(number); };
    if (utf8::FindInvalid(line)) return Fail(ErrorCode::kBadData, "not UTF-8", where());
    if (line.ends_with('\r')) return Fail(ErrorCode::kBadData, "CR at the line's end", where());
    if (line.empty() || line.starts_with('#')) continue;
    TsvRow row{Split(line, '\t'), where()};
    if (row.fields.size() < least || row.fields.size() > most) {
      return Fail(ErrorCode::kBadData,
                  "has " + std::to_string(row.fields.size()) + " tab-separated fields, wants " +
                      std::to_string(least) + " to " + std::to_string(most),
                  row.where);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace sakuin
