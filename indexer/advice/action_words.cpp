#include "indexer/advice/action_words.h"

#include <algorithm>
#include <utility>

#include "indexer/advice/cells.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::advice {
namespace {

enum Column : std::uint8_t {
  kAction,
  kPattern,
  kNotBefore,
  kNotAfter,
  kExample,
  kNearMiss,
  kColumns
};

constexpr char kOpposite = '!';   // before an action: the words name what it keeps off
constexpr char kStandsFor = '=';  // before several: the words stand for the last one named

// "(ra|ri|ru)" for each mark of a pattern, the longest mark that stands there.
std::string Inflected(std::string pattern, const std::vector<TsvRow>& endings) {
  for (std::size_t at = 0; at < pattern.size();) {
    const TsvRow* best = nullptr;
    for (const TsvRow& row : endings) {
      const std::string& mark = row.fields[0];
      if (pattern.compare(at, mark.size(), mark) != 0) continue;
      if (best == nullptr || best->fields[0].size() < mark.size()) best = &row;
    }
    if (best == nullptr) {
      ++at;
      continue;
    }
    const std::string forms = "(" + best->fields[1] + ")";
    pattern.replace(at, best->fields[0].size(), forms);
    at += forms.size();
  }
  return pattern;
}

// The action of a row, or those that its words may stand for, with all that is narrower.
Status ReadAction(const TsvRow& row, const thesaurus::Thesaurus& thesaurus, CueRow& out) {
  const std::string& cell = row.fields[kAction];
  out.opposite = cell.starts_with(kOpposite);
  const bool stands_for = cell.starts_with(kStandsFor);
  for (std::size_t at = out.opposite || stands_for ? 1 : 0; at <= cell.size();) {
    const std::size_t end = stands_for ? std::min(cell.find('|', at), cell.size()) : cell.size();
    const std::string id = cell.substr(at, end - at);
    const model::Concept* const action = thesaurus.Find(id);
    if (action == nullptr || action->scheme != "interventions") {
      return Fail(ErrorCode::kBadData, "'" + id + "' is no action", row.where);
    }
    if (!stands_for) out.id = action->id;
    if (stands_for) {
      for (const model::Concept* one : thesaurus.WithNarrower(id)) out.stands_for.insert(one->id);
    }
    at = end + 1;
  }
  return {};
}

Status AddRow(const TsvRow& row, const std::vector<TsvRow>& endings, const text::Folding& folding,
              const thesaurus::Thesaurus& thesaurus, CueTable& table) {
  CueRow cue;
  const Status read = ReadAction(row, thesaurus, cue);
  if (!read) return read;
  cue.not_before = FoldedWords(row.fields[kNotBefore], folding);
  cue.not_after = FoldedWords(row.fields[kNotAfter], folding);
  cue.example = row.fields[kExample];
  cue.near_miss = row.fields[kNearMiss];
  cue.where = row.where;
  const auto number = static_cast<std::uint32_t>(table.rows.size());
  table.rows.push_back(std::move(cue));
  const std::string pattern = Inflected(row.fields[kPattern], endings);
  if (pattern.find('~') != std::string::npos) {
    return Fail(ErrorCode::kBadData, "the pattern has a '~' behind what verb_endings.tsv lacks",
                row.where);
  }
  return table.patterns.Add(pattern, number, folding, row.where);
}

// Grows over a name that begins within it and ends behind it ("walk in the pool", where "walking"
// is a name) where `grows` is set: a Japanese verb stands behind its object. False where a name
// begins before it, or is the same.
bool MakeRoom(const std::vector<Range>& names, bool grows, Range& at) {
  auto next =
      std::lower_bound(names.begin(), names.end(), at.begin,
                       [](const Range& one, std::size_t place) { return one.end <= place; });
  bool same = false;
  for (; next != names.end() && next->begin < at.end; ++next) {
    if (next->begin < at.begin || (!grows && next->end > at.end)) return false;
    at.end = std::max(at.end, next->end);
    same = *next == at;
  }
  return !same;
}

// What stands for another action is its verb alone, in English its pronoun: what follows or stands
// before belongs to the cues.
Range PlaceOf(const CueRow& row, std::u32string_view text, const Range& at) {
  if (row.stands_for.empty()) return at;
  if (text[at.begin] >= 0x80) return {at.begin, at.begin + 1};
  const std::size_t blank = text.substr(at.begin, at.size()).rfind(U' ');
  return {blank == std::u32string_view::npos ? at.begin : at.begin + blank + 1, at.end};
}

// In place of what lies within them. Both are in order and apart, and so is the result.
template <typename Thing, typename RangeOf>
void Replace(std::vector<Thing>& things, const std::vector<Thing>& wider, RangeOf range_of) {
  const auto within = [&](const Thing& one) {
    return std::any_of(wider.begin(), wider.end(),
                       [&](const Thing& other) { return range_of(other).Has(range_of(one)); });
  };
  things.erase(std::remove_if(things.begin(), things.end(), within), things.end());
  things.insert(things.end(), wider.begin(), wider.end());
  std::sort(things.begin(), things.end(),
            [&](const Thing& a, const Thing& b) { return range_of(a).begin < range_of(b).begin; });
}

// Is one of the actions, in order and apart, named by exactly these characters?
bool Has(const std::vector<ActionMention>& actions, const Range& at) {
  const auto next = std::lower_bound(
      actions.begin(), actions.end(), at.begin,
      [](const ActionMention& one, std::size_t place) { return one.at.begin < place; });
  return next != actions.end() && next->at == at;
}

// What the marks of the patterns stand for; their digest is added to `digests`.
Result<std::vector<TsvRow>> ReadEndings(const std::string& data_dir, std::string& digests) {
  const std::string path = data_dir + "/language/ja/verb_endings.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  digests += Digest(*bytes);
  auto rows = ParseTsv(*bytes, path, 2, 2);
  if (!rows) return rows;
  for (const TsvRow& row : *rows) {
    if (row.fields[0].find('~') == std::string::npos || row.fields[1].empty()) {
      return Fail(ErrorCode::kBadData, "wants a mark with a '~', and what it stands for",
                  row.where);
    }
  }
  return rows;
}

}  // namespace

