#pragma once

// A section's text as markup: sentences that can be linked to, lists, readings, what matched a
// query, and advice under its words and in the margin.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/model/section.h"
#include "indexer/model/source.h"
#include "query/service/query_marks.h"
#include "query/web/view.h"

namespace sakuin::web {

// What stands in the margin for pieces of advice of a section, by their places in it.
using NotesOf = std::function<Html(const model::Section&, const std::vector<std::size_t>& advice)>;

// Writes one section after the other; counts what it marks.
class ArticleText {
 public:
  // All must outlive it. `link_label`: what the link to a sentence is called, with its number
  // behind it; empty: such links are for a pointer alone.
  ArticleText(const service::QueryMarks& marks, const NotesOf& notes, std::string link_label)
      : marks_(marks), notes_(notes), link_label_(std::move(link_label)) {}

  // With readings, marks and advice; without what is around it.
  Html Heading(const model::Section& section);
  // Sentence number 12, from 1, of section 3 is "#s3.12". `is_item`: of its lines, those that are
  // items of a list (service::ListItems); it may be shorter.
  Html Text(const model::Section& section, const std::vector<bool>& is_item);

  // Ids of the marks are "h1" to "hN".
  std::size_t hits() const { return hits_; }

 private:
  const service::QueryMarks& marks_;
  const NotesOf& notes_;
  const std::string link_label_;
  std::size_t hits_ = 0;
};

// "s3.12" of the sentence of a section's text in which a byte stands; "s3" where none does.
std::string SentenceId(const model::Section& section, std::size_t at);

}  // namespace sakuin::web
