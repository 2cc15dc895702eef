#include "query/plan/filters.h"

#include <algorithm>

#include "indexer/thesaurus/aspects.h"
#include "query/plan/concept_finder.h"

namespace sakuin::plan {
namespace {

void AddOnce(std::vector<std::string>& to, const std::string& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

std::string Quoted(const std::string& value) { return "'" + value + "'"; }

std::string DidYouMean(const std::string& value, const PlanContext& context) {
  const ConceptList near = NearestConcepts(value, context);
  return near.empty() ? "; `sakuin conditions` shows them"
                      : "; did you mean " + ListConcepts(near) + "?";
}

void ResolveCondition(const std::string& value, const PlanContext& context, ResolvedFilter& out) {
  const ConceptList bearers = FindConcepts(value, context);
  ConceptList tagging;
  for (const model::Concept* bearer : bearers) {
    if (TagsSections(*bearer)) tagging.push_back(bearer);
  }
  if (tagging.empty()) {
    out.unknown.push_back(
        (bearers.empty() ? "there is no condition or symptom " + Quoted(value)
                         : Quoted(value) + " is one of the " + bearers[0]->scheme +
                               ", and sections are tagged with conditions and symptoms only") +
        DidYouMean(value, context));
    // It still stands for itself, so that it finds nothing rather than everything.
    AddOnce(out.filter.values, value);
    return;
  }
  if (tagging.size() > 1) {
    out.remarks.push_back(Quoted(value) + " may mean " + ListConcepts(tagging) +
                          "; all of them are taken, an id takes one");
  }
  for (const model::Concept* found : tagging) {
    for (const model::Concept* below : context.thesaurus->WithNarrower(found->id)) {
      AddOnce(out.filter.values, below->id);
    }
  }
}

void ResolveAspect(const std::string& value, const PlanContext& context, ResolvedFilter& out) {
  const thesaurus::AspectNames* const names = context.aspect_names;
  const std::string_view found = names == nullptr ? value : names->Find(value, *context.folding);
  AddOnce(out.filter.values, found.empty() ? value : std::string(found));
  if (!found.empty() || names == nullptr) return;
  std::string all;
  for (const std::string_view aspect : thesaurus::kAspects) {
    all += (all.empty() ? "" : ", ") + std::string(aspect);
  }
  const std::string_view near = names->Nearest(value, *context.folding);
  out.unknown.push_back("there is no aspect " + Quoted(value) +
                        (near.empty()
                             ? "; there are " + all
                             : "; did you mean " + std::string(near) + "? There are " + all));
}

// FROM..TO, or one date for both.
void ResolveDates(const std::string& value, ResolvedFilter& out) {
  const std::size_t dots = value.find("..");
  const std::string from = value.substr(0, dots);
  const std::string to = dots == std::string::npos ? value : value.substr(dots + 2);
  // A shorter date is all of its year or month.
  const std::size_t both = std::min(from.size(), to.size());
  if (from.substr(0, both) > to.substr(0, both)) {
    out.unknown.push_back("published: " + Quoted(from) + " is later than " + Quoted(to) +
                          "; it is FROM..TO, such as " + to + ".." + from);
  }
  out.filter.values.push_back(from);
  out.filter.values.push_back(to);
}

}  // namespace

ResolvedFilter ResolveFilter(FilterField field, const std::vector<std::string>& values,
                             const PlanContext& context) {
  ResolvedFilter out;
  out.filter.field = field;
  for (const std::string& value : values) {
    if (field == FilterField::kPublished) {
      ResolveDates(value, out);
    } else if (field == FilterField::kCondition) {
      ResolveCondition(value, context, out);
    } else if (field == FilterField::kAspect) {
      ResolveAspect(value, context, out);
    } else {
      out.filter.values.push_back(value);
    }
  }
  return out;
}

}  // namespace sakuin::plan
