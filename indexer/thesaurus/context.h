#pragma once

// How a text speaks of the conditions that it names: it may have them, deny them, tell them from
// others, give them as a cause. Rules of the NegEx/ConText kind (Chapman et al. 2001; Harkema et
// al. 2009): a cue before or behind a name, within reach, in the same clause. The cues are data,
// corpus/language/<lang>/context.tsv; docs/formats/context.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"

namespace sakuin::thesaurus {

enum class Assertion : std::uint8_t {
  kAffirmed,      // no cue says otherwise
  kNegated,       // it is said not to be there, or not to be meant
  kExcluded,      // named to be told from, or ruled out
  kAsked,         // the question whether it is this
  kCause,         // what brings about something else
  kPast,          // over, or long ago
  kHypothetical,  // prevented, feared, in season, in general
  kQuoted         // the word is talked about, or is a figure of speech
};

// As the tables and the weights write them.
inline constexpr std::array<std::string_view, 8> kAssertions = {
    "affirmed", "negated", "excluded", "asked", "cause", "past", "hypothetical", "quoted"};

struct Judgement {
  Assertion assertion = Assertion::kAffirmed;
  std::size_t begin = 0;  // the cue that says so, in folded characters, half-open; empty if none
  std::size_t end = 0;
};

// Immutable after Load(), therefore thread-safe.
class ContextRules {
 public:
  // kBadData with file:line for an unknown value or side, an empty cue, a reach that is no number.
  static Result<ContextRules> Load(const std::string& data_dir, const text::Folding& folding);

  // One a mention, in their order. `mentions` are in order and without overlap, as Match() gives
  // them. `language` is BCP 47; of "und" and unknown ones, every language's cues count.
  // O(text * longest cue + mentions * cues within reach).
  std::vector<Judgement> Judge(std::string_view language, const text::Folded& text,
                               const std::vector<Mention>& mentions) const;

  const std::string& digest() const;

  ContextRules(ContextRules&&) noexcept;
  ContextRules& operator=(ContextRules&&) noexcept;
  ~ContextRules();

 private:
  struct Impl;
  explicit ContextRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus
