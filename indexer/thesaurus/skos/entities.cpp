#include "indexer/thesaurus/skos/entities.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kLongest = 256;
constexpr std::size_t kMost = 64;
constexpr std::size_t kMostExpanded = 8'000'000;
constexpr std::string_view kBlanks = " \t\r\n";

class Expander {
 public:
  Expander(const std::string& path, std::string_view bytes) : path_(path), bytes_(bytes) {}

  Result<std::string> Run() {
    const std::size_t begin = bytes_.find("<!DOCTYPE");
    const std::size_t root = FirstElement();
    std::size_t body = 0;
    if (begin != std::string_view::npos && begin < root) {
      at_ = begin + 9;
      if (const Status done = ReadDoctype(); !done) return Pass(done);
      body = at_;
    }
    return Expand(body);
  }

 private:
  tl::unexpected<Error> Bad(std::string message, std::size_t at) const {
    const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(std::min(at, bytes_.size()));
    const auto line = std::count(bytes_.begin(), end, '\n') + 1;
    return Fail(ErrorCode::kBadData, std::move(message), path_ + ":" + std::to_string(line));
  }

  // The first '<' that opens an element, behind comments and declarations.
  std::size_t FirstElement() const {
    for (std::size_t i = 0; (i = bytes_.find('<', i)) != std::string_view::npos; ++i) {
      if (bytes_.substr(i).starts_with("<!--")) {
        i = bytes_.find("-->", i);
        if (i == std::string_view::npos) return bytes_.size();
      } else if (i + 1 < bytes_.size() && bytes_[i + 1] != '!' && bytes_[i + 1] != '?') {
        return i;
      }
    }
    return bytes_.size();
  }

