#pragma once

// Marks what matched, on the original text (law 7), and cuts snippets at sentence ends.

#include <string_view>
#include <vector>

#include "indexer/model/section.h"
#include "indexer/model/span.h"
#include "indexer/model/tag.h"
#include "indexer/text/folding.h"
#include "query/plan/plan.h"
#include "query/plan/text_checker.h"
#include "query/results/hit.h"

namespace sakuin::results {

// One place where a leaf's alternative stands.
struct Mark {
  model::Span span;  // bytes of the original
  std::size_t leaf = 0;
  const plan::Alternative* alternative = nullptr;  // nullptr: found as bytes, or by a tag
  const model::Tag* tag = nullptr;                 // its words, where no name stands
};

// The places that made a section's tags, for those leaves that nothing of `marks` belongs to and
// that name such a concept; added to `marks` in order.
void AddTagMarks(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                 const std::vector<model::Tag>& tags, bool heading, std::vector<Mark>& marks);

// All places of the leaves given by index, ascending; where a reading of `readings` was found, its
// base. Pure.
std::vector<Mark> FindMarks(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                            const text::Folding& folding, std::string_view original,
                            const std::vector<model::Reading>& readings = {});

// The marks as ranges to highlight: overlapping and touching ones joined.
std::vector<model::Span> Highlights(const std::vector<Mark>& marks);

// The sentences around the richest place: whole sentences as far as they fit in about 160
// characters; a longer sentence is cut at its commas, else between characters. Without marks, the
// text's beginning. Highlights lie inside the snippet.
Snippet CutSnippet(std::string_view text, const std::vector<Mark>& marks);

// Why it was found: marks of heading and text, one row for each leaf and form. Of a label that
// several languages write alike, the language is `language` where it is one of them.
std::vector<Reason> Reasons(const plan::Plan& plan, const std::vector<Mark>& heading_marks,
                            std::string_view heading, const std::vector<Mark>& text_marks,
                            std::string_view text, std::string_view language);

}  // namespace sakuin::results
