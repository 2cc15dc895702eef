#include "indexer/ingest/text_align.h"

#include <algorithm>

#include "indexer/base/utf8.h"
#include "indexer/ingest/html/html_tags.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestName = 33;  // of an entity, "CounterClockwiseContourIntegral"
constexpr std::size_t kLookAhead = 64;

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsSpecial(char c) { return c == '&' || c == '<' || c == '\r'; }
bool IsControlNotBlank(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
}

class Aligner {
 public:
  Aligner(std::string_view value, std::string_view raw, std::size_t at, TextBuilder& to)
      : value_(value), raw_(raw), at_(at), to_(to) {}

  void Run() {
    while (v_ < value_.size()) {
      if (r_ >= raw_.size()) return Lost(value_.size());
      if (raw_[r_] == '<' && SkipTag()) continue;
      if (raw_[r_] == '&' && Entity()) continue;
      if (raw_[r_] == '\r' && value_[v_] == '\n') {
        const std::size_t length = raw_.substr(r_, 2) == "\r\n" ? 2 : 1;
        to_.PutChar('\n', at_ + r_, at_ + r_ + length);
        ++v_;
        r_ += length;
      } else if (!Same()) {
        Differ();
      }
    }
  }

 private:
  bool SkipTag() {
    const Tag tag = ReadTag(raw_, r_);
    if (tag.kind == TagKind::kNone) return false;
    r_ = tag.end;
    return true;
  }

  // Copies as far as both sides agree, at least one character.
  bool Same() {
    std::size_t length = 0;
    std::size_t whole = 0;
    while (v_ + length < value_.size() && r_ + length < raw_.size() &&
           value_[v_ + length] == raw_[r_ + length] &&
           (length == 0 || !IsSpecial(raw_[r_ + length]))) {
      std::size_t next = length;
      std::size_t behind = v_ + length;
      utf8::Next(value_, behind);
      next = behind - v_;
      if (value_.substr(v_ + length, next - length) != raw_.substr(r_ + length, next - length))
        break;
      length = next;
      whole = next;
    }
    if (whole == 0) return false;
    to_.Copy(value_.substr(v_, whole), at_ + r_);
    v_ += whole;
    r_ += whole;
    return true;
  }

  void Differ() {
    std::size_t v = v_;
    std::size_t r = r_;
    const char32_t made = utf8::Next(value_, v);
    const char32_t written = utf8::Next(raw_, r);
    if (IsControlNotBlank(written)) {
      if (made == 0xFFFD) v_ = v;
      r_ = r;
      return;
    }
    const std::size_t found = raw_.substr(r_, kLookAhead).find(value_.substr(v_, v - v_));
    if (found != std::string_view::npos) {
      r_ += found;
    } else {
      Lost(v);
    }
  }

  // Text up to `end` that stands nowhere: words without a source.
  void Lost(std::size_t end) {
    while (v_ < end) to_.PutLoose(utf8::Next(value_, v_));
  }

  bool Entity() {
    const std::size_t length = EntityLength();
    if (length == 0) return false;  // an ampersand that stands for itself
    std::size_t v = v_;
    const char32_t c = utf8::Next(value_, v);
    to_.PutChar(c, at_ + r_, at_ + r_ + length);
    v_ = v;
    r_ += length;
    return true;
  }

  // Of the entity at r_ whose character is at v_.
  std::size_t EntityLength() const {
    const std::string_view rest = raw_.substr(r_);
    std::size_t end = 1;
    const bool number = rest.substr(1, 1) == "#";
    if (number) ++end;
    while (end < rest.size() && end < kLongestName && IsAlnum(rest[end])) ++end;
    if (end < 2 + (number ? 1U : 0U)) return 0;
    const std::string_view name = rest.substr(1, end - 1);
    const std::size_t closed = end < rest.size() && rest[end] == ';' ? 1 : 0;
    if (value_[v_] == '&') {
      if (number) return end + closed;
      if (!name.starts_with("amp") && !name.starts_with("AMP")) return 0;
      return name.size() == 3 ? end + closed : 4;
    }
    if (number || closed > 0) {
      if (number || Agrees(end + closed)) return end + closed;
    }
    // Without a semicolon the old names end where the text goes on: "&copyright".
    for (std::size_t length = end; length > 2; --length) {
      if (Agrees(length)) return length;
    }
    return end + closed;
  }

  // Do both sides go on alike behind an entity of that length?
  bool Agrees(std::size_t length) const {
    std::size_t v = v_;
    utf8::Next(value_, v);
    const std::size_t r = r_ + length;
    if (r >= raw_.size() || v >= value_.size()) return r >= raw_.size() && v >= value_.size();
    return IsSpecial(raw_[r]) || raw_[r] == value_[v];
  }

  std::string_view value_;
  std::string_view raw_;
  std::size_t at_;
  TextBuilder& to_;
  std::size_t v_ = 0;
  std::size_t r_ = 0;
};

}  // namespace

void CopyAligned(std::string_view value, std::string_view raw, std::size_t at, TextBuilder& to) {
  Aligner(value, raw, at, to).Run();
}

}  // namespace sakuin::ingest
