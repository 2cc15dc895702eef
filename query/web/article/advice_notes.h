#pragma once

// What a piece of advice says, in short, beside its words; and which findings it is part of.

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/model/document.h"
#include "query/service/findings.h"
#include "query/web/view.h"

namespace sakuin::web {

class AdviceNotes {
 public:
  // Both must outlive it.
  AdviceNotes(const View& view, const model::Document& document);

  // A list for the margin; of each its action, stance, strength, times and amounts.
  Html Of(const model::Section& section, const std::vector<std::size_t>& advice) const;

 private:
  Html Note(const model::Section& section, const model::Advice& advice) const;

  const View& view_;
  // Ids of the findings that a piece of advice is part of, the most serious first.
  std::unordered_map<std::string, std::vector<std::string>> findings_;
};

}  // namespace sakuin::web
