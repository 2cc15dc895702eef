#include "query/web/contradictions/matrix.h"

#include <algorithm>

#include "indexer/base/utf8.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kMostRows = 8;
constexpr std::size_t kMostColumns = 24;
constexpr std::size_t kMostTableRows = 40;  // a table of everything may weigh megabytes

// Of the picture, in pixels of its own.
constexpr int kCell = 32;
constexpr int kGap = 2;
constexpr int kLeft = 170;
constexpr int kTop = 106;

std::vector<std::string> ByNumber(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::string, std::size_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  std::vector<std::string> out;
  out.reserve(list.size());
  for (auto& [id, count] : list) out.push_back(id);
  return out;
}

std::map<std::string, std::size_t> PlacesOf(const std::vector<std::string>& names) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < names.size(); ++i) out.emplace(names[i], i);
  return out;
}

std::size_t At(const Matrix& matrix, std::size_t row, std::size_t column) {
  const auto found = matrix.cells.find({row, column});
  return found == matrix.cells.end() ? 0 : found->second;
}

// A label that fits: Han and kana are as wide as two Latin letters.
std::string Fitted(const std::string& label, std::size_t most) {
  std::string out;
  std::size_t width = 0;
  for (std::size_t at = 0; at < label.size();) {
    const std::size_t begin = at;
    width += utf8::Next(label, at) < 0x1100 ? 1 : 2;
    if (width > most) return out + "\u2026";
    out.append(label, begin, at - begin);
  }
  return out;
}

class Drawing {
 public:
  Drawing(const View& view, const Asked& asked, const Matrix& matrix)
      : view_(view), asked_(asked), matrix_(matrix) {
    for (const auto& [place, count] : matrix.cells) {
      if (!IsSum(place.first, place.second)) most_ = std::max(most_, count);
    }
  }

  Html Picture() const {
    const int width = kLeft + static_cast<int>(matrix_.actions.size()) * kCell + 70;
    const int height = kTop + static_cast<int>(matrix_.conditions.size()) * kCell + 4;
    Html inside;
    for (std::size_t column = 0; column < matrix_.actions.size(); ++column) {
      inside += ColumnName(column);
    }
    for (std::size_t row = 0; row < matrix_.conditions.size(); ++row) inside += Row(row);
    return Tag("svg")
        .Class("matrix")
        .Set("role", "group")
        .Set("aria-label", view_.say("contradictions.matrix"))
        .Set("width", std::to_string(width))
        .Set("height", std::to_string(height))
        .Set("viewBox", "0 0 " + std::to_string(width) + " " + std::to_string(height))(inside);
  }

  Html Table() const {
    Html head = Tag("th").Set("scope", "col")(view_.say("contradictions.by.condition"));
    for (const std::string& action : matrix_.actions) {
      head += Tag("th").Set("scope", "col").Class("number")(ActionName(action));
    }
    head += Tag("th").Set("scope", "col").Class("number")(view_.say("contradictions.matrix.sum"));
    Html rows;
    for (std::size_t row = 0; row < matrix_.conditions.size(); ++row) {
      Html cells = Tag("th").Set("scope", "row")(ConditionName(matrix_.conditions[row]));
      for (std::size_t column = 0; column < matrix_.actions.size(); ++column) {
        const std::size_t count = At(matrix_, row, column);
        cells += Tag("td").Class("number")(count == 0 ? std::string() : std::to_string(count));
      }
      cells += Tag("td").Class("number")(std::to_string(matrix_.of_condition[row]));
      rows += Tag("tr")(cells);
    }
    Html sums = Tag("th").Set("scope", "row")(view_.say("contradictions.matrix.sum"));
    for (const std::size_t sum : matrix_.of_action) {
      sums += Tag("td").Class("number")(std::to_string(sum));
    }
    sums += Tag("td").Class("number")(std::to_string(matrix_.total));
    return Tag("table")(Tag("thead")(Tag("tr")(head)), Tag("tbody")(rows),
                        Tag("tfoot")(Tag("tr")(sums)));
  }

 private:
  // Sums of what is rare would make all others look pale.
  bool IsSum(std::size_t row, std::size_t column) const {
    return matrix_.conditions[row] == kOthers || matrix_.actions[column] == kOthers;
  }
  std::string ConditionName(const std::string& id) const {
    if (id == kOthers) return view_.say("contradictions.matrix.others");
    return ConditionOf(view_, id);
  }
  std::string ActionName(const std::string& id) const {
    return id == kOthers ? view_.say("contradictions.matrix.others") : view_.Label(id);
  }

  Html ColumnName(std::size_t column) const {
    constexpr std::size_t kMost = 17;
    const std::string name = ActionName(matrix_.actions[column]);
    const int x = kLeft + static_cast<int>(column) * kCell + kCell / 2 + 3;
    return Tag("text").Class("name").Set(
        "transform", "translate(" + std::to_string(x) + " " + std::to_string(kTop - 8) +
                         ") rotate(-45)")(Tag("title")(name), Fitted(name, kMost));
  }

