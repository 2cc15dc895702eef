#include "query/results/completion.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/schemes.h"
#include "query/plan/concept_finder.h"
#include "query/plan/spelling/readings.h"

namespace sakuin::results {
namespace {

using text::CharClass;

constexpr std::size_t kMostHeadings = 500;
constexpr std::size_t kMostCounted = 32;  // concepts whose sections are counted

struct Candidate {
  ConceptCompletion shown;
  std::size_t size = 0;  // of the name, in folded characters
};

class ConceptList {
 public:
  void Offer(const plan::Spellings::Name& name, Fit fit) {
    if (fit == Fit::kNone) return;
    Candidate& one = all_[name.concept_ptr];
    if (one.shown.matched != nullptr &&
        std::pair(one.shown.fit, one.size) <= std::pair(fit, std::size_t{name.size})) {
      return;
    }
    one.shown.concept_ptr = name.concept_ptr;
    one.shown.matched = name.label;
    one.shown.fit = fit;
    one.size = name.size;
  }

  // The better fit and the shorter first.
  std::vector<Candidate> Take(std::size_t most) {
    std::vector<Candidate> out;
    for (auto& [id, one] : all_) out.push_back(std::move(one));
    std::sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
      return std::tie(a.shown.fit, a.size, a.shown.concept_ptr->id) <
             std::tie(b.shown.fit, b.size, b.shown.concept_ptr->id);
    });
    if (out.size() > most) out.resize(most);
    return out;
  }

 private:
  std::unordered_map<const model::Concept*, Candidate> all_;
};

// The sections with a heading in which `typed` stands; of Latin words, where a word begins.
Result<std::vector<backend::SectionKey>> FindHeadings(const std::u32string& typed,
                                                      const plan::PlanContext& context,
                                                      const backend::Snapshot& snapshot,
                                                      backend::SearchBackend& backend) {
  plan::Leaf leaf;
  leaf.scope = plan::Scope::kHeading;
  const bool spaced = text::IsSpaced(typed.front());
  // Of the other scripts a substring is the same, and an index alone can tell.
  plan::Alternative alternative;
  alternative.text = typed;
  alternative.match = spaced ? plan::MatchKind::kPrefix : plan::MatchKind::kSubstring;
  leaf.alternatives.push_back(std::move(alternative));
  plan::Plan plan;
  plan.leaves.push_back(std::move(leaf));
  plan.root.children.push_back({plan::NodeKind::kLeaf, 0, 0, 1, {}});
  auto matches = backend.Match(plan, plan::TextChecker(*context.folding), snapshot.end);
  if (!matches) return Pass(matches);
  return std::move(matches->sections);
}

Status CompleteConcepts(const CompletionRequest& request, const std::u32string& typed,
                        const plan::PlanContext& context, const plan::Spellings& spellings,
                        backend::SearchBackend& backend, Completions& out) {
  ConceptList list;
  for (const plan::Spellings::Name& name : spellings.names()) {
    list.Offer(name, FitOf(spellings.Folded(name), typed));
  }
  if (request.readings) {
    for (const bool prefix : {false, true}) {
      for (const auto* name :
           plan::NamesReadAs(request.typed, prefix, spellings, *context.folding)) {
        list.Offer(*name, prefix ? Fit::kBeginning : Fit::kWhole);
      }
    }
  }
  std::vector<Candidate> found = list.Take(std::max(kMostCounted, request.limit));
  for (Candidate& one : found) {
    one.shown.label = plan::LabelIn(*one.shown.concept_ptr, request.ui_language);
    if (!thesaurus::IsTaggable(*one.shown.concept_ptr)) continue;
    const auto sections = backend.CountTagged(one.shown.concept_ptr->id);
    if (!sections) return Pass(sections);
    one.shown.sections = static_cast<std::size_t>(*sections);
  }
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    if (a.shown.fit != b.shown.fit) return a.shown.fit < b.shown.fit;
    return a.shown.sections > b.shown.sections;
  });
  for (std::size_t i = 0; i < found.size() && i < request.limit; ++i) {
    out.concepts.push_back(std::move(found[i].shown));
  }
  return {};
}

Status CompleteHeadings(const CompletionRequest& request, const std::u32string& typed,
                        const plan::PlanContext& context, const backend::Snapshot& snapshot,
                        backend::SearchBackend& backend, Completions& out) {
  const auto sections = FindHeadings(typed, context, snapshot, backend);
  if (!sections) return Pass(sections);
  struct Heading {
    HeadingCompletion shown;
    std::size_t size = 0;
  };
  std::map<std::u32string, Heading> all;
  for (std::size_t i = 0; i < sections->size() && i < kMostHeadings; ++i) {
    auto row = backend.ReadHeading((*sections)[i]);
    if (!row) return Pass(row);
    const std::u32string folded = context.folding->Fold(row->heading).chars;
    Heading& one = all[folded];
    if (one.shown.sections++ > 0) continue;
    one.size = folded.size();
    one.shown.text = std::move(row->heading);
    one.shown.section = std::move(row->section_id);
    one.shown.is_title = row->is_title;
    one.shown.fit = FitOf(folded, typed);
  }
  std::vector<Heading> sorted;
  for (auto& [folded, one] : all) sorted.push_back(std::move(one));
  std::sort(sorted.begin(), sorted.end(), [](const Heading& a, const Heading& b) {
    if (a.shown.fit != b.shown.fit) return a.shown.fit < b.shown.fit;
    if (a.shown.sections != b.shown.sections) return a.shown.sections > b.shown.sections;
    return std::tie(a.size, a.shown.text) < std::tie(b.size, b.shown.text);
  });
  for (std::size_t i = 0; i < sorted.size() && i < request.limit; ++i) {
    out.headings.push_back(std::move(sorted[i].shown));
  }
  return {};
}

}  // namespace

Fit FitOf(std::u32string_view name, std::u32string_view typed) {
  Fit best = Fit::kNone;
  if (typed.empty()) return best;
  for (std::size_t at = 0; (at = name.find(typed, at)) != std::u32string_view::npos; ++at) {
    if (at == 0) return name.size() == typed.size() ? Fit::kWhole : Fit::kBeginning;
    const CharClass before = text::ClassOf(name[at - 1]);
    if (before != text::ClassOf(name[at])) return Fit::kWordStart;
    if (before == CharClass::kUnspaced) best = Fit::kInside;
  }
  return best;
}

Result<Completions> Complete(const CompletionRequest& request, const plan::PlanContext& context,
                             const plan::Spellings& spellings, backend::SearchBackend& backend) {
  Completions out;
  const std::u32string typed = context.folding->Fold(utf8::Trim(request.typed)).chars;
  if (typed.empty()) return out;
  const auto snapshot = backend.Begin();
  if (!snapshot) return Pass(snapshot);
  const backend::Reading reading(backend);
  if (Status done = CompleteConcepts(request, typed, context, spellings, backend, out); !done) {
    return Pass(done);
  }
  if (Status done = CompleteHeadings(request, typed, context, *snapshot, backend, out); !done) {
    return Pass(done);
  }
  return out;
}

}  // namespace sakuin::results
