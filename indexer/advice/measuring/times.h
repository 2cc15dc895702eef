#pragma once

// When, for how long and how often: windows, doses, phases and limits for seeing a doctor, as a
// sentence or clause states them. Rows of words around numbers, leftmost and longest first; they
// are data, corpus/language/<lang>/advice_times.tsv. docs/formats/advice-times.md.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/advice.h"
#include "indexer/text/folding.h"

namespace sakuin::advice {

// One stretch of text and all that it says of time and amount.
struct TimeExpression {
  std::size_t begin = 0;  // in folded characters, half-open
  std::size_t end = 0;
  std::string_view rule;  // its id; of the rules, that must outlive it
  std::optional<model::Window> window;
  std::vector<model::DoseRange> dose;  // in the order of the row
  model::Phase phase = model::Phase::kUnstated;
  bool seeks = false;  // the window is how long signs last before a doctor is to be seen
  bool turns = false;  // what follows begins where the window before ends: "after that"
  bool spans = false;  // the window is a bare length of time: "for two weeks"
};

// Immutable after Load(), therefore thread-safe.
class TimeRules {
 public:
  // kBadData with file:line for a row that can't be read.
  static Result<TimeRules> Load(const std::string& data_dir, const text::Folding& folding);

  // In order and apart. `language` is BCP 47; nothing for a language without rules.
  // O(text * rows that may begin there).
  std::vector<TimeExpression> Find(std::string_view language, std::u32string_view folded) const;

  const std::string& digest() const;

  TimeRules(TimeRules&&) noexcept;
  TimeRules& operator=(TimeRules&&) noexcept;
  ~TimeRules();

 private:
  struct Impl;
  explicit TimeRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// "[0,48] injury; sets 3; phase acute": the printed form, for tests and `explain`.
std::string Printed(const TimeExpression& one);

}  // namespace sakuin::advice
