#include "indexer/store/prepare.h"

#include <utility>

#include "indexer/store/sqlite/checksum.h"
#include "indexer/store/sqlite/rows.h"

namespace sakuin::store {

struct EntryPreparer::Impl {
  Compressor compressor;
};

EntryPreparer::EntryPreparer() : impl_(std::make_unique<Impl>()) {}

void EntryPreparer::Prepare(Entry& entry) {
  Prepared prepared;
  prepared.content_digest = ContentDigest(entry.document);
  for (const SectionTerms& terms : entry.terms) {
    prepared.checksums.push_back({GramChecksum(terms), WordChecksum(terms)});
  }
  if (entry.keep_source) prepared.packed_source = impl_->compressor.Compress(entry.source.bytes);
  entry.prepared = std::move(prepared);
}

EntryPreparer::EntryPreparer(EntryPreparer&&) noexcept = default;
EntryPreparer& EntryPreparer::operator=(EntryPreparer&&) noexcept = default;
EntryPreparer::~EntryPreparer() = default;

}  // namespace sakuin::store
