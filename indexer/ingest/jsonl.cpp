#include "indexer/ingest/jsonl.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"

namespace sakuin::ingest {
namespace {

using nlohmann::json;

// Text as it is kept: no control characters, no malformed bytes, no empty lines or blanks at the
// end of lines. What `extract` printed is such a text already and comes back unchanged.
std::string Clean(const std::string& text) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    const std::string_view trimmed = utf8::Trim(line);
    if (!trimmed.empty()) {
      if (!out.empty()) out += '\n';
      out += trimmed;
    }
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
      flush();
    } else if (c == '\t') {
      line += ' ';
    } else if (c >= 0x20 && (c < 0x7F || c >= 0xA0)) {
      utf8::Append(line, c);
    }
  }
  flush();
  return out;
}

std::string OneLine(const std::string& text) {
  std::string out = Clean(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string Field(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// The first field of a wrong type, for the message.
std::optional<std::string> WrongType(const json& record) {
  for (const char* key : {"id", "url", "uri", "title", "language", "published", "author", "site",
                          "text", "html", "encoding", "profile"}) {
    const auto it = record.find(key);
    if (it != record.end() && !it->is_string() && !it->is_null()) {
      return std::string("the field '") + key + "' is no string";
    }
  }
  const auto sections = record.find("sections");
  if (sections != record.end() && !sections->is_array()) return "the field 'sections' is no array";
  if (sections != record.end()) {
    for (const json& section : *sections) {
      if (!section.is_object()) return "an element of 'sections' is no object";
    }
  }
  return std::nullopt;
}

std::optional<std::string> WhyNot(const json& record) {
  if (record.is_discarded()) return "is no JSON";
  if (!record.is_object()) return "is no JSON object";
  if (auto wrong = WrongType(record)) return wrong;
  if (!record.contains("text") && !record.contains("html") && !record.contains("sections")) {
    return "has none of 'text', 'html', 'sections'";
  }
  return std::nullopt;
}

model::Section ReadSection(const json& from, std::uint32_t number, const std::string& title) {
  model::Section out;
  out.number = number;
  out.heading = OneLine(Field(from, "heading"));
  if (number == 0 && out.heading.empty()) out.heading = title;
  out.language = Field(from, "language");
  out.text = Clean(Field(from, "text"));
  out.level = number == 0 ? 1 : 2;
  const auto level = from.find("level");
  if (level != from.end() && level->is_number_integer()) {
    out.level = std::clamp(level->get<int>(), 1, 99);
  }
  const auto path = from.find("path");
  if (path != from.end() && path->is_array()) {
    for (const json& step : *path) {
      if (step.is_string()) out.path.push_back(OneLine(step.get<std::string>()));
    }
  }
  const auto begin = from.find("begin");
  const auto end = from.find("end");
  if (begin != from.end() && end != from.end() && begin->is_number_unsigned() &&
      end->is_number_unsigned()) {
    out.source = {begin->get<std::uint64_t>(), end->get<std::uint64_t>()};
    out.source.end = std::max(out.source.begin, out.source.end);
  }
  return out;
}

void Link(std::vector<model::Section>& sections, const std::string& title) {
  for (model::Section& section : sections) {
    if (section.number == 0) {
      section.parent = -1;
      if (section.path.empty()) section.path = {title};
      continue;
    }
    section.parent = 0;
    for (std::size_t i = section.number; i-- > 0;) {
      if (sections[i].level < section.level) {
        section.parent = static_cast<int>(i);
        break;
      }
    }
    if (section.path.empty()) {
      section.path = sections[static_cast<std::size_t>(section.parent)].path;
      section.path.push_back(section.heading);
    }
  }
}

void ReadSections(const json& list, model::Document& out) {
  const bool has_ids = !list.empty() && list[0].contains("id");
  const std::string first = list.empty() ? "" : OneLine(Field(list[0], "heading"));
  const bool has_lead = !list.empty() && (has_ids || first.empty() || first == out.title);
  if (!has_lead) {
    model::Section lead;
    lead.heading = out.title;
    out.sections.push_back(std::move(lead));
  }
  for (const json& one : list) {
    out.sections.push_back(
        ReadSection(one, static_cast<std::uint32_t>(out.sections.size()), out.title));
  }
  if (out.title.empty()) out.title = out.sections[0].heading;
  Link(out.sections, out.title);
}

void TakeFields(const json& record, model::Document& out) {
  const std::pair<const char*, std::string*> fields[] = {{"title", &out.title},
                                                         {"language", &out.language},
                                                         {"site", &out.site},
                                                         {"author", &out.author},
                                                         {"published", &out.published}};
  for (const auto& [key, field] : fields) {
    const std::string value = OneLine(Field(record, key));
    if (!value.empty()) *field = value;
  }
}

}  // namespace

Records SplitJsonl(const std::string& uri, std::string_view bytes) {
  Records out;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    const std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    ++number;
    if (utf8::Trim(line).empty()) continue;
    const json record = json::parse(line, nullptr, false);
    const std::string where = uri + ":" + std::to_string(number);
    if (const auto why = WhyNot(record)) {
      out.errors.push_back({ErrorCode::kBadInput, *why + "; a line is one JSON object", where});
      continue;
    }
    model::Source source;
    source.id = OneLine(Field(record, "id"));
    source.uri = Field(record, "uri");
    if (source.uri.empty()) source.uri = Field(record, "url");
    if (source.uri.empty()) source.uri = source.id;
    if (source.uri.empty()) source.uri = uri + "#L" + std::to_string(number);
    source.bytes = std::string(line);
    source.format = "jsonl";
    out.sources.push_back(std::move(source));
  }
  return out;
}

Result<model::Document> ReadJsonRecord(const model::Source& source, HtmlReader read_page,
                                       const void* context) {
  const json record = json::parse(source.bytes, nullptr, false);
  if (const auto why = WhyNot(record)) return Fail(ErrorCode::kBadInput, *why, source.uri);
  if (record.contains("sections")) {
    model::Document out;
    out.id = source.id.empty() ? DocumentId(source.uri) : source.id;
    out.uri = source.uri;
    out.encoding = "UTF-8";
    out.encoding_reason = "declared";
    out.profile = "jsonl";
    TakeFields(record, out);
    if (const std::string kept = Field(record, "encoding"); !kept.empty()) out.encoding = kept;
    if (const std::string kept = Field(record, "profile"); !kept.empty()) out.profile = kept;
    ReadSections(record["sections"], out);
    return out;
  }
  model::Source page = source;
  const bool html = record.contains("html");
  page.bytes = Field(record, html ? "html" : "text");
  page.format = html ? "html" : "text";
  page.encoding_hint = "UTF-8";
  page.title = OneLine(Field(record, "title"));
  if (utf8::Trim(page.bytes).empty()) {
    return Fail(ErrorCode::kBadInput, "its text is empty", source.uri);
  }
  auto out = read_page(context, page);
  if (!out) return out;
  const std::string title = OneLine(Field(record, "title"));
  const bool retitled = !title.empty() && title != out->title;
  TakeFields(record, *out);
  if (retitled && !out->sections.empty()) {
    out->sections[0].heading = title;
    out->sections[0].heading_map = {};
    for (model::Section& section : out->sections) {
      if (!section.path.empty()) section.path[0] = title;
    }
  }
  out->encoding_reason = "declared";
  return out;
}

}  // namespace sakuin::ingest