Result<ActionWords> ActionWords::Load(const std::string& data_dir, const text::Folding& folding,
                                      const thesaurus::Thesaurus& thesaurus) {
  ActionWords out;
  std::string digests;
  for (const char* const language : {"zh", "ja", "en"}) {
    CueTable& table = out.tables_.tables.emplace_back();
    table.language = language;
    table.patterns = PatternSet(table.japanese());
    const std::string path = data_dir + "/language/" + language + "/advice_actions.tsv";
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    const auto rows = ParseTsv(*bytes, path, kColumns, kColumns);
    if (!rows) return Pass(rows);
    std::vector<TsvRow> endings;
    if (table.japanese()) {
      auto read = ReadEndings(data_dir, digests);
      if (!read) return Pass(read);
      endings = std::move(*read);
    }
    for (const TsvRow& row : *rows) {
      const Status done = AddRow(row, endings, folding, thesaurus, table);
      if (!done) return Pass(done);
    }
  }
  out.tables_.digest = Digest(digests);
  return out;
}

std::vector<ActionMention> ActionWords::Find(std::string_view language, std::u32string_view text,
                                             const std::vector<Range>& names) const {
  std::vector<ActionMention> out;
  const CueTable* const table = tables_.Of(language);
  if (table == nullptr || table->rows.empty()) return out;
  std::vector<PatternHit> hits;
  for (std::size_t at = 0; at < text.size();) {
    hits.clear();
    table->patterns.At(text, at, hits);
    const PatternHit* best = nullptr;
    Range place;
    for (const PatternHit& hit : hits) {
      if (best != nullptr && hit.end <= best->end) continue;
      if (!table->rows[hit.row].MayStand(text, hit.begin, hit.end)) continue;
      Range room{hit.begin, hit.end};
      if (!MakeRoom(names, table->japanese(), room)) continue;
      best = &hit;
      place = room;
    }
    if (best != nullptr) {
      const CueRow& row = table->rows[best->row];
      place = PlaceOf(row, text, place);
      out.push_back({row.id, place, row.opposite});
      if (!row.stands_for.empty()) out.back().stands_for = &row.stands_for;
    }
    at = best != nullptr ? place.end : at + 1;
  }
  return out;
}

void ActionWords::AddTo(std::string_view language, std::u32string_view text,
                        NamedThings& things) const {
  // A sign or condition may be named by the very words of an action ("staying up late"): both hold.
  std::vector<Range> names = things.names;
  const CueTable* const table = tables_.Of(language);
  if (table != nullptr && !table->japanese()) {
    const std::vector<ActionMention> alone = Find(language, text, {});
    std::erase_if(
        names, [&](const Range& name) { return Has(alone, name) && !Has(things.actions, name); });
  }
  const std::vector<ActionMention> found = Find(language, text, names);
  if (found.empty()) return;
  names.clear();
  for (const ActionMention& one : found) {
    if (one.stands_for == nullptr) names.push_back(one.at);
  }
  Replace(things.actions, found, [](const ActionMention& one) { return one.at; });
  Replace(things.names, names, [](const Range& one) { return one; });
}

}  // namespace sakuin::advice
