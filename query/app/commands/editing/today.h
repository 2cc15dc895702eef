#pragma once

// What disagrees in a knowledge base today, and what was decided of it.

#include <memory>
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

}  // namespace sakuin::app
