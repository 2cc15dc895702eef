#include "indexer/thesaurus/skos_writer.h"

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
  return "    <" + name + " rdf:resource=\"" + Escape(address) + "\"/>\n";
}

void WriteLabel(const model::Label& label, std::string& out) {
  const std::string name = LabelElement(label.kind);
  out += "    <" + name;
  if (!label.language.empty()) out += " xml:lang=\"" + Escape(label.language) + "\"";
  out += ">" + Escape(label.text) + "</" + name + ">\n";
}

void WriteConcept(const Thesaurus& thesaurus, const model::Concept& found, std::string& out) {
  out += "\n  <skos:Concept rdf:about=\"" + Escape(found.uri) + "\">\n";
  out += Element("skos:notation", found.id);
  if (!found.scheme.empty()) {
    out += Reference("skos:inScheme", std::string(kSchemes) + found.scheme);
  }
  for (const model::Label& label : found.labels) WriteLabel(label, out);
  for (const std::string& id : found.broader) {
    out += Reference("skos:broader", thesaurus.Find(id)->uri);
  }
  for (const std::string& id : found.related) {
    out += Reference("skos:related", thesaurus.Find(id)->uri);
  }
  for (const std::string& address : found.exact_match) out += Reference("skos:exactMatch", address);
  if (!found.scope_note.empty()) out += Element("skos:scopeNote", found.scope_note);
  out += "  </skos:Concept>\n";
}

}  // namespace

std::string WriteSkos(const Thesaurus& thesaurus) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n";
  std::vector<std::string> schemes;
  for (const model::Concept& found : thesaurus.concepts()) {
    bool known = found.scheme.empty();
    for (const std::string& scheme : schemes) known = known || scheme == found.scheme;
    if (!known) schemes.push_back(found.scheme);
  }
  for (const std::string& scheme : schemes) {
    out +=
        "\n  <skos:ConceptScheme rdf:about=\"" + std::string(kSchemes) + Escape(scheme) + "\"/>\n";
  }
  for (const model::Concept& found : thesaurus.concepts()) WriteConcept(thesaurus, found, out);
  return out + "\n</rdf:RDF>\n";
}

}  // namespace sakuin::thesaurus
