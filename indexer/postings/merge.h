#pragma once

// Several segments into one, without what was taken out of them.

#include <span>

#include "indexer/base/result.h"
#include "indexer/postings/segment.h"

namespace sakuin::postings {

// The sections of each segment must stand before those of the next. Needs memory for the sections'
// table and one term's postings. The result depends only on what is in the segments, not on how
// they were cut.
Result<SegmentParts> Merge(std::span<const Segment* const> segments,
                           const SegmentWriter::PutChunk& put);

}  // namespace sakuin::postings
