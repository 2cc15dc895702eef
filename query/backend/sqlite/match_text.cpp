#include "query/backend/sqlite/match_text.h"

#include "indexer/base/utf8.h"
#include "query/plan/occurrences.h"

namespace sakuin::backend {
namespace {

std::string Quote(const std::string& terms) {
  std::string out = "\"";
  for (const char c : terms) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// The bigrams of a phrase as the term stream that our tokenizer splits.
std::string Grams(const std::u32string& phrase) {
  std::string out;
  for (std::size_t i = 0; i + 1 < phrase.size(); ++i) {
    if (i > 0) out += '\n';
    utf8::Append(out, phrase[i]);
    utf8::Append(out, phrase[i + 1]);
  }
  return out;
}

std::string Phrase(const plan::Alternative& alternative, Route route) {
  if (route == Route::kWords || route == Route::kWordsThenText) {
    const bool prefix = alternative.match == plan::MatchKind::kPrefix;
    return Quote(utf8::Encode(alternative.text)) + (prefix ? " *" : "");
  }
  // One character: every gram that begins with it, the line's last character among them.
  if (alternative.text.size() == 1) return Quote(utf8::Encode(alternative.text)) + " *";
  return Quote(Grams(alternative.text));
}

}  // namespace

Route RouteOf(const plan::Alternative& alternative) {
  if (alternative.match == plan::MatchKind::kSubstring) return Route::kGrams;
  if (plan::IsSpacedWord(alternative.text)) {
    return alternative.match == plan::MatchKind::kCapitals ? Route::kWordsThenText : Route::kWords;
  }
  return plan::HasSpacedEdge(alternative.text) ? Route::kGramsThenText : Route::kGrams;
}

std::string MatchText(const std::vector<const plan::Alternative*>& alternatives, Route route,
                      plan::Scope scope) {
  std::string out;
  for (const plan::Alternative* alternative : alternatives) {
    out += (out.empty() ? "" : " OR ") + Phrase(*alternative, route);
  }
  if (!out.empty() && scope != plan::Scope::kAnywhere) out = "{heading} : (" + out + ")";
  return out;
}

}  // namespace sakuin::backend
