#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/tables/advice_csv.h"
#include "query/service/concept_choice.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

class Advice : public Command {
 public:
  const char* Name() const override { return "advice"; }
  const char* Summary() const override { return "List every piece of advice that was found"; }
  const char* Examples() const override {
    return "  sakuin advice --condition cramp --stance avoid     what one is told not to do\n"
           "  sakuin advice --action massage                     who says what about it\n"
           "  sakuin advice --format csv > advice.csv\n"
           "  sakuin advice --json --limit 100                   one object, with `next`\n";
  }
  void Define(Options& app) override {
    const auto list = [&app](const char* flag, std::vector<std::string>& to, const char* text) {
      return app.Add(flag, to, text).Repeated();
    };
    list("--condition", conditions_, "About this condition or what is narrower (id or label)");
    list("--action", actions_, "This action or what is narrower (id or label)");
    list("--stance", query_.stances, "recommend, avoid or conditional")
        .OneOf({"recommend", "avoid", "conditional"});
    list("--language", query_.languages, "In this language: zh (both scripts), zh-Hans, ja, ...");
    list("--site", query_.sites, "From this site");
    list("--aspect", query_.aspects, "In sections of this aspect (id)");
    app.Add("--in", in_, "Only of this document or section (ID or ID#N)");
    app.Flag("--misconceptions", query_.misconceptions, "Only what is called a wrong belief");
    app.Add("--limit", limit_, "Pieces to show (default: all)").Between(0, 1000000);
    app.Add("--after", query_.after, "Go on behind this one: `next` of an earlier answer");
    app.Flag("--json", json_, "One JSON object");
    app.Add("--format", format_, "text, json, jsonl or csv")
        .OneOf({"text", "json", "jsonl", "csv"});
  }
  int Run(const Context& context) override {
    if (json_) format_ = "json";
    query_.limit = limit_ < 0 ? -1 : limit_;
    const auto rules = service::LoadTextRules(context);
    if (!rules) return Complain(rules.error());
    auto conditions = service::ChooseConcepts(**rules, conditions_, "condition");
    if (!conditions) return Complain(conditions.error());
    query_.conditions = std::move(*conditions);
    auto actions = service::ChooseConcepts(**rules, actions_, "action");
    if (!actions) return Complain(actions.error());
    query_.actions = std::move(*actions);
    if (std::find(query_.languages.begin(), query_.languages.end(), "zh") !=
        query_.languages.end()) {
      query_.languages.insert(query_.languages.end(), {"zh-Hans", "zh-Hant"});
    }
    if (!in_.empty()) {
      const service::Named named = service::SplitId(in_);
      query_.document = named.document;
      query_.section = named.section;
    }
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    if (format_ == "csv") Out(contradictions::AdviceCsvHead());
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    const auto page = (*reader)->ForEachAdvice(query_, [&](store::AdviceRecord record) {
      Print(**rules, context, record, list);
      return true;
    });
    if (!page) return Complain(page.error());
    Finish(*page, list);
    return page->total > 0 ? kDone : kSomething;
  }

 private:
  void Print(const pipeline::TextRules& rules, const Context& context,
             const store::AdviceRecord& record, nlohmann::ordered_json& list) const {
    const model::Advice& a = record.advice;
    if (format_ == "json" || format_ == "jsonl") {
      auto object = contradictions::AdviceObject(record);
      if (format_ == "json") return list.push_back(std::move(object));
      Out(JsonText(object) + "\n");
      return;
    }
    if (format_ == "csv") {
      Out(contradictions::AdviceCsvRow(record));
      return;
    }
    std::string conditions;
    for (const std::string& id : a.conditions) {
      conditions +=
          (conditions.empty() ? "" : ", ") + service::LabelOf(rules, id, context.ui_language);
    }
    const std::string measures = contradictions::MeasuresText(a);
    std::string path;
    for (const std::string& step : record.path) path += (path.empty() ? "" : " > ") + step;
    Out(fmt::format(
        "{}: {}{}{}{}{}\n", Printable(service::LabelOf(rules, a.action, context.ui_language)),
        contradictions::StanceText(a), conditions.empty() ? "" : "; " + Printable(conditions),
        measures.empty() ? "" : "; " + measures,
        a.attribution == model::Attribution::kMisconception ? "; against a wrong belief" : "",
        a.implicit ? "; implied" : ""));
    Out("  \"" + Printable(record.quote) + "\"\n");
    Out("  " + record.SectionId() + "  " + Printable(path) + "\n");
  }

  void Finish(const store::AdvicePage& page, nlohmann::ordered_json& list) const {
    if (format_ == "json") {
      nlohmann::ordered_json out{{"total", page.total}};
      if (!page.next.empty()) out["next"] = page.next;
      out["advice"] = std::move(list);
      Out(JsonText(out) + "\n");
    }
    if (format_ != "text") return;
    Out(fmt::format("{}{} piece{} of advice{}\n", page.total == 0 ? "" : "\n", page.total,
                    page.total == 1 ? "" : "s",
                    page.next.empty() ? "" : "; more: --after " + page.next));
  }

  store::AdviceQuery query_;
  std::vector<std::string> conditions_;
  std::vector<std::string> actions_;
  std::string in_;
  std::string format_ = "text";
  std::int64_t limit_ = -1;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeAdvice() { return std::make_unique<Advice>(); }

}  // namespace sakuin::app
