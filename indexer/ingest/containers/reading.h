#pragma once

// One file while it is read; what the readers of containers share. For containers/*.cpp only.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/ingest/containers/archive.h"
#include "indexer/ingest/containers/byte_reader.h"
#include "indexer/ingest/containers/source_reader.h"
#include "indexer/ingest/encoding/detector.h"

namespace sakuin::ingest {

class TableWords;

// A file, a member, or what a packed one holds.
struct Item {
  std::string uri;   // "a.zip!/b.csv.gz"
  std::string name;  // that tells its kind: "b.csv"
  int depth = 0;     // archives around it
};

// What decides how it is read. Refers to all of them.
struct ReadingRules {
  const ReadOptions& options;
  const ReadLimits& limits;
  const EncodingDetector& detector;
  const TableWords& words;
};

// Not thread-safe. `size`: the file's own, in bytes.
class Reading : public ReadingRules {
 public:
  Reading(const ReadingRules& rules, SourceSink& sink, std::string file, std::uint64_t size)
      : ReadingRules(rules), sink_(sink), origin_(std::move(file)), packed_(size) {}

  // Fills in origin and hints; counts; false where no more is wanted.
  bool Take(model::Source source);
  void Reject(const std::string& uri, const Error& error);
  void Reject(const std::string& uri, const std::string& why);
  void Note(const std::string& uri, const std::string& what);

  // Rejects what is there but cannot be read (on): nothing can be said of what it holds.
  void GiveUp(const std::string& uri, const Error& error);

  // Counts unpacked bytes; kBadInput once the file's budget is spent.
  Status Count(std::uint64_t bytes);
  bool CountMember() { return ++members_ <= limits.members; }

  // No more is wanted, or the budget is spent.
  bool Over() const { return stopped_ || spent_; }
  bool Spent() const { return spent_; }
  bool complete() const { return complete_ && !Over(); }
  std::size_t taken() const { return taken_; }
  std::size_t rejected() const { return rejected_; }

  // The content of the archive's current member, counted.
  ByteSource ContentOf(Archive& archive);
  // What `source` gives, counted.
  ByteSource Counted(ByteSource source);

  std::uint64_t packed() const { return packed_; }

 private:
  SourceSink& sink_;
  std::string origin_;
  std::uint64_t packed_;
  std::uint64_t unpacked_ = 0;
  std::size_t members_ = 0;
  std::size_t taken_ = 0;
  std::size_t rejected_ = 0;
  bool stopped_ = false;
  bool spent_ = false;
  bool complete_ = true;
};

// Opens the archive from its beginning; called anew for every pass over it.
using OpenArchive = std::function<Result<Archive>(Archive::Layout)>;

// Each reads one kind of input, tells the reading of everything it finds.
void ReadItem(Reading& reading, const Item& item, ByteReader& bytes);
void ReadArchive(Reading& reading, const Item& item, const OpenArchive& open);
void ReadPacked(Reading& reading, const Item& item, ByteReader& packed, const OpenArchive& open);
void ReadBook(Reading& reading, const Item& item, const OpenArchive& open);
void ReadWarc(Reading& reading, const Item& item, ByteReader& bytes);
void ReadTable(Reading& reading, const Item& item, ByteReader& bytes);
void ReadJsonl(Reading& reading, const Item& item, ByteReader& bytes);

}  // namespace sakuin::ingest
