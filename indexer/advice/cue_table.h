#pragma once

// The cues of all languages, read from corpus/language/<lang>/advice_cues.tsv and
// advice_scope.tsv; docs/formats/advice-cues.md.

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/cue_pattern.h"
#include "indexer/base/result.h"
#include "indexer/model/advice.h"
#include "indexer/text/folding.h"

namespace sakuin::advice {

// The kinds up to kCover compete for a place of the text, the others do not.
enum class CueKind : std::uint8_t {
  kDo,
  kMay,
  kBenefit,
  kStep,
  kDont,
  kStop,
  kHarm,
  kLess,
  kExcess,
  kManner,
  kCondStop,
  kGate,
  kSwapNotBut,
  kSwapButNot,
  kNoNeed,
  kPartial,
  kCaution,
  kSeek,
  kReject,
  kRefute,
  kCover,
  kCond,
  kUnless,
  kPurpose,
  kAfter,
  kFlip,
  kUnflip,
  kQuestion,
  kQuote,
  kReport,
  kHedge,
  kSupervised,
  kModerate,
  kSequence,
  kBoost,
  kSoften,
  kAbility,
  kJoin,
  kTerminator,
  kWhom,
  kWithin,
  kReason,
  kHeadingDo,
  kHeadingDont,
  kHeadingQuestion,
  kTopic,
  kForward,
  kTells
};
std::string_view NameOf(CueKind kind);  // as the tables have it

inline bool Competes(CueKind kind) { return kind <= CueKind::kCover; }

// Where the action stands, seen from the cue.
enum class CueSide : std::uint8_t { kRight, kLeft, kInner, kSentence, kBoth };
inline constexpr std::array<std::string_view, 5> kCueSides = {"right", "left", "inner", "sentence",
                                                              "both"};

struct CueRow {
  std::string id;
  CueKind kind = CueKind::kCover;
  CueSide side = CueSide::kBoth;
  std::optional<model::Strength> strength;
  bool opposite = false;             // words of an action: they name what the action keeps off
  std::set<std::string> stands_for;  // "take it": the last action before that is one of these
  std::vector<std::u32string> not_before;  // folded
  std::vector<std::u32string> not_after;
  std::string example;    // as the file has them; the tests run them
  std::string near_miss;  // "-" for none
  std::string where;      // file:line

  // Do the words around text[begin, end) let it count?
  bool MayStand(std::u32string_view text, std::size_t begin, std::size_t end) const;
};

// Says to do what stands to the right, or less of it.
inline bool SpeaksOfNext(const CueRow& row) {
  return row.side == CueSide::kRight && (row.kind == CueKind::kDo || row.kind == CueKind::kLess);
}

struct CueTable {
  std::string_view language;  // "zh", "ja", "en": the cues of one
  std::vector<CueRow> rows;   // those that come first in the files win
  PatternSet patterns{false};

  bool japanese() const { return language == "ja"; }
};

struct CueTables {
  std::vector<CueTable> tables;
  std::string digest;

  // The table of a BCP 47 tag; nullptr where none is known.
  const CueTable* Of(std::string_view language) const;
};

// kBadData with file:line for an unknown kind, side or strength, an id that is there twice, a
// pattern with a mistake.
Result<CueTables> LoadCues(const std::string& data_dir, const text::Folding& folding);

}  // namespace sakuin::advice
