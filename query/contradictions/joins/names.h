#pragma once

// Actions and conditions as numbers, with what the thesaurus and the tables say of each.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/contradictions/tension_rules.h"

namespace sakuin::contradictions {

// Keeps a reference to the rules. 0 is the name of what is not named.
class Names {
 public:
  using Ids = std::vector<std::uint32_t>;

  explicit Names(const TensionRules& rules) : rules_(rules), classes_(rules.questions().size()) {
    IdOf("");
  }
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  // A number of its own the first time, also for all that it leads to.
  std::uint32_t IdOf(const std::string& name);

  const std::string& NameOf(std::uint32_t id) const { return *names_[id]; }
  // Itself, then what is broader, the nearest first.
  const Ids& Above(std::uint32_t id) const { return facts_[id].above; }
  bool IsUnder(std::uint32_t id, const Ids& concepts) const;
  const Ids& Associated(std::uint32_t id) const { return facts_[id].associated; }
  bool IsGeneral(std::uint32_t action) const { return facts_[action].is_general; }
  // What excludes an action, and of which conditions alone; empty: of all.
  struct Other {
    std::uint32_t action;
    Kind kind;
    Ids under;
    std::uint16_t question;  // TensionRules::questions()
    bool is_first;           // is the other one on the question's second side?
  };
  const std::vector<Other>& AlternativesOf(std::uint32_t id) const {
    return facts_[id].alternatives;
  }
  // Both classes of a question of which an alternative was met.
  std::pair<std::uint32_t, std::uint32_t> ClassesOf(std::uint16_t question) const {
    return classes_[question];
  }
  // Is it on the first side of the question? Of an action that is on one.
  bool IsFirstOf(std::uint32_t action, std::uint16_t question) const;

 private:
  struct Facts {
    Ids above;
    Ids associated;
    std::vector<Other> alternatives;
    bool is_general = false;
  };
  const TensionRules& rules_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<const std::string*> names_;                         // of the keys of `ids_`
  std::vector<Facts> facts_;                                      // by id
  std::vector<std::pair<std::uint32_t, std::uint32_t>> classes_;  // by question
};

}  // namespace sakuin::contradictions
