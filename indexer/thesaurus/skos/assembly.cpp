#include "indexer/thesaurus/skos/assembly.h"

#include <algorithm>
#include <set>

#include "indexer/base/digest.h"
#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/skos/cycles.h"
#include "indexer/thesaurus/skos/extend.h"

namespace sakuin::thesaurus {
namespace {

void RemoveRepeated(std::vector<std::string>& list) {
  for (auto it = list.begin(); it != list.end();) {
    it = std::find(list.begin(), it, *it) != it ? list.erase(it) : it + 1;
  }
}

}  // namespace

Assembly::Assembly(std::shared_ptr<const CompiledThesaurus> base)
    : base_(std::move(base)), out_(std::make_unique<ThesaurusData>()) {
  if (base_ == nullptr) return;
  digests_ = base_->digests();
  out_->base = base_;
  out_->schemes = base_->Schemes();
}

std::string Assembly::Where(std::size_t number) const {
  if (number < BaseSize()) return {};
  const auto& [file, line] = places_[number - BaseSize()];
  return paths_[file] + ":" + std::to_string(line);
}

std::size_t Assembly::NumberOfId(std::string_view id) const { return out_->NumberOf(id); }

// A reference may be an address or, behind kConceptBase, an id.
std::size_t Assembly::NumberOf(std::string_view address) const {
  const std::size_t in_base = base_ == nullptr ? SIZE_MAX : base_->NumberOfUri(address);
  if (in_base != SIZE_MAX) return in_base;
  const auto known = by_uri_.find(address);
  if (known != by_uri_.end()) return known->second;
  if (!address.starts_with(kConceptBase)) return SIZE_MAX;
  return NumberOfId(address.substr(kConceptBase.size()));
}

model::Concept& Assembly::At(std::size_t number) {
  if (number >= BaseSize()) return concepts_[number - BaseSize()];
  const auto known = changed_.find(number);
  if (known != changed_.end()) return known->second;
  model::Concept& out = changed_.emplace(number, base_->Concept(number)).first->second;
  resolved_[number] = {out.broader.size(), out.related.size()};
  return out;
}

std::string Assembly::UriOf(std::size_t number) const {
  return number < BaseSize() ? std::string(base_->UriOf(number))
                             : concepts_[number - BaseSize()].uri;
}

Status Assembly::AddShipped(const ThesaurusSource& source) {
  digests_ += Digest(source.bytes);
  auto file = ReadConcepts(source);
  if (!file) return Pass(file);
  return Add(std::move(*file));
}

Status Assembly::AddUsers(const ThesaurusSource& source) {
  has_users_ = true;
  digests_ += " user " + Digest(source.bytes);
  auto file = ReadConcepts(source);
  if (!file) return Pass(file);
  return AddUsersFile(std::move(*file));
}

Status Assembly::AddUsersFile(SkosFile file) {
  SkosFile fresh;
  fresh.path = file.path;
  fresh.schemes = std::move(file.schemes);
  std::unordered_set<std::size_t> extended;
  std::vector<std::size_t> numbers;  // of the file's concepts
  for (SkosConcept& found : file.concepts) {
    for (model::Label& label : found.data.labels) label.is_users = true;
    const std::size_t named = NumberOfId(found.data.id);
    const std::size_t known = named != SIZE_MAX ? named : NumberOf(found.data.uri);
    numbers.push_back(known != SIZE_MAX ? known : size() + fresh.concepts.size());
    if (known == SIZE_MAX) {
      fresh.concepts.push_back(std::move(found));
      continue;
    }
    if (!extended.insert(known).second) {
      return Fail(ErrorCode::kBadData,
                  "the concept " + found.data.id + " stands in this file already",
                  file.At(found.line));
    }
    by_uri_.emplace(found.data.uri, known);
    for (std::string& warning : ExtendConcept(At(known), found, file)) {
      out_->warnings.push_back(std::move(warning));
    }
  }
  std::vector<NarrowerReference> references = std::move(file.narrower);
  const Status done = Add(std::move(fresh));
  for (NarrowerReference& one : references) {
    narrower_references_.push_back({numbers[one.above], std::move(one.below), file.At(one.line)});
  }
  return done;
}

Status Assembly::Add(SkosFile file) {
  const std::size_t first_number = size();
  const std::size_t file_number = paths_.size();
  paths_.push_back(file.path);
  out_->by_id.reserve(first_number + file.concepts.size());
  by_uri_.reserve(first_number + file.concepts.size());
  concepts_.reserve(concepts_.size() + file.concepts.size());
  places_.reserve(concepts_.size() + file.concepts.size());
  for (SkosConcept& found : file.concepts) {
    const std::size_t number = size();
    const auto known = out_->by_id.emplace(found.data.id, number).first;
    const auto known_uri = by_uri_.emplace(found.data.uri, number).first;
    const std::size_t first = std::min(known->second, known_uri->second);
    if (first != number) {
      return Fail(ErrorCode::kBadData,
                  "the concept " + found.data.id + " stands at " + Where(first) + " already",
                  file.At(found.line));
    }
    concepts_.push_back(std::move(found.data));
    places_.emplace_back(file_number, found.line);
  }
  for (NarrowerReference& one : file.narrower) {
    narrower_references_.push_back(
        {first_number + one.above, std::move(one.below), file.At(one.line)});
  }
  std::vector<model::ConceptScheme>& schemes = out_->schemes;
  for (model::ConceptScheme& scheme : file.schemes) {
    const bool known = std::any_of(schemes.begin(), schemes.end(),
                                   [&scheme](const auto& one) { return one.id == scheme.id; });
    if (!known) schemes.push_back(std::move(scheme));
  }
  return {};
}

// Addresses of concepts become ids.
Status Assembly::Resolve() {
  for (const Narrower& one : narrower_references_) {
    const std::size_t below = NumberOf(one.below);
    if (below == SIZE_MAX) {
      return Fail(ErrorCode::kBadData, "refers to " + one.below + ", which is nowhere", one.where);
    }
    std::vector<std::string>& broader = At(below).broader;
    std::string above = UriOf(one.above);
    if (std::find(broader.begin(), broader.end(), above) == broader.end()) {
      broader.push_back(std::move(above));
    }
  }
  for (auto& [number, unused] : changed_) {
    if (const Status done = Resolve(number); !done) return done;
  }
  for (std::size_t i = BaseSize(); i < size(); ++i) {
    if (const Status done = Resolve(i); !done) return done;
  }
  return {};
}

Status Assembly::Resolve(std::size_t number) {
  model::Concept& found = At(number);
  const auto before = resolved_.find(number);
  const auto done =
      before == resolved_.end() ? std::pair<std::size_t, std::size_t>(0, 0) : before->second;
  for (const auto& [list, first] :
       {std::pair(&found.broader, done.first), std::pair(&found.related, done.second)}) {
    for (std::size_t i = first; i < list->size(); ++i) {
      std::string& reference = (*list)[i];
      const std::size_t known = NumberOf(reference);
      if (known == SIZE_MAX) {
        return Fail(ErrorCode::kBadData,
                    "the concept " + found.id + " refers to " + reference + ", which is nowhere",
                    Where(number));
      }
      reference = known < BaseSize() ? std::string(base_->IdOf(known)) : At(known).id;
    }
    // A file may say again what is known, by another address.
    RemoveRepeated(*list);
  }
  return {};
}

Status Assembly::Link() {
  std::vector<std::vector<std::size_t>>& narrower = out_->narrower;
  narrower.resize(size());
  for (std::size_t i = 0; i < BaseSize(); ++i) {
    for (const std::uint32_t below : base_->Narrower(i)) {
      if (changed_.count(below) == 0) narrower[i].push_back(below);
    }
  }
  const auto link = [&](const model::Concept& below, std::size_t number) {
    for (const std::string& above : below.broader) {
      const std::size_t known = NumberOfId(above);
      if (known == SIZE_MAX) return false;  // a compiled file that contradicts itself
      std::vector<std::size_t>& list = narrower[known];
      list.insert(std::upper_bound(list.begin(), list.end(), number), number);
    }
    return true;
  };
  bool known = true;
  for (const auto& [number, below] : changed_) known = known && link(below, number);
  for (std::size_t i = BaseSize(); i < size(); ++i) {
    known = known && link(concepts_[i - BaseSize()], i);
  }
  if (!known) return Fail(ErrorCode::kBadData, "a broader concept is nowhere");
  const std::vector<std::size_t> cycle = InCycles(narrower);
  if (cycle.empty()) return {};
  return Fail(ErrorCode::kBadData, "the concept " + At(cycle[0]).id + " is broader than itself",
              Where(cycle[0]));
}

Result<std::unique_ptr<ThesaurusData>> Assembly::Finish() {
  if (base_ == nullptr || has_users_) {
    if (const Status done = Resolve(); !done) return Pass(done);
    if (const Status done = Link(); !done) return Pass(done);
  }
  out_->digest = Digest(digests_);
  out_->file_digests = std::move(digests_);
  if (base_ == nullptr) {
    out_->concepts = std::make_unique<ConceptSlots>(std::move(concepts_));
    return std::move(out_);
  }
  for (const auto& [number, unused] : changed_) {
    out_->changed.push_back(static_cast<std::uint32_t>(number));
  }
  out_->concepts = std::make_unique<ConceptSlots>(base_, std::move(changed_), std::move(concepts_));
  return std::move(out_);
}

}  // namespace sakuin::thesaurus
