#pragma once

// What people say of a finding: the form, what holds now, and what was said before.

#include <string>

#include "query/web/contradictions/case.h"

namespace sakuin::web {

// What was sent and could not be taken, to be shown again.
struct Draft {
  std::string error;  // in the page's language; "" of a fresh form
  std::string reason;
  std::string note;
  std::string by;
};

// Verdicts as buttons, one step each; complete without scripts. Empty with --read-only but for a
// word about that.
Html DecisionPart(const View& view, const service::Findings& findings, const Case& found,
                  const Asked& asked, const Draft& draft);

// Every entry about the finding or its pairs, the newest first.
Html HistoryPart(const View& view, const service::Findings& findings, const Case& found);

// The name that this browser gave last.
std::string RememberedName(const server::Request& request);

inline constexpr std::size_t kMostNote = 2000;  // bytes
inline constexpr std::size_t kMostName = 200;

}  // namespace sakuin::web
