#pragma once

// What a compiled thesaurus was made from, and whether that is still what lies in the folder.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/base/files.h"
#include "indexer/thesaurus/compiled/codec.h"

namespace sakuin::thesaurus {

struct CompiledSource {
  std::string name;  // the last part of its path
  files::Stamp stamp;
  std::uint64_t checksum = 0;
};

// `stamp`: of before `bytes` were read.
CompiledSource DescribeSource(const std::string& path, const files::Stamp& stamp,
                              std::string_view bytes);

void Encode(const std::vector<CompiledSource>& from, Encoder& to);
std::vector<CompiledSource> DecodeSources(Decoder& from);

// Are these files, in this order, what `sources` describes? A file of the same size and time that
// has not been touched since `compiled` was written is the same; of any other the bytes are asked,
// so that a copy, a checkout or a package of the same files is recognised and no edit is missed.
bool AreUnchanged(const std::vector<CompiledSource>& sources, const std::vector<std::string>& paths,
                  const files::Stamp& compiled);

}  // namespace sakuin::thesaurus
