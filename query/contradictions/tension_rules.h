#pragma once

// What is known of tensions as data: corpus/advice/.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/result.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/tension.h"

namespace sakuin::contradictions {

// tension_weights.tsv, a row a member.
struct TensionWeights {
  double same_action = 0;
  double class_member = 0;
  double incompatible = 0;
  double same_condition = 0;
  double related_condition = 0;
  double associated_condition = 0;
  double unstated_condition = 0;
  double equal = 0;
  double overlap = 0;
  double one_unstated = 0;
  double both_unstated = 0;
  double disjoint = 0;
  double direct = 0;
  double direct_may = 0;
  double alternative = 0;
  double window = 0;
  double dose = 0;
  double conditional = 0;
  double author = 0;
  double hedged = 0;
  double report = 0;
  double misconception = 0;
  double quote = 0;
  double implicit = 0;
  double same_section = 0;
  double same_article = 0;
  double unusual = 0;
  double safety = 0;
  double boundary_gap = 0;
  double dose_gap = 0;
  double dose_ratio = 0;
  double severe_ratio = 0;
  double grave_ratio = 0;
};

// Immutable after Load(), therefore thread-safe. Keeps a pointer to the thesaurus.
class TensionRules {
 public:
  // kBadData with file:line for an unknown weight, action or kind, and what stands twice.
  static Result<TensionRules> Load(const std::string& data_dir,
                                   const thesaurus::Thesaurus& thesaurus);

  const TensionWeights& weights() const { return weights_; }

  // The id itself, then everything above it, nearest first.
  std::vector<std::string> WithBroader(std::string_view id) const;

  // What the thesaurus relates to a condition, to what lies directly above it, or what lies
  // directly above these; none of what WithBroader() gives.
  std::vector<std::string> Associated(std::string_view id) const;

  // What two actions that exclude each other are examples of: one class of actions or the other.
  struct Question {
    std::string first;
    std::string second;
    std::vector<std::string> actions;  // of all its pairs
  };
  // In the order of the table.
  const std::vector<Question>& questions() const { return questions_; }

  // What excludes an action, named for it or for something above it.
  struct Alternative {
    std::string action;
    Kind kind;
    std::vector<std::string> under;  // only of these conditions and what is narrower; empty: of all
    std::uint16_t question = 0;      // place in questions()
    bool is_first = false;           // is it the other one that stands on the second side?
  };
  std::vector<Alternative> AlternativesOf(std::string_view action) const;

  // Of the questions in which these two are alternatives, all actions; of others nothing.
  std::vector<std::string> ActionsBeside(std::string_view a, std::string_view b) const;

  // Drugs, first aid, seeing a doctor: what is wrong there does harm.
  bool IsAboutSafety(const std::string& id) const;

  // Is the other direction what nearly every text says of it?
  bool IsUnusual(const std::string& action, bool is_for) const;

  // Names so wide a class ("diet") that two texts seldom mean the same member of it.
  bool IsGeneral(const std::string& action) const { return general_.contains(action); }

  // A whole field of medicine ("diseases of the liver"): what one text says of it another does not
  // mean that speaks of one disease of that field.
  bool IsField(const std::string& condition) const { return fields_.contains(condition); }

 private:
  Status LoadAlternatives(const std::string& path);
  Status AddAlternative(const TsvRow& row);
  Result<std::uint16_t> QuestionOf(const TsvRow& row);
  Status CheckSides(const std::string& path) const;

  const thesaurus::Thesaurus* thesaurus_ = nullptr;
  TensionWeights weights_;
  std::multimap<std::string, Alternative, std::less<>> alternatives_;
  std::vector<Question> questions_;
  // Asked for every pair: hashed.
  std::unordered_set<std::string> safety_;  // with all that is narrower
  std::unordered_set<std::string> general_;
  std::unordered_set<std::string> fields_;
  std::unordered_map<std::string, bool> usually_for_;
};

}  // namespace sakuin::contradictions
