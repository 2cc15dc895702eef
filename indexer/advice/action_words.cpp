#include "indexer/advice/action_words.h"

#include <algorithm>

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

Status AddRow(const TsvRow& row, const text::Folding& folding,
              const thesaurus::Thesaurus& thesaurus, CueTable& table) {
  const model::Concept* const action = thesaurus.Find(row.fields[kAction]);
  if (action == nullptr || action->scheme != "interventions") {
    return Fail(ErrorCode::kBadData, "'" + row.fields[kAction] + "' is no action", row.where);
  }
  CueRow cue;
  cue.id = action->id;
  cue.not_before = FoldedWords(row.fields[kNotBefore], folding);
  cue.not_after = FoldedWords(row.fields[kNotAfter], folding);
  cue.example = row.fields[kExample];
  cue.near_miss = row.fields[kNearMiss];
  cue.where = row.where;
  const auto number = static_cast<std::uint32_t>(table.rows.size());
  table.rows.push_back(std::move(cue));
  return table.patterns.Add(row.fields[kPattern], number, folding, row.where);
}

bool Overlaps(const Range& at, const std::vector<Range>& taken) {
  const auto next =
      std::lower_bound(taken.begin(), taken.end(), at.begin,
                       [](const Range& one, std::size_t place) { return one.end <= place; });
  return next != taken.end() && next->begin < at.end;
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
    for (const TsvRow& row : *rows) {
      if (const Status done = AddRow(row, folding, thesaurus, table); !done) return Pass(done);
    }
  }
  out.tables_.digest = Digest(digests);
  return out;
}

std::vector<ActionMention> ActionWords::Find(std::string_view language, std::u32string_view text,
                                             const std::vector<Range>& taken) const {
  std::vector<ActionMention> out;
  const CueTable* const table = tables_.Of(language);
  if (table == nullptr || table->rows.empty()) return out;
  std::vector<PatternHit> hits;
  for (std::size_t at = 0; at < text.size();) {
    hits.clear();
    table->patterns.At(text, at, hits);
    const PatternHit* best = nullptr;
    for (const PatternHit& hit : hits) {
      if (Overlaps({hit.begin, hit.end}, taken)) continue;
      if (!table->rows[hit.row].MayStand(text, hit.begin, hit.end)) continue;
      if (best == nullptr || hit.end > best->end) best = &hit;
    }
    if (best != nullptr) out.push_back({table->rows[best->row].id, {best->begin, best->end}});
    at = best != nullptr ? best->end : at + 1;
  }
  return out;
}

}  // namespace sakuin::advice
