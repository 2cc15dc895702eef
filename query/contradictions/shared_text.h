#pragma once

// Text that many hold and nobody changes: a copy costs a pointer.

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace sakuin::contradictions {

// Reads as a std::string wherever one is asked for. Copies may be used in several threads.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text)  // NOLINT: takes the place of a string
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}  // NOLINT: as above

  const std::string& str() const {
    static const std::string kNone;
    return text_ ? *text_ : kNone;
  }
  operator const std::string&() const { return str(); }  // NOLINT: as above
  std::string substr(std::size_t begin, std::size_t size = std::string::npos) const {
    return str().substr(begin, size);
  }
  bool empty() const { return text_ == nullptr; }

  friend bool operator==(const SharedText& x, const SharedText& y) {
    return x.text_ == y.text_ || x.str() == y.str();
  }
  friend std::strong_ordering operator<=>(const SharedText& x, const SharedText& y) {
    return x.text_ == y.text_ ? std::strong_ordering::equal : x.str() <=> y.str();
  }
  friend bool operator==(const SharedText& x, std::string_view y) { return x.str() == y; }
  friend std::string operator+(const SharedText& x, std::string_view y) {
    return std::string(x.str()).append(y);
  }
  friend std::string operator+(std::string_view x, const SharedText& y) {
    return std::string(x).append(y.str());
  }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace sakuin::contradictions
