#pragma once

// One typed word, phrase or prefix -> leaves.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "query/plan/concept_finder.h"
#include "query/plan/plan.h"
#include "query/plan/planner.h"

namespace sakuin::plan {

// Not thread-safe. Remembers which concepts were named and which labels were added.
class TermPlanner {
 public:
  // `others`: the concepts that the whole query names, which decide what an ambiguous label means.
  TermPlanner(const PlanContext& context, const PlanOptions& options, ConceptList others);

  // What is built next stands there in the query: for notes.
  void At(std::size_t begin, std::size_t end) { place_ = {begin, end, {}}; }

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
  std::vector<syntax::Note> Notes() const { return notes_; }

 private:
  Node AddLeaf(Leaf leaf, Plan& plan) const;
  Leaf MakeLeaf(std::string_view typed, std::u32string folded, Scope scope, MatchKind match);
  // The concept that `folded` names, by the other concepts of the query where the label is
  // ambiguous; nullptr, with a note, where these do not decide.
  const model::Concept* Named(const std::string& typed, std::u32string_view folded);
  void Expand(const model::Concept& named, bool add_labels, Leaf& leaf);
  // False once the leaf has as many labels as it may have.
  bool AddLabel(const model::Concept& found, const model::Label& label, Leaf& leaf);
  void Note(const std::string& message);

  const PlanContext& context_;
  bool expand_;
  bool exact_;
  bool free_text_;
  ConceptList others_;
  syntax::Note place_;
  std::vector<std::string> concepts_;
  std::vector<std::string> expanded_;
  std::vector<syntax::Note> notes_;
};

}  // namespace sakuin::plan
