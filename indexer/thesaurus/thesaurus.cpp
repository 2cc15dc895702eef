#include "indexer/thesaurus/thesaurus.h"

#include <unordered_set>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"
#include "indexer/thesaurus/compiled/thesaurus_data.h"
#include "indexer/thesaurus/skos/assembly.h"

namespace sakuin::thesaurus {
namespace {

using Data = std::unique_ptr<ThesaurusData>;

Result<Data> WithUsers(Assembly assembly, const std::vector<ThesaurusSource>& user) {
  for (const ThesaurusSource& source : user) {
    if (const Status done = assembly.AddUsers(source); !done) return Pass(done);
  }
  return assembly.Finish();
}

Result<Data> FromFiles(const std::vector<std::string>& paths,
                       const std::vector<ThesaurusSource>& user) {
  Assembly assembly;
  for (const std::string& path : paths) {
    auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    if (const Status done = assembly.AddShipped({path, std::move(*bytes)}); !done) {
      return Pass(done);
    }
  }
  return WithUsers(std::move(assembly), user);
}

// `start` and everything below it, breadth first.
template <typename NarrowerOf>
std::vector<std::size_t> Below(std::size_t start, NarrowerOf&& narrower_of) {
  std::vector<std::size_t> order{start};
  std::unordered_set<std::size_t> seen;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t below : narrower_of(order[i])) {
      if (seen.insert(below).second) order.push_back(below);
    }
  }
  return order;
}

}  // namespace

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
  const auto base = CompiledThesaurus::Open(CompiledThesaurus::PathIn(data_dir), *names);
  if (base == nullptr) return LoadFiles(*names, user);
  auto data = WithUsers(Assembly(base), user);
  // Only the files know the lines that a message names.
  if (!data) return LoadFiles(*names, user);
  return Thesaurus(std::move(*data));
}

Result<Thesaurus> Thesaurus::LoadFiles(const std::vector<std::string>& paths,
                                       const std::vector<ThesaurusSource>& user) {
  auto data = FromFiles(paths, user);
  if (!data) return Pass(data);
  return Thesaurus(std::move(*data));
}

std::span<const model::Concept> Thesaurus::concepts() const { return data_->concepts->All(); }

const std::vector<model::ConceptScheme>& Thesaurus::schemes() const { return data_->schemes; }

const model::Concept* Thesaurus::Find(std::string_view id) const {
  const std::size_t number = data_->NumberOf(id);
  return number == SIZE_MAX ? nullptr : &data_->concepts->At(number);
}

std::vector<const model::Concept*> Thesaurus::WithNarrower(std::string_view id) const {
  std::vector<const model::Concept*> out;
  const std::size_t start = data_->NumberOf(id);
  if (start == SIZE_MAX) return out;
  const auto order =
      data_->narrower.empty()
          ? Below(start, [this](std::size_t number) { return data_->base->Narrower(number); })
          : Below(
                start, [this](std::size_t number) -> const auto& {
                  return data_->narrower[number];
                });
  for (const std::size_t number : order) out.push_back(&data_->concepts->At(number));
  return out;
}

const std::vector<std::string>& Thesaurus::warnings() const { return data_->warnings; }

const std::string& Thesaurus::digest() const { return data_->digest; }

Thesaurus::Thesaurus(std::unique_ptr<ThesaurusData> data) : data_(std::move(data)) {}
Thesaurus::Thesaurus(Thesaurus&&) noexcept = default;
Thesaurus& Thesaurus::operator=(Thesaurus&&) noexcept = default;
Thesaurus::~Thesaurus() = default;

}  // namespace sakuin::thesaurus
