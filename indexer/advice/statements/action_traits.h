#pragma once

// What kind of thing an action is to advice: corpus/advice/action_traits.tsv.

#include <set>
#include <string>

#include "indexer/base/result.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::advice {

// Immutable after Load(), therefore thread-safe.
class ActionTraits {
 public:
  // kBadData with file:line for an unknown action or trait.
  static Result<ActionTraits> Load(const std::string& data_dir,
                                   const thesaurus::Thesaurus& thesaurus);

  // Too much of something, or a wrong way of doing it, by its name: to limit it is to avoid it.
  bool IsHabit(const std::string& action) const { return habits_.contains(action); }
  // Less of something by its name: a limit of its amount is what it is.
  bool IsLimiting(const std::string& action) const { return limiting_.contains(action); }
  // Done by a doctor to those who need it: with a sign beside it, for them alone.
  bool IsProcedure(const std::string& action) const { return procedures_.contains(action); }
  // Seeing a doctor.
  bool IsSeeking(const std::string& action) const { return seeking_.contains(action); }
  // Waiting and looking: how long it takes is a window.
  bool IsWatching(const std::string& action) const { return watching_.contains(action); }

  // Something around one ("the shade", "a fan"): to name it is no order.
  bool IsAround(const std::string& action) const { return around_.contains(action); }

  // A word so general that with another action right before it it only says what kind that is.
  bool IsGeneral(const std::string& action) const { return general_.contains(action); }

  // A way of doing what is named right behind it.
  bool IsWay(const std::string& action) const { return ways_.contains(action); }

  const std::string& digest() const { return digest_; }

 private:
  std::set<std::string> habits_;
  std::set<std::string> limiting_;
  std::set<std::string> procedures_;
  std::set<std::string> seeking_;
  std::set<std::string> watching_;
  std::set<std::string> general_;
  std::set<std::string> around_;
  std::set<std::string> ways_;
  std::string digest_;
};

}  // namespace sakuin::advice
