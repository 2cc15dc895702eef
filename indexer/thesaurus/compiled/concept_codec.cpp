#include "indexer/thesaurus/compiled/concept_codec.h"

namespace sakuin::thesaurus {
namespace {

using Names = std::vector<std::string>;

constexpr std::uint64_t kLabelKinds = 3;

const std::string& NameAt(const Names& names, std::uint64_t number) {
  static const std::string none;
  return number < names.size() ? names[number] : none;
}

void EncodeLabels(const std::vector<model::Label>& labels, NameTable& names, Encoder& to) {
  to.Each(labels, [&](const model::Label& label) {
    to.Number(names.NumberOf(label.language) * kLabelKinds +
              static_cast<std::uint64_t>(label.kind));
    to.Text(label.text);
  });
}

std::vector<model::Label> DecodeLabels(const Names& names, Decoder& from) {
  std::vector<model::Label> out(from.Count());
  for (model::Label& label : out) {
    const std::uint64_t both = from.Number();
    label.language = NameAt(names, both / kLabelKinds);
    label.kind = static_cast<model::LabelKind>(both % kLabelKinds);
    label.text = from.Text();
  }
  return out;
}

Names DecodeTexts(Decoder& from) {
  Names out(from.Count());
  for (std::string& text : out) text = from.Text();
  return out;
}

}  // namespace

std::uint64_t NameTable::NumberOf(const std::string& name) {
  const auto [known, added] = numbers_.emplace(name, names_.size());
  if (added) names_.push_back(name);
  return known->second;
}

void Encode(const model::Concept& from, NameTable& names, Encoder& to) {
  const auto text = [&to](const std::string& one) { to.Text(one); };
  text(from.id);
  text(from.uri);
  to.Number(names.NumberOf(from.scheme) * 2 + (from.is_top ? 1 : 0));
  EncodeLabels(from.labels, names, to);
  for (const auto* list : {&from.broader, &from.related, &from.exact_match}) to.Each(*list, text);
  to.Each(from.matches, [&](const model::ConceptMatch& match) {
    to.Number(names.NumberOf(match.kind));
    text(match.address);
  });
  text(from.scope_note);
  to.Each(from.notes, [&](const model::Note& note) {
    to.Number(names.NumberOf(note.kind));
    to.Number(names.NumberOf(note.language));
    text(note.text);
  });
}

model::Concept DecodeConcept(const Names& names, Decoder& from) {
  model::Concept out;
  out.id = from.Text();
  out.uri = from.Text();
  const std::uint64_t scheme = from.Number();
  out.scheme = NameAt(names, scheme / 2);
  out.is_top = scheme % 2 != 0;
  out.labels = DecodeLabels(names, from);
  for (auto* list : {&out.broader, &out.related, &out.exact_match}) *list = DecodeTexts(from);
  out.matches.resize(from.Count());
  for (model::ConceptMatch& match : out.matches) {
    match.kind = NameAt(names, from.Number());
    match.address = from.Text();
  }
  out.scope_note = from.Text();
  out.notes.resize(from.Count());
  for (model::Note& note : out.notes) {
    note.kind = NameAt(names, from.Number());
    note.language = NameAt(names, from.Number());
    note.text = from.Text();
  }
  return out;
}

void Encode(const model::ConceptScheme& from, NameTable& names, Encoder& to) {
  to.Text(from.id);
  to.Text(from.uri);
  EncodeLabels(from.labels, names, to);
}

model::ConceptScheme DecodeScheme(const Names& names, Decoder& from) {
  model::ConceptScheme out;
  out.id = from.Text();
  out.uri = from.Text();
  out.labels = DecodeLabels(names, from);
  return out;
}

}  // namespace sakuin::thesaurus
