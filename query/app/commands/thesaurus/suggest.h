#pragma once

// `sakuin thesaurus suggest`: frequent terms of the knowledge base that no concept covers.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/thesaurus/mining/term_miner.h"
#include "query/app/command.h"

namespace sakuin::app {

class SuggestTerms {
 public:
  // Adds the subcommand to `thesaurus`.
  void Define(Options& thesaurus);
  bool Parsed() const;
  int Run(const Context& context);

 private:
  Result<std::vector<thesaurus::MinedTerm>> Mine(const Context& context);
  void PrintText(const std::vector<thesaurus::MinedTerm>& terms) const;

  std::vector<std::string> languages_;
  std::string format_ = "text";
  bool json_ = false;
  thesaurus::MiningOptions options_;
  Options app_;
};

}  // namespace sakuin::app
