#pragma once

// Opens a knowledge base by its name: today a SQLite file.

#include <cstdint>
#include <memory>
#include <string>

#include "indexer/base/result.h"
#include "indexer/store/index_reader.h"
#include "indexer/store/index_writer.h"

namespace sakuin::store {

// How much a connection keeps in memory: it is the only one, or one of several of this process.
enum class Share : std::uint8_t { kAlone, kAmongMany };

// kNotFound where there is none, kNotKb, kNewerKb, kDamaged. A knowledge base in a folder that
// cannot be written is opened as it is.
Result<std::unique_ptr<IndexReader>> OpenReader(const std::string& kb, Share share = Share::kAlone);

// Makes it where there is none and `create` is set. kReadOnly, kLocked besides the above.
Result<std::unique_ptr<IndexWriter>> OpenWriter(const std::string& kb, bool create);

}  // namespace sakuin::store
