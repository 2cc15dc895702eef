#pragma once

// One leaf of a plan -> its postings, over the segments of the index.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/postings/term_key.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "indexer/store/sqlite/sql_library.h"
#include "query/backend/search_backend.h"
#include "query/plan/text_checker.h"

namespace sakuin::backend {

// For one state of the knowledge base. Everything it is given must outlive it.
class LeafFinder {
 public:
  // Only sections below `end` are found.
  LeafFinder(store::SqlLibrary& sql, store::PostingReader& postings,
             const plan::TextChecker& checker, SectionKey end, const Deadline& deadline)
      : sql_(sql), postings_(postings), checker_(checker), end_(end), deadline_(deadline) {}

  // By section.
  Result<std::vector<Posting>> Find(const plan::Leaf& leaf);

 private:
  struct Found {
    std::vector<Posting> in_text;  // by section
    std::vector<Posting> in_heading;
    bool unsure = false;  // the wording itself must be looked at
    std::vector<Posting>& Of(postings::Field field) {
      return field == postings::Field::kText ? in_text : in_heading;
    }
  };

  Status FindAlternative(const plan::Leaf& leaf, const plan::Alternative& alternative,
                         std::vector<Posting>& out);
  Status FindGrams(const plan::Leaf& leaf, const plan::Alternative& alternative, Found& out);
  Status FindWords(const plan::Leaf& leaf, const plan::Alternative& alternative, Found& out);
  Result<std::vector<Posting>> FindBytes(const plan::Leaf& leaf);
  Status AddTagged(const plan::Leaf& leaf, std::vector<Posting>& postings);
  // The text decides. Postings of sections where the leaf does not hold are taken out.
  Status Verify(const plan::Leaf& leaf, std::vector<Posting>& postings);
  // title: asks the lead section's heading and answers with the whole document.
  Status SpreadOverDocuments(std::vector<Posting>& postings);

  store::SqlLibrary& sql_;
  store::PostingReader& postings_;
  const plan::TextChecker& checker_;
  SectionKey end_;
  const Deadline& deadline_;
};

// The wording of a section, by its number; kDamaged where it is gone.
Result<model::Section> ReadWordingOf(store::SqlLibrary& sql, std::int64_t number);

}  // namespace sakuin::backend
