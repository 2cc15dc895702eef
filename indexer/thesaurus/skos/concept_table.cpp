#include "indexer/thesaurus/skos/concept_table.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/skos/entities.h"

namespace sakuin::thesaurus {
namespace {

struct TableRow {
  std::vector<std::string> fields;
  std::size_t line = 0;
};

enum class Column { kId, kScheme, kBroader, kRelated, kNote, kLabels, kHidden };

struct Field {
  Column column = Column::kId;
  std::string language;
};

std::optional<Field> FieldOf(std::string_view name) {
  if (name == "id") return Field{Column::kId, {}};
  if (name == "scheme") return Field{Column::kScheme, {}};
  if (name == "broader") return Field{Column::kBroader, {}};
  if (name == "related") return Field{Column::kRelated, {}};
  if (name == "note") return Field{Column::kNote, {}};
  for (const std::string_view language : model::kLanguages) {
    if (name == language) return Field{Column::kLabels, std::string(language)};
    if (name == std::string(language) + " hidden") {
      return Field{Column::kHidden, std::string(language)};
    }
  }
  return std::nullopt;
}

bool IsId(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

// Without blanks around; empty ones are left out. Full-width semicolons separate too.
std::vector<std::string> Values(std::string_view field) {
  std::vector<std::string> out;
  std::string value;
  const auto put = [&] {
    if (const auto text = utf8::Trim(value); !text.empty()) out.emplace_back(text);
    value.clear();
  };
  for (std::size_t at = 0; at < field.size();) {
    const std::size_t begin = at;
    const char32_t c = utf8::Next(field, at);
    if (c == ';' || c == 0xFF1B) {
      put();
    } else {
      value += field.substr(begin, at - begin);
    }
  }
  put();
  return out;
}

class TableReader {
 public:
  TableReader(const std::string& path, std::string_view bytes, char separator)
      : bytes_(bytes), separator_(separator) {
    out_.path = path;
  }

  Result<SkosFile> Run() {
    if (const auto bad = utf8::FindInvalid(bytes_)) return BadAt("is not UTF-8", *bad);
    const std::size_t control = FindUnwritable(bytes_);
    if (control != std::string_view::npos) return BadAt("holds a control character", control);
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < bytes_.size()) {
      auto row = ReadRow();
      if (!row) return Pass(row);
      const bool empty = std::all_of(row->fields.begin(), row->fields.end(),
                                     [](const auto& field) { return utf8::Trim(field).empty(); });
      if (empty) continue;
      const Status done = columns_.empty() ? ReadHead(*row) : ReadConcept(*row);
      if (!done) return Pass(done);
    }
    if (out_.concepts.empty()) return Bad("holds no concept", line_);
    return std::move(out_);
  }

 private:
  tl::unexpected<Error> Bad(std::string message, std::size_t line) const {
    return Fail(ErrorCode::kBadData, std::move(message), out_.At(line));
  }

  tl::unexpected<Error> BadAt(std::string message, std::size_t at) const {
    const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(at);
    const auto before = std::count(bytes_.begin(), end, '\n');
    return Bad(std::move(message), 1 + static_cast<std::size_t>(before));
  }

  Result<TableRow> ReadRow() {
    TableRow row;
    row.line = line_;
    row.fields.emplace_back();
    bool quoted = false;
    for (; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      if (c == '\n') ++line_;
      if (quoted) {
        if (c != '"') {
          row.fields.back() += c;
        } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
          row.fields.back() += bytes_[++at_];
        } else {
          quoted = false;
        }
      } else if (c == '"' && row.fields.back().empty()) {
        quoted = true;
      } else if (c == separator_) {
        row.fields.emplace_back();
      } else if (c == '\n') {
        ++at_;
        break;
      } else if (c != '\r') {
        row.fields.back() += c;
      }
    }
    if (quoted) return Bad("a quotation mark does not end", row.line);
    return row;
  }

  Status ReadHead(const TableRow& row) {
    for (const std::string& name : row.fields) {
      const auto field = FieldOf(utf8::Trim(name));
      if (!field) {
        return Bad("there is no column '" + name +
                       "'; the columns are id, scheme, broader, related, note, zh-Hans, zh-Hant, "
                       "ja, en, and the languages with ' hidden' behind them",
                   row.line);
      }
      columns_.push_back(*field);
    }
    const bool has_id = std::any_of(columns_.begin(), columns_.end(),
                                    [](const Field& one) { return one.column == Column::kId; });
    return has_id ? Status() : Bad("has no column 'id'", row.line);
  }

  Status ReadConcept(const TableRow& row) {
    if (row.fields.size() > columns_.size()) {
      return Bad("has more fields than the first row", row.line);
    }
    SkosConcept found;
    found.line = row.line;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      ReadField(columns_[i], row.fields[i], row.line, found);
    }
    if (!IsId(found.data.id)) {
      return Bad("'" + found.data.id + "' is no id: Latin letters, digits and - _ . only",
                 row.line);
    }
    if (found.data.labels.empty()) {
      return Bad("the concept " + found.data.id + " has no label", row.line);
    }
    found.data.uri = std::string(kConceptBase) + found.data.id;
    out_.concepts.push_back(std::move(found));
    return {};
  }

  static void ReadField(const Field& field, const std::string& text, std::size_t line,
                        SkosConcept& to) {
    const std::string value(utf8::Trim(text));
    switch (field.column) {
      case Column::kId: to.data.id = value; break;
      case Column::kScheme: to.data.scheme = value; break;
      case Column::kNote:
        if (value.empty()) break;
        to.data.scope_note = value;
        to.data.notes.push_back({"scopeNote", "", value});
        break;
      case Column::kBroader:
        for (const std::string& id : Values(text)) {
          to.data.broader.push_back(std::string(kConceptBase) + id);
          to.broader_lines.push_back(line);
        }
        break;
      case Column::kRelated:
        for (const std::string& id : Values(text)) {
          to.data.related.push_back(std::string(kConceptBase) + id);
          to.related_lines.push_back(line);
        }
        break;
      case Column::kLabels:
      case Column::kHidden: {
        auto kind = field.column == Column::kHidden ? model::LabelKind::kHidden
                                                    : model::LabelKind::kPreferred;
        for (std::string& label : Values(text)) {
          to.data.labels.push_back({std::move(label), field.language, kind});
          to.label_lines.push_back(line);
          if (kind == model::LabelKind::kPreferred) kind = model::LabelKind::kAlternative;
        }
        break;
      }
    }
  }

  std::string_view bytes_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::vector<Field> columns_;
  SkosFile out_;
};

}  // namespace

Result<SkosFile> ReadConceptTable(const std::string& path, std::string_view bytes, char separator) {
  return TableReader(path, bytes, separator).Run();
}

Result<SkosFile> ReadConcepts(const ThesaurusSource& source) {
  if (source.name.ends_with(".tsv")) return ReadConceptTable(source.name, source.bytes, '\t');
  if (source.name.ends_with(".csv")) return ReadConceptTable(source.name, source.bytes, ',');
  return ReadSkos(source.name, source.bytes);
}

}  // namespace sakuin::thesaurus
