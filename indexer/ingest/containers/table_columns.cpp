#include "indexer/ingest/containers/table_columns.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kNowhere = SIZE_MAX;

std::string Plain(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const char32_t c = utf8::Next(name, at);
    if (utf8::IsSpace(c) || c == '_' || c == '-' || c == 0xFEFF) continue;
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += name.substr(begin, at - begin);
    }
  }
  return out;
}

std::optional<Role> RoleOf(std::string_view name) {
  const auto* const it = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (it == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(it - kRoleNames.begin());
}

std::string Listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 12;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    constexpr std::size_t kLongest = 40;
    const std::string& name = names[i];
    const std::size_t cut = utf8::FloorBoundary(name, std::min(kLongest, name.size()));
    out += (i == 0 ? "'" : ", '") + name.substr(0, cut) + "'";
  }
  return names.size() > kShown ? out + ", ..." : out;
}

std::string AllRoles() {
  std::string out;
  for (const std::string_view name : kRoleNames) {
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

}  // namespace

Result<TableWords> TableWords::Load(const std::string& data_dir) {
  TableWords out;
  std::string bytes;  // the extractor's digest has them already
  auto dates = DateWords::Load(data_dir, bytes);
  if (!dates) return Pass(dates);
  out.dates_ = std::move(*dates);
  std::map<std::string, std::string> where;
  for (const std::string& file : files::WalkFolder(data_dir + "/language").files) {
    if (!file.ends_with("/columns.tsv")) continue;
    const auto rows = ReadTsv(file, 2, 2);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      const auto role = RoleOf(row.fields[0]);
      if (!role) {
        return Fail(ErrorCode::kBadData,
                    "'" + row.fields[0] + "' is no role of a column; there are " + AllRoles(),
                    row.where);
      }
      const std::string name = Plain(row.fields[1]);
      if (name.empty()) return Fail(ErrorCode::kBadData, "has no name for the column", row.where);
      const auto [it, fresh] = out.roles_.emplace(name, *role);
      if (!fresh) {
        return Fail(ErrorCode::kBadData,
                    "the name '" + row.fields[1] + "' stands at " + where[name] + " already",
                    row.where);
      }
      where[name] = row.where;
    }
  }
  return out;
}

std::optional<Role> TableWords::Find(std::string_view name) const {
  const auto it = roles_.find(Plain(name));
  if (it == roles_.end()) return std::nullopt;
  return it->second;
}

TableColumns::TableColumns() { places_.fill(kNowhere); }

Result<TableColumns> TableColumns::Choose(const std::vector<std::string>& names,
                                          const std::string& asked, const TableWords& words) {
  TableColumns out;
  out.count_ = names.size();
  const auto place = [&out](Role role) -> std::size_t& {
    return out.places_.at(static_cast<std::size_t>(role));
  };
  for (const std::string& one : asked.empty() ? std::vector<std::string>() : Split(asked, ',')) {
    const std::size_t sign = one.find('=');
    const auto role = RoleOf(utf8::Trim(std::string_view(one).substr(0, sign)));
    if (sign == std::string::npos || !role) {
      return Fail(ErrorCode::kUsage,
                  "--columns '" + one + "' is no ROLE=NAME; roles are " + AllRoles());
    }
    const std::string name = Plain(std::string_view(one).substr(sign + 1));
    const auto it = std::find_if(names.begin(), names.end(),
                                 [&name](const std::string& n) { return Plain(n) == name; });
    if (it == names.end()) {
      return Fail(ErrorCode::kUsage,
                  "has no column '" + one.substr(sign + 1) + "'; it has " + Listed(names));
    }
    place(*role) = static_cast<std::size_t>(it - names.begin());
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto role = words.Find(names[i]);
    const bool used = std::find(out.places_.begin(), out.places_.end(), i) != out.places_.end();
    if (role && !used && place(*role) == kNowhere) place(*role) = i;
  }
  const bool any = place(Role::kText) != kNowhere || place(Role::kHtml) != kNowhere ||
                   place(Role::kAnswer) != kNowhere;
  if (!any) {
    return Fail(ErrorCode::kBadInput, "its first row names no column that holds the text; it has " +
                                          Listed(names) + "; say --columns text=NAME");
  }
  return out;
}

std::string_view TableColumns::Cell(const std::vector<std::string>& row, Role role) const {
  const std::size_t place = places_.at(static_cast<std::size_t>(role));
  return place < row.size() ? utf8::Trim(row[place]) : std::string_view();
}

}  // namespace sakuin::ingest
