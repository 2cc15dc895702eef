#include "indexer/ingest/records/jsonl_check.h"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

using nlohmann::json;

// Listens to the parser. It stops at the first fault: a doubled key would silently win over the
// first one, and depth costs memory.
class Listener : public nlohmann::json_sax<json> {
 public:
  explicit Listener(std::size_t deepest) : deepest_(deepest) {}

  const std::optional<std::string>& fault() const { return fault_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    fault_ = "the field '" + name + "' stands twice";
    return false;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kOutOfRange = 406;
    const std::string at = " at byte " + std::to_string(position);
    fault_ = error.id == kOutOfRange ? "holds a number that is too large" + at : "is no JSON" + at;
    return false;
  }

 private:
  bool Open() {
    if (keys_.size() >= deepest_) {
      fault_ = "is nested deeper than " + std::to_string(deepest_) + " levels";
      return false;
    }
    keys_.emplace_back();
    return true;
  }
  bool Close() {
    keys_.pop_back();
    return true;
  }

  std::size_t deepest_;
  std::vector<std::set<std::string>> keys_;  // of every object that is open; none for arrays
  std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> FindJsonFault(std::string_view line, std::size_t deepest) {
  if (const auto bad = utf8::FindInvalid(line)) {
    return "is no UTF-8 at byte " + std::to_string(*bad);
  }
  Listener listener(deepest);
  if (json::sax_parse(line, &listener)) return std::nullopt;
  return listener.fault() ? *listener.fault() : "is no JSON";
}

}  // namespace sakuin::ingest
