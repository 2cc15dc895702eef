#pragma once

// One typed word, phrase or prefix -> leaves.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "query/plan/plan.h"
#include "query/plan/planner.h"

namespace sakuin::plan {

// Not thread-safe. Remembers which concepts were named and which labels were added.
class TermPlanner {
 public:
  TermPlanner(const PlanContext& context, bool expand, bool exact)
      : context_(context), expand_(expand), exact_(exact) {}

  // An unquoted run: a leaf; or, where it is a sentence rather than a word, that leaf or all of
  // its words (a Chinese or Japanese query needs no blanks).
  Result<Node> Term(const std::string& text, Scope scope, Plan& plan);
  // The same, never cut.
  Result<Node> WholeTerm(const std::string& text, Scope scope, Plan& plan);
  // Quoted: a substring, and never another name for it.
  Result<Node> Phrase(const std::string& text, Scope scope, Plan& plan);
  Result<Node> Prefix(const std::string& text, Scope scope, Plan& plan);
  // Every word of a run as a leaf, below one node.
  Result<Node> Words(const std::string& text, Scope scope, Plan& plan);

  // How many of the first words, joined by blanks, are one label of the thesaurus: 0 or >= 2.
  std::size_t ConceptLength(const std::vector<std::string>& words) const;
  // All of these words, or any other label of the concept that they name together.
  Result<Node> ConceptWords(const std::vector<std::string>& words, Scope scope, Plan& plan);

  std::vector<std::string> Concepts() const { return concepts_; }
  std::vector<std::string> Expanded() const { return expanded_; }

 private:
  Node AddLeaf(Leaf leaf, Plan& plan) const;
  Leaf MakeLeaf(std::string_view typed, std::u32string folded, Scope scope, MatchKind match);
  // The concepts whose label is exactly `folded`.
  std::vector<const model::Concept*> Named(std::u32string_view folded) const;
  void Expand(const std::vector<const model::Concept*>& named, bool add_labels, Leaf& leaf);
  void AddLabel(const model::Concept& found, const model::Label& label, Leaf& leaf);

  const PlanContext& context_;
  bool expand_;
  bool exact_;
  std::vector<std::string> concepts_;
  std::vector<std::string> expanded_;
};

// Values as the index writes them: a condition's label becomes its id and those of its narrower
// concepts.
Filter ResolveFilter(FilterField field, const std::vector<std::string>& values,
                     const PlanContext& context);

}  // namespace sakuin::plan
