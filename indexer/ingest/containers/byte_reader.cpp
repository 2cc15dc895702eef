#include "indexer/ingest/containers/byte_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sakuin::ingest {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16U;

ByteSource FromMemory(std::string_view bytes) {
  return [bytes](char* to, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t taken = std::min(size, bytes.size());
    if (taken > 0) std::memcpy(to, bytes.data(), taken);
    bytes.remove_prefix(taken);
    return taken;
  };
}

}  // namespace

ByteReader::ByteReader(ByteSource source) : source_(std::move(source)) {}

ByteReader::ByteReader(std::string_view bytes) : ByteReader(FromMemory(bytes)) {}

void ByteReader::Fill(std::size_t size) {
  if (begin_ > 0 && (begin_ == buffer_.size() || begin_ >= kBlock)) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  while (!ended_ && buffer_.size() - begin_ < size) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kBlock);
    const auto read = source_(buffer_.data() + before, kBlock);
    buffer_.resize(before + (read ? *read : 0));
    if (!read) fault_ = Pass(read);
    ended_ = !read || *read == 0;
  }
}

Result<std::string_view> ByteReader::Peek(std::size_t size) {
  Fill(size);
  if (begin_ == buffer_.size() && !fault_) return Pass(fault_);
  return std::string_view(buffer_).substr(begin_, size);
}

Result<std::string> ByteReader::Take(std::size_t size) {
  std::string out;
  while (out.size() < size) {
    const auto next = Peek(std::min(size - out.size(), kBlock));
    if (!next) return Pass(next);
    if (next->empty()) break;
    out += *next;
    begin_ += next->size();
    offset_ += next->size();
  }
  return out;
}

Result<std::string> ByteReader::TakeAll(std::uint64_t limit) {
  std::string out;
  for (;;) {
    auto block = Take(kBlock);
    if (!block) return Pass(block);
    if (out.size() + block->size() > limit) {
      return Fail(ErrorCode::kBadInput,
                  "larger than the limit of " + std::to_string(limit) + " bytes");
    }
    out += *block;
    if (block->size() < kBlock) return out;
  }
}

Result<std::string> ByteReader::TakeLine(std::size_t limit) {
  std::string out;
  while (out.size() < limit) {
    const auto next = Peek(1);
    if (!next) return Pass(next);
    if (next->empty()) break;
    const std::string_view all =
        std::string_view(buffer_).substr(begin_).substr(0, limit - out.size());
    const std::size_t end = all.find('\n');
    const std::size_t taken = end == std::string_view::npos ? all.size() : end + 1;
    out += all.substr(0, taken);
    begin_ += taken;
    offset_ += taken;
    if (end != std::string_view::npos) break;
  }
  return out;
}

Result<std::uint64_t> ByteReader::Skip(std::uint64_t size) {
  std::uint64_t skipped = 0;
  while (skipped < size) {
    const auto next =
        Peek(static_cast<std::size_t>(std::min<std::uint64_t>(size - skipped, kBlock)));
    if (!next) return Pass(next);
    if (next->empty()) break;
    skipped += next->size();
    begin_ += next->size();
    offset_ += next->size();
  }
  return skipped;
}

}  // namespace sakuin::ingest
