#pragma once

// The option --baseline: what is known already is neither reported nor fails.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/app/command.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::app {

class Baseline {
 public:
  using Chosen = std::function<bool(const contradictions::Tension&)>;

  void Define(Options& app);

  // `chosen` without what is in the file. Writes the file anew with all that is chosen where
  // --update-baseline asks for it, and says so on standard error.
  Result<Chosen> Apply(const Context& context, const contradictions::WitnessList& list,
                       const std::vector<contradictions::Tension>& tensions,
                       const Chosen& chosen) const;

 private:
  Status Update(const Context& context, const contradictions::WitnessList& list,
                const std::vector<const contradictions::Tension*>& tensions,
                std::set<std::string>& known) const;

  std::string file_;
  bool update_ = false;
};

}  // namespace sakuin::app
