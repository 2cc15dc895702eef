#include "query/contradictions/position_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "query/contradictions/compare.h"

namespace sakuin::contradictions {
namespace {

std::string Print(const std::optional<double>& number) {
  return number ? fmt::format("{:g}", *number) : "-";
}

// What two of one position have in common, those for the action first.
std::string Signature(const model::Advice& a) {
  std::string out =
      fmt::format("{} {} {} {} {}", IsFor(a) ? 0 : 1, static_cast<int>(a.stance),
                  static_cast<int>(a.qualifier), static_cast<int>(a.phase), a.population);
  if (a.window) {
    out += fmt::format(" w{}..{}@{}{}", Print(a.window->from_hours), Print(a.window->to_hours),
                       static_cast<int>(a.window->anchor), a.window->approximate ? "~" : "");
  }
  for (const model::DoseRange& range : a.dose) {
    out += fmt::format(" {}:{}..{}", static_cast<int>(range.part), Print(range.low),
                       Print(range.high));
  }
  return out;
}

class Collector {
 public:
  Collector(const std::vector<store::AdviceRecord>& records,
            const model::Representatives& representatives)
      : records_(records), representatives_(representatives) {}

  std::vector<TableAction> Run() {
    std::map<std::string, std::map<std::string, std::vector<std::size_t>>> actions;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const model::Advice& a = records_[i].advice;
      actions[a.action][Signature(a)].push_back(i);
    }
    std::vector<TableAction> out;
    for (auto& [action, positions] : actions) out.push_back(Action(action, positions));
    std::stable_sort(out.begin(), out.end(), [](const TableAction& x, const TableAction& y) {
      return x.articles_for + x.articles_against > y.articles_for + y.articles_against;
    });
    return out;
  }

 private:
  const std::string& SourceOf(std::size_t i) const {
    return model::SourceOf(representatives_, records_[i].document_id);
  }

  TableAction Action(const std::string& action,
                     std::map<std::string, std::vector<std::size_t>>& positions) const {
    TableAction out;
    out.action = action;
    std::set<std::string> sides[2];
    for (auto& [signature, advice] : positions) {
      TablePosition position;
      std::set<std::string> sources;
      std::set<std::string> conditions;
      std::set<model::Strength> strengths;
      for (const std::size_t i : advice) {
        const model::Advice& a = records_[i].advice;
        sources.insert(SourceOf(i));
        conditions.insert(a.conditions.begin(), a.conditions.end());
        strengths.insert(a.strength);
      }
      std::set<std::string>& side = sides[IsFor(records_[advice[0]].advice) ? 0 : 1];
      side.insert(sources.begin(), sources.end());
      position.advice = std::move(advice);
      position.articles = sources.size();
      position.conditions.assign(conditions.begin(), conditions.end());
      position.strengths.assign(strengths.begin(), strengths.end());
      out.positions.push_back(std::move(position));
    }
    out.articles_for = sides[0].size();
    out.articles_against = sides[1].size();
    std::stable_sort(out.positions.begin(), out.positions.end(),
                     [this](const TablePosition& x, const TablePosition& y) {
                       const bool against_x = !IsFor(records_[x.advice[0]].advice);
                       const bool against_y = !IsFor(records_[y.advice[0]].advice);
                       return std::make_tuple(against_x, y.articles, x.advice[0]) <
                              std::make_tuple(against_y, x.articles, y.advice[0]);
                     });
    return out;
  }

  const std::vector<store::AdviceRecord>& records_;
  const model::Representatives& representatives_;
};

}  // namespace

std::vector<TableAction> PositionTable(const std::vector<store::AdviceRecord>& records,
                                       const model::Representatives& representatives) {
  return Collector(records, representatives).Run();
}

}  // namespace sakuin::contradictions
