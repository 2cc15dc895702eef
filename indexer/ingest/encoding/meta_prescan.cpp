#include "indexer/ingest/encoding/meta_prescan.h"

#include <algorithm>
#include <string>
#include <vector>

#include "indexer/base/characters.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kScanned = 65536;

bool IsBlank(char c) { return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '; }

const Encoding* NotUtf16(const Encoding* found) {
  // A page that could be read as ASCII up to here is not UTF-16, whatever it says.
  if (found != nullptr && std::string_view(found->name).starts_with("UTF-16")) {
    return FindEncoding("utf-8");
  }
  return found;
}

struct Attribute {
  std::string name;
  std::string value;
};

class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : text_(bytes.substr(0, kScanned)) {}

  const Encoding* Run() {
    for (; at_ < text_.size(); ++at_) {
      if (Starts("<!--")) {
        const std::size_t end = text_.find("-->", at_ + 2);
        if (end == std::string_view::npos) return nullptr;
        at_ = end + 2;
      } else if (Starts("<meta") && at_ + 5 < text_.size() &&
                 (IsBlank(text_[at_ + 5]) || text_[at_ + 5] == '/')) {
        at_ += 5;
        if (const Encoding* const found = Meta()) return found;
      } else if (text_[at_] == '<' && IsTag()) {
        while (at_ < text_.size() && !IsBlank(text_[at_]) && text_[at_] != '>') ++at_;
        for (Attribute skipped; Next(skipped);) {
        }
      } else if (Starts("<!") || Starts("</") || Starts("<?")) {
        at_ = text_.find('>', at_);
        if (at_ == std::string_view::npos) return nullptr;
      }
    }
    return nullptr;
  }

 private:
  bool Starts(std::string_view what) const {
    if (text_.size() - at_ < what.size()) return false;
    return std::equal(what.begin(), what.end(), text_.begin() + static_cast<std::ptrdiff_t>(at_),
                      [](char a, char b) { return a == AsciiLower(b); });
  }

  bool IsTag() const {
    const std::size_t letter = at_ + (Starts("</") ? 2 : 1);
    return letter < text_.size() && IsAsciiLetter(text_[letter]);
  }

  const Encoding* Meta() {
    std::vector<std::string> seen;
    bool pragma = false;
    bool need_pragma = false;
    const Encoding* charset = nullptr;
    for (Attribute a; Next(a);) {
      if (std::find(seen.begin(), seen.end(), a.name) != seen.end()) continue;
      seen.push_back(a.name);
      if (a.name == "http-equiv" && a.value == "content-type") pragma = true;
      if (a.name == "content" && charset == nullptr) {
        charset = FromContent(a.value);
        need_pragma = charset != nullptr;
      }
      if (a.name == "charset") {
        charset = FindEncoding(a.value);
        need_pragma = false;
      }
    }
    // Part of a tag at the end of what is looked at says nothing yet.
    if (at_ >= text_.size() || (need_pragma && !pragma)) return nullptr;
    return NotUtf16(charset);
  }

  // "Extracting a character encoding from a meta element".
  static const Encoding* FromContent(const std::string& value) {
    for (std::size_t at = value.find("charset"); at != std::string::npos;
         at = value.find("charset", at + 1)) {
      std::size_t begin = at + 7;
      while (begin < value.size() && IsBlank(value[begin])) ++begin;
      if (begin >= value.size() || value[begin] != '=') continue;
      ++begin;
      while (begin < value.size() && IsBlank(value[begin])) ++begin;
      if (begin >= value.size()) return nullptr;
      const char quote = value[begin];
      if (quote == '"' || quote == '\'') {
        const std::size_t end = value.find(quote, begin + 1);
        if (end == std::string::npos) return nullptr;
        return FindEncoding(std::string_view(value).substr(begin + 1, end - begin - 1));
      }
      std::size_t end = begin;
      while (end < value.size() && !IsBlank(value[end]) && value[end] != ';') ++end;
      return FindEncoding(std::string_view(value).substr(begin, end - begin));
    }
    return nullptr;
  }

  // "Get an attribute". False at the end of the tag, which at_ then stands on, or of the bytes.
  bool Next(Attribute& out) {
    out = {};
    while (at_ < text_.size() && (IsBlank(text_[at_]) || text_[at_] == '/')) ++at_;
    if (at_ >= text_.size() || text_[at_] == '>') return false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if ((c == '=' && !out.name.empty()) || IsBlank(c) || c == '/' || c == '>') break;
      out.name += AsciiLower(c);
      ++at_;
    }
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    if (at_ >= text_.size()) return false;
    if (text_[at_] != '=') return true;
    ++at_;
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    return at_ < text_.size() && Value(out.value);
  }

  bool Value(std::string& out) {
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) out += AsciiLower(text_[at_]);
      if (at_ >= text_.size()) return false;
      ++at_;
      return true;
    }
    for (; at_ < text_.size() && !IsBlank(text_[at_]) && text_[at_] != '>'; ++at_) {
      out += AsciiLower(text_[at_]);
    }
    return at_ < text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const Encoding* PrescanMeta(std::string_view bytes) { return Prescan(bytes).Run(); }

const Encoding* XmlDeclared(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return nullptr;
  const std::string_view head = bytes.substr(0, std::min(bytes.find("?>"), kScanned));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return nullptr;
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return nullptr;
  const std::size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return nullptr;
  return NotUtf16(FindEncoding(head.substr(at + 1, end - at - 1)));
}

}  // namespace sakuin::ingest
