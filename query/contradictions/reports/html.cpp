#include <fmt/format.h>

#include "indexer/base/embedded.h"
#include "query/contradictions/compare.h"
#include "query/contradictions/reports/report.h"

namespace sakuin::embedded {
extern const File kReports[];
}

namespace sakuin::contradictions {
namespace {

// For text and for attributes in double quotes. Control characters are no HTML.
std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n':
      case '\t': out += c; break;
      default: out += byte < 0x20 || byte == 0x7F ? std::string("&#xFFFD;") : std::string(1, c);
    }
  }
  return out;
}

std::string LanguageAttribute(const std::string& language) {
  return language.empty() || language == "und" ? "" : " lang=\"" + Escape(language) + "\"";
}

// Only what a reader may follow; everything else is shown as text.
std::string Address(const std::string& uri) {
  if (!uri.starts_with("https://") && !uri.starts_with("http://")) return Escape(uri);
  return "<a href=\"" + Escape(uri) + "\" rel=\"noreferrer noopener\">" + Escape(uri) + "</a>";
}

class HtmlReport : public ReportFormat {
 public:
  explicit HtmlReport(const ReasonWriter& writer) : writer_(writer) {}

  std::string Head(const ReportHead& head) override {
    const std::string title = Escape(Say("title"));
    std::string out = "<!DOCTYPE html>\n<html" + LanguageAttribute(writer_.phrases().language()) +
                      ">\n<head>\n<meta charset=\"utf-8\"/>\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\"/>\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                      "<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta "
                      "name=\"generator\" content=\"" +
                      Escape("sakuin " + head.version) + "\"/>\n<title>" + title +
                      "</title>\n<style>\n" + std::string(embedded::kReports[0].Text()) +
                      "</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n<p>" +
                      Escape(writer_.phrases().Say(
                          "ui.counts", {{"findings", std::to_string(head.findings.size())},
                                        {"pairs", std::to_string(head.pairs)},
                                        {"advice", std::to_string(head.compared)}})) +
                      "</p>\n<p class=\"notice\">" + Escape(Say("notice")) + "</p>\n</header>\n";
    return out + (head.findings.empty() ? "<p>" + Escape(Say("none")) + "</p>\n" : List(head)) +
           "<main>\n";
  }

  std::string Finding(const ReportFinding& finding) override {
    const Tension& top = finding.top();
    std::string out = "<article id=\"f-" + Escape(finding.finding->id) + "\" class=\"" +
                      SeverityOf(top) + "\">\n<h2>" + Topic(*finding.finding, top) + "</h2>\n" +
                      Chips(top, finding);
    const std::string members = writer_.Members(*finding.finding);
    if (!members.empty()) out += "<p class=\"small\">" + Escape(members) + "</p>\n";
    out += Pair(finding.pairs.front());
    if (finding.pairs.size() > 1) {
      out += "<details><summary>" + Escape(Say("pairs")) + " (" +
             std::to_string(finding.pairs.size() - 1) + ")</summary>\n";
      for (std::size_t i = 1; i < finding.pairs.size(); ++i) out += Pair(finding.pairs[i]);
      out += "</details>\n";
    }
    if (finding.for_it.size() + finding.against_it.size() > 2) out += Witnesses(finding);
    return out + "</article>\n";
  }

  std::string Tail() override { return "</main>\n</body>\n</html>\n"; }

 private:
  std::string Say(const std::string& key) const { return writer_.phrases().Say("ui." + key); }

  static std::string SeverityOf(const Tension& t) {
    return std::string(kSeverities[static_cast<std::size_t>(t.severity)]);
  }

  std::string Topic(const sakuin::contradictions::Finding& finding, const Tension& t) const {
    return Escape(writer_.Subject(finding, t)) + " <span class=\"of\">" +
           Escape(t.condition.empty() ? Say("condition.none") : writer_.Label(t.condition)) +
           "</span>";
  }

  std::string Kind(const Tension& t) const {
    return Escape(Say("kind." + std::string(kKinds[static_cast<std::size_t>(t.kind)])));
  }

  // All findings, each a line that leads to it.
  std::string List(const ReportHead& head) const {
    std::string out = "<nav><ol>\n";
    for (const ReportHead::Line& line : head.findings) {
      out += "<li class=\"" + SeverityOf(*line.top) + "\"><a href=\"#f-" +
             Escape(line.finding->id) + "\">" + Topic(*line.finding, *line.top) +
             "</a> <span class=\"kind\">" + Kind(*line.top) + "</span> <span class=\"sum\">" +
             fmt::format("{} : {}", line.finding->sources_for, line.finding->sources_against) +
             "</span></li>\n";
    }
    return out + "</ol></nav>\n";
  }

  std::string Chips(const Tension& top, const ReportFinding& finding) const {
    const auto chip = [](const std::string& kind, const std::string& text) {
      return "<span class=\"chip " + kind + "\">" + text + "</span> ";
    };
    return "<p class=\"chips\">" + chip("severity", Escape(Say("severity." + SeverityOf(top)))) +
           chip("", Kind(top)) +
           chip("", "<abbr title=\"" + Escape(Say("code." + top.code)) + "\">" + Escape(top.code) +
                        "</abbr>") +
           chip("",
                Escape(writer_.phrases().Say(
                    "ui.sides", {{"for", std::to_string(finding.finding->sources_for)},
                                 {"against", std::to_string(finding.finding->sources_against)}}))) +
           "</p>\n";
  }

