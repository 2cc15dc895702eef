#pragma once

// What a finding rests on: both quotes side by side, what is compared, why, all articles, dates.

#include "query/web/contradictions/case.h"

namespace sakuin::web {

Html SidesPart(const View& view, const Case& found);

// The words that were decided on, where a sentence was edited since; else empty.
Html ChangedPart(const View& view, const Case& found);

// The reason, the table of what each side says, and the arithmetic.
Html ComparisonPart(const View& view, const Case& found);

// Further pairs, and every article of either side.
Html WitnessesPart(const View& view, const service::Findings& findings, const Case& found,
                   const Asked& asked);

// Articles by their dates: for it above the line, against it below; and as a table. Empty where
// less than two have a date.
Html TimelinePart(const View& view, const Case& found);

}  // namespace sakuin::web
