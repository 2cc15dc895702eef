#pragma once

// One SKOS file (RDF/XML) -> concepts. The subset is described in docs/formats/thesaurus.md.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"

namespace sakuin::thesaurus {

// Where Sakuin's own concepts live; an id behind it names the concept of that id, wherever its own
// address leads.
inline constexpr std::string_view kConceptBase = "https://sakuin.example.org/concept/";

// A concept with the lines it was read from, for messages.
struct SkosConcept {
  model::Concept data;  // its broader and related are addresses still
  std::size_t line = 0;
  std::vector<std::size_t> label_lines;    // one a label
  std::vector<std::size_t> broader_lines;  // one a reference
  std::vector<std::size_t> related_lines;
  std::vector<std::size_t> exact_lines;
  std::vector<std::size_t> match_lines;
};

// A skos:narrower that leads out of the file.
struct NarrowerReference {
  std::size_t above = 0;  // place in SkosFile::concepts
  std::string below;      // address
  std::size_t line = 0;
};

struct SkosFile {
  std::string path;
  std::vector<SkosConcept> concepts;  // in the file's order
  std::vector<model::ConceptScheme> schemes;
  std::vector<NarrowerReference> narrower;

  std::string At(std::size_t line) const { return path + ":" + std::to_string(line); }
};

// Reads UTF-8 RDF/XML: typed nodes (skos:Concept) and rdf:Description with rdf:type, whatever
// prefixes are bound to the namespaces; properties as elements or attributes; rdf:resource or
// nested nodes as references; skos:narrower as its inverse; what an untyped node says of a concept
// of the same file. Language tags become Sakuin's (zh, zh-CN: zh-Hans; zh-TW, zh-HK: zh-Hant).
// kBadData with file:line for XML that is not well formed or not UTF-8, no rdf:RDF, entities that
// skos/entities.h refuses, no concept at all (the message names the namespaces that were seen), a
// concept without address or label, more than 200 nodes inside each other. O(bytes).
Result<SkosFile> ReadSkos(const std::string& path, std::string_view bytes);

// The last part of an address: behind the last '/', '#' or ':'.
std::string LastPart(std::string_view address);

}  // namespace sakuin::thesaurus
