// Any bytes as a file of concepts, SKOS or a table: an error with its place, or concepts that can
// be checked, and exported so that they read back the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/skos_writer.h"
#include "indexer/thesaurus/thesaurus.h"
#include "indexer/thesaurus/validate.h"

namespace {

using sakuin::thesaurus::SkosFile;
using sakuin::thesaurus::Thesaurus;

void Require(bool holds) {
  if (!holds) std::abort();
}

void Check(const std::string& name, const std::string& bytes) {
  static const auto folding = sakuin::text::Folding::Load(SAKUIN_ROOT "/corpus");
  Require(folding.has_value());
  const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  const auto file = sakuin::thesaurus::ReadConcepts({name, bytes});
  if (!file) {
    Require(file.error().where.starts_with(name + ":"));
    return;
  }
  for (const auto& found : file->concepts) {
    Require(found.line >= 1 && found.line <= lines && !found.data.labels.empty());
    Require(found.label_lines.size() == found.data.labels.size());
    for (const std::size_t line : found.label_lines) Require(line >= 1 && line <= lines);
  }
  (void)sakuin::thesaurus::Validate({*file}, *folding);
  const auto thesaurus = Thesaurus::LoadFiles({}, {{name, bytes}});
  if (!thesaurus) return;
  const auto matcher = sakuin::thesaurus::LabelMatcher::Build(*thesaurus, *folding);
  (void)matcher.Match(bytes, folding->Fold(bytes));
  const std::string once = WriteSkos(*thesaurus);
  const auto again = Thesaurus::LoadFiles({}, {{"again.rdf", once}});
  Require(again.has_value() && WriteSkos(*again) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Check("f.rdf", bytes);
  Check("f.csv", bytes);
  return 0;
}
