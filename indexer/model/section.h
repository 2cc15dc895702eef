#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/model/advice.h"
#include "indexer/model/source.h"
#include "indexer/model/span.h"
#include "indexer/model/tag.h"

namespace sakuin::model {

// How a page says that a part of a text is read (ruby).
struct Reading {
  Span base;         // bytes of the text or heading
  std::string text;  // one line
  friend bool operator==(const Reading&, const Reading&) = default;
};

// Who says it, where the page names a person with a title or a place of work: "Chief physician",
// "Second Hospital, orthopaedics". An empty string means that the page does not say.
struct Speaker {
  std::string name;
  std::string title;
  std::string affiliation;
  friend bool operator==(const Speaker&, const Speaker&) = default;
};

// A piece of an article under one heading: the unit that is tagged, indexed and found.
//
// Law: text does not move. `heading` and `text` are fixed once the section leaves ingest; tokens,
// tags and advice are byte spans of them. `text` is clean UTF-8: a newline between blocks, list
// items one a line, no tab, no control character, no blank at a line's end, no empty line.
struct Section {
  std::uint32_t number = 0;       // in reading order; 0 stands before the first heading
  std::string heading;            // without marker; of section 0, the document's title
  int level = 1;                  // 1 for section 0, 2 for the highest headings below, ...
  int parent = -1;                // number of the section it stands in; -1 for section 0
  std::vector<std::string> path;  // begins with the title, ends with the own heading
  std::string language;           // where it differs from the document's, else empty
  std::string text;
  SourceRange source;     // the source's bytes from the heading to the next heading
  SourceMap heading_map;  // heading -> source; empty where the heading is not in the source
  SourceMap text_map;     // text -> source
  std::vector<Reading> heading_readings;  // ascending, without overlap, as the next
  std::vector<Reading> text_readings;
  std::vector<Speaker> speakers;     // of a question's answers, in reading order
  bool truncated = false;            // the source breaks off in the middle of its last sentence
  std::vector<Tag> tags;             // strongest first
  std::vector<std::string> aspects;  // "symptom", "self-care", ...; the primary one first
  std::vector<Advice> advice;        // in order of the text; those of the heading stand first

  // "DOCUMENT#N".
  std::string Id(const std::string& document_id) const {
    return document_id + "#" + std::to_string(number);
  }
};

}  // namespace sakuin::model
