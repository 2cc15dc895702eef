#pragma once

// Did you mean: a query with its likely mistakes mended, by the thesaurus's names and the index's
// words. Distances are those of plan/spelling/edits.h.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan/planner.h"
#include "query/plan/spelling/spellings.h"

namespace sakuin::results {

// The words of an index, folded, in UTF-8. An index that cannot list its words has none.
class WordSource {
 public:
  virtual ~WordSource() = default;
  // How many sections have the word; 0 where none has.
  virtual std::uint64_t Frequency(std::string_view word) = 0;
  // Calls each(word, frequency) for every word of `least` to `most` characters, in any order.
  virtual void ForEach(std::size_t least, std::size_t most,
                       const std::function<void(std::string_view, std::uint64_t)>& each) = 0;
};

struct Replacement {
  std::size_t begin = 0;  // bytes of the query, half-open
  std::size_t end = 0;
  std::string text;
  std::string concept_id;  // of a name; empty for a word of the index
};

struct Suggestion {
  std::string query;
  std::vector<Replacement> replaced;  // in order of the query
};

// What a search for a query finds.
struct Yield {
  std::size_t total = 0;
  bool relaxed = false;  // words were left out
};

// The likeliest first, at most `most`, whether they find anything or not. Only words and phrases
// outside of exclusions and of fields other than title and heading are mended; what is a name as it
// stands never is. Of two equally near words, the more frequent. `words` may be nullptr.
std::vector<Suggestion> Suggestions(const std::string& query, const plan::PlanContext& context,
                                    const plan::Spellings& spellings, WordSource* words,
                                    std::size_t most = 3);

// Does a search need one: it found next to nothing, or only with words left out?
bool NeedsSuggestion(const Yield& yield);

// The first that finds more than what was typed, or all of its words where that found only some.
std::optional<Suggestion> Suggest(const std::string& query, const Yield& typed,
                                  const plan::PlanContext& context,
                                  const plan::Spellings& spellings, WordSource* words,
                                  const std::function<Yield(const std::string&)>& search);

}  // namespace sakuin::results
