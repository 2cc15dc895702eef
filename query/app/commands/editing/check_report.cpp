#include "query/app/commands/editing/check_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "indexer/base/json_text.h"
#include "query/app/command.h"
#include "query/app/terminal.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/drafts/text_place.h"

namespace sakuin::app {
namespace {

using contradictions::DraftFinding;
using contradictions::TextPlace;
using store::AdviceRecord;
using json = nlohmann::ordered_json;

std::string Dump(const json& object) { return JsonText(object); }

std::string KindOf(const DraftFinding& found) {
  return std::string(contradictions::kKinds[static_cast<std::size_t>(found.tension.kind)]);
}

std::string SeverityOf(const DraftFinding& found) {
  return std::string(contradictions::kSeverities[static_cast<std::size_t>(found.tension.severity)]);
}

std::string PathOf(const AdviceRecord& record) {
  std::string out;
  for (const std::string& step : record.path) out += (out.empty() ? "" : " > ") + step;
  return out;
}

// Where statements of one draft stand. Offsets of a record count the bytes of its text or page.
class Places {
 public:
  explicit Places(const CheckedDraft& draft)
      : bytes_(draft.source.bytes), encoding_(draft.document.encoding) {
    if (draft.source.format != "jsonl") return;
    const json record = ParseOrderedJson(draft.source.bytes);
    encoding_ = "UTF-8";
    bytes_.clear();
    for (const char* key : {"text", "html"}) {
      if (record.is_object() && record.contains(key) && record[key].is_string()) {
        bytes_ = record[key].get<std::string>();
      }
    }
  }
  TextPlace Of(const AdviceRecord& record) const {
    return contradictions::PlaceOf(bytes_, record.source.begin, encoding_);
  }

 private:
  std::string bytes_;
  std::string encoding_;
};

std::string Said(const AdviceRecord& record) {
  const std::string measures = contradictions::MeasuresText(record.advice);
  return fmt::format("{}{}: \"{}\"", contradictions::StanceText(record.advice),
                     measures.empty() ? "" : " (" + measures + ")", Printable(record.quote));
}

using contradictions::ReasonWriter;

// "opposite-stance: ice / ankle sprain: recommend, should: "..."; 2 articles disagree".
std::string Message(const ReasonWriter& writer, const CheckedDraft& draft,
                    const DraftFinding& found) {
  const auto& records = draft.check.list.records;
  const std::string& own = records[found.own].advice.action;
  const std::string& other = records[found.other].advice.action;
  std::string topic = writer.Label(own);
  if (other != own) topic += " against " + writer.Label(other);
  if (!found.tension.condition.empty()) topic += " / " + writer.Label(found.tension.condition);
  std::string out =
      fmt::format("{}: {}: {}", KindOf(found), Printable(topic), Said(records[found.own]));
  if (found.within) return out + "; against this text itself";
  return out + fmt::format("; {} article{} disagree{}", found.articles,
                           found.articles == 1 ? "" : "s", found.articles == 1 ? "s" : "");
}

// In words: what each side says, what agrees, what differs, what is not stated.
contradictions::Reason ReasonOf(const ReasonWriter& writer, const CheckedDraft& draft,
                                const DraftFinding& found) {
  const auto& records = draft.check.list.records;
  return writer.Write(found.tension, records[found.tension.a], records[found.tension.b]);
}

std::string At(const std::string& uri, const TextPlace& place) {
  return fmt::format("{}:{}:{}", Printable(uri), place.line, place.column);
}

class TextReport : public CheckReport {
 public:
  explicit TextReport(const ReasonWriter& writer) : writer_(writer) {}
  std::string Draft(const CheckedDraft& draft) override {
    const Places places(draft);
    std::string out;
    for (const DraftFinding& found : draft.check.findings) {
      const AdviceRecord& own = draft.check.list.records[found.own];
      const AdviceRecord& other = draft.check.list.records[found.other];
      out += fmt::format("{}: {} {} [{}] {}\n", At(draft.source.uri, places.Of(own)),
                         SeverityOf(found), found.tension.code, found.tension.id,
                         Message(writer_, draft, found));
      const std::string there = found.within ? At(draft.source.uri, places.Of(other))
                                             : other.SectionId() + "  " + Printable(other.uri);
      out += fmt::format("    {}  {}  {}: {}\n", there, other.language, Printable(PathOf(other)),
                         Said(other));
      out += "    " + Printable(ReasonOf(writer_, draft, found).Rest()) + "\n";
      const std::string decided = contradictions::DecisionText(found.tension);
      if (!decided.empty()) out += "    " + Printable(decided) + "\n";
    }
    return out;
  }

