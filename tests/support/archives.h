#pragma once

// Archives made in memory, good ones and bad ones.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/ingest/containers/source_reader.h"

namespace sakuin::test {

struct ArchiveMember {
  std::string name;
  std::string bytes;
  enum class Kind : std::uint8_t { kFile, kLink, kHardLink, kDevice, kFolder } kind = Kind::kFile;
  std::string target = {};  // of a link
};

// By libarchive: "zip" (deflated), "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst".
std::string MakeArchive(const std::string& format, const std::vector<ArchiveMember>& members);

// One compressed stream: "gz", "bz2", "xz", "zst".
std::string Pack(const std::string& how, const std::string& bytes);

// A zip written byte by byte: members stored, names as they are, `flags` of the format's own (1:
// encrypted, 0x800: names are UTF-8).
std::string MakePlainZip(const std::vector<ArchiveMember>& members, std::uint16_t flags = 0);

// What a reader said, in order.
struct ReadLog : ingest::SourceSink {
  bool Take(model::Source source) override {
    sources.push_back(std::move(source));
    return sources.size() < stop_after;
  }
  void Reject(Error error) override { errors.push_back(std::move(error)); }
  void Note(std::string warning) override { notes.push_back(std::move(warning)); }

  std::string Uris() const;    // of the sources, a line each
  std::string Errors() const;  // "where: message", a line each

  std::vector<model::Source> sources;
  std::vector<Error> errors;
  std::vector<std::string> notes;
  std::size_t stop_after = SIZE_MAX;
  bool whole = false;  // what the reader returned
};

// Reads by the corpus' words.
ReadLog ReadInput(const std::string& uri, const std::string& bytes,
                  const ingest::ReadOptions& options = {}, const ingest::ReadLimits& limits = {});

}  // namespace sakuin::test
