#pragma once

// Ast + analyzer + thesaurus -> Plans.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/analyzer.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/aspect_names.h"
#include "indexer/thesaurus/glossary.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/plan/plan.h"
#include "query/plan/question_phrases.h"
#include "query/plan/ranking_weights.h"
#include "query/syntax/ast.h"

namespace sakuin::plan {

// Which readings of a query are wanted.
enum class Steps : std::uint8_t { kAll, kStrict, kRelaxed };

struct PlanOptions {
  bool expand = true;           // other names of the concepts that the query names
  bool exact = false;           // no folding: what was typed, byte for byte; implies no expansion
  bool free_text = false;       // a question: any of its words may be missing
  std::vector<Filter> filters;  // from flags, as typed; all must hold
  std::string query;            // the text that the Ast was read from
  Steps steps = Steps::kAll;
};

struct Plans {
  std::vector<Plan> steps;  // in the order to try; none where the query has no such reading
  std::vector<std::string> expanded;  // labels that were added, in order, each once
  std::vector<syntax::Note> notes;    // of the parser and of the planner
};

// What plans are made from. Not owned; must outlive the call. Not thread-safe (the analyzer).
struct PlanContext {
  text::Analyzer* analyzer = nullptr;
  const text::Folding* folding = nullptr;
  const thesaurus::Thesaurus* thesaurus = nullptr;
  const thesaurus::LabelMatcher* matcher = nullptr;
  const RankingWeights* weights = nullptr;
  const thesaurus::AspectNames* aspect_names = nullptr;  // nullptr: an aspect has one name
  // What only questions need is read when one comes. Empty: they are read without it.
  std::function<Result<const QuestionPhrases*>()> phrases;
  // Takes as long as the rest of a start, so it is for questions in which anything may be missing,
  // and for those that ask for a language.
  std::function<Result<const thesaurus::Glossary*>()> glossary;
};

// kUsage for a flag's value that is no condition or no aspect; else it fails only where the
// analyzer does. The same in the query is noted.
Result<Plans> MakePlans(const syntax::Ast& ast, const PlanContext& context,
                        const PlanOptions& options);

}  // namespace sakuin::plan