  Html Row(std::size_t row) const {
    constexpr std::size_t kMost = 24;
    const std::string name = ConditionName(matrix_.conditions[row]);
    const int y = kTop + static_cast<int>(row) * kCell;
    Html out =
        Tag("text")
            .Class("name")
            .Set("text-anchor", "end")
            .Set("x", std::to_string(kLeft - 8))
            .Set("y", std::to_string(y + kCell / 2 + 4))(Tag("title")(name), Fitted(name, kMost));
    for (std::size_t column = 0; column < matrix_.actions.size(); ++column) {
      out += Cell(row, column, y);
    }
    return out;
  }

  Html Cell(std::size_t row, std::size_t column, int y) const {
    const std::size_t count = At(matrix_, row, column);
    const int x = kLeft + static_cast<int>(column) * kCell;
    // Four steps of one colour; the number says it exactly.
    const bool has_step = count > 0 && !IsSum(row, column);
    const std::size_t step = has_step ? (4 * count + most_ - 1) / most_ : 0;
    Html box = Tag("rect")
                   .Class("heat-" + std::to_string(step))
                   .Set("x", std::to_string(x))
                   .Set("y", std::to_string(y))
                   .Set("rx", "3")
                   .Set("width", std::to_string(kCell - kGap))
                   .Set("height", std::to_string(kCell - kGap))();
    if (count == 0) return box;
    box += Tag("text")
               .Class(step >= 3 ? "count strong" : "count")
               .Set("text-anchor", "middle")
               .Set("x", std::to_string(x + (kCell - kGap) / 2))
               .Set("y", std::to_string(y + kCell / 2 + 4))(std::to_string(count));
    const std::string& condition = matrix_.conditions[row];
    const std::string& action = matrix_.actions[column];
    const std::string says = view_.say("contradictions.matrix.cell",
                                       {{"condition", ConditionName(condition)},
                                        {"action", ActionName(action)},
                                        {"n", view_.say.Count("contradictions.count", count)}});
    box = Tag("title")(says) + box;
    if (condition.empty() || condition == kOthers || action == kOthers) return Tag("g")(box);
    Asked there = asked_;
    there.condition = condition;
    there.action = action;
    return Tag("a").Set("href", there.Address("/contradictions")).Set("aria-label", says)(box);
  }

  const View& view_;
  const Asked& asked_;
  const Matrix& matrix_;
  std::size_t most_ = 0;
};

}  // namespace

Matrix CountMatrix(const std::vector<contradictions::SelectedFinding>& findings) {
  std::map<std::string, std::size_t> conditions;
  std::map<std::string, std::size_t> actions;
  for (const auto& one : findings) {
    ++conditions[one.tensions[0]->condition];
    ++actions[ActionColumn(one)];
  }
  Matrix out;
  out.conditions = ByNumber(conditions);
  out.actions = ByNumber(actions);
  out.total = findings.size();
  for (const std::string& id : out.conditions) out.of_condition.push_back(conditions[id]);
  for (const std::string& id : out.actions) out.of_action.push_back(actions[id]);
  const auto rows = PlacesOf(out.conditions);
  const auto columns = PlacesOf(out.actions);
  for (const auto& one : findings) {
    ++out.cells[{rows.at(one.tensions[0]->condition), columns.at(ActionColumn(one))}];
  }
  return out;
}

Matrix Largest(const Matrix& matrix, std::size_t conditions, std::size_t actions) {
  Matrix out;
  out.total = matrix.total;
  const auto keep = [](const std::vector<std::string>& names,
                       const std::vector<std::size_t>& counts, std::size_t most,
                       std::vector<std::string>& kept, std::vector<std::size_t>& sums) {
    const bool all = names.size() <= most;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (all || i + 1 < most) {
        kept.push_back(names[i]);
        sums.push_back(counts[i]);
        continue;
      }
      if (kept.size() < most) {
        kept.emplace_back(kOthers);
        sums.push_back(0);
      }
      sums.back() += counts[i];
    }
  };
  keep(matrix.conditions, matrix.of_condition, conditions, out.conditions, out.of_condition);
  keep(matrix.actions, matrix.of_action, actions, out.actions, out.of_action);
  for (const auto& [place, count] : matrix.cells) {
    const std::size_t row = std::min(place.first, out.conditions.size() - 1);
    const std::size_t column = std::min(place.second, out.actions.size() - 1);
    out.cells[{row, column}] += count;
  }
  return out;
}

Html MatrixPart(const View& view, const Asked& asked, const Matrix& matrix) {
  if (matrix.conditions.size() < 2 || matrix.actions.size() < 2) return {};
  const Matrix shown = Largest(matrix, kMostRows, kMostColumns);
  const Drawing drawing(view, asked, shown);
  const Matrix listed = Largest(matrix, kMostTableRows, kMostColumns);
  const Drawing table(view, asked, listed);
  return Tag("section").Class("gather")(
      Tag("h2").Set("id", "matrix-title")(view.say("contradictions.matrix")),
      Tag("p").Class("soft small")(view.say("contradictions.matrix.help")),
      Tag("div")
          .Class("scroll")
          .Set("tabindex", "0")
          .Set("role", "region")
          .Set("aria-labelledby", "matrix-title")(drawing.Picture()),
      Tag("details")(
          Tag("summary")(view.say("contradictions.matrix.table")),
          Tag("div")
              .Class("scroll")
              .Set("tabindex", "0")
              .Set("role", "region")
              .Set("aria-label", view.say("contradictions.matrix.table"))(table.Table())));
}

}  // namespace sakuin::web
