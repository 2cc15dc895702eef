#pragma once

// What people decided of tensions and findings: a log in the knowledge base that only grows. What
// holds of it today is query/contradictions/decisions/states.h.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::store {

inline constexpr std::array<std::string_view, 7> kReviewStates = {
    "open", "confirmed", "conditional-ok", "controversy", "false-positive", "fixed", "duplicate"};
// Of an entry that takes another one back.
inline constexpr std::string_view kUndo = "undo";

struct ReviewedSide {
  std::string document;
  std::string section;  // where it stood
  std::string quote;
  std::string quote_key;  // 16 hex digits, of the folded quote (model::Advice)
};

// A pair as it stood. `tension` is made of the quotes, the action and the kind; an edited pair is
// known again by the documents, the action and the kind.
struct ReviewedPair {
  std::string tension;
  std::string kind;
  std::string action;
  std::string condition;  // "" where there is none
  ReviewedSide a;
  ReviewedSide b;
};

struct Review {
  std::string id;      // ReviewId(); made by AddReviews()
  std::string target;  // id of a tension or of a finding
  std::string state;   // of kReviewStates, or kUndo
  std::string reason;  // "N1" to "N8" or ""
  std::string note;
  std::string by;
  std::string at;      // "YYYY-MM-DDTHH:MM:SS.mmmZ", so that text order is time order
  std::string undoes;  // id of an entry, of kUndo
  std::vector<ReviewedPair> pairs;
  // Of a finding with more pairs than are listed: keys of all sentences that it may be made of,
  // ascending. They are covered too.
  std::vector<std::string> quotes;
};

// 32 hex digits, of everything else in it. Pure.
std::string ReviewId(const Review& review);

// In order of time, then id: the same for the same set of entries, however they came together.
Result<std::vector<Review>> ReadReviews(const std::string& kb);

// Adds those that are not there yet, all or none; gives their number. Durable when it returns.
Result<std::size_t> AddReviews(const std::string& kb, const std::vector<Review>& reviews);

}  // namespace sakuin::store
