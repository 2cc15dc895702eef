#include "indexer/advice/cue_table.h"

#include <algorithm>
#include <set>

#include "indexer/advice/cells.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::advice {
namespace {

enum Column : std::uint8_t {
  kId,
  kKind,
  kStrength,
  kSide,
  kPattern,
  kNotBefore,
  kNotAfter,
  kExample,
  kNearMiss,
  kColumns
};

constexpr std::array<std::string_view, 48> kCueKinds = {
    "do",       "may",        "benefit",      "step",         "dont",
    "stop",     "harm",       "less",         "excess",       "manner",
    "condstop", "gate",       "swap-not-but", "swap-but-not", "noneed",
    "partial",  "caution",    "seek",         "reject",       "refute",
    "cover",    "cond",       "unless",       "purpose",      "after",
    "flip",     "unflip",     "question",     "quote",        "report",
    "hedge",    "supervised", "moderate",     "sequence",     "boost",
    "soften",   "ability",    "join",         "terminator",   "whom",
    "within",   "reason",     "heading-do",   "heading-dont", "heading-question",
    "topic",    "forward",    "tells"};

template <typename Names>
std::optional<std::size_t> IndexOf(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

Status Unknown(const TsvRow& row, const char* what, Column column) {
  return Fail(ErrorCode::kBadData, "'" + row.fields[column] + "' is no " + what, row.where);
}

Status AddRow(const TsvRow& row, const text::Folding& folding, std::set<std::string>& ids,
              CueTable& table) {
  CueRow cue;
  cue.id = row.fields[kId];
  if (!ids.insert(cue.id).second) {
    return Fail(ErrorCode::kBadData, "the id '" + cue.id + "' is there twice", row.where);
  }
  const auto kind = IndexOf(kCueKinds, row.fields[kKind]);
  if (!kind) return Unknown(row, "kind", kKind);
  cue.kind = static_cast<CueKind>(*kind);
  const auto side = IndexOf(kCueSides, row.fields[kSide]);
  if (!side) return Unknown(row, "side", kSide);
  cue.side = static_cast<CueSide>(*side);
  if (row.fields[kStrength] != "-") {
    const auto strength = IndexOf(model::kStrengths, row.fields[kStrength]);
    if (!strength) return Unknown(row, "strength", kStrength);
    cue.strength = static_cast<model::Strength>(*strength);
  }
  cue.not_before = FoldedWords(row.fields[kNotBefore], folding);
  cue.not_after = FoldedWords(row.fields[kNotAfter], folding);
  cue.example = row.fields[kExample];
  cue.near_miss = row.fields[kNearMiss];
  cue.where = row.where;
  const auto number = static_cast<std::uint32_t>(table.rows.size());
  table.rows.push_back(std::move(cue));
  return table.patterns.Add(row.fields[kPattern], number, folding, row.where);
}

}  // namespace

std::string_view NameOf(CueKind kind) { return kCueKinds[static_cast<std::size_t>(kind)]; }

std::vector<std::u32string> FoldedWords(const std::string& cell, const text::Folding& folding) {
  std::vector<std::u32string> out;
  if (cell == "-") return out;
  for (const std::string& word : Split(cell, '|')) {
    std::u32string folded = folding.Fold(word).chars;
    if (!folded.empty()) out.push_back(std::move(folded));
  }
  return out;
}

bool CueRow::MayStand(std::u32string_view text, std::size_t begin, std::size_t end) const {
  std::u32string_view before = text.substr(0, begin);
  std::u32string_view behind = text.substr(end);
  const auto stands_before = [before](const std::u32string& word) {
    std::u32string_view there = before;
    if (word.back() != U' ' && !there.empty() && there.back() == U' ') there.remove_suffix(1);
    return there.ends_with(word);
  };
  const auto stands_behind = [behind](const std::u32string& word) {
    std::u32string_view there = behind;
    if (word.front() != U' ' && !there.empty() && there.front() == U' ') there.remove_prefix(1);
    return there.starts_with(word);
  };
  return std::none_of(not_before.begin(), not_before.end(), stands_before) &&
         std::none_of(not_after.begin(), not_after.end(), stands_behind);
}

const CueTable* CueTables::Of(std::string_view language) const {
  for (const CueTable& table : tables) {
    if (language.substr(0, 2) == table.language) return &table;
  }
  return nullptr;
}

Result<CueTables> LoadCues(const std::string& data_dir, const text::Folding& folding) {
  CueTables out;
  std::string digests;
  for (const char* const language : {"zh", "ja", "en"}) {
    CueTable& table = out.tables.emplace_back();
    table.language = language;
    table.patterns = PatternSet(table.japanese());
    std::set<std::string> ids;
    for (const char* const name : {"advice_cues.tsv", "advice_scope.tsv"}) {
      const std::string path = data_dir + "/language/" + language + "/" + name;
      const auto bytes = files::Read(path);
      if (!bytes) return Pass(bytes);
      digests += Digest(*bytes);
      const auto rows = ParseTsv(*bytes, path, kColumns, kColumns);
      if (!rows) return Pass(rows);
      for (const TsvRow& row : *rows) {
        if (const Status done = AddRow(row, folding, ids, table); !done) return Pass(done);
      }
    }
  }
  out.digest = Digest(digests);
  return out;
}

}  // namespace sakuin::advice
