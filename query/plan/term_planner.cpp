#include "query/plan/term_planner.h"

#include <algorithm>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "query/plan/occurrences.h"

namespace sakuin::plan {
namespace {

// A run of fewer characters is taken for one word whatever the segmenter cuts.
constexpr std::size_t kShortestSentence = 5;

template <typename T>
void AddOnce(std::vector<T>& to, const T& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

Node Group(NodeKind kind, std::vector<Node> children) {
  Node out;
  out.kind = kind;
  out.children = std::move(children);
  return out;
}

// The fold keeps one blank for a run of blanks; at the ends of a term they say nothing.
std::u32string TrimBlanks(std::u32string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  const std::size_t first = text.find_first_not_of(U' ');
  return first == std::u32string::npos ? std::u32string() : text.substr(first);
}

}  // namespace

Node TermPlanner::AddLeaf(Leaf leaf, Plan& plan) const {
  Node out;
  out.kind = NodeKind::kLeaf;
  out.index = plan.leaves.size();
  plan.leaves.push_back(std::move(leaf));
  return out;
}

Leaf TermPlanner::MakeLeaf(std::string_view typed, std::u32string folded, Scope scope,
                           MatchKind match) {
  Leaf leaf;
  leaf.typed = std::string(typed);
  leaf.scope = scope;
  leaf.raw = folded.empty();
  leaf.exact = exact_;
  if (!leaf.raw)
    leaf.alternatives.push_back({std::move(folded), match, Origin::kTyped, {}, {}, {}});
  return leaf;
}

std::vector<const model::Concept*> TermPlanner::Named(std::u32string_view folded) const {
  std::vector<const model::Concept*> out;
  text::Folded whole;
  whole.chars = std::u32string(folded);
  whole.spans.resize(folded.size());
  for (const thesaurus::Mention& mention : context_.matcher->Match(whole)) {
    if (mention.begin == 0 && mention.end == folded.size()) out.push_back(mention.concept_ptr);
  }
  return out;
}

void TermPlanner::AddLabel(const model::Concept& found, const model::Label& label, Leaf& leaf) {
  if (label.kind == model::LabelKind::kHidden) return;
  std::u32string folded = context_.folding->Fold(label.text).chars;
  const bool there = std::any_of(leaf.alternatives.begin(), leaf.alternatives.end(),
                                 [&](const Alternative& a) { return a.text == folded; });
  if (there || folded.empty()) return;
  leaf.alternatives.push_back({std::move(folded), MatchKind::kWholeWord, Origin::kLabel, found.id,
                               label.text, label.language});
  AddOnce(expanded_, label.text);
}

void TermPlanner::Expand(const std::vector<const model::Concept*>& named, bool add_labels,
                         Leaf& leaf) {
  for (const model::Concept* found : named) {
    AddOnce(concepts_, found->id);
    if (!add_labels) continue;
    for (const model::Concept* below : context_.thesaurus->WithNarrower(found->id)) {
      for (const model::Label& label : below->labels) AddLabel(*below, label, leaf);
    }
  }
}

Result<Node> TermPlanner::WholeTerm(const std::string& text, Scope scope, Plan& plan) {
  std::u32string folded = TrimBlanks(context_.folding->Fold(text).chars);
  const auto named = Named(folded);
  Leaf leaf = MakeLeaf(text, std::move(folded), scope, MatchKind::kWholeWord);
  Expand(named, expand_, leaf);
  return AddLeaf(std::move(leaf), plan);
}

Result<Node> TermPlanner::Term(const std::string& text, Scope scope, Plan& plan) {
  auto whole = WholeTerm(text, scope, plan);
  if (!whole) return whole;
  const Leaf& leaf = plan.leaves[whole->index];
  const bool named = leaf.alternatives.size() > 1;
  if (named || leaf.raw || leaf.alternatives[0].text.size() < kShortestSentence ||
      IsSpacedWord(leaf.alternatives[0].text)) {
    return whole;
  }
  auto words = Words(text, scope, plan);
  if (!words || words->children.size() < 2) return whole;
  std::vector<Node> either;
  either.push_back(std::move(*whole));
  either.push_back(std::move(*words));
  return Group(NodeKind::kAny, std::move(either));
}

Result<Node> TermPlanner::Words(const std::string& text, Scope scope, Plan& plan) {
  const auto analysis = context_.analyzer->Analyze(text);
  if (!analysis) return Pass(analysis);
  std::vector<Node> leaves;
  for (const text::Word& word : analysis->words) {
    std::u32string folded = analysis->folded.chars.substr(word.begin, word.end - word.begin);
    const auto named = Named(folded);
    const auto typed = analysis->folded.Original(word.begin, word.end).In(text);
    Leaf leaf = MakeLeaf(typed, std::move(folded), scope, MatchKind::kWholeWord);
    Expand(named, expand_, leaf);
    leaves.push_back(AddLeaf(std::move(leaf), plan));
  }
  if (leaves.empty()) {  // nothing but marks: looked for as it is
    auto whole = WholeTerm(text, scope, plan);
    if (!whole) return whole;
    leaves.push_back(std::move(*whole));
  }
  return Group(NodeKind::kAll, std::move(leaves));
}

Result<Node> TermPlanner::Phrase(const std::string& text, Scope scope, Plan& plan) {
  std::u32string folded = context_.folding->Fold(text).chars;
  const bool blank = TrimBlanks(folded).empty() && !folded.empty();
  if (blank || text.empty()) return Node{};  // nothing was asked
  const auto named = Named(folded);
  Leaf leaf = MakeLeaf(text, std::move(folded), scope, MatchKind::kSubstring);
  Expand(named, false, leaf);
  return AddLeaf(std::move(leaf), plan);
}

Result<Node> TermPlanner::Prefix(const std::string& text, Scope scope, Plan& plan) {
  std::u32string folded = TrimBlanks(context_.folding->Fold(text).chars);
  return AddLeaf(MakeLeaf(text, std::move(folded), scope, MatchKind::kPrefix), plan);
}

std::size_t TermPlanner::ConceptLength(const std::vector<std::string>& words) const {
  constexpr std::size_t kLongestLabel = 8;  // words
  for (std::size_t n = std::min(words.size(), kLongestLabel); n >= 2; --n) {
    std::string joined = words[0];
    for (std::size_t i = 1; i < n; ++i) joined += ' ' + words[i];
    if (!Named(context_.folding->Fold(joined).chars).empty()) return n;
  }
  return 0;
}

Result<Node> TermPlanner::ConceptWords(const std::vector<std::string>& words, Scope scope,
                                       Plan& plan) {
  std::string joined;
  std::vector<Node> each;
  for (const std::string& word : words) {
    joined += (joined.empty() ? "" : " ") + word;
    std::u32string folded = TrimBlanks(context_.folding->Fold(word).chars);
    each.push_back(AddLeaf(MakeLeaf(word, std::move(folded), scope, MatchKind::kWholeWord), plan));
  }
  std::u32string folded = context_.folding->Fold(joined).chars;
  const auto named = Named(folded);
  Leaf leaf = MakeLeaf(joined, std::move(folded), scope, MatchKind::kWholeWord);
  Expand(named, expand_, leaf);
  std::vector<Node> either;
  either.push_back(AddLeaf(std::move(leaf), plan));
  either.push_back(Group(NodeKind::kAll, std::move(each)));
  return Group(NodeKind::kAny, std::move(either));
}

Filter ResolveFilter(FilterField field, const std::vector<std::string>& values,
                     const PlanContext& context) {
  Filter out;
  out.field = field;
  for (const std::string& value : values) {
    if (field == FilterField::kPublished) {
      const std::size_t dots = value.find("..");
      out.values.push_back(value.substr(0, dots));
      out.values.push_back(dots == std::string::npos ? value : value.substr(dots + 2));
      break;
    }
    if (field != FilterField::kCondition) {
      out.values.push_back(value);
      continue;
    }
    std::string id = value;
    if (context.thesaurus->Find(id) == nullptr) {
      const text::Folded folded = context.folding->Fold(value);
      for (const thesaurus::Mention& m : context.matcher->Match(folded)) {
        if (m.begin == 0 && m.end == folded.chars.size()) id = m.concept_ptr->id;
      }
    }
    AddOnce(out.values, id);
    for (const model::Concept* below : context.thesaurus->WithNarrower(id)) {
      AddOnce(out.values, below->id);
    }
  }
  return out;
}

}  // namespace sakuin::plan
