// For each action who recommends it, who advises against it, when and how.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/app/concept_choice.h"
#include "query/app/csv.h"
#include "query/app/knowledge.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/compare.h"
#include "query/contradictions/position_table.h"
#include "query/contradictions/reasons/reason.h"

namespace sakuin::app {
namespace {

using contradictions::IsFor;
using contradictions::ReasonWriter;
using contradictions::TableAction;
using contradictions::TablePosition;
using store::AdviceRecord;

constexpr const char* kAxes[] = {"window", "dose", "phase", "population"};
constexpr std::size_t kQuotesShown = 3;

class Positions : public Command {
 public:
  const char* Name() const override { return "positions"; }
  const char* Summary() const override {
    return "Tell for each action who recommends it and who advises against it";
  }
  const char* Examples() const override {
    return "  sakuin positions --condition \"muscle cramp\"\n"
           "  sakuin positions --condition ankle-sprain --action ice    one action\n"
           "  sakuin positions --condition ankle-sprain --format csv > ankle.csv\n";
  }
  void Define(Options& app) override {
    const auto list = [&app](const char* flag, std::vector<std::string>& to, const char* text) {
      return app.Add(flag, to, text).Repeated();
    };
    list("--condition", conditions_, "About this condition or what is narrower (id or label)")
        .Required();
    list("--action", actions_, "This action or what is narrower (id or label)");
    app.Add("--format", format_, "text, json or csv").OneOf({"text", "json", "csv"});
    app.Flag("--json", json_, "One JSON object");
  }
  int Run(const Context& context) override {
    if (json_) format_ = "json";
    const auto rules = LoadTextRules(context);
    if (!rules) return Complain(rules.error());
    store::AdviceQuery query;
    auto conditions = ChooseConcepts(**rules, conditions_, "condition");
    if (!conditions) return Complain(conditions.error());
    query.conditions = std::move(*conditions);
    auto actions = ChooseConcepts(**rules, actions_, "action");
    if (!actions) return Complain(actions.error());
    query.actions = std::move(*actions);
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const auto phrases = contradictions::Phrases::Load(*folder, context.ui_language);
    if (!phrases) return Complain(phrases.error());
    const auto tensions = contradictions::TensionRules::Load(*folder, (*rules)->thesaurus());
    if (!tensions) return Complain(tensions.error());
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto representatives = (*reader)->ReadRepresentatives();
    if (!representatives) return Complain(representatives.error());
    const Status read = ReadAll(**reader, query, records_);
    if (!read) return Complain(read.error());
    const auto table = contradictions::PositionTable(records_, *representatives);
    const ReasonWriter writer(*phrases, *tensions, [&](const std::string& id) {
      return LabelOf(**rules, id, context.ui_language);
    });
    return Print(writer, context, query.conditions, table, **reader);
  }

 private:
  int Print(const ReasonWriter& writer, const Context& context,
            const std::vector<std::string>& conditions, const std::vector<TableAction>& table,
            store::IndexReader& reader) const {
    if (format_ == "json") PrintJson(writer, conditions, table);
    if (format_ == "csv") PrintCsv(writer, table);
    if (format_ != "text") return table.empty() ? kSomething : kDone;
    if (table.empty()) return SayWhatIsKnown(writer, reader);
    for (const TableAction& action : table) PrintAction(writer, action, WantsColor(context.color));
    Out(fmt::format("{} action{}, {} piece{} of advice\n", table.size(),
                    table.size() == 1 ? "" : "s", records_.size(),
                    records_.size() == 1 ? "" : "s"));
    return kDone;
  }

  static Status ReadAll(store::IndexReader& reader, const store::AdviceQuery& query,
                        std::vector<AdviceRecord>& out) {
    const auto page = reader.ForEachAdvice(query, [&out](AdviceRecord record) {
      out.push_back(std::move(record));
      return true;
    });
    if (!page) return Pass(page);
    return {};
  }

