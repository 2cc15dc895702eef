#include "indexer/thesaurus/compiled/compile.h"

#include <algorithm>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"
#include "indexer/thesaurus/compiled/concept_codec.h"
#include "indexer/thesaurus/compiled/sources.h"
#include "indexer/thesaurus/compiled/thesaurus_data.h"
#include "indexer/thesaurus/labels/label_table.h"
#include "indexer/thesaurus/skos/assembly.h"

namespace sakuin::thesaurus {
namespace {

using NumberList = std::vector<std::uint32_t>;

void Put(SectionId id, std::string bytes, ContainerWriter& to) {
  to.Add(static_cast<std::uint32_t>(id), std::move(bytes));
}

void Put(SectionId id, const NumberList& numbers, ContainerWriter& to) {
  to.AddArray<std::uint32_t>(static_cast<std::uint32_t>(id), numbers);
}

// Numbers in order of what `text_of` gives.
template <typename TextOf>
NumberList Ordered(std::size_t size, TextOf&& text_of) {
  NumberList out(size);
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = i;
  std::sort(out.begin(), out.end(),
            [&](std::uint32_t a, std::uint32_t b) { return text_of(a) < text_of(b); });
  return out;
}

void PutConcepts(const ThesaurusData& data, ContainerWriter& to) {
  NameTable names;
  Encoder concepts;
  Encoder schemes;
  NumberList begins{0};
  const auto all = data.concepts->All();
  for (const model::Concept& one : all) {
    Encode(one, names, concepts);
    begins.push_back(static_cast<std::uint32_t>(concepts.size()));
  }
  schemes.Each(data.schemes, [&](const auto& one) { Encode(one, names, schemes); });
  Encoder list;
  list.Each(names.names(), [&list](const std::string& name) { list.Text(name); });
  Put(SectionId::kNames, list.Take(), to);
  Put(SectionId::kSchemes, schemes.Take(), to);
  Put(SectionId::kConcepts, concepts.Take(), to);
  Put(SectionId::kConceptBegins, begins, to);
  Put(SectionId::kById,
      Ordered(
          all.size(), [&](auto i) -> auto& { return all[i].id; }),
      to);
  Put(SectionId::kByUri,
      Ordered(
          all.size(), [&](auto i) -> auto& { return all[i].uri; }),
      to);
}

void PutNarrower(const ThesaurusData& data, ContainerWriter& to) {
  NumberList narrower;
  NumberList begins{0};
  for (const std::vector<std::size_t>& list : data.narrower) {
    for (const std::size_t below : list) narrower.push_back(static_cast<std::uint32_t>(below));
    begins.push_back(static_cast<std::uint32_t>(narrower.size()));
  }
  Put(SectionId::kNarrower, narrower, to);
  Put(SectionId::kNarrowerBegins, begins, to);
}

void PutLabels(const ThesaurusData& data, const text::Folding& folding, ContainerWriter& to) {
  std::vector<LabelTable::Source> labels;
  for (std::uint32_t i = 0; i < data.concepts->size(); ++i) {
    const model::Concept& found = data.concepts->At(i);
    for (std::uint32_t n = 0; n < found.labels.size(); ++n) labels.push_back({i, &found, n});
  }
  LabelTable::Build(labels, folding, DoubleArray::Packing::kTight).Save(folding, to);
}

}  // namespace

Result<std::string> CompileBytes(const std::string& data_dir, const text::Folding& folding) {
  const auto paths = ShippedFiles(data_dir);
  if (!paths) return Pass(paths);
  Assembly assembly;
  std::vector<CompiledSource> sources;
  for (const std::string& path : *paths) {
    // The time of before the bytes are read: what is written meanwhile has another one.
    const auto stamp = files::StampOf(path);
    auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    sources.push_back(DescribeSource(path, stamp.value_or(files::Stamp()), *bytes));
    if (const Status done = assembly.AddShipped({path, std::move(*bytes)}); !done) {
      return Pass(done);
    }
  }
  const auto data = assembly.Finish();
  if (!data) return Pass(data);
  ContainerWriter out;
  Encoder list;
  Encode(sources, list);
  Put(SectionId::kSources, list.Take(), out);
  Put(SectionId::kAbout, (*data)->file_digests, out);
  PutConcepts(**data, out);
  PutNarrower(**data, out);
  PutLabels(**data, folding, out);
  return out.Finish();
}

Status Compile(const std::string& data_dir) {
  const auto folding = text::Folding::Load(data_dir);
  if (!folding) return Pass(folding);
  const auto bytes = CompileBytes(data_dir, *folding);
  if (!bytes) return Pass(bytes);
  return files::WriteAtomically(CompiledThesaurus::PathIn(data_dir), *bytes);
}

}  // namespace sakuin::thesaurus
