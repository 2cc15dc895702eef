#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/model/document.h"

namespace sakuin::store {

// Of one term at one place of an index column. A section's checksum is the sum over its terms
// (modulo 2^64), so that an index can be checked term by term in any order.
std::uint64_t TermChecksum(bool is_text, std::uint64_t position, std::string_view term);

// The sum over both columns' term streams.
std::uint64_t StreamChecksum(std::string_view heading, std::string_view text);

// Of everything a reader is shown of a document. `verify` computes it again from the rows.
std::string ContentDigest(const model::Document& document);

}  // namespace sakuin::store
