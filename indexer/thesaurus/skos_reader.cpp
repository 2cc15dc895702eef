#include "indexer/thesaurus/skos_reader.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <utility>

#include "indexer/base/utf8.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";

class Reader {
 public:
  Reader(const std::string& path, std::string_view bytes) : path_(path), bytes_(bytes) {}

  Result<SkosFile> Run() {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(bytes_.data(), bytes_.size());
    if (!parsed) {
      return Fail(ErrorCode::kBadData,
                  std::string("is not well-formed XML: ") + parsed.description(),
                  At(parsed.offset));
    }
    const pugi::xml_node root = document.document_element();
    ReadPrefixes(root);
    if (root.name() != Rdf("RDF")) {
      return Fail(ErrorCode::kBadData, "wants <rdf:RDF> around everything", At(root.offset_debug()));
    }
    out_.path = path_;
    for (const pugi::xml_node node : root.children()) {
      if (!IsConcept(node)) continue;
      if (const Status done = ReadConcept(node); !done) return Pass(done);
    }
    return std::move(out_);
  }

 private:
  std::string At(std::ptrdiff_t offset) const {
    return path_ + ":" + std::to_string(Line(offset));
  }
  std::size_t Line(std::ptrdiff_t offset) const {
    const auto end = bytes_.begin() + std::min<std::ptrdiff_t>(std::max<std::ptrdiff_t>(offset, 0),
                                                               std::ssize(bytes_));
    return static_cast<std::size_t>(std::count(bytes_.begin(), end, '\n')) + 1;
  }

  void ReadPrefixes(pugi::xml_node root) {
    for (const pugi::xml_attribute a : root.attributes()) {
      const std::string_view name = a.name();
      const std::string prefix =
          name.starts_with("xmlns:") ? std::string(name.substr(6)) + ":" : std::string();
      if (!name.starts_with("xmlns")) continue;
      if (a.value() == kRdf) rdf_ = prefix;
      if (a.value() == kSkos) skos_ = prefix;
    }
  }

  std::string Rdf(const char* name) const { return rdf_ + name; }
  std::string Skos(const char* name) const { return skos_ + name; }

  bool IsConcept(pugi::xml_node node) const {
    if (node.name() == Skos("Concept")) return true;
    if (node.name() != Rdf("Description")) return false;
    const std::string element = Rdf("type");
    for (const pugi::xml_node type : node.children(element.c_str())) {
      const std::string_view is = type.attribute(Rdf("resource").c_str()).value();
      if (is == std::string(kSkos) + "Concept") return true;
    }
    return false;
  }

  std::string Address(pugi::xml_node node) const {
    const pugi::xml_attribute about = node.attribute(Rdf("about").c_str());
    return about ? about.value() : node.attribute(Rdf("ID").c_str()).value();
  }

  std::string Reference(pugi::xml_node node) const {
    const pugi::xml_attribute resource = node.attribute(Rdf("resource").c_str());
    if (resource) return resource.value();
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) return Address(child);
    }
    return {};
  }

  Status ReadConcept(pugi::xml_node node) {
    model::Concept found;
    found.uri = Address(node);
    if (found.uri.empty()) {
      return Fail(ErrorCode::kBadData, "a concept wants rdf:about", At(node.offset_debug()));
    }
    found.id = std::string(utf8::Trim(node.child_value(Skos("notation").c_str())));
    if (found.id.empty()) found.id = LastPart(found.uri);
    found.scheme = LastPart(Reference(node.child(Skos("inScheme").c_str())));
    ReadLabels(node, "prefLabel", model::LabelKind::kPreferred, found);
    ReadLabels(node, "altLabel", model::LabelKind::kAlternative, found);
    ReadLabels(node, "hiddenLabel", model::LabelKind::kHidden, found);
    if (found.labels.empty()) {
      return Fail(ErrorCode::kBadData, "the concept " + found.id + " has no label",
                  At(node.offset_debug()));
    }
    const std::pair<const char*, std::vector<std::string>*> references[] = {
        {"broader", &found.broader}, {"related", &found.related}, {"exactMatch", &found.exact_match}};
    for (const auto& [name, list] : references) {
      const std::string element = Skos(name);
      for (const pugi::xml_node one : node.children(element.c_str())) {
        list->push_back(Reference(one));
      }
    }
    found.scope_note = std::string(utf8::Trim(node.child_value(Skos("scopeNote").c_str())));
    out_.concepts.push_back(std::move(found));
    out_.lines.push_back(Line(node.offset_debug()));
    return {};
  }

  void ReadLabels(pugi::xml_node node, const char* name, model::LabelKind kind,
                  model::Concept& to) const {
    const std::string element = Skos(name);  // pugixml's range keeps the pointer
    for (const pugi::xml_node label : node.children(element.c_str())) {
      const std::string text(utf8::Trim(label.child_value()));
      if (!text.empty()) to.labels.push_back({text, label.attribute("xml:lang").value(), kind});
    }
  }

  const std::string& path_;
  std::string_view bytes_;
  std::string rdf_ = "rdf:";
  std::string skos_ = "skos:";
  SkosFile out_;
};

}  // namespace

std::string LastPart(std::string_view address) {
  while (address.ends_with('/') || address.ends_with('#')) address.remove_suffix(1);
  const std::size_t at = address.find_last_of("/#:");
  return std::string(at == std::string_view::npos ? address : address.substr(at + 1));
}

Result<SkosFile> ReadSkos(const std::string& path, std::string_view bytes) {
  return Reader(path, bytes).Run();
}

}  // namespace sakuin::thesaurus
