#pragma once

// What a section says about its condition: its symptoms, its treatment, ... Cues are literal
// words, in corpus/language/<lang>/aspects.tsv.

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

inline constexpr std::array<std::string_view, 10> kAspects = {
    "definition", "cause",      "symptom",
    "diagnosis",  "treatment",  "self-care",
    "exercise",   "prevention", "when-to-see-a-doctor",
    "faq"};

// All texts are folded.
struct AspectInput {
  std::string_view language;  // BCP 47; of "und" and unknown ones, every language's cues count
  std::u32string_view heading;
  std::u32string_view parent_heading;  // asked where the own heading has no cue; may be empty
  std::u32string_view text;
};

// Immutable after Load(), therefore thread-safe.
class AspectRules {
 public:
  // kBadData with file:line for an unknown aspect, a cue without weight, an example that does not
  // hold its cue, a cue that stands twice for one aspect.
  static Result<AspectRules> Load(const std::string& data_dir, const text::Folding& folding);

  // The primary aspect first, then others that are nearly as strong; none rather than a guess.
  std::vector<std::string> Find(const AspectInput& input) const;

  const std::string& digest() const;

  AspectRules(AspectRules&&) noexcept;
  AspectRules& operator=(AspectRules&&) noexcept;
  ~AspectRules();

 private:
  struct Impl;
  explicit AspectRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus
