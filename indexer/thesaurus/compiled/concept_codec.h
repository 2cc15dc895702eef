#pragma once

// A concept <-> bytes.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/compiled/codec.h"

namespace sakuin::thesaurus {

// Texts that stand in thousands of places (languages, schemes, kinds of notes), kept once.
class NameTable {
 public:
  std::uint64_t NumberOf(const std::string& name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::uint64_t> numbers_;
};

// The id and the address stand first, so that they can be read without the rest. Labels of users
// are not told apart: only shipped concepts are kept so.
void Encode(const model::Concept& from, NameTable& names, Encoder& to);
void Encode(const model::ConceptScheme& from, NameTable& names, Encoder& to);

// What is cut off is empty; look at from.ok().
model::Concept DecodeConcept(const std::vector<std::string>& names, Decoder& from);
model::ConceptScheme DecodeScheme(const std::vector<std::string>& names, Decoder& from);

}  // namespace sakuin::thesaurus
