#pragma once

// Two pieces of advice of the same or of incompatible actions: can one reader follow both?
// The axes come first and opposition second (de Marneffe, Rafferty, Manning, "Finding
// contradictions in text", ACL 2008); the kinds are those of Preclude (Preum et al., PerCom 2017).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/contradictions/tension.h"
#include "query/contradictions/tension_rules.h"

namespace sakuin::contradictions {

// How the actions and the conditions of a pair belong together; the caller has found out.
struct Relation {
  enum class Actions : std::uint8_t { kSame, kClassAndMember, kIncompatible };
  // kRelated: one is broader; kAssociated: neither is, but the thesaurus relates them.
  enum class Conditions : std::uint8_t {
    kSame,
    kRelated,
    kAssociated,
    kOneUnstated,
    kBothUnstated
  };
  Actions actions = Actions::kSame;
  Kind alternative = Kind::kOppositeStance;  // of incompatible actions
  Conditions conditions = Conditions::kSame;
  bool same_document = false;
  bool same_section = false;
};

struct Verdict {
  Kind kind = Kind::kOppositeStance;
  std::string code;
  Severity severity = Severity::kLow;
  double score = 0;
  Axes axes;
  std::string steps;  // "; " between
};

// Nothing where both can be followed. Symmetric in `a` and `b`. Pure. The steps in words cost more
// than all the rest: without them, where only the score is asked for.
enum class Steps : std::uint8_t { kWithout, kWith };
std::optional<Verdict> Compare(const model::Advice& a, const model::Advice& b,
                               const Relation& relation, const TensionRules& rules,
                               Steps steps = Steps::kWith);

// Is the action advised, within whatever limits? Else it is advised against.
bool IsFor(const model::Advice& advice);

}  // namespace sakuin::contradictions
