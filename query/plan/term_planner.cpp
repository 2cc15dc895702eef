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
// Labels of one leaf: each is a phrase to look up. Own names first, then the nearest below.
constexpr std::size_t kMostLabels = 1000;
constexpr std::size_t kLongestAbbreviation = 5;
constexpr std::size_t kShortKana = 2;

template <typename T>
void AddOnce(std::vector<T>& to, const T& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

bool IsAbbreviation(std::string_view label) {
  return label.size() <= kLongestAbbreviation &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool IsShortKana(std::string_view label) {
  const std::u32string chars = utf8::Decode(label);
  return chars.size() <= kShortKana && std::all_of(chars.begin(), chars.end(), IsKana);
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
    leaf.alternatives.push_back({std::move(folded), match, Origin::kTyped, {}, {}, {}, {}});
  return leaf;
}

TermPlanner::TermPlanner(const PlanContext& context, const PlanOptions& options, ConceptList others)
    : context_(context),
      expand_(options.expand && !options.exact),
      exact_(options.exact),
      free_text_(options.free_text),
      others_(std::move(others)) {}

void TermPlanner::Note(const std::string& message) {
  const bool there = std::any_of(notes_.begin(), notes_.end(),
                                 [&](const syntax::Note& note) { return note.message == message; });
  if (!there) notes_.push_back({place_.begin, place_.end, message});
}

const model::Concept* TermPlanner::Named(const std::string& typed, std::u32string_view folded) {
  const ConceptList bearers = ConceptsNamed(folded, context_);
  if (bearers.size() < 2) return bearers.empty() ? nullptr : bearers[0];
  const model::Concept* const decided = Decide(bearers, others_, *context_.thesaurus);
  if (decided == nullptr && expand_) {
    Note("'" + typed + "' may mean " + ListConcepts(bearers) +
         "; no other names were added, one of these names or a related word decides");
  }
  return decided;
}

bool TermPlanner::AddLabel(const model::Concept& found, const model::Label& label, Leaf& leaf) {
  if (label.kind == model::LabelKind::kHidden) return true;
  // Sections with such a label are found by their tags; as a piece of text it is in other words.
  if (TagsSections(found) && IsShortKana(label.text)) return true;
  std::u32string folded = context_.folding->Fold(label.text).chars;
  if (folded.empty()) return true;
  const auto there = std::find_if(leaf.alternatives.begin(), leaf.alternatives.end(),
                                  [&](const Alternative& a) { return a.text == folded; });
  if (there != leaf.alternatives.end()) {
    if (there->concept_id == found.id) there->twins.emplace_back(label.language, label.text);
    return true;
  }
  if (leaf.alternatives.size() > kMostLabels) return false;
  const MatchKind match = IsAbbreviation(label.text) ? MatchKind::kCapitals : MatchKind::kWholeWord;
  leaf.alternatives.push_back(
      {std::move(folded), match, Origin::kLabel, found.id, label.text, label.language, {}});
  AddOnce(expanded_, label.text);
  return true;
}

void TermPlanner::Expand(const model::Concept& named, bool add_labels, Leaf& leaf) {
  AddOnce(concepts_, named.id);
  if (!add_labels) return;
  leaf.names_concept = true;
  // What was typed is a name too: its languages are its twins.
  if (!leaf.alternatives.empty()) leaf.alternatives[0].concept_id = named.id;
  bool all = true;
  for (const model::Concept* below : context_.thesaurus->WithNarrower(named.id)) {
    // A part of the body is broader than no condition: what is below stays in its own scheme.
    const bool tags = TagsSections(*below);
    if (below->scheme != named.scheme && !(tags && TagsSections(named))) continue;
    if (tags && !free_text_ && leaf.scope == Scope::kAnywhere) AddOnce(leaf.tagged, below->id);
    for (const model::Label& label : below->labels) all = AddLabel(*below, label, leaf) && all;
  }
  if (!all) {
    Note("'" + leaf.typed + "' has more than " + std::to_string(kMostLabels) +
         " other and narrower names: the nearest were searched as text, sections with the others " +
         "are found by their tags");
  }
}

Result<Node> TermPlanner::WholeTerm(const std::string& text, Scope scope, Plan& plan) {
  std::u32string folded = TrimBlanks(context_.folding->Fold(text).chars);
  const model::Concept* const named = Named(text, folded);
  Leaf leaf = MakeLeaf(text, std::move(folded), scope, MatchKind::kWholeWord);
  if (named != nullptr) Expand(*named, expand_, leaf);
  return AddLeaf(std::move(leaf), plan);
}

Result<Node> TermPlanner::Term(const std::string& text, Scope scope, Plan& plan) {
  auto whole = WholeTerm(text, scope, plan);
  if (!whole) return whole;
  const Leaf& leaf = plan.leaves[whole->index];
  const bool named = leaf.alternatives.size() > 1 || !leaf.tagged.empty();
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
    const std::string typed(analysis->folded.Original(word.begin, word.end).In(text));
    const model::Concept* const named = Named(typed, folded);
    Leaf leaf = MakeLeaf(typed, std::move(folded), scope, MatchKind::kWholeWord);
    if (named != nullptr) Expand(*named, expand_, leaf);
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
  const ConceptList named = ConceptsNamed(folded, context_);
  Leaf leaf = MakeLeaf(text, std::move(folded), scope, MatchKind::kSubstring);
  if (named.size() == 1) Expand(*named[0], false, leaf);
  return AddLeaf(std::move(leaf), plan);
}

Result<Node> TermPlanner::Prefix(const std::string& text, Scope scope, Plan& plan) {
  std::u32string folded = TrimBlanks(context_.folding->Fold(text).chars);
  return AddLeaf(MakeLeaf(text, std::move(folded), scope, MatchKind::kPrefix), plan);
}

std::size_t TermPlanner::ConceptLength(const std::vector<std::string>& words) const {
  constexpr std::size_t kLongestLabel = 12;  // words
  for (std::size_t n = std::min(words.size(), kLongestLabel); n >= 2; --n) {
    std::string joined = words[0];
    for (std::size_t i = 1; i < n; ++i) joined += ' ' + words[i];
    if (!ConceptsNamed(context_.folding->Fold(joined).chars, context_).empty()) return n;
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
  const model::Concept* const named = Named(joined, folded);
  Leaf leaf = MakeLeaf(joined, std::move(folded), scope, MatchKind::kWholeWord);
  if (named != nullptr) Expand(*named, expand_, leaf);
  std::vector<Node> either;
  either.push_back(AddLeaf(std::move(leaf), plan));
  either.push_back(Group(NodeKind::kAll, std::move(each)));
  return Group(NodeKind::kAny, std::move(either));
}

}  // namespace sakuin::plan
