#include "query/web/conditions/positions.h"

#include <map>

#include "query/contradictions/compare.h"
#include "query/contradictions/tables/position_report.h"
#include "query/web/contradictions/asked.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::TableAction;
using contradictions::TablePosition;
using store::AdviceRecord;

constexpr std::size_t kActionsShown = 15;
constexpr std::size_t kQuotesShown = 2;

class Positions {
 public:
  Positions(const View& view, const std::string& condition,
            const std::vector<AdviceRecord>& records,
            const std::map<std::string, std::size_t>& disputed)
      : view_(view), condition_(condition), records_(records), disputed_(disputed) {}

  Html Print(const std::vector<TableAction>& table) const {
    Html shown;
    Html more;
    for (std::size_t i = 0; i < table.size(); ++i) {
      (i < kActionsShown ? shown : more) += Action(table[i]);
    }
    if (!more.empty()) {
      shown += Tag("details").Class("more")(
          Tag("summary")(
              view_.say.Count("condition.and-more-actions", table.size() - kActionsShown)),
          more);
    }
    return shown;
  }

 private:
  Html Quote(std::size_t at) const {
    const AdviceRecord& record = records_[at];
    return Tag("li")(
        Tag("blockquote").Lang(record.language)(QuoteOf(record)),
        Tag("p").Class("path")(
            Tag("a").Set("href", AdviceAddress(record)).Lang(record.language)(record.title),
            record.published.empty() ? "" : " " + DayOf(record.published)));
  }

  Html Quotes(const TablePosition& position) const {
    Html shown;
    Html more;
    for (std::size_t i = 0; i < position.advice.size(); ++i) {
      (i < kQuotesShown ? shown : more) += Quote(position.advice[i]);
    }
    Html out = Tag("ul").Class("quotes")(shown);
    if (!more.empty()) {
      out += Tag("details").Class("more")(
          Tag("summary")(
              view_.say.Count("condition.more-quotes", position.advice.size() - kQuotesShown)),
          Tag("ul").Class("quotes")(more));
    }
    return out;
  }

  Html Row(const TablePosition& position) const {
    const model::Advice& first = records_[position.advice[0]].advice;
    const bool is_for = contradictions::IsFor(first);
    const auto& writer = view_.desk.library().Reasons(view_.ui);
    const std::string measures = contradictions::WhenAndHow(writer, first);
    Html how = measures.empty() ? Tag("span").Class("soft")(view_.say("condition.no-measures"))
                                : Html(measures);
    if (first.stance == model::Stance::kConditional) {
      how += Html(" ") + Tag("span").Class("tag")(view_.say("stance.conditional"));
    }
    return Tag("tr").Class(is_for ? "for-it" : "against-it")(
        Tag("td")(Direction(view_, is_for)), Tag("td")(how),
        Tag("td").Class("number")(std::to_string(position.articles)), Tag("td")(Quotes(position)));
  }

  Html Action(const TableAction& action) const {
    Html rows;
    for (const TablePosition& position : action.positions) rows += Row(position);
    const auto head = [this](const char* key) {
      return Tag("th").Set("scope", "col")(view_.say(key));
    };
    const std::string id = "action-" + action.action;
    Html sums;
    if (action.articles_for > 0) {
      sums += Tag("span").Class("for")(
                  view_.say.Count("contradictions.articles-for", action.articles_for)) +
              " ";
    }
    if (action.articles_against > 0) {
      sums += Tag("span").Class("against")(
                  view_.say.Count("contradictions.articles-against", action.articles_against)) +
              " ";
    }
    const auto found = disputed_.find(action.action);
    if (found != disputed_.end()) {
      Asked there;
      there.condition = condition_;
      there.action = action.action;
      sums += Tag("a").Set("href", there.Address("/contradictions"))(
          view_.say.Count("conditions.contradictions", found->second));
    }
    return Tag("section").Class("action").Set("aria-labelledby", id)(
        Tag("h3").Set("id", id)(view_.Label(action.action)), Tag("p").Class("small sums")(sums),
        Tag("table").Class("positions")(
            Tag("thead")(Tag("tr")(
                Tag("th").Set("scope",
                              "col")(Tag("span").Class("hidden")(view_.say("finding.says"))),
                head("condition.how"), head("condition.articles"), head("finding.says"))),
            Tag("tbody")(rows)));
  }

  const View& view_;
  const std::string& condition_;
  const std::vector<AdviceRecord>& records_;
  const std::map<std::string, std::size_t>& disputed_;
};

// What is to be decided still of the condition, by action.
std::map<std::string, std::size_t> DisputedOf(const View& view, const service::Findings& findings,
                                              const std::string& condition) {
  Asked asked;
  asked.condition = condition;
  return CountBy(By::kAction, view, findings, Select(view, findings, asked));
}

}  // namespace

Result<Html> PositionsPart(const View& view, const service::Findings& findings,
                           const std::string& condition) {
  store::AdviceQuery query;
  for (const model::Concept* const one :
       view.desk.library().rules()->thesaurus().WithNarrower(condition)) {
    query.conditions.push_back(one->id);
  }
  std::vector<AdviceRecord> records;
  const auto read = view.desk.reader().ForEachAdvice(query, [&records](AdviceRecord record) {
    records.push_back(std::move(record));
    return true;
  });
  if (!read) return Pass(read);
  if (records.empty()) return Tag("p").Class("soft")(view.say("condition.positions.none"));
  const auto representatives = view.desk.reader().ReadRepresentatives();
  if (!representatives) return Pass(representatives);
  const auto disputed = DisputedOf(view, findings, condition);
  server::Parameters asked;
  asked.Add("condition", condition);
  asked.Add("ui", view.ui);
  const std::string api = "/api/v1/positions?" + asked.Print();
  return Positions(view, condition, records, disputed)
             .Print(contradictions::PositionTable(records, *representatives)) +
         Exports(view, {{api + "&format=csv", "CSV"}, {api, "JSON"}});
}

}  // namespace sakuin::web
