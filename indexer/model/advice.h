#pragma once

// A statement of a text that tells its reader what to do or not to do.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::model {

// kConditional is tied to signs or holds within limits of amount and manner; `for_it` of the
// statement then tells its direction.
enum class Stance : std::uint8_t { kRecommend, kAvoid, kConditional };
inline constexpr std::array<std::string_view, 3> kStances = {"recommend", "avoid", "conditional"};

enum class Strength : std::uint8_t { kMay, kShould, kMust };
inline constexpr std::array<std::string_view, 3> kStrengths = {"may", "should", "must"};

// kUnstated is never equal to anything, not even to itself.
enum class Phase : std::uint8_t { kUnstated, kAcute, kChronic, kLate, kPrevention, kAfterRelief };
inline constexpr std::array<std::string_view, 6> kPhases = {"",     "acute",      "chronic",
                                                            "late", "prevention", "after-relief"};

enum class Anchor : std::uint8_t {
  kInjury,
  kOnset,
  kExercise,
  kSymptomDuration,
  kTimeOfDay,
  kSurgery,
  kInjection,
  kSting,
  kTreatmentStart,
  kDiagnosis,
  kMeal,
  kBath,
  kSleep
};
inline constexpr std::array<std::string_view, 13> kAnchors = {
    "injury",  "onset",     "exercise", "symptom-duration", "time-of-day",
    "surgery", "injection", "sting",    "treatment-start",  "diagnosis",
    "meal",    "bath",      "sleep"};

// Hours since the anchor. A missing side is open; `to_hours` 0 is "at once".
struct Window {
  std::optional<double> from_hours;
  std::optional<double> to_hours;
  Anchor anchor = Anchor::kInjury;
  bool approximate = false;  // "some days", "in the first time"
  friend bool operator==(const Window&, const Window&) = default;
};

// How much: a range of numbers for each part that the text gives; low == high for one number, a
// missing side is open ("at most 20 minutes").
enum class DosePart : std::uint8_t {
  kHoldSeconds,
  kSets,
  kRepetitions,
  kDurationSeconds,
  kDurationMinutes,
  kPerDay,
  kPerWeek,
  kEveryMinutes,
  kMinutesPerDay,
  kSetsPerDay,
  kTemperatureC
};
inline constexpr std::array<std::string_view, 11> kDoseParts = {
    "hold_s",   "sets",      "reps",        "duration_s",   "duration_min", "per_day",
    "per_week", "every_min", "min_per_day", "sets_per_day", "temperature_c"};

struct DoseRange {
  DosePart part = DosePart::kSets;
  std::optional<double> low;
  std::optional<double> high;
  friend bool operator==(const DoseRange&, const DoseRange&) = default;
};

// Whose words they are.
enum class Attribution : std::uint8_t { kAuthor, kHedged, kReport, kQuote, kMisconception };
inline constexpr std::array<std::string_view, 5> kAttributions = {"author", "hedged", "report",
                                                                  "quote", "misconception"};

// What the statement limits without opposing the action.
enum class Qualifier : std::uint8_t {
  kNone,
  kExcess,       // not too long, not too much
  kManner,       // not by force
  kModerate,     // within what does not hurt
  kSupervised,   // under a doctor's guidance
  kStopIfWorse,  // stop when it hurts
  kGate          // only after something has happened
};
inline constexpr std::array<std::string_view, 7> kQualifiers = {
    "", "excess", "manner", "moderate", "supervised", "stop-if-worse", "gate"};

// Where an axis that the sentence itself does not state was taken from.
enum class StatedIn : std::uint8_t { kNowhere, kSentence, kLeadIn, kHeading, kTitle };
inline constexpr std::array<std::string_view, 5> kStatedIn = {"", "sentence", "lead-in", "heading",
                                                              "title"};

// One action of one clause: a clause that names three gives three. Its words are `quote` of the
// section's heading or text.
struct Advice {
  std::string action;  // id of a concept of the scheme "interventions"
  Stance stance = Stance::kRecommend;
  bool for_it = true;  // of kConditional: for or against the action
  Strength strength = Strength::kShould;
  std::vector<std::string> conditions;  // ids, the most important first; may be empty
  StatedIn conditions_from = StatedIn::kNowhere;
  Phase phase = Phase::kUnstated;
  StatedIn phase_from = StatedIn::kNowhere;
  std::string population;  // id of a concept of the scheme "populations", or ""
  std::optional<Window> window;
  StatedIn window_from = StatedIn::kNowhere;
  std::vector<DoseRange> dose;  // in the order of kDoseParts, a part once
  Qualifier qualifier = Qualifier::kNone;
  Attribution attribution = Attribution::kAuthor;  // of kMisconception the stance is turned already
  bool implicit = false;                           // no cue says so: a step, a benefit, a harm
  int speaker = -1;                                // place in the section's speakers
  bool in_heading = false;
  Span quote;                     // in bytes of the section's text, or of its heading
  Span action_words;              // the same, where the action is named
  std::optional<Span> when;       // the words of a stated condition ("if it is red and hot")
  std::optional<Span> reason;     // the words that say why (benefit or harm)
  std::vector<std::string> cues;  // ids of the rows that fired, in order of the text

  // The next two are given by the pipeline. `id`: 16 hex digits, of the document's id, the action
  // and the folded quote, with a number where these are equal: it survives a re-ingest, a rebuild
  // and moved sections. `quote_key`: the same of the folded quote alone.
  std::string id;
  std::string quote_key;
};

}  // namespace sakuin::model
