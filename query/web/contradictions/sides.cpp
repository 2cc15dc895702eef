// Both quotes side by side, and what stood there when it was decided.

#include "query/contradictions/compare.h"
#include "query/web/contradictions/evidence.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::ReportSide;

Html Words(const ReportSide& side) {
  const contradictions::Original& around = side.original;
  Html out;
  if (!around.before.empty()) {
    out += Tag("span").Class("around")(around.more_before ? "\u2026 " : "", around.before);
  }
  out += Tag("span").Class("said")(QuoteOf(*side.record));
  if (!around.after.empty()) {
    out += Tag("span").Class("around")(around.after, around.more_after ? " \u2026" : "");
  }
  return out;
}

Html Path(const store::AdviceRecord& record) {
  Html out;
  for (std::size_t i = 0; i < record.path.size(); ++i) {
    if (i > 0) out += Tag("span").Class("step").Set("aria-hidden", "true")(" \u203A ");
    out += i == 0 ? Tag("cite")(record.path[i]) : Tag("span")(record.path[i]);
  }
  return Tag("p").Class("path").Lang(record.language)(out);
}

Html Origin(const View& view, const store::AdviceRecord& record) {
  Html facts;
  // The host is enough to know a site; the whole address is the link.
  const std::string site = record.site.empty() ? HostOf(record.uri) : record.site;
  if (!site.empty()) facts += Tag("li")(Tag("bdi")(site));
  facts += Tag("li")(record.published.empty()
                         ? Html(view.say("finding.no-date"))
                         : Tag("time").Set("datetime", record.published)(DayOf(record.published)));
  facts += Tag("li")(view.LanguageName(record.language));
  facts += Tag("li")(Tag("a").Set("href", AdviceAddress(record))(view.say("finding.read")));
  if (SafeAddress(record.uri).starts_with("http")) {
    facts += Tag("li")(Tag("a")
                           .Class("outside")
                           .Set("href", record.uri)
                           .Set("rel", "noreferrer noopener nofollow")(view.say("finding.source")));
  }
  return Tag("ul").Class("origin")(facts) +
         Tag("p").Class("address")(Tag("bdi").Set("translate", "no")(record.uri));
}

Html Side(const View& view, const ReportSide& side, const std::string& name,
          const std::string& says) {
  const store::AdviceRecord& record = *side.record;
  const bool is_for = contradictions::IsFor(record.advice);
  const std::string id = "side-" + name;
  return Tag("section")
      .Class(is_for ? "side for-it" : "side against-it")
      .Set("aria-labelledby", id)(
          Tag("h2").Set("id", id)(Direction(view, is_for), Tag("span").Class("name")(name),
                                  Tag("span").Set("aria-hidden", "true")(view.say(
                                      is_for ? "finding.side.for" : "finding.side.against"))),
          Tag("blockquote").Lang(record.language)(Words(side)), Path(record), Origin(view, record),
          Tag("p").Class("says")(says));
}

}  // namespace

Html SidesPart(const View& view, const Case& found) {
  const contradictions::ReportPair& pair = found.pair();
  return Tag("div").Class("sides")(Side(view, pair.a, "A", pair.reason.a),
                                   Side(view, pair.b, "B", pair.reason.b));
}

Html ChangedPart(const View& view, const Case& found) {
  const contradictions::Decided& decided = found.pair().decision;
  if (decided.state != "changed") return {};
  Html out = Tag("h2")(view.say("finding.changed")) +
             Tag("p")(view.say("finding.changed.text", {{"by", decided.by},
                                                        {"state", StateName(view, decided.verdict)},
                                                        {"date", decided.at.substr(0, 10)}}));
  if (!decided.note.empty()) out += Tag("p").Class("note")(Tag("q")(decided.note));
  if (decided.quote_a.empty() && decided.quote_b.empty()) {
    out += Tag("p")(view.say("finding.changed.joined"));
  } else {
    const auto then = [](const char* side, const ReportSide& of, const std::string& quote) {
      return Tag("div")(Tag("dt")(side), Tag("dd").Lang(of.record->language)(quote));
    };
    out += Tag("h3")(view.say("finding.changed.then")) +
           Tag("dl").Class("then")(then("A", found.pair().a, decided.quote_a),
                                   then("B", found.pair().b, decided.quote_b));
  }
  return Tag("section").Class("notice changed")(out);
}

}  // namespace sakuin::web
