#pragma once

// Why two pieces of advice are a tension, in words: what each side says to do, when and to whom;
// what is equal, what differs, what is not stated; what follows; the cues and the arithmetic.

#include <functional>
#include <string>
#include <vector>

#include "indexer/store/advice.h"
#include "query/contradictions/reasons/phrases.h"
#include "query/contradictions/tension.h"
#include "query/contradictions/tension_rules.h"

namespace sakuin::contradictions {

struct Reason {
  std::string a;  // what each side says, one sentence
  std::string b;
  std::vector<std::string> axes;  // a sentence each
  std::string verdict;
  std::string cues;

  // Everything behind the two sides.
  std::string Rest() const;
  std::string Text() const;
};

// A concept's name in the reader's language.
using Labeler = std::function<std::string(const std::string& id)>;

// Keeps references to what it is given; pure.
class ReasonWriter {
 public:
  ReasonWriter(const Phrases& phrases, const TensionRules& rules, Labeler label);

  Reason Write(const Tension& tension, const store::AdviceRecord& a,
               const store::AdviceRecord& b) const;

  // "A recommends "ice" (in the first 48 hours after the injury)."
  std::string Side(std::string_view side, const store::AdviceRecord& record) const;

  // What one side says on an axis ("phase", "population", "window", "dose", "condition", "action");
  // "" where it says nothing.
  std::string Value(std::string_view axis, const model::Advice& advice) const;

  // What a finding is about: "ice", or "rest or keep moving" of two alternatives.
  std::string Subject(const Finding& finding, const Tension& top) const;
  // Which actions stand on either side of two alternatives: "A: bed rest, cast; B: walking". ""
  // where the subject says it all.
  std::string Members(const Finding& finding) const;

  const Phrases& phrases() const { return phrases_; }
  std::string Label(const std::string& id) const { return label_(id); }

 private:
  // Phase, people, time and amount: what both state first, then what only one says.
  void AddAxes(const Tension& t, const model::Advice& a, const model::Advice& b,
               std::vector<std::string>& out) const;
  std::string Verdict(const Tension& t, const model::Advice& a, const model::Advice& b,
                      bool one_section) const;
  bool IsBroaderOrNarrower(const std::vector<std::string>& a,
                           const std::vector<std::string>& b) const;
  std::string Condition(const Tension& t, const model::Advice& a, const model::Advice& b) const;
  std::string Window(Agreement agreement, const model::Advice& a, const model::Advice& b) const;
  std::string Dose(Agreement agreement, const model::Advice& a, const model::Advice& b) const;
  std::string Limits(const model::Window& a, const model::Window& b) const;

  const Phrases& phrases_;
  const TensionRules& rules_;
  Labeler label_;
};

}  // namespace sakuin::contradictions
