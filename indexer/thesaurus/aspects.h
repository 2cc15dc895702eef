#pragma once

// What a section says about its condition: its symptoms, its treatment, ... Cues in the heading,
// the heading above and the text are weighed by corpus/language/aspect_weights.tsv.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/aspect_cues.h"

namespace sakuin::thesaurus {

inline constexpr std::array<std::string_view, 10> kAspects = {
    "definition", "cause",      "symptom",
    "diagnosis",  "treatment",  "self-care",
    "exercise",   "prevention", "when-to-see-a-doctor",
    "faq"};

// What a section is in its document.
enum class SectionRole : std::uint8_t {
  kSection,
  kLead,      // it stands before the first heading
  kOverview,  // as a lead, of a document about several conditions
  kChapter,   // it has sections of its own below it
  kAnswer     // its heading is a reader's question, and the text the answer
};

// All texts are folded.
struct AspectInput {
  std::string_view language;    // BCP 47; of "und" and unknown ones, every language's cues count
  std::u32string_view heading;  // of the lead, the document's title
  std::u32string_view parent_heading;  // counts less where the own heading has a cue
  std::u32string_view text;
  SectionRole role = SectionRole::kSection;
};

// A cue, and what it adds to the log-odds of an aspect.
struct AspectCue {
  std::string_view kind;  // one of kCueKinds
  CuePlace place = CuePlace::kText;
  std::size_t begin = 0;  // folded characters of the heading, the heading above or the text
  std::size_t end = 0;
  double weight = 0;
};

// Why a section has an aspect, or has it not.
struct AspectEvidence {
  std::string_view aspect;
  double score = 0;             // 0..1: how likely the section says this
  bool found = false;           // it is one of the section's aspects
  double prior = 0;             // log-odds before any cue: how common it is, and by the role
  std::vector<AspectCue> cues;  // by place, then position
};

// Immutable after Load(), therefore thread-safe.
class AspectRules {
 public:
  // kBadData with file:line for a row that is not as docs/formats/thesaurus.md says.
  static Result<AspectRules> Load(const std::string& data_dir, const text::Folding& folding);

  // The primary aspect first, then the others that are likely; none where there is no cue.
  std::vector<std::string> Find(const AspectInput& input) const;

  // All ten: those of Find() first and in its order, then the others, likelier ones first.
  std::vector<AspectEvidence> Explain(const AspectInput& input) const;

  // What is weighed, such as {"text:feeling", 0.6}; for fitting the weights.
  std::vector<std::pair<std::string, double>> Features(const AspectInput& input) const;

  // Is this a document of questions and answers? It has three headings or more, without the title,
  // and three in five end with a question mark or hold a cue of questions.
  bool AsksQuestions(std::string_view language,
                     const std::vector<std::u32string_view>& headings) const;

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
