#include "query/contradictions/reports/report.h"

namespace sakuin::contradictions {
namespace {

// Everything that Markdown could take for a mark of its own; also at a line's beginning.
std::string Escape(const std::string& text, bool line_begins = true) {
  std::string out;
  for (const char c : text) {
    const bool mark = std::string_view("\\`*_{}[]<>#|~&").find(c) != std::string_view::npos;
    const bool begins = line_begins && std::string_view("+-=.)").find(c) != std::string_view::npos;
    if (mark || begins) out += '\\';
    out += c;
    // "1." begins a list: the mark behind the digits is what counts.
    line_begins = c == '\n' || (line_begins && (c == ' ' || (c >= '0' && c <= '9')));
  }
  return out;
}

// As a line: of a heading, a path, an address.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return Escape(text);
}

std::string Quoted(const std::string& text) {
  std::string out = "> ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "> ";
  }
  return out + "\n";
}

// Bold words must not begin or end with a blank, and end at every line.
std::string Bold(const std::string& text) {
  std::string out;
  std::string line;
  const auto close = [&] {
    if (!line.empty()) out += "**" + Escape(line) + "**";
    line.clear();
  };
  for (const char c : text) {
    if (c != '\n') {
      line += c;
      continue;
    }
    close();
    out += c;
  }
  close();
  return out;
}

class MarkdownReport : public ReportFormat {
 public:
  explicit MarkdownReport(const ReasonWriter& writer) : writer_(writer) {}

  std::string Head(const ReportHead& head) override {
    std::string out = "# " + Say("title") + "\n\n" + Say("notice") + "\n\n";
    out += writer_.phrases().Say("ui.counts", {{"findings", std::to_string(head.findings.size())},
                                               {"pairs", std::to_string(head.pairs)},
                                               {"advice", std::to_string(head.compared)}});
    return out + (head.findings.empty() ? "\n\n" + Say("none") + "\n" : "\n");
  }

  std::string Finding(const ReportFinding& finding) override {
    const Tension& top = finding.top();
    const std::string kind(kKinds[static_cast<std::size_t>(top.kind)]);
    const std::string severity(kSeverities[static_cast<std::size_t>(top.severity)]);
    const std::string condition =
        top.condition.empty() ? Say("condition.none") : writer_.Label(top.condition);
    std::string out = "\n## " + std::to_string(++number_) + ". " +
                      OneLine(writer_.Subject(*finding.finding, top)) + " / " + OneLine(condition) +
                      "\n\n";
    out += Say("severity." + severity) + ", " + Say("kind." + kind) + ", " + top.code + ", " +
           writer_.phrases().Say("ui.sides",
                                 {{"for", std::to_string(finding.finding->sources_for)},
                                  {"against", std::to_string(finding.finding->sources_against)}}) +
           ", `" + finding.finding->id + "`\n";
    const std::string members = writer_.Members(*finding.finding);
    if (!members.empty()) out += "\n" + OneLine(members) + "\n";
    for (const ReportPair& pair : finding.pairs) {
      out += Side(pair.a, pair.reason.a) + Side(pair.b, pair.reason.b);
      out += "\n" + Escape(pair.reason.Rest()) + " (" + Say("state") + ": " + pair.decision.state +
             ", `" + pair.tension->id + "`)\n";
    }
    if (finding.for_it.size() + finding.against_it.size() > 2) out += Witnesses(finding);
    return out;
  }

  std::string Tail() override { return ""; }

 private:
  std::string Say(const std::string& key) const { return writer_.phrases().Say("ui." + key); }

  std::string Side(const ReportSide& side, const std::string& says) const {
    const store::AdviceRecord& record = *side.record;
    const Original& o = side.original;
    std::string text = (o.more_before ? "... " : "") + Escape(o.before) + Bold(record.quote) +
                       Escape(o.after, false) + (o.more_after ? " ..." : "");
    return "\n" + Escape(says) + "\n\n" + Quoted(text) + "\n" + OneLine(PathText(record.path)) +
           "  \n" + OneLine(record.uri) + ", `" + record.SectionId() + "`, " + Say("bytes") + " " +
           std::to_string(record.source.begin) + "-" + std::to_string(record.source.end) + "\n";
  }

  std::string Witnesses(const ReportFinding& finding) const {
    std::string out = "\n" + Say("witnesses") + ":\n\n";
    const auto list = [&out](const char* side, const auto& records) {
      for (const store::AdviceRecord* const record : records) {
        out += std::string("- ") + side + ": " + OneLine(record->quote) + " (" +
               OneLine(record->title) + ", `" + record->SectionId() + "`)\n";
      }
    };
    list("A", finding.for_it);
    list("B", finding.against_it);
    return out;
  }

  const ReasonWriter& writer_;
  std::size_t number_ = 0;
};

}  // namespace

std::unique_ptr<ReportFormat> MakeMarkdownReport(const ReasonWriter& writer) {
  return std::make_unique<MarkdownReport>(writer);
}

}  // namespace sakuin::contradictions
