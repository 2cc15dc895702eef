#pragma once

// What the last ingests took in, what they left out and why, and what they would not take.

#include <vector>

#include "indexer/store/ingest_log.h"
#include "query/web/view.h"

namespace sakuin::web {

// `runs`: the newest first.
Html IngestReport(const View& view, const std::vector<store::IngestRecord>& runs);

}  // namespace sakuin::web
