#include "indexer/ingest/containers/table_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "indexer/base/json_text.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/html/html_sniff.h"

namespace sakuin::ingest {
namespace {

// Cells hold pieces of pages more often than whole ones.
bool HoldsTags(std::string_view cell) {
  for (const std::string_view tag : {"<br>", "<br/>", "<br />", "<p>", "<BR>", "<P>"}) {
    if (cell.find(tag) != std::string_view::npos) return true;
  }
  return LooksLikeHtml(cell);
}

std::string AsHtml(std::string_view text) {
  std::string out = "<p>";
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '&': out += "&amp;"; break;
      case '\n': out += "<br>"; break;
      default: out += c;
    }
  }
  return out + "</p>";
}

struct Body {
  std::string text;
  bool html = false;
};

Body BodyOf(const std::vector<std::string_view>& parts, bool is_html) {
  Body out;
  out.html = is_html || std::any_of(parts.begin(), parts.end(), HoldsTags);
  for (const std::string_view part : parts) {
    if (!out.text.empty()) out.text += "\n\n";
    const bool escaped = out.html && parts.size() > 1 && !HoldsTags(part);
    out.text += escaped ? AsHtml(part) : std::string(part);
  }
  return out;
}

}  // namespace

Result<model::Source> MakeTableRecord(const TableRow& row, const TableColumns& columns,
                                      const std::vector<std::string>& cells,
                                      const DateWords& dates) {
  const std::string where = row.uri + ":row " + std::to_string(row.number);
  const auto cell = [&](Role role) { return columns.Cell(cells, role); };
  for (std::size_t i = columns.count(); i < cells.size(); ++i) {
    if (utf8::Trim(cells[i]).empty()) continue;
    return Fail(ErrorCode::kBadInput,
                "has " + std::to_string(cells.size()) + " cells, but there are " +
                    std::to_string(columns.count()) +
                    " columns: a cell that holds the delimiter needs quotation marks",
                where);
  }
  std::string_view title = cell(Role::kTitle);
  const std::string_view question = cell(Role::kQuestion);
  if (title.empty()) title = question;
  std::vector<std::string_view> parts;
  for (const Role role : {Role::kText, Role::kHtml, Role::kAnswer}) {
    if (!cell(role).empty()) parts.push_back(cell(role));
  }
  if (parts.empty()) return Fail(ErrorCode::kBadInput, "has no text", where);
  if (!question.empty() && question != title) parts.insert(parts.begin(), question);
  const Body body = BodyOf(parts, !cell(Role::kHtml).empty());

  model::Source out;
  out.uri = cell(Role::kUri);
  const std::string_view id = cell(Role::kId);
  if (out.uri.empty()) {
    out.uri = row.uri + "#" + (id.empty() ? "R" + std::to_string(row.number) : std::string(id));
  }
  nlohmann::ordered_json record{{"uri", out.uri}};
  const auto put = [&record](const char* key, std::string_view value) {
    if (!value.empty()) record[key] = value;
  };
  put("title", title);
  put("language", cell(Role::kLanguage));
  put("published", FindDate(cell(Role::kDate), dates));
  put("author", cell(Role::kAuthor));
  put("site", cell(Role::kSite));
  put("encoding", row.encoding);
  put("encoding_reason", row.encoding_reason);
  put(body.html ? "html" : "text", body.text);
  out.bytes = JsonText(record);
  out.format = "jsonl";
  return out;
}

}  // namespace sakuin::ingest
