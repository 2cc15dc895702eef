#include "indexer/ingest/containers/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace sakuin::ingest {
namespace {

constexpr std::size_t kPackedBlock = std::size_t{1} << 15U;
constexpr int kGzip = 16 + MAX_WBITS;

class Inflater {
 public:
  explicit Inflater(ByteReader& packed) : packed_(packed) {}
  ~Inflater() {
    if (open_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Result<std::size_t> Read(char* to, std::size_t size) {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, UINT32_MAX));
    const uInt wanted = stream_.avail_out;
    while (!ended_ && stream_.avail_out == wanted) {
      if (!fault_) return Pass(fault_);
      fault_ = Step();
    }
    return static_cast<std::size_t>(wanted - stream_.avail_out);
  }

 private:
  Status Damaged(const char* what) const {
    return Fail(ErrorCode::kBadInput, std::string("is damaged at byte ") +
                                          std::to_string(packed_.offset() - input_.size()) +
                                          " of the packed file: " + what);
  }

  Status Fill() {
    if (!input_.empty()) return {};
    auto next = packed_.Take(kPackedBlock);
    if (!next) return Pass(next);
    block_ = std::move(*next);
    input_ = block_;
    return {};
  }

  Status Step() {
    if (const Status filled = Fill(); !filled) return filled;
    if (!open_) return Begin();
    if (input_.empty()) return Damaged("it ends too early");
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input_.data()));
    stream_.avail_in = static_cast<uInt>(input_.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    input_.remove_prefix(input_.size() - stream_.avail_in);
    if (status == Z_STREAM_END) {
      inflateEnd(&stream_);
      open_ = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return Damaged(stream_.msg == nullptr ? "no gzip" : stream_.msg);
    }
    return {};
  }

  // The next member, or the end.
  Status Begin() {
    const std::size_t zeros = std::min(input_.find_first_not_of('\0'), input_.size());
    if (any_) input_.remove_prefix(zeros);
    if (input_.empty()) {
      ended_ = packed_.Peek(1) && packed_.Peek(1)->empty();
      return {};
    }
    stream_.next_in = nullptr;
    stream_.avail_in = 0;
    if (inflateInit2(&stream_, kGzip) != Z_OK) return Damaged("zlib could not begin");
    open_ = true;
    any_ = true;
    return {};
  }

  ByteReader& packed_;
  std::string block_;
  std::string_view input_;  // what is left of block_
  z_stream stream_{};
  bool open_ = false;  // within a member
  bool any_ = false;
  bool ended_ = false;
  Status fault_;
};

}  // namespace

ByteSource Gunzip(ByteReader& packed) {
  return [inflater = std::make_shared<Inflater>(packed)](char* to, std::size_t size) {
    return inflater->Read(to, size);
  };
}

}  // namespace sakuin::ingest
