#include "indexer/thesaurus/thesaurus.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/skos/cycles.h"
#include "indexer/thesaurus/skos/extend.h"
#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::thesaurus {
namespace {

// Keys of std::string that are asked for with a std::string_view.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

using Index = std::unordered_map<std::string, std::size_t, ViewHash, std::equal_to<>>;

}  // namespace

struct Thesaurus::Impl {
  // A reference that waits until all concepts are known.
  struct Narrower {
    std::size_t above = 0;
    std::string below;
    std::string where;
  };

  std::vector<model::Concept> concepts;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // file and line of each
  std::vector<std::string> paths;
  std::vector<model::ConceptScheme> schemes;
  std::vector<Narrower> narrower_references;
  Index by_id;
  Index by_uri;
  std::vector<std::vector<std::size_t>> narrower;
  std::vector<std::string> warnings;
  bool has_users = false;
  std::string digest;

  std::string Where(std::size_t number) const {
    return paths[places[number].first] + ":" + std::to_string(places[number].second);
  }

  // A reference may be an address or, behind kConceptBase, an id.
  std::size_t NumberOf(std::string_view address) const {
    const auto known = by_uri.find(address);
    if (known != by_uri.end()) return known->second;
    if (!address.starts_with(kConceptBase)) return SIZE_MAX;
    const auto named = by_id.find(address.substr(kConceptBase.size()));
    return named == by_id.end() ? SIZE_MAX : named->second;
  }

  Status AddUsers(SkosFile file) {
    SkosFile fresh;
    fresh.path = file.path;
    fresh.schemes = std::move(file.schemes);
    std::unordered_set<std::size_t> extended;
    std::vector<std::size_t> numbers;  // of the file's concepts
    for (SkosConcept& found : file.concepts) {
      for (model::Label& label : found.data.labels) label.is_users = true;
      const auto named = by_id.find(found.data.id);
      const std::size_t known = named != by_id.end() ? named->second : NumberOf(found.data.uri);
      numbers.push_back(known != SIZE_MAX ? known : concepts.size() + fresh.concepts.size());
      if (known == SIZE_MAX) {
        fresh.concepts.push_back(std::move(found));
        continue;
      }
      if (!extended.insert(known).second) {
        return Fail(ErrorCode::kBadData,
                    "the concept " + found.data.id + " stands in this file already",
                    file.At(found.line));
      }
      by_uri.emplace(found.data.uri, known);
      for (std::string& warning : ExtendConcept(concepts[known], found, file)) {
        warnings.push_back(std::move(warning));
      }
    }
    std::vector<NarrowerReference> references = std::move(file.narrower);
    const Status done = Add(std::move(fresh));
    for (NarrowerReference& one : references) {
      narrower_references.push_back({numbers[one.above], std::move(one.below), file.At(one.line)});
    }
    return done;
  }

  Status Add(SkosFile file) {
    const std::size_t first_number = concepts.size();
    const std::size_t file_number = paths.size();
    paths.push_back(file.path);
    by_id.reserve(first_number + file.concepts.size());
    by_uri.reserve(first_number + file.concepts.size());
    concepts.reserve(first_number + file.concepts.size());
    places.reserve(first_number + file.concepts.size());
    for (SkosConcept& found : file.concepts) {
      const std::size_t number = concepts.size();
      const auto known = by_id.emplace(found.data.id, number).first;
      const auto known_uri = by_uri.emplace(found.data.uri, number).first;
      const std::size_t first = std::min(known->second, known_uri->second);
      if (first != number) {
        return Fail(ErrorCode::kBadData,
                    "the concept " + found.data.id + " stands at " + Where(first) + " already",
                    file.At(found.line));
      }
      concepts.push_back(std::move(found.data));
      places.emplace_back(file_number, found.line);
    }
    for (NarrowerReference& one : file.narrower) {
      narrower_references.push_back(
          {first_number + one.above, std::move(one.below), file.At(one.line)});
    }
    for (model::ConceptScheme& scheme : file.schemes) {
      const bool known = std::any_of(schemes.begin(), schemes.end(),
                                     [&scheme](const auto& one) { return one.id == scheme.id; });
      if (!known) schemes.push_back(std::move(scheme));
    }
    return {};
  }

