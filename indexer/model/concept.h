#pragma once

// A concept of the thesaurus (SKOS), with its labels in several languages.

#include <string>
#include <vector>

namespace sakuin::model {

enum class LabelKind { kPreferred, kAlternative, kHidden };

struct Label {
  std::string text;      // UTF-8, as written in the file
  std::string language;  // BCP 47: "zh-Hans", "zh-Hant", "ja", "en"
  LabelKind kind = LabelKind::kPreferred;
  bool is_users = false;  // of a file beside the shipped ones; wins where two concepts share it
};

// A documentary note: "scopeNote", "definition", "example", "editorialNote", ...
struct Note {
  std::string kind;  // the last part of the SKOS property
  std::string language;
  std::string text;
};

// A mapping to a concept of another vocabulary, other than exactMatch.
struct ConceptMatch {
  std::string kind;  // "broadMatch", "narrowMatch", "closeMatch", "relatedMatch"
  std::string address;
};

struct ConceptScheme {
  std::string id;  // the last part of its address
  std::string uri;
  std::vector<Label> labels;
};

struct Concept {
  std::string id;  // skos:notation, else the last part of its address
  std::string uri;
  std::string scheme;  // "conditions", ...
  std::vector<Label> labels;
  std::vector<std::string> broader;      // ids
  std::vector<std::string> related;      // ids
  std::vector<std::string> exact_match;  // addresses in other vocabularies
  std::vector<ConceptMatch> matches;     // the other mappings
  std::string scope_note;                // the first of its scope notes
  std::vector<Note> notes;               // all of them, of every kind
  bool is_top = false;                   // a top concept of its scheme
};

}  // namespace sakuin::model
