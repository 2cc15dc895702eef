#include "query/plan/concept_finder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/thesaurus/schemes.h"
#include "query/plan/spelling/edits.h"

namespace sakuin::plan {
namespace {

bool IsNear(const model::Concept& a, const model::Concept& b,
            const thesaurus::Thesaurus& thesaurus) {
  const auto below = [&](const model::Concept& above, const model::Concept& found) {
    const auto all = thesaurus.WithNarrower(above.id);
    return std::find(all.begin(), all.end(), &found) != all.end();
  };
  const auto related = [](const model::Concept& from, const model::Concept& to) {
    return std::find(from.related.begin(), from.related.end(), to.id) != from.related.end();
  };
  return &a == &b || below(a, b) || below(b, a) || related(a, b) || related(b, a);
}

std::u32string Lower(std::string_view ascii) {
  std::u32string out;
  for (const char c : ascii) {
    out += static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return out;
}

constexpr double kTooFar = 1;

// 0 is the same; kTooFar is another word altogether.
double Farness(const std::u32string& typed, const std::u32string& name) {
  if (typed.empty() || name.empty()) return kTooFar;
  const std::size_t most = MostMistakes(typed);
  const std::size_t distance = Distance(typed, name, most, nullptr);
  const auto size = static_cast<double>(typed.size());
  if (distance <= most) return static_cast<double>(distance) / (2 * kMistake * size);
  // A part of the name: the less is missing, the nearer.
  constexpr std::size_t kMostTimes = 4;
  if (typed.size() < 2 || name.size() > kMostTimes * typed.size() ||
      name.find(typed) == std::u32string::npos) {
    return kTooFar;
  }
  return kTooFar - size / static_cast<double>(2 * name.size());
}

}  // namespace

bool TagsSections(const model::Concept& found) { return thesaurus::IsTaggable(found); }

ConceptList ConceptsNamed(std::u32string_view folded, const PlanContext& context) {
  ConceptList out;
  if (folded.empty()) return out;
  text::Folded whole;
  whole.chars = std::u32string(folded);
  whole.spans.resize(folded.size());
  for (const thesaurus::Mention& mention : context.matcher->Match(whole)) {
    if (mention.begin != 0 || mention.end != folded.size()) continue;
    out.push_back(mention.concept_ptr);
    for (const model::Concept* other : mention.also) {
      if (std::find(out.begin(), out.end(), other) == out.end()) out.push_back(other);
    }
  }
  return out;
}

ConceptList FindConcepts(const std::string& typed, const PlanContext& context) {
  if (const model::Concept* found = context.thesaurus->Find(typed)) return {found};
  std::string lower = typed;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (const model::Concept* found = context.thesaurus->Find(lower)) return {found};
  std::u32string folded = context.folding->Fold(typed).chars;
  while (!folded.empty() && folded.back() == U' ') folded.pop_back();
  const std::size_t first = std::min(folded.find_first_not_of(U' '), folded.size());
  return ConceptsNamed(std::u32string_view(folded).substr(first), context);
}

const model::Concept* Decide(const ConceptList& bearers, const ConceptList& others,
                             const thesaurus::Thesaurus& thesaurus) {
  const model::Concept* out = nullptr;
  for (const model::Concept* bearer : bearers) {
    const bool near = std::any_of(others.begin(), others.end(), [&](const model::Concept* other) {
      return IsNear(*bearer, *other, thesaurus);
    });
    if (!near) continue;
    if (out != nullptr) return nullptr;
    out = bearer;
  }
  return out;
}

ConceptList NearestConcepts(const std::string& typed, const PlanContext& context,
                            std::size_t most) {
  // Longer than any name: near to none, and comparing costs its square.
  constexpr std::size_t kLongestName = 400;  // bytes
  if (typed.size() > kLongestName) return {};
  const std::u32string folded = context.folding->Fold(typed).chars;
  std::vector<std::pair<double, const model::Concept*>> found;
  for (const model::Concept& candidate : context.thesaurus->concepts()) {
    if (!TagsSections(candidate)) continue;
    double least = Farness(folded, Lower(candidate.id));
    for (const model::Label& label : candidate.labels) {
      least = std::min(least, Farness(folded, context.folding->Fold(label.text).chars));
    }
    if (least < kTooFar) found.emplace_back(least, &candidate);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  ConceptList out;
  for (std::size_t i = 0; i < found.size() && i < most; ++i) out.push_back(found[i].second);
  return out;
}

const std::string& LabelIn(const model::Concept& found, std::string_view language) {
  const std::string_view other = language == "zh-Hant" ? "zh-Hans" : "zh-Hant";
  const bool chinese = language.starts_with("zh");
  for (const std::string_view wanted :
       {language, chinese ? other : std::string_view("en"), std::string_view("en")}) {
    for (const model::Label& label : found.labels) {
      if (label.kind == model::LabelKind::kPreferred && label.language == wanted) return label.text;
    }
  }
  return found.labels.empty() ? found.id : found.labels.front().text;
}

std::string ListConcepts(const ConceptList& concepts, std::string_view language) {
  std::string out;
  for (const model::Concept* found : concepts) {
    out += (out.empty() ? "" : ", ") + found->id + " (" + LabelIn(*found, language) + ")";
  }
  return out;
}

}  // namespace sakuin::plan
