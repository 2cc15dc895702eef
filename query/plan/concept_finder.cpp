#include "query/plan/concept_finder.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/thesaurus/schemes.h"

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

// 0 is the same; 1 and more is another word altogether.
double Farness(const std::u32string& typed, const std::u32string& name) {
  const std::size_t longer = std::max(typed.size(), name.size());
  if (longer == 0) return 1;
  const std::size_t most = longer / 3;
  const std::size_t distance = EditDistance(typed, name, most);
  double out = distance <= most ? static_cast<double>(distance) / static_cast<double>(longer) : 1;
  // A part of the name: the less is missing, the nearer.
  if (typed.size() >= 2 && name.find(typed) != std::u32string::npos) {
    const double part = static_cast<double>(typed.size()) / static_cast<double>(name.size());
    out = std::min(out, 0.3 + 0.5 * (1 - part));
  }
  return out;
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
  constexpr double kFarthest = 0.8;
  const std::u32string folded = context.folding->Fold(typed).chars;
  std::vector<std::pair<double, const model::Concept*>> found;
  for (const model::Concept& candidate : context.thesaurus->concepts()) {
    if (!TagsSections(candidate)) continue;
    double least = Farness(folded, Lower(candidate.id));
    for (const model::Label& label : candidate.labels) {
      least = std::min(least, Farness(folded, context.folding->Fold(label.text).chars));
    }
    if (least < kFarthest) found.emplace_back(least, &candidate);
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

std::size_t EditDistance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  const std::size_t apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (apart > most) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t before = row[0];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t here = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)});
      before = here;
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min(row[b.size()], most + 1);
}

}  // namespace sakuin::plan
