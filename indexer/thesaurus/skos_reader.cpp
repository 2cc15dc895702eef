#include "indexer/thesaurus/skos_reader.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <pugixml.hpp>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/model/language.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";

// The address that a prefix is bound to at `node`; pugixml itself knows no namespaces.
std::string_view Namespace(pugi::xml_node node, std::string_view prefix) {
  const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent()) {
    if (const pugi::xml_attribute bound = node.attribute(name.c_str())) return bound.value();
  }
  return {};
}

// Is `name`, of a node or of one of its attributes, `local` in the namespace `space`?
bool Is(pugi::xml_node node, std::string_view name, std::string_view space,
        std::string_view local) {
  if (!name.ends_with(local)) return false;
  name.remove_suffix(local.size());
  if (name.empty()) return Namespace(node, {}) == space;
  if (!name.ends_with(':')) return false;
  name.remove_suffix(1);
  return Namespace(node, name) == space;
}

bool IsSkos(pugi::xml_node node, std::string_view local) {
  return Is(node, node.name(), kSkos, local);
}

std::string_view RdfAttribute(pugi::xml_node node, std::string_view local) {
  for (const pugi::xml_attribute a : node.attributes()) {
    if (Is(node, a.name(), kRdf, local)) return a.value();
  }
  return {};
}

// The value of an attribute that holds for everything below it (xml:lang, xml:base).
std::string_view Inherited(pugi::xml_node node, const char* name) {
  for (; node; node = node.parent()) {
    if (const pugi::xml_attribute found = node.attribute(name)) return found.value();
  }
  return {};
}

std::string Language(pugi::xml_node node) {
  const std::string tag(Inherited(node, "xml:lang"));
  std::string low = tag;
  std::transform(low.begin(), low.end(), low.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto is = [&low](std::string_view wanted) {
    return low.starts_with(wanted) && (low.size() == wanted.size() || low[wanted.size()] == '-');
  };
  for (const char* const traditional : {"zh-hant", "zh-tw", "zh-hk", "zh-mo"}) {
    if (is(traditional)) return std::string(model::kZhHant);
  }
  if (is("zh")) return std::string(model::kZhHans);
  if (is("ja")) return std::string(model::kJapanese);
  if (is("en")) return std::string(model::kEnglish);
  return tag;
}

std::string Absolute(pugi::xml_node node, std::string_view address) {
  if (!address.starts_with('#')) return std::string(address);
  return std::string(Inherited(node, "xml:base")) + std::string(address);
}

std::string Address(pugi::xml_node node) {
  const std::string_view about = RdfAttribute(node, "about");
  if (!about.empty()) return Absolute(node, about);
  const std::string_view id = RdfAttribute(node, "ID");
  return id.empty() ? std::string() : Absolute(node, "#" + std::string(id));
}

std::string Reference(pugi::xml_node node) {
  const std::string_view resource = RdfAttribute(node, "resource");
  if (!resource.empty()) return Absolute(node, resource);
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) return Address(child);
  }
  return {};
}

bool IsTyped(pugi::xml_node node, std::string_view local) {
  if (IsSkos(node, local)) return true;
  if (!Is(node, node.name(), kRdf, "Description")) return false;
  const std::string wanted = std::string(kSkos) + std::string(local);
  return std::any_of(node.begin(), node.end(), [&wanted](pugi::xml_node child) {
    return Is(child, child.name(), kRdf, "type") && RdfAttribute(child, "resource") == wanted;
  });
}

