#pragma once

// The words of the pages, as data: corpus/language/<lang>/ui.tsv.

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::web {

// Immutable after LoadAll(), therefore thread-safe.
class Messages {
 public:
  // By language: all of model::kLanguages. kBadData with file:line where a language lacks a key
  // that English has, has one that it lacks, names other things in braces, or has a key twice.
  static Result<std::map<std::string, Messages, std::less<>>> LoadAll(const std::string& data_dir);

  const std::string& language() const { return language_; }

  struct Slot {
    std::string_view name;
    std::string_view value;
  };
  // The text with its names in braces filled in; the key itself where there is none (a test sees
  // that every key that the pages use is there).
  std::string operator()(std::string_view key, std::initializer_list<Slot> slots = {}) const;
  // The same, from KEY.one where `count` is 1 and the language has that; {n} is the number.
  std::string Count(std::string_view key, std::size_t count) const;

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace sakuin::web
