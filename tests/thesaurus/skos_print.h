#pragma once

// One printed form of what a file of concepts holds, for case tables.

#include <string>

#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::test {

// id@scheme ("!": a top concept), labels (= preferred, ~ other, . hidden), <broader -related,
// mappings, notes; ";" behind each concept.
inline std::string Print(const thesaurus::SkosFile& file) {
  std::string out;
  for (const thesaurus::SkosConcept& found : file.concepts) {
    const model::Concept& c = found.data;
    out += c.id + "@" + c.scheme + (c.is_top ? "!" : "");
    for (const model::Label& label : c.labels) {
      const char kind = label.kind == model::LabelKind::kPreferred     ? '='
                        : label.kind == model::LabelKind::kAlternative ? '~'
                                                                       : '.';
      out += " " + label.language + kind + label.text;
    }
    for (const std::string& above : c.broader) out += " <" + thesaurus::LastPart(above);
    for (const std::string& other : c.related) out += " -" + thesaurus::LastPart(other);
    for (const model::ConceptMatch& match : c.matches) {
      out += " " + match.kind + ":" + thesaurus::LastPart(match.address);
    }
    for (const std::string& same : c.exact_match) {
      out += " exactMatch:" + thesaurus::LastPart(same);
    }
    for (const model::Note& note : c.notes) {
      out += " " + note.kind + "/" + note.language + ":" + note.text;
    }
    out += ";";
  }
  return out;
}

}  // namespace sakuin::test
