#pragma once

// Opens a knowledge base by its name: today a SQLite file.

#include <memory>
#include <string>

#include "indexer/base/result.h"
#include "indexer/store/index_reader.h"
#include "indexer/store/index_writer.h"

namespace sakuin::store {

// kNotFound where there is none, kNotKb, kNewerKb, kDamaged. A knowledge base in a folder that
// cannot be written is opened as it is.
Result<std::unique_ptr<IndexReader>> OpenReader(const std::string& kb);

// Makes it where there is none and `create` is set. kReadOnly, kLocked besides the above.
Result<std::unique_ptr<IndexWriter>> OpenWriter(const std::string& kb, bool create);

}  // namespace sakuin::store
