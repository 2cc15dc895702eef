#include "indexer/thesaurus/compiled/compiled_thesaurus.h"

#include <algorithm>
#include <utility>

#include "indexer/thesaurus/compiled/concept_codec.h"
#include "indexer/thesaurus/compiled/sources.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::uint32_t Id(SectionId id) { return static_cast<std::uint32_t>(id); }

std::span<const std::uint32_t> NumbersOf(const Container& container, SectionId id) {
  return container.Array<std::uint32_t>(Id(id)).value_or(std::span<const std::uint32_t>());
}

// Ascending, from 0 to `end`.
bool AreBegins(std::span<const std::uint32_t> begins, std::size_t end) {
  return !begins.empty() && begins.front() == 0 && begins.back() == end &&
         std::is_sorted(begins.begin(), begins.end());
}

bool AreBelow(std::span<const std::uint32_t> numbers, std::size_t limit) {
  return std::all_of(numbers.begin(), numbers.end(), [limit](auto n) { return n < limit; });
}

template <typename TextOf>
std::size_t Find(std::span<const std::uint32_t> order, std::string_view text, TextOf&& text_of) {
  const auto at = std::lower_bound(order.begin(), order.end(), text,
                                   [&](auto n, std::string_view one) { return text_of(n) < one; });
  return at != order.end() && text_of(*at) == text ? *at : SIZE_MAX;
}

}  // namespace

std::string CompiledThesaurus::PathIn(const std::string& data_dir) {
  return data_dir + "/thesaurus/thesaurus.compiled";
}

std::shared_ptr<const CompiledThesaurus> CompiledThesaurus::Open(
    const std::string& path, const std::vector<std::string>& shipped) {
  auto container = Container::Open(path);
  if (!container) return nullptr;
  std::shared_ptr<CompiledThesaurus> out(new CompiledThesaurus(std::move(*container)));
  return out->Read(shipped) ? out : nullptr;
}

bool CompiledThesaurus::Read(const std::vector<std::string>& shipped) {
  Decoder sources(container_.Section(Id(SectionId::kSources)));
  const std::vector<CompiledSource> known = DecodeSources(sources);
  if (!sources.ok() || !AreUnchanged(known, shipped, container_.stamp())) return false;
  digests_ = container_.Section(Id(SectionId::kAbout));
  Decoder names(container_.Section(Id(SectionId::kNames)));
  names_.resize(names.Count());
  for (std::string& name : names_) name = names.Text();
  return names.ok() && ReadTables();
}

bool CompiledThesaurus::ReadTables() {
  records_ = container_.Section(Id(SectionId::kConcepts));
  begins_ = NumbersOf(container_, SectionId::kConceptBegins);
  by_id_ = NumbersOf(container_, SectionId::kById);
  by_uri_ = NumbersOf(container_, SectionId::kByUri);
  narrower_ = NumbersOf(container_, SectionId::kNarrower);
  narrower_begins_ = NumbersOf(container_, SectionId::kNarrowerBegins);
  return AreBegins(begins_, records_.size()) && AreBegins(narrower_begins_, narrower_.size()) &&
         narrower_begins_.size() == begins_.size() && by_id_.size() == size() &&
         by_uri_.size() == size() && AreBelow(by_id_, size()) && AreBelow(by_uri_, size()) &&
         AreBelow(narrower_, size());
}

std::string_view CompiledThesaurus::Record(std::size_t number) const {
  return records_.substr(begins_[number], begins_[number + 1] - begins_[number]);
}

model::Concept CompiledThesaurus::Concept(std::size_t number) const {
  Decoder record(Record(number));
  return DecodeConcept(names_, record);
}

std::string_view CompiledThesaurus::IdOf(std::size_t number) const {
  return Decoder(Record(number)).Text();
}

std::string_view CompiledThesaurus::UriOf(std::size_t number) const {
  Decoder record(Record(number));
  record.Text();
  return record.Text();
}

std::size_t CompiledThesaurus::NumberOfId(std::string_view id) const {
  return Find(by_id_, id, [this](std::size_t number) { return IdOf(number); });
}

std::size_t CompiledThesaurus::NumberOfUri(std::string_view uri) const {
  return Find(by_uri_, uri, [this](std::size_t number) { return UriOf(number); });
}

std::vector<model::ConceptScheme> CompiledThesaurus::Schemes() const {
  Decoder schemes(container_.Section(Id(SectionId::kSchemes)));
  std::vector<model::ConceptScheme> out(schemes.Count());
  for (model::ConceptScheme& one : out) one = DecodeScheme(names_, schemes);
  return out;
}

}  // namespace sakuin::thesaurus
