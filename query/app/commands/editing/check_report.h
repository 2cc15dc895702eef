#pragma once

// What `check` prints of its findings.

#include <memory>
#include <string>

#include "indexer/model/document.h"
#include "indexer/model/source.h"
#include "query/contradictions/drafts/draft_check.h"
#include "query/contradictions/reasons/reason.h"

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

// `format`: "text", "jsonl" or "sarif". `writer` must outlive it.
std::unique_ptr<CheckReport> MakeCheckReport(const std::string& format,
                                             const contradictions::ReasonWriter& writer);

}  // namespace sakuin::app
