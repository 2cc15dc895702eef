#include "query/web/sources/ingest_report.h"

#include <algorithm>

namespace sakuin::web {
namespace {

Html Number(std::int64_t number) { return Tag("td").Class("number")(std::to_string(number)); }

Html Head(std::initializer_list<std::string> names) {
  Html cells;
  for (const std::string& name : names) cells += Tag("th").Set("scope", "col")(name);
  return Tag("thead")(Tag("tr")(cells));
}

std::string Moment(const std::string& at) {
  return at.size() < 16 ? at : at.substr(0, 10) + " " + at.substr(11, 5) + " UTC";
}

// A table that scrolls by itself where the window is narrow.
Html Scrolling(const std::string& name, const Html& table) {
  return Tag("div")
      .Class("scroll")
      .Set("tabindex", "0")
      .Set("role", "region")
      .Set("aria-label", name)(table);
}

Html Rejected(const View& view, const store::IngestRecord& run) {
  const Messages& say = view.say;
  if (run.rejected_in_all == 0) return Tag("p")(say("log.none-rejected"));
  Html rows;
  for (const store::RejectedInput& one : run.rejected) {
    rows += Tag("tr")(Tag("td")(Tag("bdi")(one.uri)), Tag("td").Lang("en")(one.reason),
                      Tag("td")(Tag("code")(one.code)));
  }
  Html out =
      Tag("h3")(say.Count("log.rejected-inputs", static_cast<std::size_t>(run.rejected_in_all)));
  out += Scrolling(say("log.rejected"),
                   Tag("table")(Head({say("log.input"), say("log.reason"), say("log.code")}),
                                Tag("tbody")(rows)));
  if (static_cast<std::size_t>(run.rejected_in_all) > run.rejected.size()) {
    out += Tag("p").Class("soft small")(say.Count("log.listed", run.rejected.size()));
  }
  return out;
}

Html Blocks(const View& view, const store::IngestRecord& run) {
  const Messages& say = view.say;
  Html rows;
  for (const store::BlockTotal& one : run.blocks) {
    rows += Tag("tr")(Tag("td")(say(one.kept ? "log.kept" : "log.dropped")),
                      Tag("td").Lang("en")(one.reason), Number(one.count));
  }
  if (rows.empty()) return {};
  return Tag("details")(
      Tag("summary")(say("log.blocks")), Tag("p").Class("soft small")(say("log.blocks-hint")),
      Scrolling(say("log.blocks"),
                Tag("table")(Head({say("log.fate"), say("log.reason"), say("log.count")}),
                             Tag("tbody")(rows))));
}

Html Warnings(const View& view, const store::IngestRecord& run) {
  if (run.warnings.empty()) return {};
  Html items;
  for (const std::string& one : run.warnings) items += Tag("li")(Tag("bdi").Lang("en")(one));
  return Tag("details")(Tag("summary")(view.say.Count("log.warnings", run.warnings.size())),
                        Tag("ul").Class("warnings")(items));
}

Html Runs(const View& view, const std::vector<store::IngestRecord>& runs) {
  const Messages& say = view.say;
  Html rows;
  for (const store::IngestRecord& run : runs) {
    rows +=
        Tag("tr")(Tag("td")(Moment(run.at), run.interrupted ? " " + say("log.interrupted") : ""),
                  Number(run.added), Number(run.updated), Number(run.unchanged),
                  Number(run.removed), Number(run.rejected_in_all));
  }
  return Scrolling(say("log.title"),
                   Tag("table").Class("runs")(
                       Head({say("log.when"), say("log.added"), say("log.updated"),
                             say("log.unchanged"), say("log.removed"), say("log.rejected")}),
                       Tag("tbody")(rows)));
}

}  // namespace

Html IngestReport(const View& view, const std::vector<store::IngestRecord>& runs) {
  Html out = Tag("h2")(view.say("log.title"));
  if (runs.empty()) {
    out += Tag("p").Class("soft")(view.say("log.none"));
  } else {
    out += Runs(view, runs) + Rejected(view, runs.front()) + Warnings(view, runs.front()) +
           Blocks(view, runs.front());
  }
  return Tag("section").Class("panel log").Set("id", "log")(out);
}

}  // namespace sakuin::web
