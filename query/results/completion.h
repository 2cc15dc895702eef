#pragma once

// What somebody who is still typing may want: concepts by any of their names, titles and headings.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/backend/search_backend.h"
#include "query/plan/planner.h"
#include "query/plan/spelling/spellings.h"

namespace sakuin::results {

// How what was typed stands in a name, both folded. The earlier, the better.
enum class Fit : std::uint8_t { kWhole, kBeginning, kWordStart, kInside, kNone };

// kInside only where no blanks show where words begin: of Han and kana. O(name).
Fit FitOf(std::u32string_view name, std::u32string_view typed);

struct CompletionRequest {
  std::string typed;
  std::size_t limit = 10;  // of concepts, and of headings
  std::string ui_language = "en";
  bool readings = false;  // names may be typed in pinyin or romaji
};

struct ConceptCompletion {
  const model::Concept* concept_ptr = nullptr;
  const model::Label* matched = nullptr;
  std::string label;         // preferred, in the user's language
  std::size_t sections = 0;  // tagged with it
  Fit fit = Fit::kNone;
};

struct HeadingCompletion {
  std::string text;
  std::string section;  // the first with this heading
  bool is_title = false;
  std::size_t sections = 0;  // with a heading that folds alike
  Fit fit = Fit::kNone;
};

struct Completions {
  std::vector<ConceptCompletion> concepts;
  std::vector<HeadingCompletion> headings;
};

// Both lists: the better fit first, then what more sections have, then the shorter, then in byte
// order. Of headings that fit, the first 500 of the index are looked at.
Result<Completions> Complete(const CompletionRequest& request, const plan::PlanContext& context,
                             const plan::Spellings& spellings, backend::SearchBackend& backend);

}  // namespace sakuin::results
