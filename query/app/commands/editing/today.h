#pragma once

// What disagrees in a knowledge base today, and what was decided of it.

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

// For a verdict on a finding of which not every pair is listed: keys of all sentences that it may
// be made of, ascending. Empty for all other targets.
std::vector<std::string> UnlistedQuotes(const Today& today, const std::string& target);

// The one id that is `typed` or begins with it, of at least four characters. kNotFound names ids
// that are a mistake or two away; kUsage where several begin so. `what` is for the message.
Result<std::string> ChooseId(const std::vector<std::string>& ids, const std::string& typed,
                             const std::string& what);

}  // namespace sakuin::app
