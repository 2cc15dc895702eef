#pragma once

// The concepts Sakuin knows, read from SKOS (RDF/XML) files.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"

namespace sakuin::thesaurus {

// Immutable after Load(), therefore thread-safe.
class Thesaurus {
 public:
  // Reads every .rdf file in corpus/thesaurus below `data_dir`, in byte order of their names.
  // kBadData with file:line for XML that is not well formed, a concept without id or label, an
  // unknown reference, a cycle of broader. More in validate.h.
  static Result<Thesaurus> Load(const std::string& data_dir);
  static Result<Thesaurus> LoadFiles(const std::vector<std::string>& files);

  const std::vector<model::Concept>& concepts() const;    // in order of files and places in them
  const model::Concept* Find(std::string_view id) const;  // nullptr: no such concept

  // The schemes that the files describe, each id once; a concept's scheme need not be among them.
  const std::vector<model::ConceptScheme>& schemes() const;

  // The concept itself and everything below it (skos:narrower, all levels), in a stable order.
  std::vector<const model::Concept*> WithNarrower(std::string_view id) const;

  const std::string& digest() const;  // changes whenever a file does

  Thesaurus(Thesaurus&&) noexcept;
  Thesaurus& operator=(Thesaurus&&) noexcept;
  ~Thesaurus();

 private:
  struct Impl;
  explicit Thesaurus(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus
