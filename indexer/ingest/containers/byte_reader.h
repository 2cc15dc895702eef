#pragma once

// Bytes read one after another, with a look ahead: what every container is read from.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::ingest {

// Gives up to `size` bytes; 0 is the end.
using ByteSource = std::function<Result<std::size_t>(char* to, std::size_t size)>;

// Not thread-safe. A failure of the source stays, and is passed on once every byte before it was
// taken.
class ByteReader {
 public:
  explicit ByteReader(ByteSource source);
  explicit ByteReader(std::string_view bytes);  // which must outlive it

  // The next `size` bytes without taking them; fewer only at the end or before a failure. Valid
  // until the next call.
  Result<std::string_view> Peek(std::size_t size);

  // Up to `size` bytes; fewer only at the end.
  Result<std::string> Take(std::size_t size);

  // Everything that is left; kBadInput where that is more than `limit` bytes.
  Result<std::string> TakeAll(std::uint64_t limit);

  // The next line with its line feed, as far as there is one; empty at the end. At most `limit`
  // bytes: a longer line comes in pieces.
  Result<std::string> TakeLine(std::size_t limit);

  // Passes over up to `size` bytes; how many there were.
  Result<std::uint64_t> Skip(std::uint64_t size);

  // Bytes taken so far.
  std::uint64_t offset() const { return offset_; }

 private:
  void Fill(std::size_t size);

  ByteSource source_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what is not taken yet, in buffer_
  bool ended_ = false;
  Status fault_;
  std::uint64_t offset_ = 0;
};

}  // namespace sakuin::ingest
