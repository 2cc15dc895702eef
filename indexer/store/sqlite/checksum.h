#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/model/document.h"
#include "indexer/postings/term_key.h"
#include "indexer/store/index_writer.h"

namespace sakuin::store {

// A section's checksums are sums (modulo 2^64) over its terms, so that an index can be checked term
// by term in any order.
std::uint64_t GramChecksum(postings::Field field, std::uint64_t gram, std::uint64_t place);
std::uint64_t WordChecksum(postings::Field field, std::string_view word);  // of one occurrence
std::uint64_t GramChecksum(const SectionTerms& terms);
std::uint64_t WordChecksum(const SectionTerms& terms);

// Of everything a reader is shown of a document. `verify` computes it again from the rows.
std::string ContentDigest(const model::Document& document);

}  // namespace sakuin::store
