#pragma once

// What is said of one action -> a piece of advice.

#include <optional>
#include <string>
#include <vector>

#include "indexer/advice/scope.h"
#include "indexer/model/advice.h"
#include "indexer/text/folding.h"

namespace sakuin::advice {

enum class HeadingStance : std::uint8_t { kNone, kDo, kDont, kQuestion };

// What holds for a whole text, or for one sentence of it.
struct Surroundings {
  const text::Folded* folded = nullptr;
  bool in_heading = false;
  bool how_to = false;  // of a section that says what to do: its bare steps are advice
  HeadingStance heading = HeadingStance::kNone;
  std::vector<std::string> conditions;
  model::StatedIn conditions_from = model::StatedIn::kNowhere;
  std::string population;    // named in the sentence
  bool names_signs = false;  // the sentence names a symptom or another condition
  bool after_signs = false;  // a clause stands before the action's
  bool bare_step = false;    // the clause is little more than the action
  bool is_seeking = false;   // the action is to see a doctor
  bool is_seek_cue = false;  // and only a cue names it
  bool has_measure = false;  // the clause gives a time, a dose or how often
  int speaker = -1;
};

// Nothing where it is no advice; `why` then says so.
std::optional<model::Advice> MakeStatement(const SentenceInput& sentence, std::size_t at,
                                           const Governed& governed, const Surroundings& around,
                                           const char*& why);

}  // namespace sakuin::advice