  // Addresses of concepts become ids.
  Status Resolve() {
    for (const Narrower& one : narrower_references) {
      const std::size_t below = NumberOf(one.below);
      if (below == SIZE_MAX) {
        return Fail(ErrorCode::kBadData, "refers to " + one.below + ", which is nowhere",
                    one.where);
      }
      std::vector<std::string>& broader = concepts[below].broader;
      const std::string& above = concepts[one.above].uri;
      if (std::find(broader.begin(), broader.end(), above) == broader.end()) {
        broader.push_back(above);
      }
    }
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      for (std::vector<std::string>* list : {&concepts[i].broader, &concepts[i].related}) {
        for (std::string& reference : *list) {
          const std::size_t known = NumberOf(reference);
          if (known == SIZE_MAX) {
            return Fail(
                ErrorCode::kBadData,
                "the concept " + concepts[i].id + " refers to " + reference + ", which is nowhere",
                Where(i));
          }
          reference = concepts[known].id;
        }
        // A user's file may say again what is known, by another address.
        if (has_users) RemoveRepeated(*list);
      }
    }
    return {};
  }

  static void RemoveRepeated(std::vector<std::string>& list) {
    for (auto it = list.begin(); it != list.end();) {
      it = std::find(list.begin(), it, *it) != it ? list.erase(it) : it + 1;
    }
  }

  Status Link() {
    narrower.resize(concepts.size());
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      for (const std::string& above : concepts[i].broader) {
        narrower[by_id.find(above)->second].push_back(i);
      }
    }
    const std::vector<std::size_t> cycle = InCycles(narrower);
    if (cycle.empty()) return {};
    return Fail(ErrorCode::kBadData,
                "the concept " + concepts[cycle[0]].id + " is broader than itself",
                Where(cycle[0]));
  }

  // `start` and everything below it, breadth first.
  std::vector<std::size_t> Below(std::size_t start) const {
    std::vector<std::size_t> order{start};
    std::unordered_set<std::size_t> seen;
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const std::size_t below : narrower[order[i]]) {
        if (seen.insert(below).second) order.push_back(below);
      }
    }
    return order;
  }
};

Result<std::vector<std::string>> ShippedFiles(const std::string& data_dir) {
  std::vector<std::string> names;
  const std::string folder = data_dir + "/thesaurus";
  for (std::string& file : files::WalkFolder(folder).files) {
    if (file.ends_with(".rdf")) names.push_back(std::move(file));
  }
  if (names.empty()) return Fail(ErrorCode::kNotFound, "has no .rdf file", folder);
  return names;
}

Result<Thesaurus> Thesaurus::Load(const std::string& data_dir) { return Load(data_dir, {}); }

Result<Thesaurus> Thesaurus::Load(const std::string& data_dir,
                                  const std::vector<ThesaurusSource>& user) {
  const auto names = ShippedFiles(data_dir);
  if (!names) return Pass(names);
  return LoadFiles(*names, user);
}

Result<Thesaurus> Thesaurus::LoadFiles(const std::vector<std::string>& paths,
                                       const std::vector<ThesaurusSource>& user) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  for (const std::string& path : paths) {
    auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    auto file = ReadConcepts({path, std::move(*bytes)});
    if (!file) return Pass(file);
    if (const Status done = impl->Add(std::move(*file)); !done) return Pass(done);
  }
  impl->has_users = !user.empty();
  for (const ThesaurusSource& source : user) {
    digests += " user " + Digest(source.bytes);
    auto file = ReadConcepts(source);
    if (!file) return Pass(file);
    if (const Status done = impl->AddUsers(std::move(*file)); !done) return Pass(done);
  }
  if (const Status done = impl->Resolve(); !done) return Pass(done);
  if (const Status done = impl->Link(); !done) return Pass(done);
  impl->digest = Digest(digests);
  return Thesaurus(std::move(impl));
}

const std::vector<model::Concept>& Thesaurus::concepts() const { return impl_->concepts; }

const std::vector<model::ConceptScheme>& Thesaurus::schemes() const { return impl_->schemes; }

const model::Concept* Thesaurus::Find(std::string_view id) const {
  const auto found = impl_->by_id.find(id);
  return found == impl_->by_id.end() ? nullptr : &impl_->concepts[found->second];
}

std::vector<const model::Concept*> Thesaurus::WithNarrower(std::string_view id) const {
  std::vector<const model::Concept*> out;
  const auto found = impl_->by_id.find(id);
  if (found == impl_->by_id.end()) return out;
  for (const std::size_t number : impl_->Below(found->second)) {
    out.push_back(&impl_->concepts[number]);
  }
  return out;
}

const std::vector<std::string>& Thesaurus::warnings() const { return impl_->warnings; }

const std::string& Thesaurus::digest() const { return impl_->digest; }

Thesaurus::Thesaurus(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Thesaurus::Thesaurus(Thesaurus&&) noexcept = default;
Thesaurus& Thesaurus::operator=(Thesaurus&&) noexcept = default;
Thesaurus::~Thesaurus() = default;

}  // namespace sakuin::thesaurus
