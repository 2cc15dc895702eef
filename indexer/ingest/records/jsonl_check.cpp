#include "indexer/ingest/records/jsonl_check.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

using nlohmann::json;

// Builds the value while it listens to the parser. It stops at the first fault: a doubled key would
// silently win over the first one, and depth costs memory.
class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(json& out, std::size_t deepest) : out_(out), deepest_(deepest) {}

  const std::optional<std::string>& fault() const { return fault_; }

  bool null() override { return Put(nullptr); }
  bool boolean(bool value) override { return Put(value); }
  bool number_integer(number_integer_t value) override { return Put(value); }
  bool number_unsigned(number_unsigned_t value) override { return Put(value); }
  bool number_float(number_float_t value, const string_t&) override { return Put(value); }
  bool string(string_t& value) override { return Put(value); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return Open(json::object()); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(json::array()); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    const auto [place, fresh] = open_.back()->get_ref<json::object_t&>().emplace(name, nullptr);
    field_ = &place->second;
    if (!fresh) fault_ = "the field '" + name + "' stands twice";
    return fresh;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kOutOfRange = 406;
    const std::string at = " at byte " + std::to_string(position);
    fault_ = error.id == kOutOfRange ? "holds a number that is too large" + at : "is no JSON" + at;
    return false;
  }

 private:
  // Where the next value stands. What is open does not move: nothing is added to what holds it.
  json& Place(json value) {
    json* to = &out_;
    if (!open_.empty()) to = open_.back()->is_array() ? &open_.back()->emplace_back() : field_;
    *to = std::move(value);
    return *to;
  }
  bool Put(json value) {
    Place(std::move(value));
    return true;
  }
  bool Open(json value) {
    if (open_.size() >= deepest_) {
      fault_ = "is nested deeper than " + std::to_string(deepest_) + " levels";
      return false;
    }
    open_.push_back(&Place(std::move(value)));
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  json& out_;
  std::size_t deepest_;
  std::vector<json*> open_;  // objects and arrays, the innermost last
  json* field_ = nullptr;    // of the innermost object: its last key's
  std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> ReadJsonLine(std::string_view line, json& out, std::size_t deepest) {
  if (const auto bad = utf8::FindInvalid(line)) {
    return "is no UTF-8 at byte " + std::to_string(*bad);
  }
  out = nullptr;
  Builder builder(out, deepest);
  if (json::sax_parse(line, &builder)) return std::nullopt;
  return builder.fault() ? *builder.fault() : "is no JSON";
}

}  // namespace sakuin::ingest
