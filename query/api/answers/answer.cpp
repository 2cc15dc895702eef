#include "query/api/answers/answer.h"

#include <map>
#include <optional>
#include <utility>

#include "indexer/base/csv.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;

std::string Dump(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

struct Wanted {
  bool all = false;
  std::map<std::string, Wanted, std::less<>> below;
};

Wanted ReadFields(const std::string& fields) {
  Wanted out;
  std::size_t begin = 0;
  while (begin <= fields.size()) {
    const std::size_t end = std::min(fields.find(',', begin), fields.size());
    std::string_view path(fields.data() + begin, end - begin);
    begin = end + 1;
    if (path.empty()) continue;
    Wanted* at = &out;
    while (true) {
      const std::size_t dot = path.find('.');
      at = &at->below[std::string(path.substr(0, dot))];
      if (dot == std::string_view::npos) break;
      path.remove_prefix(dot + 1);
    }
    at->all = true;
  }
  return out;
}

ordered_json PickWanted(const ordered_json& value, const Wanted& wanted) {
  if (wanted.all) return value;
  if (value.is_array()) {
    ordered_json out = ordered_json::array();
    for (const ordered_json& item : value) out.push_back(PickWanted(item, wanted));
    return out;
  }
  ordered_json out = ordered_json::object();
  if (!value.is_object()) return out;
  for (const auto& [key, item] : value.items()) {
    const auto found = wanted.below.find(key);
    if (found != wanted.below.end()) out[key] = PickWanted(item, found->second);
  }
  return out;
}

std::string Cell(const ordered_json& item, std::string_view path) {
  const ordered_json* at = &item;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const auto found = at->find(std::string(path.substr(0, dot)));
    if (found == at->end()) return {};
    at = &*found;
    path.remove_prefix(std::min(path.size(), dot + 1));
  }
  if (at->is_string()) return at->get<std::string>();
  if (!at->is_array()) return at->dump();
  std::string out;
  for (const ordered_json& one : *at) {
    out += (out.empty() ? "" : " ") + (one.is_string() ? one.get<std::string>() : one.dump());
  }
  return out;
}

void PointToNext(const Request& request, const std::string& next, Response& out) {
  if (next.empty()) return;
  server::Parameters query = request.query;
  query.Set("after", next);
  out.Set("Link", "<" + request.path + "?" + query.Print() + ">; rel=\"next\"");
}

}  // namespace

const std::string& FormatOf(const Request& request) { return request.query.Get("format"); }

ordered_json Pick(const ordered_json& value, const std::string& fields) {
  if (fields.empty()) return value;
  return PickWanted(value, ReadFields(fields));
}

Response Answer(const Request& request, List list, const std::string& name) {
  Response out;
  const std::string& format = FormatOf(request);
  PointToNext(request, list.next, out);
  if (format == "csv") {
    out.type = "text/csv; charset=utf-8";
    out.body = std::move(list.csv);
    out.Set("Content-Disposition", "attachment; filename=\"sakuin-" + name + ".csv\"");
    return out;
  }
  ordered_json items = Pick(list.items, request.query.Get("fields"));
  if (format == "jsonl") {
    out.type = "application/jsonl";
    for (const ordered_json& item : items) out.body += Dump(item);
    out.Set("Content-Disposition", "attachment; filename=\"sakuin-" + name + ".jsonl\"");
    return out;
  }
  if (!list.next.empty()) list.head["next"] = list.next;
  list.head[list.key] = std::move(items);
  out.body = Dump(list.head);
  return out;
}

Response Answer(const Request& request, ordered_json object) {
  Response out;
  out.body = Dump(Pick(object, request.query.Get("fields")));
  return out;
}

Response Answer(const Request& request, std::string json) {
  if (!request.query.Get("fields").empty()) return Answer(request, ordered_json::parse(json));
  Response out;
  out.body = std::move(json) + "\n";
  return out;
}

std::string CsvOf(const ordered_json& items, const std::vector<std::string>& columns) {
  std::string out = CsvLine(columns);
  for (const ordered_json& item : items) {
    std::vector<std::string> row;
    for (const std::string& column : columns) row.push_back(Cell(item, column));
    out += CsvLine(row);
  }
  return out;
}

std::string ToCursor(const std::string& text) {
  constexpr const char* kHex = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

std::string FromCursor(const std::string& cursor) {
  if (cursor.size() % 2 != 0 || cursor.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return {};
  }
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    out += static_cast<char>(digit(cursor[i]) * 16 + digit(cursor[i + 1]));
  }
  return out;
}

}  // namespace sakuin::api
