#pragma once

// The thesauri that a user keeps in her knowledge base beside the shipped one.

#include <string>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::store {

struct StoredThesaurus {
  std::string name;
  std::string format;  // "rdf", "tsv", "csv"
  std::string bytes;
};

// In byte order of names; none where there is no knowledge base, or one of a schema without them.
// Reads files of any older schema, so that a rebuild knows them.
Result<std::vector<StoredThesaurus>> ListThesauri(const std::string& kb);

// Durable when it returns; replaces the one of the same name. Makes the knowledge base where there
// is none.
Status PutThesaurus(const std::string& kb, const StoredThesaurus& thesaurus);

// kNotFound where there is none of this name.
Status RemoveThesaurus(const std::string& kb, const std::string& name);

}  // namespace sakuin::store
