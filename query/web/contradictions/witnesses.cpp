// Who else says so: further pairs, all articles of both sides, and when they were published.

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "query/contradictions/compare.h"
#include "query/contradictions/decisions/states.h"
#include "query/web/contradictions/evidence.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::IsFor;
using store::AdviceRecord;

constexpr std::size_t kPairsShown = 12;

// Of the picture.
constexpr int kWidth = 720;
constexpr int kMargin = 24;
constexpr int kStep = 16;  // between articles of one time
constexpr int kMostStacked = 5;

Html Witness(const View& view, const AdviceRecord& record) {
  return Tag("li")(
      Tag("blockquote").Lang(record.language)(QuoteOf(record)),
      Tag("p").Class("path")(
          Tag("a").Set("href", AdviceAddress(record)).Lang(record.language)(record.title), " ",
          record.published.empty() ? view.say("finding.no-date") : DayOf(record.published), " ",
          view.LanguageName(record.language)));
}

// The actions that stand on a side of two alternatives, where its name does not say it all.
Html Members(const View& view, const contradictions::FindingSide& side) {
  if (side.members.size() < 2) return {};
  const auto& phrases = view.desk.library().Reasons(view.ui).phrases();
  std::vector<std::string> names;
  for (const std::string& id : side.members) names.push_back(view.Label(id));
  return Tag("p").Class("soft small")(phrases.Join(names, "list.more", "list.more"));
}

Html OneSide(const View& view, const std::vector<const AdviceRecord*>& records, const char* name,
             const contradictions::FindingSide& side) {
  if (records.empty()) return {};
  const bool is_for = IsFor(records.front()->advice);
  Html items;
  for (const AdviceRecord* const record : records) items += Witness(view, *record);
  return Tag("section").Class(is_for ? "for-it" : "against-it")(
      Tag("h3")(Direction(view, is_for), name, " ",
                Tag("span").Class("soft")(view.say.Count("conditions.documents", records.size()))),
      Members(view, side), Tag("ul").Class("quotes")(items));
}

Html FurtherPairs(const View& view, const service::Findings& findings, const Case& found,
                  const Asked& asked) {
  Html items;
  std::size_t shown = 0;
  for (const std::size_t at : found.finding->tensions) {
    const contradictions::Tension& t = findings.found.tensions[at];
    if (&t == found.shown || shown == kPairsShown) continue;
    ++shown;
    const std::string state = contradictions::StateOf(t);
    const AdviceRecord& a = findings.RecordA(t);
    const AdviceRecord& b = findings.RecordB(t);
    items += Tag("li")(Tag("a").Set("href", asked.Address(FindingAddress(t.id)))(
                           In(a.language, a.quote), Tag("span").Class("against-sign")(" \u21C4 "),
                           In(b.language, b.quote)),
                       state == "open"
                           ? Html()
                           : Html(" ") + Tag("span").Class("tag state")(StateName(view, state)));
  }
  if (items.empty()) return {};
  return Tag("section")(Tag("h2")(view.say("finding.pairs")), Tag("ul").Class("pairs")(items));
}

// Years with a fraction: "2019", "2019-05" and "2019-05-20" alike.
std::optional<double> YearOf(const std::string& published) {
  if (published.size() < 4) return std::nullopt;
  const int year = std::atoi(published.substr(0, 4).c_str());
  if (year < 1000 || year > 9999) return std::nullopt;
  const int month = published.size() >= 7 ? std::atoi(published.substr(5, 2).c_str()) : 7;
  return year + (std::clamp(month, 1, 12) - 0.5) / 12;
}

struct Dated {
  double year = 0;
  bool first_side = true;
  const AdviceRecord* record = nullptr;
};

std::vector<Dated> DatedOf(const Case& found, std::size_t& undated) {
  std::vector<Dated> out;
  const auto add = [&](const std::vector<const AdviceRecord*>& records, bool first) {
    for (const AdviceRecord* const record : records) {
      const auto year = YearOf(record->published);
      if (year) {
        out.push_back({*year, first, record});
      } else {
        ++undated;
      }
    }
  };
  add(found.report.for_it, true);
  add(found.report.against_it, false);
  std::stable_sort(out.begin(), out.end(),
                   [](const Dated& x, const Dated& y) { return x.year < y.year; });
  return out;
}

class Line {
 public:
  explicit Line(const std::vector<Dated>& dated)
      : dated_(dated),
        first_(static_cast<int>(dated.front().year)),
        last_(static_cast<int>(dated.back().year) + 1) {}