  // The conditions that most advice is about.
  int SayWhatIsKnown(const ReasonWriter& writer, store::IndexReader& reader) const {
    std::map<std::string, std::size_t> counts;
    const auto page = reader.ForEachAdvice({}, [&counts](const AdviceRecord& record) {
      for (const std::string& id : record.advice.conditions) ++counts[id];
      return true;
    });
    if (!page) return Complain(page.error());
    std::vector<std::pair<std::string, std::size_t>> most(counts.begin(), counts.end());
    std::stable_sort(most.begin(), most.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    constexpr std::size_t kShown = 8;
    if (most.size() > kShown) most.resize(kShown);
    Out(fmt::format("no advice is known of that{}\n", actions_.empty() ? "" : " action there"));
    for (std::size_t i = 0; i < most.size(); ++i) {
      Out(fmt::format("{}  {} ({}): {}\n", i == 0 ? "most is known about\n" : "", most[i].first,
                      Printable(writer.Label(most[i].first)), most[i].second));
    }
    if (!actions_.empty()) Out("without --action all actions are shown\n");
    return kSomething;
  }

  // When, how much and for whom; "" where nothing is stated.
  static std::string Measures(const ReasonWriter& writer, const model::Advice& advice) {
    std::vector<std::string> parts;
    for (const char* const axis : kAxes) {
      std::string value = writer.Value(axis, advice);
      if (!value.empty()) parts.push_back(std::move(value));
    }
    return writer.phrases().Join(parts, "list.details", "list.details");
  }

  static std::string Strengths(const TablePosition& position) {
    std::string out;
    for (const model::Strength strength : position.strengths) {
      if (!out.empty()) out += '/';
      out += model::kStrengths[static_cast<std::size_t>(strength)];
    }
    return out;
  }

  // "recommend", "avoid", or "conditional" with what limits it.
  static std::string Stance(const model::Advice& a) {
    std::string out(model::kStances[static_cast<std::size_t>(a.stance)]);
    if (a.qualifier != model::Qualifier::kNone) {
      out += ", ";
      out += model::kQualifiers[static_cast<std::size_t>(a.qualifier)];
    }
    return out;
  }

  void PrintAction(const ReasonWriter& writer, const TableAction& action, bool color) const {
    Out(fmt::format("{}{}{}  {} for, {} against\n", color ? "\033[1m" : "",
                    Printable(writer.Label(action.action)), color ? "\033[0m" : "",
                    action.articles_for, action.articles_against));
    for (const TablePosition& position : action.positions) {
      const model::Advice& first = records_[position.advice[0]].advice;
      std::vector<std::string> names;
      for (const std::string& id : position.conditions) names.push_back(writer.Label(id));
      const std::string measures = Measures(writer, first);
      Out(fmt::format("  {} {}, {}{}  [{}]  {} article{}\n", IsFor(first) ? "+" : "-",
                      Stance(first), Strengths(position),
                      measures.empty() ? "" : ": " + Printable(measures),
                      Printable(writer.phrases().Join(names, "list.more", "list.more")),
                      position.articles, position.articles == 1 ? "" : "s"));
      for (std::size_t i = 0; i < position.advice.size() && i < kQuotesShown; ++i) {
        const AdviceRecord& record = records_[position.advice[i]];
        Out("      \"" + Printable(record.quote) + "\"  " + record.SectionId() + "\n");
      }
      if (position.advice.size() > kQuotesShown) {
        Out(fmt::format("      and {} more\n", position.advice.size() - kQuotesShown));
      }
    }
    Out("\n");
  }

  void PrintCsv(const ReasonWriter& writer, const std::vector<TableAction>& table) const {
    Out("action,direction,stance,strength,when_and_how,position_articles,articles_for,"
        "articles_against,conditions,language,section,uri,title,quote\n");
    for (const TableAction& action : table) {
      for (const TablePosition& position : action.positions) {
        for (const std::size_t i : position.advice) {
          const AdviceRecord& record = records_[i];
          const model::Advice& a = record.advice;
          std::string conditions;
          for (const std::string& id : a.conditions) {
            if (!conditions.empty()) conditions += ' ';
            conditions += id;
          }
          Out(CsvLine({a.action, IsFor(a) ? "for" : "against", Stance(a),
                       std::string(model::kStrengths[static_cast<std::size_t>(a.strength)]),
                       Measures(writer, a), std::to_string(position.articles),
                       std::to_string(action.articles_for), std::to_string(action.articles_against),
                       conditions, record.language, record.SectionId(), record.uri, record.title,
                       record.quote}));
        }
      }
    }
  }

  void PrintJson(const ReasonWriter& writer, const std::vector<std::string>& conditions,
                 const std::vector<TableAction>& table) const {
    nlohmann::ordered_json actions = nlohmann::ordered_json::array();
    for (const TableAction& action : table) {
      nlohmann::ordered_json positions = nlohmann::ordered_json::array();
      for (const TablePosition& position : action.positions) {
        const model::Advice& first = records_[position.advice[0]].advice;
        nlohmann::ordered_json one{{"direction", IsFor(first) ? "for" : "against"},
                                   {"articles", position.articles},
                                   {"conditions", position.conditions}};
        const std::string measures = Measures(writer, first);
        if (!measures.empty()) one["when_and_how"] = measures;
        one["advice"] = nlohmann::ordered_json::array();
        for (const std::size_t i : position.advice) {
          one["advice"].push_back(contradictions::AdviceObject(records_[i]));
        }
        positions.push_back(std::move(one));
      }
      actions.push_back({{"action", action.action},
                         {"label", writer.Label(action.action)},
                         {"for", action.articles_for},
                         {"against", action.articles_against},
                         {"positions", std::move(positions)}});
    }
    const nlohmann::ordered_json out{
        {"conditions", conditions}, {"total", records_.size()}, {"actions", std::move(actions)}};
    Out(JsonText(out) + "\n");
  }

  std::vector<std::string> conditions_;
  std::vector<std::string> actions_;
  std::vector<AdviceRecord> records_;
  std::string format_ = "text";
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakePositions() { return std::make_unique<Positions>(); }

}  // namespace sakuin::app
