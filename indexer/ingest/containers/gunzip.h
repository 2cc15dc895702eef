#pragma once

#include "indexer/ingest/containers/byte_reader.h"

namespace sakuin::ingest {

// The content of a gzip file (RFC 1952), by zlib: of members that follow each other, as web
// archives have one a record, all; zeros behind the last one are padding. Where the file is cut off
// or damaged, every byte before that comes out first; then kBadInput with the place in the packed
// file. `packed` must outlive it.
ByteSource Gunzip(ByteReader& packed);

}  // namespace sakuin::ingest
