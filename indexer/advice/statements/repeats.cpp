#include "indexer/advice/statements/repeats.h"

#include <algorithm>

namespace sakuin::advice {
namespace {

// The same action in the same words is one statement; what it is good for adds none to what the
// section has recommended.
bool IsSame(const model::Advice& made, const model::Advice& other) {
  if (other.action != made.action || other.in_heading != made.in_heading) return false;
  const bool apart = other.quote.end <= made.quote.begin || made.quote.end <= other.quote.begin;
  return !apart || (made.implicit && other.stance == made.stance);
}

// A Japanese sentence names the object and the verb of one action apart ("a bandage, wound
// around"), and a word that stands for an action repeats it.
bool IsRest(const model::Advice& made, const model::Advice& other) {
  return other.action == made.action && other.stance == made.stance && other.for_it == made.for_it;
}

}  // namespace

std::size_t FirstToSay(const SentenceInput& sentence, const std::vector<model::Advice>& said,
                       const std::vector<std::optional<model::Advice>>& made,
                       const std::vector<std::size_t>& owners, std::size_t n) {
  const bool is_old = std::any_of(said.begin(), said.end(), [&](const model::Advice& other) {
    return IsSame(*made[n], other);
  });
  if (is_old) return Measures::kNone;
  for (std::size_t k = 0; k < n; ++k) {
    if (owners[k] != k) continue;
    const bool again = sentence.japanese || sentence.actions[n].stands_for != nullptr;
    if (IsSame(*made[n], *made[k]) || (again && IsRest(*made[n], *made[k]))) return k;
  }
  return n;
}

}  // namespace sakuin::advice
