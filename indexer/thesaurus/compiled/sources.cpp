#include "indexer/thesaurus/compiled/sources.h"

#include <filesystem>

#include "indexer/base/checksum.h"

namespace sakuin::thesaurus {
namespace {

std::string NameOf(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

bool IsUnchanged(const CompiledSource& source, const std::string& path,
                 const files::Stamp& compiled) {
  if (source.name != NameOf(path)) return false;
  const auto now = files::StampOf(path);
  if (!now || now->size != source.stamp.size) return false;
  // The time of a change cannot be set back. In the same tick both may have been written.
  if (now->modified == source.stamp.modified && now->changed < compiled.changed) return true;
  // Not mapped: an editor may write over it at this moment.
  const auto checksum = ChecksumOfFile(path);
  return checksum && *checksum == source.checksum;
}

}  // namespace

CompiledSource DescribeSource(const std::string& path, const files::Stamp& stamp,
                              std::string_view bytes) {
  return {NameOf(path), stamp, Checksum(bytes)};
}

void Encode(const std::vector<CompiledSource>& from, Encoder& to) {
  to.Each(from, [&to](const CompiledSource& one) {
    to.Text(one.name);
    to.Number(one.stamp.size);
    to.Number(static_cast<std::uint64_t>(one.stamp.modified));
    to.Number(one.checksum);
  });
}

std::vector<CompiledSource> DecodeSources(Decoder& from) {
  std::vector<CompiledSource> out(from.Count());
  for (CompiledSource& one : out) {
    one.name = from.Text();
    one.stamp.size = from.Number();
    one.stamp.modified = static_cast<std::int64_t>(from.Number());
    one.checksum = from.Number();
  }
  return out;
}

bool AreUnchanged(const std::vector<CompiledSource>& sources, const std::vector<std::string>& paths,
                  const files::Stamp& compiled) {
  if (sources.size() != paths.size()) return false;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!IsUnchanged(sources[i], paths[i], compiled)) return false;
  }
  return true;
}

}  // namespace sakuin::thesaurus
