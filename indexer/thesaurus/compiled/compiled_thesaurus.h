#pragma once

// The shipped thesaurus as docs/formats/compiled-thesaurus.md lays it out: nothing is read before
// it is asked for.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/compiled/container.h"

namespace sakuin::thesaurus {

enum class SectionId : std::uint32_t {
  kAbout = 1,
  kSources,
  kNames,
  kSchemes,
  kConcepts,
  kConceptBegins,
  kById,
  kByUri,
  kNarrower,
  kNarrowerBegins,
  kLabelsAbout,
  kAlphabet,
  kFarAlphabet,
  kCells,
  kValues,
  kRests,
  kRestCodes,
  kGroups,
  kEntries,
  kSpaced,
};

// Immutable, therefore thread-safe.
class CompiledThesaurus {
 public:
  // Beside the SKOS files; made by the build and by `sakuin thesaurus compile`.
  static std::string PathIn(const std::string& data_dir);

  // nullptr where there is none, and where it is not what this code makes of the files `shipped` as
  // they are now: whatever else is in the way, the SKOS files say it.
  static std::shared_ptr<const CompiledThesaurus> Open(const std::string& path,
                                                       const std::vector<std::string>& shipped);

  std::size_t size() const { return begins_.size() - 1; }
  model::Concept Concept(std::size_t number) const;
  std::string_view IdOf(std::size_t number) const;
  std::string_view UriOf(std::size_t number) const;

  // SIZE_MAX: there is no such concept. O(log n).
  std::size_t NumberOfId(std::string_view id) const;
  std::size_t NumberOfUri(std::string_view uri) const;

  // The concepts directly below.
  std::span<const std::uint32_t> Narrower(std::size_t number) const {
    return narrower_.subspan(narrower_begins_[number],
                             narrower_begins_[number + 1] - narrower_begins_[number]);
  }

  std::vector<model::ConceptScheme> Schemes() const;
  const std::string& digests() const { return digests_; }  // of the files, one behind the other
  const Container& container() const { return container_; }

 private:
  explicit CompiledThesaurus(Container container) : container_(std::move(container)) {}
  bool Read(const std::vector<std::string>& shipped);
  bool ReadTables();
  std::string_view Record(std::size_t number) const;

  Container container_;
  std::vector<std::string> names_;
  std::string digests_;
  std::string_view records_;
  std::span<const std::uint32_t> begins_;  // of each record, and the end of the last
  std::span<const std::uint32_t> by_id_;   // numbers in order of ids
  std::span<const std::uint32_t> by_uri_;
  std::span<const std::uint32_t> narrower_;
  std::span<const std::uint32_t> narrower_begins_;
};

}  // namespace sakuin::thesaurus
