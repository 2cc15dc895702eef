#pragma once

// Decides what every line of a dump is. For plain_text*.cpp only.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/ingest/plain/plain_text.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {

// A dump while it is being understood: the passes below fill in the lines' roles one after the
// other. Not thread-safe.
class Dump {
 public:
  Dump(const PlainTextRules& rules, std::string_view text, std::string_view known_title);

  const PlainTextRules& rules;
  std::string_view text;         // the whole dump; must outlive it
  std::string_view known_title;  // from elsewhere, or empty
  std::vector<DumpLine> lines;
  std::size_t title = 0;  // index of the title's line; lines.size() where there is none
  std::string published;
  std::string author;
  std::string site;
  std::size_t width = 0;                  // characters at which lines were broken; 0: they were not
  std::vector<std::size_t> chapter_ends;  // lines behind a block of hashtags
  const char* stage = "";                 // what is looked for now: why a line is dropped
  std::map<std::size_t, model::Speaker> speakers;  // by the line at which each begins to speak

  std::size_t size() const { return lines.size(); }
  std::string_view Text(std::size_t i) const { return lines[i].text; }
  bool Free(std::size_t i) const { return i < size() && lines[i].role == LineRole::kText; }
  bool Kept(std::size_t i) const { return i < size() && lines[i].role != LineRole::kDropped; }
  std::size_t NextKept(std::size_t i) const;      // from i on; size() where there is none
  std::size_t PreviousKept(std::size_t i) const;  // before i; size() where there is none
  bool HasBody(std::size_t i) const { return NextKept(i + 1) < size(); }
  bool IsShort(std::string_view line) const;  // enough for a heading

  void Drop(std::size_t i) {
    lines[i].role = LineRole::kDropped;
    lines[i].why = stage;
  }
  // Reads date, author and site off a line that is no text of the article, and drops it.
  void DropMetadata(std::size_t i);
  void TakeDate(std::string_view line);
  void MakeHeading(std::size_t i, std::string style, std::size_t skip, std::size_t trim = 0);

  // Does a sentence, or an item, go on from line i to line i + 1?
  bool GoesOn(std::size_t i) const;

 private:
  void MeasureWidth();
};

// The passes, in the order in which they must run.
void FindHeader(Dump& dump);     // title and the lines of metadata around it
void FindFurniture(Dump& dump);  // the page's own words: in between, and the block at the end
void FindContents(Dump& dump);   // tables of contents, and the headings that they name
void FindQuestions(Dump& dump);  // questions with their speakers, "Q." and "A."
void FindHeadings(Dump& dump);   // marked, numbered and bare ones; the levels of all
void FindItems(Dump& dump);      // of lists, with their continuation lines

// All of them.
Dump FindStructure(const PlainTextRules& rules, std::string_view text,
                   std::string_view known_title);

}  // namespace sakuin::ingest