 private:
  const ReasonWriter& writer_;
};

// The objects of `contradictions`, with the draft's place.
class LinesReport : public CheckReport {
 public:
  explicit LinesReport(const ReasonWriter& writer) : writer_(writer) {}
  std::string Draft(const CheckedDraft& draft) override {
    const Places places(draft);
    std::string out;
    for (const DraftFinding& found : draft.check.findings) {
      const TextPlace place = places.Of(draft.check.list.records[found.own]);
      json object{{"file", draft.source.uri}, {"line", place.line}, {"column", place.column}};
      object["draft"] = found.within ? "both" : found.own == found.tension.a ? "a" : "b";
      if (!found.within) object["articles"] = found.articles;
      const json tension = contradictions::TensionObject(found.tension, draft.check.list,
                                                         ReasonOf(writer_, draft, found).Text());
      for (const auto& [key, value] : tension.items()) object[key] = value;
      out += Dump(object) + "\n";
    }
    return out;
  }

 private:
  const ReasonWriter& writer_;
};

// An address for SARIF: what RFC 3986 has no place for is escaped.
std::string Address(const std::string& uri) {
  std::string out;
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') ||
                       std::string_view("-._~/:!").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

// SARIF 2.1.0 (OASIS): a run, a rule a code, a result a finding with the other side related to it.
class SarifReport : public CheckReport {
 public:
  explicit SarifReport(const ReasonWriter& writer) : writer_(writer) {}
  std::string Draft(const CheckedDraft& draft) override {
    const Places places(draft);
    for (const DraftFinding& found : draft.check.findings) {
      const AdviceRecord& own = draft.check.list.records[found.own];
      const AdviceRecord& other = draft.check.list.records[found.other];
      codes_.insert(found.tension.code);
      json against =
          found.within
              ? Location(draft.source.uri, places.Of(other))
              : json{{"physicalLocation", {{"artifactLocation", {{"uri", Address(other.uri)}}}}}};
      against["id"] = 1;
      against["logicalLocations"] = {{{"fullyQualifiedName", PathOf(other)}}};
      against["message"]["text"] = Said(other);
      json result{{"ruleId", found.tension.code},
                  {"level", LevelOf(found)},
                  {"message",
                   {{"text", Message(writer_, draft, found) + "\n" +
                                 ReasonOf(writer_, draft, found).Text()}}},
                  {"locations", {Location(draft.source.uri, places.Of(own))}},
                  {"relatedLocations", {std::move(against)}},
                  {"partialFingerprints", {{"sakuinTension/v1", found.tension.id}}}};
      results_.push_back(std::move(result));
    }
    return {};
  }
  std::string End() override {
    json rules = json::array();
    for (const std::string& code : codes_) rules.push_back({{"id", code}});
    const json run{
        {"tool",
         {{"driver", {{"name", "Sakuin"}, {"version", kProgramVersion}, {"rules", rules}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"results", results_}};
    const json out{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", {run}}};
    return Dump(out) + "\n";
  }

 private:
  static const char* LevelOf(const DraftFinding& found) {
    switch (found.tension.severity) {
      case contradictions::Severity::kHigh: return "error";
      case contradictions::Severity::kMedium: return "warning";
      default: return "note";
    }
  }
  static json Location(const std::string& uri, const TextPlace& place) {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", Address(uri)}}},
              {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}}};
  }

  const ReasonWriter& writer_;
  std::set<std::string> codes_;
  json results_ = json::array();
};

}  // namespace

std::unique_ptr<CheckReport> MakeCheckReport(const std::string& format,
                                             const ReasonWriter& writer) {
  if (format == "jsonl") return std::make_unique<LinesReport>(writer);
  if (format == "sarif") return std::make_unique<SarifReport>(writer);
  return std::make_unique<TextReport>(writer);
}

}  // namespace sakuin::app
