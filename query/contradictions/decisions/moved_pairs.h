#pragma once

// Decided pairs of articles that are known no more: moved to another address, and edited there.

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/store/reviews.h"
#include "indexer/text/folding.h"
#include "query/contradictions/tension.h"

namespace sakuin::contradictions {

// A verdict, and the pair it was given on.
struct Covered {
  const store::Review* review = nullptr;
  const store::ReviewedPair* pair = nullptr;
};

class MovedPairs {
 public:
  // Null: words are compared as they were written.
  explicit MovedPairs(const text::Folding* folding) : folding_(folding) {}

  void Stands(const std::string& document) { documents_.insert(document); }
  // A pair of which a sentence stands no more in its article, or both; after all Stands().
  void Add(const Covered& gone, bool a_stands, bool b_stands);

  // The newest decided pair that these two may have been: the same action, one sentence of the two
  // as it was, the other one like the one it stood against; one of both articles is known no more.
  // Where both sentences were edited, both are to be like what they were, and one article the same.
  Covered Find(const Witness& a, const std::string& key_a, const Witness& b,
               const std::string& key_b) const;

 private:
  struct Lost {
    Covered covered;
    std::string words;  // of the sentence that was edited
  };
  // A pair of which both were edited.
  struct LostBoth {
    Covered covered;
    std::string words_a;
    std::string words_b;
  };
  Covered FindBoth(const Witness& a, const Witness& b, const std::string& action) const;
  std::string Words(const std::string& quote) const;

  const text::Folding* folding_;
  std::unordered_set<std::string> documents_;
  std::unordered_map<std::string, std::vector<Lost>> lost_;  // by action and the other's quote
  std::unordered_map<std::string, std::vector<LostBoth>> lost_both_;  // by action
};

// Do two sentences share half of their pairs of neighbouring characters? Pure, symmetric.
bool AreAlike(const std::string& x, const std::string& y);

}  // namespace sakuin::contradictions
