#pragma once

#include "indexer/base/result.h"

struct sqlite3;

namespace sakuin::store {

// Registers the FTS5 tokenizer `sakuin` on a connection. It splits at newlines and at nothing
// else: analysis stays in indexer/text, whose term streams it reads.
Status RegisterTokenizer(sqlite3* db);

}  // namespace sakuin::store