  Html Picture(const View& view) const {
    const Places places = Stacked();
    const int middle = kMargin + places.most[0] * kStep;
    const int height = middle + 20 + places.most[1] * kStep + kMargin;
    Html inside = Tag("line")
                      .Class("axis")
                      .Set("x1", std::to_string(kMargin))
                      .Set("x2", std::to_string(kWidth - kMargin))
                      .Set("y1", std::to_string(middle))
                      .Set("y2", std::to_string(middle))();
    inside += Name("A", middle - kStep + 4) + Name("B", middle + kStep + 18);
    const int every = std::max(1, (last_ - first_ + 7) / 8);
    for (int year = first_; year <= last_; year += every) inside += Year(year, middle);
    for (std::size_t i = 0; i < dated_.size(); ++i) {
      const int away = kStep * places.levels[i];
      inside += Dot(dated_[i], At(dated_[i].year),
                    dated_[i].first_side ? middle - away : middle + away + 14);
    }
    return Tag("svg")
        .Class("timeline")
        .Set("role", "img")
        .Set("aria-label", view.say("finding.timeline"))
        .Set("viewBox", "0 0 " + std::to_string(kWidth) + " " + std::to_string(height))
        .Set("width", std::to_string(kWidth))
        .Set("height", std::to_string(height))(inside);
  }

 private:
  // How far from the line each one stands, so that none hides another, and how far those of either
  // side go.
  struct Places {
    std::vector<int> levels;
    int most[2] = {1, 1};
  };
  Places Stacked() const {
    Places out;
    int level[2] = {1, 1};
    int last_x[2] = {-kStep, -kStep};
    for (const Dated& one : dated_) {
      const int side = one.first_side ? 0 : 1;
      const int x = At(one.year);
      level[side] = x - last_x[side] < kStep ? std::min(level[side] + 1, kMostStacked) : 1;
      last_x[side] = x;
      out.levels.push_back(level[side]);
      out.most[side] = std::max(out.most[side], level[side]);
    }
    return out;
  }
  static Html Name(const char* side, int y) {
    return Tag("text").Class("year").Set("x", "0").Set("y", std::to_string(y))(side);
  }
  int At(double year) const {
    const double share = (year - first_) / (last_ - first_);
    return kMargin + static_cast<int>(share * (kWidth - 2 * kMargin));
  }
  Html Year(int year, int middle) const {
    const std::string x = std::to_string(At(year));
    return Tag("line")
               .Class("tick")
               .Set("x1", x)
               .Set("x2", x)
               .Set("y1", std::to_string(middle - 3))
               .Set("y2", std::to_string(middle + 3))() +
           Tag("text")
               .Class("year")
               .Set("text-anchor", "middle")
               .Set("x", x)
               .Set("y", std::to_string(middle + 16))(std::to_string(year));
  }
  static Html Dot(const Dated& one, int x, int y) {
    const bool is_for = IsFor(one.record->advice);
    return Tag("g").Class(is_for ? "dot for-it" : "dot against-it")(
        Tag("title")(DayOf(one.record->published) + " " + one.record->title),
        Tag("circle").Set("cx", std::to_string(x)).Set("cy", std::to_string(y)).Set("r", "6.5")(),
        Tag("text")
            .Set("text-anchor", "middle")
            .Set("x", std::to_string(x))
            .Set("y", std::to_string(y + 4))(is_for ? "+" : "\u2212"));
  }

  const std::vector<Dated>& dated_;
  int first_;
  int last_;
};

Html DatesTable(const View& view, const std::vector<Dated>& dated) {
  Html rows;
  for (const Dated& one : dated) {
    rows += Tag("tr")(Tag("td")(DayOf(one.record->published)),
                      Tag("td")(Direction(view, IsFor(one.record->advice))),
                      Tag("td").Lang(one.record->language)(one.record->title));
  }
  const auto head = [](const std::string& text) { return Tag("th").Set("scope", "col")(text); };
  return Tag("table")(
      Tag("thead")(Tag("tr")(head(view.say("finding.date")), head(view.say("finding.says")),
                             head(view.say("finding.article")))),
      Tag("tbody")(rows));
}

}  // namespace

Html WitnessesPart(const View& view, const service::Findings& findings, const Case& found,
                   const Asked& asked) {
  // One article a side is quoted above, unless the pair shown is another one's.
  if (found.report.for_it.size() <= 1 && found.report.against_it.size() <= 1) {
    return FurtherPairs(view, findings, found, asked);
  }
  return Tag("section")(Tag("h2")(view.say("finding.witnesses")),
                        Tag("div").Class("both")(
                            OneSide(view, found.report.for_it, "A", found.finding->sides[0]),
                            OneSide(view, found.report.against_it, "B", found.finding->sides[1]))) +
         FurtherPairs(view, findings, found, asked);
}

Html TimelinePart(const View& view, const Case& found) {
  std::size_t undated = 0;
  const std::vector<Dated> dated = DatedOf(found, undated);
  if (dated.size() < 2) return {};
  Html out = Tag("h2").Set("id", "timeline")(view.say("finding.timeline"));
  out += Tag("div")
             .Class("scroll")
             .Set("tabindex", "0")
             .Set("role", "region")
             .Set("aria-labelledby", "timeline")(Line(dated).Picture(view));
  if (undated > 0) {
    out += Tag("p").Class("soft small")(view.say.Count("finding.timeline.undated", undated));
  }
  out +=
      Tag("details")(Tag("summary")(view.say("finding.timeline.table")), DatesTable(view, dated));
  return Tag("section")(out);
}

}  // namespace sakuin::web
