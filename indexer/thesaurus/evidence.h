#pragma once

// What a document's headings and texts say of conditions, before anything is decided: every name
// and description with its place and the way the text speaks of it.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/model/document.h"
#include "indexer/model/span.h"
#include "indexer/thesaurus/context.h"
#include "indexer/thesaurus/descriptions.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/schemes.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// May a sentence end with it? Of a fold, so that marks are ASCII or the ideographic full stop.
inline bool MayEndSentence(char32_t c) {
  return c == U'\n' || c == 0x3002 || c == U'!' || c == U'?' || c == U';';
}

// A text without title and headings: a question, a post, a note about somebody. What it names is
// what somebody has, not what it is about.
bool IsMessage(const model::Document& document);

// The concepts above it, all levels, without itself; nearest first, each once.
std::vector<const model::Concept*> Ancestors(const Thesaurus& thesaurus,
                                             const model::Concept& from);

// Is one above, below, beside (a common broader one) or related to the other?
bool Tied(const Thesaurus& thesaurus, const model::Concept& a, const model::Concept& b);

// One name or description of a condition.
struct Clue {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  const model::Label* label = nullptr;          // nullptr: a description
  Place place = Place::kText;
  std::size_t begin = 0;  // folded characters of heading or text, half-open
  std::size_t end = 0;
  model::Span span;  // its bytes there
  Assertion assertion = Assertion::kAffirmed;
  model::Span cue;       // the bytes of the cue that says so; empty if none does
  bool in_list = false;  // one of several in one sentence
  bool decided = false;  // its name has several meanings; the concepts around it gave this one
  bool shortened =
      false;  // the last part of a longer name that a heading gives: "cramp" below "calf cramp"
};

struct SectionEvidence {
  std::vector<Clue> clues;                // the heading's, then the text's, each in order
  const text::Folded* heading = nullptr;  // not owned
  const text::Folded* text = nullptr;
};

// What evidence is read with. Not owned.
struct EvidenceTools {
  const Thesaurus* thesaurus = nullptr;
  const Descriptions* descriptions = nullptr;
  const ContextRules* context = nullptr;
  const text::Folding* folding = nullptr;
};

// One a section. `texts`: of every section the heading, then the text; they must outlive what is
// given. `list_names`: from so many conditions in one sentence of an
// article on, they are a list. A name
// of several concepts counts for the one that is nearest to the document's other concepts, those
// of the same section first; for none if they do not tell. A broader name counts for the narrower
// one that the title or a heading above gives, where it is that name's last part ("cramp" below
// "calf cramp") and no other heading concept claims it. Pure.
std::vector<SectionEvidence> ReadEvidence(const model::Document& document,
                                          const std::vector<NamedText>& texts,
                                          const EvidenceTools& tools, std::size_t list_names);

}  // namespace sakuin::thesaurus