class Reader {
 public:
  Reader(const std::string& path, std::string_view bytes) : bytes_(bytes) {
    out_.path = path;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] == '\n') newlines_.push_back(i);
    }
  }

  Result<SkosFile> Run() {
    pugi::xml_document document;
    if (const Status done = Parse(document); !done) return Pass(done);
    const pugi::xml_node root = document.document_element();
    if (!Is(root, root.name(), kRdf, "RDF")) {
      return Bad("wants <rdf:RDF> around everything", root.offset_debug());
    }
    if (const Status done = ReadNodes(root); !done) return Pass(done);
    if (const Status done = InvertNarrower(); !done) return Pass(done);
    // Concepts that say no scheme are in the file's only one.
    for (SkosConcept& found : out_.concepts) {
      if (found.data.scheme.empty() && schemes_.size() == 1) found.data.scheme = schemes_[0];
    }
    return std::move(out_);
  }

 private:
  struct Narrower {
    std::string above;
    std::string below;
    std::size_t line = 0;
  };

  std::size_t Line(std::ptrdiff_t offset) const {
    const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
    const auto before = std::lower_bound(newlines_.begin(), newlines_.end(), at);
    return static_cast<std::size_t>(before - newlines_.begin()) + 1;
  }

  tl::unexpected<Error> Bad(std::string message, std::ptrdiff_t offset) const {
    return Fail(ErrorCode::kBadData, std::move(message), out_.At(Line(offset)));
  }

  Status Parse(pugi::xml_document& document) const {
    // Offsets are lines only while pugixml reads the bytes as they stand.
    if (const auto bad = utf8::FindInvalid(bytes_)) {
      return Bad("is not UTF-8", static_cast<std::ptrdiff_t>(*bad));
    }
    if (const std::size_t at = bytes_.find("<!ENTITY"); at != std::string_view::npos) {
      return Bad("uses XML entities; write the addresses in full",
                 std::ssize(bytes_.substr(0, at)));
    }
    const auto parsed = document.load_buffer(bytes_.data(), bytes_.size(), pugi::parse_default,
                                             pugi::encoding_utf8);
    if (parsed) return {};
    return Bad(std::string("is not well-formed XML: ") + parsed.description(), parsed.offset);
  }

  Status ReadNodes(pugi::xml_node parent) {
    for (const pugi::xml_node node : parent.children()) {
      if (IsTyped(node, "ConceptScheme")) {
        schemes_.push_back(LastPart(Address(node)));
        for (const pugi::xml_node property : node.children()) {  // nested top concepts
          if (const Status done = ReadNodes(property); !done) return done;
        }
      }
      // A node that says nothing is a reference alone.
      if (!IsTyped(node, "Concept") || (!node.first_child() && parent.parent().parent())) continue;
      if (const Status done = ReadConcept(node); !done) return done;
    }
    return {};
  }

  Status ReadConcept(pugi::xml_node node) {
    SkosConcept found;
    found.line = Line(node.offset_debug());
    found.data.uri = Address(node);
    if (found.data.uri.empty()) return Bad("a concept wants rdf:about", node.offset_debug());
    std::vector<pugi::xml_node> nested;
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      if (ReadLabel(child, found)) continue;
      ReadProperty(child, found);
      nested.push_back(child);
    }
    if (found.data.id.empty()) found.data.id = LastPart(found.data.uri);
    if (found.data.id.empty() || found.data.labels.empty()) {
      return Bad("the concept " + found.data.uri + " has no label or no id", node.offset_debug());
    }
    out_.concepts.push_back(std::move(found));
    for (const pugi::xml_node inside : nested) {
      if (const Status done = ReadNodes(inside); !done) return done;
    }
    return {};
  }

  bool ReadLabel(pugi::xml_node node, SkosConcept& to) const {
    constexpr std::pair<const char*, model::LabelKind> kKinds[] = {
        {"prefLabel", model::LabelKind::kPreferred},
        {"altLabel", model::LabelKind::kAlternative},
        {"hiddenLabel", model::LabelKind::kHidden}};
    for (const auto& [name, kind] : kKinds) {
      if (!IsSkos(node, name)) continue;
      const std::string text(utf8::Trim(node.child_value()));
      if (text.empty()) return true;
      to.data.labels.push_back({text, Language(node), kind});
      to.label_lines.push_back(Line(node.offset_debug()));
      return true;
    }
    return false;
  }

  void ReadProperty(pugi::xml_node node, SkosConcept& to) {
    const std::size_t line = Line(node.offset_debug());
    if (IsSkos(node, "notation")) to.data.id = std::string(utf8::Trim(node.child_value()));
    if (IsSkos(node, "scopeNote") && to.data.scope_note.empty()) {
      to.data.scope_note = std::string(utf8::Trim(node.child_value()));
    }
    if (IsSkos(node, "inScheme") || (IsSkos(node, "topConceptOf") && to.data.scheme.empty())) {
      to.data.scheme = LastPart(Reference(node));
    }
    if (IsSkos(node, "exactMatch")) to.data.exact_match.push_back(Reference(node));
    if (IsSkos(node, "narrower")) narrower_.push_back({to.data.uri, Reference(node), line});
    if (IsSkos(node, "broader")) {
      to.data.broader.push_back(Reference(node));
      to.broader_lines.push_back(line);
    }
    if (IsSkos(node, "related")) {
      to.data.related.push_back(Reference(node));
      to.related_lines.push_back(line);
    }
  }

  Status InvertNarrower() {
    std::map<std::string, std::size_t> by_uri;
    for (std::size_t i = 0; i < out_.concepts.size(); ++i) {
      by_uri.emplace(out_.concepts[i].data.uri, i);
    }
    for (const Narrower& one : narrower_) {
      const auto below = by_uri.find(one.below);
      if (below == by_uri.end()) {
        return Fail(ErrorCode::kBadData, "refers to " + one.below + ", which is not in this file",
                    out_.At(one.line));
      }
      SkosConcept& found = out_.concepts[below->second];
      std::vector<std::string>& broader = found.data.broader;
      if (std::find(broader.begin(), broader.end(), one.above) != broader.end()) continue;
      broader.push_back(one.above);
      found.broader_lines.push_back(one.line);
    }
    return {};
  }

  std::string_view bytes_;
  std::vector<std::size_t> newlines_;  // their offsets
  std::vector<std::string> schemes_;
  std::vector<Narrower> narrower_;
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
