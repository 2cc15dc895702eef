#include "indexer/thesaurus/skos/extend.h"

#include <algorithm>
#include <utility>

namespace sakuin::thesaurus {
namespace {

void Unite(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& one : from) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

bool HasPreferred(const model::Concept& found, const std::string& language) {
  return std::any_of(found.labels.begin(), found.labels.end(), [&](const model::Label& label) {
    return label.kind == model::LabelKind::kPreferred && label.language == language;
  });
}

}  // namespace

std::vector<std::string> ExtendConcept(model::Concept& to, SkosConcept& from,
                                       const SkosFile& file) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < from.data.labels.size(); ++i) {
    model::Label& label = from.data.labels[i];
    const auto same = [&label](const model::Label& other) {
      return other.language == label.language && other.text == label.text;
    };
    if (std::any_of(to.labels.begin(), to.labels.end(), same)) continue;
    if (label.kind == model::LabelKind::kPreferred && HasPreferred(to, label.language)) {
      label.kind = model::LabelKind::kAlternative;
      warnings.push_back(file.At(from.label_lines[i]) + ": " + to.id +
                         " has a preferred label in " + label.language + " already; \"" +
                         label.text + "\" becomes another name");
    }
    to.labels.push_back(std::move(label));
  }
  Unite(to.broader, from.data.broader);
  Unite(to.related, from.data.related);
  Unite(to.exact_match, from.data.exact_match);
  to.matches.insert(to.matches.end(), from.data.matches.begin(), from.data.matches.end());
  to.notes.insert(to.notes.end(), from.data.notes.begin(), from.data.notes.end());
  if (to.scope_note.empty()) to.scope_note = from.data.scope_note;
  if (to.scheme.empty()) to.scheme = from.data.scheme;
  return warnings;
}

}  // namespace sakuin::thesaurus
