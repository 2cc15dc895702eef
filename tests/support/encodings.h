#pragma once

#include "indexer/ingest/encoding/detector.h"

namespace sakuin::test {

// The detector over corpus/, made once.
const ingest::EncodingDetector& SharedDetector();

}  // namespace sakuin::test