  std::optional<std::string_view> Quoted() {
    if (at_ >= bytes_.size() || (bytes_[at_] != '"' && bytes_[at_] != '\'')) return std::nullopt;
    const std::size_t end = bytes_.find(bytes_[at_], at_ + 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view out = bytes_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return out;
  }

  // Behind the '>' of a declaration; quoted text may hold one.
  bool SkipDeclaration() {
    while (at_ < bytes_.size() && bytes_[at_] != '>') {
      if (bytes_[at_] == '"' || bytes_[at_] == '\'') {
        if (!Quoted()) return false;
      } else {
        ++at_;
      }
    }
    return at_++ < bytes_.size();
  }

  void SkipBlanks() { at_ = std::min(bytes_.find_first_not_of(kBlanks, at_), bytes_.size()); }

  std::string_view Word() {
    SkipBlanks();
    const std::size_t end = std::min(bytes_.find_first_of(" \t\r\n\"'>[", at_), bytes_.size());
    const std::string_view out = bytes_.substr(at_, end - at_);
    at_ = end;
    return out;
  }

  Status ReadDoctype() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && bytes_[at_] != '[' && bytes_[at_] != '>') {
      if (bytes_[at_] == '"' || bytes_[at_] == '\'') {
        if (!Quoted()) return Bad("the DOCTYPE does not end", begin);
      } else {
        ++at_;
      }
    }
    if (at_ == bytes_.size()) return Bad("the DOCTYPE does not end", begin);
    if (bytes_[at_++] == '>') return {};
    for (;;) {
      SkipBlanks();
      if (at_ == bytes_.size()) return Bad("the DOCTYPE does not end", begin);
      if (bytes_[at_] == ']')
        return SkipDeclaration() ? Status{} : Bad("the DOCTYPE does not end", begin);
      if (const Status done = ReadDeclaration(); !done) return done;
    }
  }

  Status ReadDeclaration() {
    const std::size_t begin = at_;
    const std::string_view rest = bytes_.substr(at_);
    if (rest.starts_with("%")) return Bad("uses parameter entities, which are not read", begin);
    if (rest.starts_with("<!--")) {
      at_ = bytes_.find("-->", at_);
      if (at_ == std::string_view::npos) return Bad("a comment does not end", begin);
      at_ += 3;
      return {};
    }
    if (!rest.starts_with("<!ENTITY")) {
      return SkipDeclaration() ? Status{} : Bad("the DOCTYPE does not end", begin);
    }
    at_ += 8;
    const std::string name(Word());
    if (name == "%") return Bad("declares a parameter entity, which is not read", begin);
    SkipBlanks();
    const auto value = Quoted();
    if (!value) {
      return Bad("the entity " + name + " lies outside the file; nothing is fetched", begin);
    }
    if (value->size() > kLongest || value->find_first_of("&<%\r\n") != std::string_view::npos) {
      return Bad("the entity " + name + " is more than a short text: it is not expanded", begin);
    }
    if (entities_.size() == kMost) return Bad("declares too many entities", begin);
    entities_.emplace(name, *value);  // of two declarations the first counts
    return SkipDeclaration() ? Status{} : Bad("the DOCTYPE does not end", begin);
  }

  Result<std::string> Expand(std::size_t from) {
    std::string out(bytes_.substr(0, from));
    std::size_t expanded = 0;
    while (from < bytes_.size()) {
      const std::size_t mark = std::min(bytes_.find('&', from), bytes_.size());
      const std::size_t verbatim = std::min(bytes_.find("<![CDATA[", from), bytes_.size());
      if (verbatim < mark) {
        const std::size_t end = std::min(bytes_.find("]]>", verbatim), bytes_.size());
        out += bytes_.substr(from, end - from);
        from = end;
        continue;
      }
      out += bytes_.substr(from, mark - from);
      if (mark == bytes_.size()) break;
      const std::size_t end = bytes_.find(';', mark);
      const std::string_view name = end == std::string_view::npos
                                        ? std::string_view()
                                        : bytes_.substr(mark + 1, end - mark - 1);
      const auto known = entities_.find(name);
      if (known != entities_.end()) {
        out += known->second;
        expanded += known->second.size();
        from = end + 1;
        if (expanded > kMostExpanded) return Bad("its entities expand to too much", mark);
        continue;
      }
      if (name.starts_with('#')) {
        if (!IsAllowed(name.substr(1))) {
          return Bad("&" + std::string(name.substr(0, 40)) + "; is no character that XML allows",
                     mark);
        }
      } else if (!IsXmls(name)) {
        if (!IsName(name)) return Bad("'&' begins no entity; write it &amp;", mark);
        return Bad("the entity &" + std::string(name.substr(0, 40)) + "; is declared nowhere",
                   mark);
      }
      out += '&';
      from = mark + 1;
    }
    return out;
  }

  static bool IsName(std::string_view name) {
    return !name.empty() && name.size() < 100 &&
           name.find_first_of(" \t\r\n<>&\"'/=;") == std::string_view::npos;
  }

  static bool IsXmls(std::string_view name) {
    return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  }

  // A decimal number, or a hexadecimal one behind 'x'.
  static bool IsAllowed(std::string_view number) {
    const bool hex = number.starts_with('x');
    if (hex) number.remove_prefix(1);
    std::uint32_t c = 0;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), c, hex ? 16 : 10);
    if (error != std::errc() || end != number.data() + number.size()) return false;
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || (c > 0xFFFF && c < 0x110000);
  }

  const std::string& path_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::map<std::string, std::string, std::less<>> entities_;
};

}  // namespace

std::size_t FindUnwritable(std::string_view text) {
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  constexpr std::uint64_t kBlank = 0x2020202020202020ULL;
  const bool far = text.find("\xEF\xBF") != std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint64_t eight = 0;
    if (!far && text.size() - i >= sizeof eight) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if (((eight - kBlank) & ~eight & kHigh) == 0) {  // no byte below 0x20
        i += sizeof eight - 1;
        continue;
      }
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return i;
    if (byte != 0xEF) continue;
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") return i;
  }
  return std::string_view::npos;
}

Result<std::string> ExpandEntities(const std::string& path, std::string_view bytes) {
  return Expander(path, bytes).Run();
}

}  // namespace sakuin::thesaurus
