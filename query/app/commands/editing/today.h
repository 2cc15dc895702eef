#pragma once

// What disagrees in a knowledge base today, and what was decided of it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/pipeline/text_rules.h"
#include "indexer/store/reviews.h"
#include "query/app/command.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::app {

struct Today {
  std::unique_ptr<pipeline::TextRules> rules;
  contradictions::WitnessList list;
  contradictions::TensionSet found;  // with what was decided of each
  std::vector<store::Review> log;
};
Result<Today> FindToday(const Context& context);

// Remembers which pairs the findings of that generation are made of, for FindTargets(). A knowledge
// base that cannot be written is left as it is.
void RememberFindings(const Context& context, std::int64_t generation,
                      const contradictions::WitnessList& list,
                      const contradictions::TensionSet& found);

// What verdicts on these are about: `ids` are whole, in the order of `typed`, each of one finding
// or pair of `today`. Where the pairs are remembered only the sentences of these are read, else
// all. Fails as ChooseId() does.
struct Targets {
  Today today;
  std::vector<std::string> ids;
};
Result<Targets> FindTargets(const Context& context, const std::vector<std::string>& typed);

// For a verdict on a finding of which not every pair is listed: keys of all sentences that it may
// be made of, ascending. Empty for all other targets.
std::vector<std::string> UnlistedQuotes(const Today& today, const std::string& target);

// The one id that is `typed` or begins with it, of at least four characters. kNotFound names ids
// that are a mistake or two away; kUsage where several begin so. `what` is for the message.
Result<std::string> ChooseId(const std::vector<std::string>& ids, const std::string& typed,
                             const std::string& what);

}  // namespace sakuin::app
