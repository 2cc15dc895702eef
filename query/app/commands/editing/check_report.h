#pragma once

// What `check` prints of its findings.

#include <memory>
#include <string>

#include "indexer/model/document.h"
#include "indexer/model/source.h"
#include "indexer/pipeline/text_rules.h"
#include "query/contradictions/drafts/draft_check.h"

namespace sakuin::app {

struct CheckedDraft {
  const model::Source& source;
  const model::Document& document;
  const contradictions::DraftCheck& check;
};

// Begin(), Draft() for each, End() joined are the output.
class CheckReport {
 public:
  virtual ~CheckReport() = default;
  virtual std::string Begin() { return {}; }
  virtual std::string Draft(const CheckedDraft& draft) = 0;
  virtual std::string End() { return {}; }
};

// `format`: "text", "jsonl" or "sarif". `rules` must outlive it; `language` is of concepts' names.
std::unique_ptr<CheckReport> MakeCheckReport(const std::string& format,
                                             const pipeline::TextRules& rules,
                                             const std::string& language);

}  // namespace sakuin::app
