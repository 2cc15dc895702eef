#pragma once

// Makes the compiled thesaurus.

#include <string>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

// The bytes of the file that CompiledThesaurus::Open() reads, of the SKOS files below `data_dir`.
// The same files and times give the same bytes. Fails as Thesaurus::Load() does.
Result<std::string> CompileBytes(const std::string& data_dir, const text::Folding& folding);

// Writes them to CompiledThesaurus::PathIn(data_dir).
Status Compile(const std::string& data_dir);

}  // namespace sakuin::thesaurus
