#pragma once

// Stored advice, with what a reader needs of the place where it stands.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/model/advice.h"
#include "indexer/model/document.h"
#include "indexer/model/section.h"
#include "indexer/model/span.h"

namespace sakuin::store {

// An empty list, "", -1 and false leave everything in. Ids stand for themselves: what is narrower
// is to be named too.
struct AdviceQuery {
  std::vector<std::string> actions;
  std::vector<std::string> conditions;  // among those of the advice itself
  std::vector<std::string> stances;
  std::vector<std::string> languages;  // of the section: "zh-Hans", ...
  std::vector<std::string> sites;
  std::vector<std::string> aspects;
  std::string document;
  int section = -1;  // of `document`
  bool misconceptions = false;
  std::string after;        // the id of a piece of advice: those behind it; kNotFound without one
  std::int64_t limit = -1;  // of pieces that are read; -1 for all
};

struct AdvicePage {
  std::int64_t total = 0;  // that the query fits, without `after` and `limit`
  std::string next;        // `after` of the next page; empty at the end
};

struct AdviceRecord {
  model::Advice advice;
  std::string document_id;
  std::string uri;
  std::string title;
  std::string site;
  std::string published;
  std::string language;  // the section's own, else the document's
  std::uint32_t section = 0;
  std::vector<std::string> path;  // of headings, from the title to the section's own
  std::string quote;
  model::Span action_in_quote;  // bytes of `quote`; empty where the action is named elsewhere
  std::string when;             // the words of a stated condition
  std::string reason;
  model::SourceRange source;  // the source's bytes that the quote was made of
  model::Speaker speaker;     // empty: none is named

  std::string SectionId() const { return document_id + "#" + std::to_string(section); }
};

// Everything that the record's advice says of its place in the section: quote, source, speaker.
void FillWords(const model::Section& section, AdviceRecord& record);

// The advice of a section as it would be stored, in its order.
std::vector<AdviceRecord> RecordsOf(const model::Document& document, const model::Section& section);

}  // namespace sakuin::store
