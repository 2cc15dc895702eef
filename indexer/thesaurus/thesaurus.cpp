#include "indexer/thesaurus/thesaurus.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/thesaurus/skos/cycles.h"
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
  std::string digest;

  std::string Where(std::size_t number) const {
    return paths[places[number].first] + ":" + std::to_string(places[number].second);
  }

  Status Add(SkosFile file) {
    const std::size_t first_number = concepts.size();
    const std::size_t file_number = paths.size();
    paths.push_back(file.path);
    by_id.reserve(first_number + file.concepts.size());
    by_uri.reserve(first_number + file.concepts.size());
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
      const auto below = by_uri.find(one.below);
      if (below == by_uri.end()) {
        return Fail(ErrorCode::kBadData, "refers to " + one.below + ", which is nowhere",
                    one.where);
      }
      std::vector<std::string>& broader = concepts[below->second].broader;
      const std::string& above = concepts[one.above].uri;
      if (std::find(broader.begin(), broader.end(), above) == broader.end()) {
        broader.push_back(above);
      }
    }
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      for (std::vector<std::string>* list : {&concepts[i].broader, &concepts[i].related}) {
        for (std::string& reference : *list) {
          const auto known = by_uri.find(reference);
          if (known == by_uri.end()) {
            return Fail(
                ErrorCode::kBadData,
                "the concept " + concepts[i].id + " refers to " + reference + ", which is nowhere",
                Where(i));
          }
          reference = concepts[known->second].id;
        }
      }
    }
    return {};
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

Result<Thesaurus> Thesaurus::Load(const std::string& data_dir) {
  std::vector<std::string> names;
  const std::string folder = data_dir + "/thesaurus";
  for (std::string& file : files::WalkFolder(folder).files) {
    if (file.ends_with(".rdf")) names.push_back(std::move(file));
  }
  if (names.empty()) return Fail(ErrorCode::kNotFound, "has no .rdf file", folder);
  return LoadFiles(names);
}

Result<Thesaurus> Thesaurus::LoadFiles(const std::vector<std::string>& paths) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  for (const std::string& path : paths) {
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    auto file = ReadSkos(path, *bytes);
    if (!file) return Pass(file);
    if (const Status done = impl->Add(std::move(*file)); !done) return Pass(done);
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

const std::string& Thesaurus::digest() const { return impl_->digest; }

Thesaurus::Thesaurus(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Thesaurus::Thesaurus(Thesaurus&&) noexcept = default;
Thesaurus& Thesaurus::operator=(Thesaurus&&) noexcept = default;
Thesaurus::~Thesaurus() = default;

}  // namespace sakuin::thesaurus
