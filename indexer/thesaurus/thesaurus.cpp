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

// Addresses of concepts become ids; what is no concept here stays as it is and is told.
Status Resolve(const SkosFile& file, const Index& by_uri, std::size_t first,
               std::vector<model::Concept>& concepts) {
  for (std::size_t i = 0; i < file.concepts.size(); ++i) {
    model::Concept& found = concepts[first + i];
    for (std::vector<std::string>* list : {&found.broader, &found.related}) {
      for (std::string& reference : *list) {
        const auto known = by_uri.find(reference);
        if (known == by_uri.end()) {
          return Fail(ErrorCode::kBadData,
                      "the concept " + found.id + " refers to " + reference + ", which is nowhere",
                      file.path + ":" + std::to_string(file.lines[i]));
        }
        reference = concepts[known->second].id;
      }
    }
  }
  return {};
}

bool ReachesItself(const std::vector<model::Concept>& concepts, const Index& by_id,
                   std::size_t start) {
  std::vector<std::size_t> open{start};
  std::set<std::size_t> seen;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::string& above : concepts[at].broader) {
      const std::size_t next = by_id.find(above)->second;
      if (next == start) return true;
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  return false;
}

}  // namespace

struct Thesaurus::Impl {
  std::vector<model::Concept> concepts;
  Index by_id;
  std::vector<std::vector<std::size_t>> narrower;
  std::string digest;
};

Result<Thesaurus> Thesaurus::Load(const std::string& data_dir) {
  std::vector<std::string> names;
  for (std::string& file : files::WalkFolder(data_dir + "/thesaurus").files) {
    if (file.ends_with(".rdf")) names.push_back(std::move(file));
  }
  return LoadFiles(names);
}

Result<Thesaurus> Thesaurus::LoadFiles(const std::vector<std::string>& paths) {
  auto impl = std::make_unique<Impl>();
  std::vector<SkosFile> all;
  Index by_uri;
  std::string digest_input;
  for (const std::string& path : paths) {
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digest_input += *bytes;
    auto file = ReadSkos(path, *bytes);
    if (!file) return Pass(file);
    for (std::size_t i = 0; i < file->concepts.size(); ++i) {
      const model::Concept& found = file->concepts[i];
      const bool fresh = impl->by_id.emplace(found.id, impl->concepts.size()).second;
      if (!fresh || !by_uri.emplace(found.uri, impl->concepts.size()).second) {
        return Fail(ErrorCode::kBadData, "the concept " + found.id + " stands here a second time",
                    path + ":" + std::to_string(file->lines[i]));
      }
      impl->concepts.push_back(found);
    }
    all.push_back(std::move(*file));
  }
  std::size_t first = 0;
  for (const SkosFile& file : all) {
    if (const Status done = Resolve(file, by_uri, first, impl->concepts); !done) return Pass(done);
    first += file.concepts.size();
  }
  impl->narrower.resize(impl->concepts.size());
  first = 0;
  for (const SkosFile& file : all) {
    for (std::size_t i = 0; i < file.concepts.size(); ++i) {
      const std::size_t number = first + i;
      if (ReachesItself(impl->concepts, impl->by_id, number)) {
        return Fail(ErrorCode::kBadData,
                    "the concept " + impl->concepts[number].id + " is broader than itself",
                    file.path + ":" + std::to_string(file.lines[i]));
      }
      for (const std::string& above : impl->concepts[number].broader) {
        impl->narrower[impl->by_id.find(above)->second].push_back(number);
      }
    }
    first += file.concepts.size();
  }
  impl->digest = Digest(digest_input);
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
  std::vector<std::size_t> order{found->second};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t below : impl_->narrower[order[i]]) {
      if (std::find(order.begin(), order.end(), below) == order.end()) order.push_back(below);
    }
  }
  for (const std::size_t number : order) out.push_back(&impl_->concepts[number]);
  return out;
}

const std::string& Thesaurus::digest() const { return impl_->digest; }

Thesaurus::Thesaurus(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Thesaurus::Thesaurus(Thesaurus&&) noexcept = default;
Thesaurus& Thesaurus::operator=(Thesaurus&&) noexcept = default;
Thesaurus::~Thesaurus() = default;

}  // namespace sakuin::thesaurus
