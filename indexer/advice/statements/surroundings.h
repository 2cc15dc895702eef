#pragma once

// What a statement takes from around it: from its sentence, the line that leads to its list, the
// heading.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/measuring/measures.h"
#include "indexer/advice/measuring/times.h"
#include "indexer/advice/named_things.h"
#include "indexer/advice/scope.h"
#include "indexer/advice/statements/action_traits.h"
#include "indexer/model/advice.h"
#include "indexer/model/section.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::advice {

// What a heading or lead-in says of the list below: do this, don't; wrong beliefs; signs that say
// when something else holds.
enum class HeadingStance : std::uint8_t { kNone, kDo, kDont, kQuestion, kMyths, kSigns };

// What holds for a whole text, or for one sentence of it.
struct Surroundings {
  const text::Folded* folded = nullptr;
  bool in_heading = false;
  bool how_to = false;  // of a section that says what to do: its bare steps are advice
  HeadingStance heading = HeadingStance::kNone;
  bool opens_line = true;               // the sentence is the first of its line
  std::vector<std::string> conditions;  // the section's, or what leads to the sentence names
  model::StatedIn conditions_from = model::StatedIn::kNowhere;
  std::vector<Named> own_conditions;           // the sentence's, in its order
  std::vector<std::string> stated_conditions;  // of these, what the action in question is for
  model::StatedIn stated_from = model::StatedIn::kNowhere;
  std::string population;      // named in the sentence, or by what leads to it
  std::string own_population;  // the sentence's, and where it is named
  std::size_t own_population_at = 0;
  std::size_t own_population_end = 0;
  bool narrows = false;  // and it tells whom the action is for: "children [wa]", not "to children"
  const std::vector<std::string>* people = nullptr;  // whom the title or the heading names
  bool is_topic = false;      // those that the sentence names are whom the article is for
  bool names_signs = false;   // the sentence names a symptom or another condition
  bool under_signs = false;   // a lead-in says in which case
  bool after_words = false;   // something stands before the action and what governs it
  bool after_clause = false;  // a clause does that is no reason
  bool is_order = false;      // the clause begins with the action, and nothing in it tells a fact
  bool is_modifier = false;   // it only tells what kind of thing follows: "days with [pollen]"
  bool bare_step = false;     // the clause is little more than the action
  bool is_seeking = false;    // the action is to see a doctor
  bool is_seek_cue = false;   // and a cue says so
  bool is_habit = false;      // the action is a wrong one by its name
  bool is_limiting = false;   // and it is less of something by its name
  bool is_procedure = false;
  bool tells_signs = false;    // the clause says how long signs last
  bool has_measure = false;    // the clause gives a time, a dose or how often
  bool beside_advice = false;  // another clause of the sentence says in words what to do
  bool is_event = false;       // a time is told by it
  int speaker = -1;
};

// A line that ends with a colon, or points forward in words, and the lines of its list, by number.
struct LeadIn {
  std::size_t line = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  bool has_colon = true;
  HeadingStance stance = HeadingStance::kNone;
  bool has_signs = false;
  std::vector<std::string> conditions;
  std::string population;
  std::string topic;  // the action that it names and does not recommend
  std::optional<model::Window> window;
  model::Phase phase = model::Phase::kUnstated;
};

// The populations that the document's title and the section's heading name. `texts`: as ReadTexts()
// of the tagger gives them.
std::vector<std::string> PeopleOf(const std::vector<thesaurus::NamedText>& texts,
                                  std::size_t section, const thesaurus::Thesaurus& thesaurus);

// Does the section say what to do?
bool IsHowTo(const model::Section& section);

// In order; O(text). Only the lines are filled.
std::vector<LeadIn> FindLeadIns(std::u32string_view text);

// Is every line short and none a step with an amount? Signs are listed so. A line that names a sign
// says with its action when that is there ("hurts when walking").
bool IsListOfSigns(std::u32string_view text, const std::vector<TimeExpression>& times,
                   const NamedThings& things);

// Where the sentence itself says nothing of it.
void TakeLeadIn(const LeadIn& lead, Surroundings& out);

// The conditions that the section is about, the primary one first; where only the title names that
// one, also a symptom of it that the section speaks of: who has the symptom is who reads it.
void TakeConditions(const model::Section& section, const thesaurus::Thesaurus& thesaurus,
                    Surroundings& out);

// What the sentence itself names.
void LookAround(const NamedThings& things, const Range& range, const model::Section& section,
                Surroundings& out);

// Adds the action `seeing` where a cue says to see a doctor and nothing in its clause does.
void AddSeeking(const ActionTraits& traits, const std::string& seeing, SentenceInput& out);

// What the statement of one action needs to know of it and its clause.
void LookAtAction(const SentenceInput& sentence, std::size_t at, const Governed& governed,
                  const ActionTraits& traits, const Measures& measures, Surroundings& out);

// The things within the characters.
template <typename Thing>
std::vector<Thing> Within(const std::vector<Thing>& things, const Range& range) {
  std::vector<Thing> out;
  std::size_t low = 0;
  for (std::size_t high = things.size(); low < high;) {
    const std::size_t middle = (low + high) / 2;
    if (things[middle].at.begin < range.begin) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < things.size() && things[low].at.end <= range.end; ++low) out.push_back(things[low]);
  return out;
}

}  // namespace sakuin::advice
