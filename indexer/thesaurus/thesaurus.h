#pragma once

// The concepts Sakuin knows, read from SKOS (RDF/XML) files.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"

namespace sakuin::thesaurus {

// A file of concepts by its bytes. The ending of the name tells its form: ".tsv" and ".csv" are
// tables (skos/concept_table.h), everything else is SKOS.
struct ThesaurusSource {
  std::string name;  // for messages: a path, or what it is called in a knowledge base
  std::string bytes;
};

struct ThesaurusData;

// Immutable after Load(), therefore thread-safe. A concept is never moved.
class Thesaurus {
 public:
  // Reads every .rdf file in corpus/thesaurus below `data_dir`, in byte order of their names.
  // kBadData with file:line for XML that is not well formed, a concept without id or label, an
  // unknown reference, a cycle of broader. More in validate.h. Where what Compile() made of these
  // files lies beside them, that is used, and a concept is made when it is asked for.
  static Result<Thesaurus> Load(const std::string& data_dir);
  // `user`: files that are read after them and may add to their concepts. A concept with the id or
  // the address of one that is known gives it more labels, notes, matches and references; its
  // second preferred label of a language becomes an alternative one.
  static Result<Thesaurus> Load(const std::string& data_dir,
                                const std::vector<ThesaurusSource>& user);
  static Result<Thesaurus> LoadFiles(const std::vector<std::string>& files,
                                     const std::vector<ThesaurusSource>& user = {});

  std::span<const model::Concept> concepts() const;       // in order of files and places in them
  const model::Concept* Find(std::string_view id) const;  // nullptr: no such concept

  // The schemes that the files describe, each id once; a concept's scheme need not be among them.
  const std::vector<model::ConceptScheme>& schemes() const;

  // The concept itself and everything below it (skos:narrower, all levels), in a stable order.
  std::vector<const model::Concept*> WithNarrower(std::string_view id) const;

  // What was changed so that users' files fit, one sentence each with its place.
  const std::vector<std::string>& warnings() const;

  const std::string& digest() const;  // changes whenever a file does

  const ThesaurusData& data() const { return *data_; }  // for this folder

  Thesaurus(Thesaurus&&) noexcept;
  Thesaurus& operator=(Thesaurus&&) noexcept;
  ~Thesaurus();

 private:
  explicit Thesaurus(std::unique_ptr<ThesaurusData> data);
  std::unique_ptr<ThesaurusData> data_;
};

// The shipped files, as Load() reads them.
Result<std::vector<std::string>> ShippedFiles(const std::string& data_dir);

}  // namespace sakuin::thesaurus
