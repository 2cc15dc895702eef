#include "query/app/contradiction_text.h"

#include <fmt/format.h>

#include "query/app/terminal.h"
#include "query/contradictions/compare.h"

namespace sakuin::app {
namespace {

using namespace contradictions;  // everything here is made of it

class TextReport : public ReportFormat {
 public:
  TextReport(const ReasonWriter& writer, bool color) : writer_(writer), color_(color) {}

  std::string Head(const ReportHead& head) override {
    const auto plural = [](std::size_t n) { return n == 1 ? "" : "s"; };
    tail_ = fmt::format("{} finding{}, {} pair{}, {} piece{} of advice compared\n",
                        head.findings.size(), plural(head.findings.size()), head.pairs,
                        plural(head.pairs), head.compared, plural(head.compared));
    return "";
  }

  std::string Finding(const ReportFinding& finding) override {
    const Tension& top = finding.top();
    const std::string condition =
        top.condition.empty() ? "no condition" : Printable(writer_.Label(top.condition));
    std::string out =
        fmt::format("{}  {} {}  {}  [{}]\n", kSeverities[static_cast<std::size_t>(top.severity)],
                    kKinds[static_cast<std::size_t>(top.kind)], top.code,
                    Bold(Printable(writer_.Subject(*finding.finding, top)) + " / " + condition),
                    finding.finding->id);
    for (const ReportPair& pair : finding.pairs) {
      if (finding.pairs.size() > 1) {
        out += fmt::format("  pair {}, score {:.2f}, {}\n", pair.tension->id, pair.tension->score,
                           pair.decision.state);
      }
      out += Side(pair.a, pair.reason.a) + Side(pair.b, pair.reason.b);
      out += "  " + Printable(pair.reason.Rest()) + "\n";
      if (!pair.decision_text.empty()) out += "  " + Printable(pair.decision_text) + "\n";
    }
    const std::string members = writer_.Members(*finding.finding);
    if (!members.empty()) out += "  " + Printable(members) + "\n";
    return out + fmt::format("  articles: {} against {}\n\n", finding.finding->sources_for,
                             finding.finding->sources_against);
  }

  std::string Tail() override { return tail_; }

 private:
  std::string Bold(const std::string& text) const {
    return color_ ? "\033[1m" + text + "\033[0m" : text;
  }

  std::string Side(const ReportSide& side, const std::string& says) const {
    const store::AdviceRecord& record = *side.record;
    const char* const mark = IsFor(record.advice) ? "+" : "-";
    std::string out = fmt::format("  {} {}\n    | ", mark, Printable(says));
    std::vector<model::Span> action;
    if (record.action_in_quote.begin < record.action_in_quote.end) {
      action.push_back(record.action_in_quote);
    }
    for (const char c : Highlighted(record.quote, action, color_)) {
      out += c;
      if (c == '\n') out += "    | ";
    }
    return out + fmt::format("\n    {}  {}  {}\n", record.SectionId(), record.language,
                             Printable(PathText(record.path)));
  }

  const ReasonWriter& writer_;
  bool color_;
  std::string tail_;
};

}  // namespace

std::unique_ptr<ReportFormat> MakeTextReport(const ReasonWriter& writer, bool color) {
  return std::make_unique<TextReport>(writer, color);
}

}  // namespace sakuin::app
