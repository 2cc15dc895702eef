#pragma once

// What disagrees in a knowledge base today, and what was decided of it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/pipeline/text_rules.h"
#include "indexer/store/reviews.h"
#include "query/app/command.h"
#include "query/contradictions/decisions/verdicts.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::app {

struct Today {
  std::unique_ptr<pipeline::TextRules> rules;
  contradictions::WitnessList list;
  contradictions::TensionSet found;  // with what was decided of each
  std::vector<store::Review> log;

  contradictions::Ground Ground() const { return {list, found, log, rules->thesaurus()}; }
};
Result<Today> FindToday(const Context& context);

// Remembers which pairs the findings of that generation are made of, for FindTargets(). A knowledge
// base that cannot be written is left as it is.
void RememberFindings(const Context& context, std::int64_t generation,
                      const contradictions::WitnessList& list,
                      const contradictions::TensionSet& found);

// What verdicts on these are about: `ids` are whole, in the order of `typed`, each of one finding
// or pair of `today`. Where the pairs are remembered only the sentences of these are read, else
// all. Fails as service::ChooseId() does.
struct Targets {
  Today today;
  std::vector<std::string> ids;
};
Result<Targets> FindTargets(const Context& context, const std::vector<std::string>& typed);

}  // namespace sakuin::app
