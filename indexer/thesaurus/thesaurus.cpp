#include "indexer/thesaurus/thesaurus.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::thesaurus {
namespace {

using Index = std::map<std::string, std::size_t, std::less<>>;

}  // namespace

struct Thesaurus::Impl {
  std::vector<model::Concept> concepts;
  std::vector<std::string> places;  // file:line of each, for messages
  Index by_id;
  Index by_uri;
  std::vector<std::vector<std::size_t>> narrower;
  std::string digest;

  Status Add(SkosFile file) {
    for (SkosConcept& found : file.concepts) {
      const std::string where = file.At(found.line);
      const std::size_t number = concepts.size();
      const auto known = by_id.emplace(found.data.id, number).first;
      const auto known_uri = by_uri.emplace(found.data.uri, number).first;
      const std::size_t first = std::min(known->second, known_uri->second);
      if (first != number) {
        return Fail(ErrorCode::kBadData,
                    "the concept " + found.data.id + " stands at " + places[first] + " already",
                    where);
      }
      concepts.push_back(std::move(found.data));
      places.push_back(where);
    }
    return {};
  }

  // Addresses of concepts become ids.
  Status Resolve() {
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      for (std::vector<std::string>* list : {&concepts[i].broader, &concepts[i].related}) {
        for (std::string& reference : *list) {
          const auto known = by_uri.find(reference);
          if (known == by_uri.end()) {
            return Fail(
                ErrorCode::kBadData,
                "the concept " + concepts[i].id + " refers to " + reference + ", which is nowhere",
                places[i]);
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
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      const std::vector<std::size_t> below = Below(i);
      if (std::find(below.begin() + 1, below.end(), i) == below.end()) continue;
      return Fail(ErrorCode::kBadData, "the concept " + concepts[i].id + " is broader than itself",
                  places[i]);
    }
    return {};
  }

  // `start` and everything below it, breadth first; `start` a second time where there is a cycle.
  std::vector<std::size_t> Below(std::size_t start) const {
    std::vector<std::size_t> order{start};
    std::set<std::size_t> seen;
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
