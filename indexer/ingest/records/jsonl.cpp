#include "indexer/ingest/records/jsonl.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"
#include "indexer/ingest/records/jsonl_check.h"
#include "indexer/ingest/records/quote_map.h"
#include "indexer/ingest/records/readings_field.h"

namespace sakuin::ingest {
namespace {

using nlohmann::json;

constexpr std::uint64_t kDeepestLevel = 99;
constexpr std::uint64_t kLargestOffset = std::uint64_t{1} << 53U;  // exact in every JSON reader

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

bool Has(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && !it->is_null();
}

// A field of a section that cannot be used, as "sections[3].level is ..."; nothing where all can.
std::optional<std::string> SectionFault(const json& section, std::size_t number) {
  const std::string name = "sections[" + std::to_string(number) + "]";
  if (!section.is_object()) return "the field '" + name + "' is no object";
  const auto fault = [&name](const char* key, const char* what) {
    return "the field '" + name + "." + key + "' is " + what;
  };
  for (const char* key : {"id", "heading", "text", "language"}) {
    if (Has(section, key) && !section[key].is_string()) return fault(key, "no string");
  }
  if (Has(section, "level")) {
    const json& level = section["level"];
    const bool fits = level.is_number_unsigned() && level.get<std::uint64_t>() >= 1 &&
                      level.get<std::uint64_t>() <= kDeepestLevel;
    if (!fits) return fault("level", "no whole number from 1 to 99");
  }
  for (const char* key : {"begin", "end"}) {
    const bool fits = !Has(section, key) || (section[key].is_number_unsigned() &&
                                             section[key].get<std::uint64_t>() <= kLargestOffset);
    if (!fits) return fault(key, "no number of bytes");
  }
  if (Has(section, "begin") && Has(section, "end") && section["end"] < section["begin"]) {
    return fault("end", "before its begin");
  }
  for (const char* key : {"readings", "heading_readings"}) {
    if (Has(section, key) && !AreReadings(section[key])) {
      return fault(key, "no list of [begin,end,reading]");
    }
  }
  if (Has(section, "truncated") && !section["truncated"].is_boolean()) {
    return fault("truncated", "neither true nor false");
  }
  if (Has(section, "speakers")) {
    const json& list = section["speakers"];
    const bool fits =
        list.is_array() && std::all_of(list.begin(), list.end(), [](const json& s) {
          return s.is_object() && std::all_of(s.begin(), s.end(),
                                              [](const json& field) { return field.is_string(); });
        });
    if (!fits) return fault("speakers", "no array of objects of strings");
  }
  if (Has(section, "path")) {
    const json& path = section["path"];
    const bool fits = path.is_array() && std::all_of(path.begin(), path.end(),
                                                     [](const json& s) { return s.is_string(); });
    if (!fits) return fault("path", "no array of strings");
  }
  return std::nullopt;
}

// The first field that cannot be used, for the message.
std::optional<std::string> FieldFault(const json& record) {
  for (const char* key : {"id", "url", "uri", "title", "language", "published", "author", "site",
                          "text", "html", "encoding", "encoding_reason", "profile"}) {
    if (Has(record, key) && !record[key].is_string()) {
      return std::string("the field '") + key + "' is no string";
    }
  }
  if (!Has(record, "sections")) return std::nullopt;
  if (!record["sections"].is_array()) return "the field 'sections' is no array";
  std::size_t number = 0;
  for (const json& section : record["sections"]) {
    if (auto fault = SectionFault(section, number++)) return fault;
  }
  return std::nullopt;
}

// The record of a line, or why there is none.
Result<json> ReadRecord(std::string_view line, const std::string& where) {
  const auto fail = [&where](const std::string& why) {
    return Fail(ErrorCode::kBadInput, why + "; a line is one JSON object", where);
  };
  json record;
  if (const auto fault = ReadJsonLine(line, record)) return fail(*fault);
  if (!record.is_object()) return fail("is no JSON object");
  if (const auto fault = FieldFault(record)) return fail(*fault);
  if (!Has(record, "text") && !Has(record, "html") && !Has(record, "sections")) {
    return fail("has none of 'text', 'html', 'sections'");
  }
  return record;
}

model::Section ReadSection(const json& from, std::uint32_t number, const std::string& title) {
  model::Section out;
  out.number = number;
  out.heading = OneLine(Field(from, "heading"));
  if (number == 0 && out.heading.empty()) out.heading = title;
  out.language = Field(from, "language");
  out.text = Clean(Field(from, "text"));
  out.level = number == 0 ? 1 : 2;
  if (number > 0 && Has(from, "level")) out.level = from["level"].get<int>();
  if (Has(from, "path")) {
    for (const json& step : from["path"]) out.path.push_back(OneLine(step.get<std::string>()));
  }
  // Offsets are those of the text as it was given.
  out.truncated = Has(from, "truncated") && from["truncated"].get<bool>();
  if (Has(from, "speakers")) {
    for (const json& speaker : from["speakers"]) {
      out.speakers.push_back({OneLine(Field(speaker, "name")), OneLine(Field(speaker, "title")),
                              OneLine(Field(speaker, "affiliation"))});
    }
  }
  if (Has(from, "readings") && out.text == Field(from, "text")) {
    out.text_readings = ReadReadings(from["readings"], out.text);
  }
  if (Has(from, "heading_readings") && out.heading == Field(from, "heading")) {
    out.heading_readings = ReadReadings(from["heading_readings"], out.heading);
  }
  if (Has(from, "advice")) {
    if (out.heading == Field(from, "heading")) {
      out.heading_map = MapOfQuotes(from["advice"], true, out.heading);
    }
    if (out.text == Field(from, "text")) {
      out.text_map = MapOfQuotes(from["advice"], false, out.text);
    }
  }
  if (Has(from, "begin") && Has(from, "end")) {
    out.source = {from["begin"].get<std::uint64_t>(), from["end"].get<std::uint64_t>()};
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

// "DOCUMENT#0"; or, where the id tells nothing, a heading that can be section 0's.
bool IsLead(const json& section, const model::Document& document) {
  const std::string id = Field(section, "id");
  if (id.starts_with(document.id + "#")) return id == document.id + "#0";
  const std::string heading = OneLine(Field(section, "heading"));
  return heading.empty() || heading == document.title;
}

void ReadSections(const json& list, model::Document& out) {
  const bool has_lead = !list.empty() && IsLead(list[0], out);
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
  const std::size_t shift = has_lead ? 0 : 1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string own = Field(list[i], "id");
    if (own.empty() || own == out.sections[i + shift].Id(out.id)) continue;
    out.notes.push_back("section '" + own + "' is kept as " + out.sections[i + shift].Id(out.id));
    return;  // one tells it
  }
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

Records SplitJsonl(const std::string& uri, std::string_view bytes, std::size_t first_line) {
  Records out;
  if (first_line == 1 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t number = first_line - 1;
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    const std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    ++number;
    if (utf8::Trim(line).empty()) continue;
    const auto read = ReadRecord(line, uri + ":" + std::to_string(number));
    if (!read) {
      out.errors.push_back(read.error());
      continue;
    }
    const json& record = *read;
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
  const auto read = ReadRecord(source.bytes, source.uri);
  if (!read) return Pass(read);
  const json& record = *read;
  if (Has(record, "sections")) {
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
  const bool html = Has(record, "html");
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
  // What the bytes of the container were read by, where a reader of containers made the record.
  if (const std::string kept = Field(record, "encoding"); !kept.empty()) out->encoding = kept;
  const std::string reason = Field(record, "encoding_reason");
  if (!reason.empty()) out->encoding_reason = reason;
  return out;
}

}  // namespace sakuin::ingest
