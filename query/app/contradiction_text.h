#pragma once

// Findings as a person reads them in a terminal.

#include <memory>

#include "query/contradictions/reports/report.h"

namespace sakuin::app {

// Each side with '+' where it is for its action and '-' where it is against it, its quote behind a
// bar and with the action's words in colour, where it stands; then the reason.
std::unique_ptr<contradictions::ReportFormat> MakeTextReport(
    const contradictions::ReasonWriter& writer, bool color);

}  // namespace sakuin::app
