#pragma once

// What reasons and reports are worded with, as data: corpus/language/<lang>/reasons.tsv.

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::contradictions {

// Every phrase that a language has to have: its key, then the names that its text has to hold in
// braces. A key with ".one" behind it may stand there too, for the number one.
std::span<const std::string_view> PhraseKeys();

// Immutable after Load(), therefore thread-safe.
class Phrases {
 public:
  // `language`: one of model::kLanguages. kBadData with file:line for an unknown key or language, a
  // name in braces that is not known or is missing, and what stands twice or not at all.
  static Result<Phrases> Load(const std::string& data_dir, const std::string& language);

  const std::string& language() const { return language_; }

  struct Slot {
    std::string_view name;
    std::string_view value;
  };
  // The phrase with its names filled in; the key itself where there is no such phrase.
  std::string Say(std::string_view key, std::initializer_list<Slot> slots = {}) const;
  // The same, the form for one where `number` is "1" and the language has it.
  std::string Count(const std::string& key, std::string_view number) const;

  // "a, b and c": `more` joins all but the last two, `last` these.
  std::string Join(const std::vector<std::string>& parts, std::string_view more,
                   std::string_view last) const;

  // One sentence behind another: with a blank where the first one ends in a Latin mark.
  static void Add(std::string& text, const std::string& sentence);

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> phrases_;
};

}  // namespace sakuin::contradictions
