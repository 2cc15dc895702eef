#include "indexer/thesaurus/skos_writer.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sakuin::thesaurus {
namespace {

constexpr std::string_view kSchemes = "https://sakuin.example.org/scheme/";

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;  // a parser would make a newline of it
      default: out += c;
    }
  }
  return out;
}

// A parser would make blanks of line breaks in attributes.
std::string EscapeAttribute(std::string_view text) {
  std::string out;
  for (const char c : Escape(text)) {
    if (c == '\n') {
      out += "&#10;";
    } else if (c == '\t') {
      out += "&#9;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string LabelElement(model::LabelKind kind) {
  switch (kind) {
    case model::LabelKind::kPreferred: return "skos:prefLabel";
    case model::LabelKind::kAlternative: return "skos:altLabel";
    case model::LabelKind::kHidden: return "skos:hiddenLabel";
  }
  return {};
}

std::string Element(const std::string& name, std::string_view text) {
  return "    <" + name + ">" + Escape(text) + "</" + name + ">\n";
}

std::string Reference(const std::string& name, std::string_view address) {
  return "    <" + name + " rdf:resource=\"" + EscapeAttribute(address) + "\"/>\n";
}

void WriteLiteral(const std::string& name, std::string_view language, std::string_view text,
                  std::string& out) {
  out += "    <" + name;
  if (!language.empty()) out += " xml:lang=\"" + EscapeAttribute(language) + "\"";
  out += ">" + Escape(text) + "</" + name + ">\n";
}

void WriteLabel(const model::Label& label, std::string& out) {
  WriteLiteral(LabelElement(label.kind), label.language, label.text, out);
}

std::string SchemeAddress(const Thesaurus& thesaurus, std::string_view id) {
  for (const model::ConceptScheme& scheme : thesaurus.schemes()) {
    if (scheme.id == id) return scheme.uri;
  }
  return std::string(kSchemes) + std::string(id);
}

void WriteScheme(const Thesaurus& thesaurus, const std::string& id, std::string& out) {
  out +=
      "\n  <skos:ConceptScheme rdf:about=\"" + EscapeAttribute(SchemeAddress(thesaurus, id)) + "\"";
  std::string labels;
  for (const model::ConceptScheme& scheme : thesaurus.schemes()) {
    if (scheme.id != id) continue;
    for (const model::Label& label : scheme.labels) WriteLabel(label, labels);
  }
  out += labels.empty() ? "/>\n" : ">\n" + labels + "  </skos:ConceptScheme>\n";
}

bool HasConceptWithoutScheme(const Thesaurus& thesaurus) {
  const auto all = thesaurus.concepts();
  return std::any_of(all.begin(), all.end(),
                     [](const model::Concept& found) { return found.scheme.empty(); });
}

void WriteConcept(const Thesaurus& thesaurus, const model::Concept& found, std::string& out) {
  out += "\n  <skos:Concept rdf:about=\"" + EscapeAttribute(found.uri) + "\">\n";
  out += Element("skos:notation", found.id);
  if (!found.scheme.empty()) {
    const std::string scheme = SchemeAddress(thesaurus, found.scheme);
    out += Reference("skos:inScheme", scheme);
    if (found.is_top) out += Reference("skos:topConceptOf", scheme);
  }
  for (const model::Label& label : found.labels) WriteLabel(label, out);
  for (const std::string& id : found.broader) {
    out += Reference("skos:broader", thesaurus.Find(id)->uri);
  }
  for (const std::string& id : found.related) {
    out += Reference("skos:related", thesaurus.Find(id)->uri);
  }
  for (const std::string& address : found.exact_match) out += Reference("skos:exactMatch", address);
  for (const model::ConceptMatch& match : found.matches) {
    out += Reference("skos:" + match.kind, match.address);
  }
  for (const model::Note& note : found.notes) {
    WriteLiteral("skos:" + note.kind, note.language, note.text, out);
  }
  out += "  </skos:Concept>\n";
}

}  // namespace

std::string WriteSkos(const Thesaurus& thesaurus) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n";
  std::vector<std::string> schemes;
  for (const model::ConceptScheme& scheme : thesaurus.schemes()) schemes.push_back(scheme.id);
  for (const model::Concept& found : thesaurus.concepts()) {
    if (found.scheme.empty()) continue;
    if (std::find(schemes.begin(), schemes.end(), found.scheme) == schemes.end()) {
      schemes.push_back(found.scheme);
    }
  }
  // A file's only scheme would be taken for that of the concepts that have none.
  if (schemes.size() != 1 || !HasConceptWithoutScheme(thesaurus)) {
    for (const std::string& scheme : schemes) WriteScheme(thesaurus, scheme, out);
  }
  for (const model::Concept& found : thesaurus.concepts()) WriteConcept(thesaurus, found, out);
  return out + "\n</rdf:RDF>\n";
}

}  // namespace sakuin::thesaurus