  std::string Pair(const ReportPair& pair) const {
    const Tension& t = *pair.tension;
    std::string out = "<div class=\"pair\">\n<div class=\"sides\">\n" +
                      Side("A", pair.a, pair.reason.a) + Side("B", pair.b, pair.reason.b) +
                      "</div>\n" + Axes(pair) + "<p class=\"why\"><b>" + Escape(Say("reason")) +
                      "</b> ";
    std::string why;
    for (const std::string& axis : pair.reason.axes) Phrases::Add(why, axis);
    Phrases::Add(why, pair.reason.verdict);
    out += Escape(why) + "</p>\n<p class=\"small\">" + Escape(pair.reason.cues) + " " +
           Escape(Say("score")) + " " + fmt::format("{:.2f}", t.score) + "; " +
           Escape(Say("state")) + ": " +
           Escape(pair.decision_text.empty() ? pair.decision.state : pair.decision_text);
    return out + "; <code>" + Escape(t.id) + "</code></p>\n</div>\n";
  }

  std::string Side(const char* name, const ReportSide& side, const std::string& says) const {
    const store::AdviceRecord& record = *side.record;
    const Original& o = side.original;
    const std::string language = LanguageAttribute(record.language);
    std::string out =
        std::string("<section class=\"side ") + (IsFor(record.advice) ? "for" : "against") +
        "\" aria-label=\"" + Escape(writer_.phrases().Say("ui.side", {{"side", name}})) +
        "\">\n<p class=\"says\">" + Escape(says) + "</p>\n<blockquote" + language + ">";
    if (o.more_before) out += "<span class=\"context\">&#8230; </span>";
    if (!o.before.empty()) out += "<span class=\"context\">" + Escape(o.before) + "</span>";
    out += "<mark>" + Escape(record.quote) + "</mark>";
    if (!o.after.empty()) out += "<span class=\"context\">" + Escape(o.after) + "</span>";
    if (o.more_after) out += "<span class=\"context\"> &#8230;</span>";
    out += "</blockquote>\n<p class=\"path\"" + language + ">";
    for (std::size_t i = 0; i < record.path.size(); ++i) {
      out += (i > 0 ? " <span class=\"step\">&#8250;</span> " : "") + Escape(record.path[i]);
    }
    out += "</p>\n<p class=\"small\">" + Address(record.uri);
    if (o.line > 0) out += fmt::format(":{}", o.line);
    if (o.column > 0) out += fmt::format(":{}", o.column);
    if (!record.published.empty()) out += " (" + Escape(record.published) + ")";
    return out + "<br/><code>" + Escape(record.SectionId()) + "</code> " + Escape(record.language) +
           fmt::format(", {} {}&#8211;{}</p>\n</section>\n", Escape(Say("bytes")),
                       record.source.begin, record.source.end);
  }

  // What both say on every axis that one of them states.
  std::string Axes(const ReportPair& pair) const {
    const model::Advice& a = pair.a.record->advice;
    const model::Advice& b = pair.b.record->advice;
    const Agreement action = a.action == b.action ? Agreement::kEqual : Agreement::kDisjoint;
    const sakuin::contradictions::Axes& axes = pair.tension->axes;
    const std::pair<const char*, Agreement> all[] = {
        {"action", action},      {"condition", axes.condition},
        {"phase", axes.phase},   {"population", axes.population},
        {"window", axes.window}, {"dose", axes.dose}};
    std::string out = "<table><thead><tr><th>" + Escape(Say("axes")) +
                      "</th><th>A</th><th>B</th><th></th></tr></thead><tbody>\n";
    for (const auto& [axis, agreement] : all) {
      const std::string x = writer_.Value(axis, a);
      const std::string y = writer_.Value(axis, b);
      if (x.empty() && y.empty()) continue;
      const std::string name(kAgreements[static_cast<std::size_t>(agreement)]);
      const auto cell = [this](const std::string& value) {
        return value.empty() ? "<td class=\"unstated\">" + Escape(Say("unstated")) + "</td>"
                             : "<td>" + Escape(value) + "</td>";
      };
      out += "<tr class=\"" + name + "\"><th scope=\"row\">" +
             Escape(Say(std::string("axis.") + axis)) + "</th>" + cell(x) + cell(y) +
             "<td class=\"agreement\">" + Escape(Say("agreement." + name)) + "</td></tr>\n";
    }
    return out + "</tbody></table>\n";
  }

  std::string Witnesses(const ReportFinding& finding) const {
    std::string out =
        "<details><summary>" + Escape(Say("witnesses")) + "</summary>\n<div class=\"sides\">\n";
    const auto list = [&out](const char* side, const auto& records) {
      out += std::string("<div><p class=\"says\">") + side + "</p><ul>\n";
      for (const store::AdviceRecord* const record : records) {
        const std::string language = LanguageAttribute(record->language);
        out += "<li><q" + language + ">" + Escape(record->quote) + "</q> <cite" + language + ">" +
               Escape(record->title) + "</cite> <code>" + Escape(record->SectionId()) +
               "</code></li>\n";
      }
      out += "</ul></div>\n";
    };
    list("A", finding.for_it);
    list("B", finding.against_it);
    return out + "</div>\n</details>\n";
  }

  const ReasonWriter& writer_;
};

}  // namespace

std::unique_ptr<ReportFormat> MakeHtmlReport(const ReasonWriter& writer) {
  return std::make_unique<HtmlReport>(writer);
}

}  // namespace sakuin::contradictions
