#include "indexer/thesaurus/skos_reader.h"

#include <algorithm>
#include <iterator>
#include <pugixml.hpp>
#include <unordered_map>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/thesaurus/skos/entities.h"
#include "indexer/thesaurus/skos/rdf_names.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kUsualLabels = 12;
constexpr int kDeepest = 200;  // nodes inside nodes: each costs stack

bool IsElement(pugi::xml_node node) { return node.type() == pugi::node_element; }

std::string_view LocalName(std::string_view name) { return name.substr(name.find(':') + 1); }

class Reader {
 public:
  explicit Reader(const std::string& path) { out_.path = path; }

  Result<SkosFile> Run(std::string_view bytes) {
    bytes_ = bytes;
    if (const auto bad = utf8::FindInvalid(bytes_)) {
      return Bad("is not UTF-8", static_cast<std::ptrdiff_t>(*bad));
    }
    if (const std::size_t at = FindUnwritable(bytes_); at != std::string_view::npos) {
      return Bad("holds a control character, which XML does not allow",
                 std::ssize(bytes_.substr(0, at)));
    }
    std::string expanded;
    if (bytes_.find('&') != std::string_view::npos ||
        bytes_.find("<!DOCTYPE") != std::string_view::npos) {
      auto whole = ExpandEntities(out_.path, bytes_);
      if (!whole) return Pass(whole);
      expanded = std::move(*whole);
      bytes_ = expanded;
    }
    pugi::xml_document document;
    const auto parsed = document.load_buffer(bytes_.data(), bytes_.size(), pugi::parse_default,
                                             pugi::encoding_utf8);
    if (!parsed) {
      return Bad(std::string("is not well-formed XML: ") + parsed.description(), parsed.offset);
    }
    const pugi::xml_node root = document.document_element();
    names_.Enter(root);
    if (names_.Of(root.name()) != Term::kRdf) {
      return Bad(
          "wants <rdf:RDF> around everything, its prefix bound to "
          "http://www.w3.org/1999/02/22-rdf-syntax-ns#; this is <" +
              std::string(root.name()) + ">",
          root.offset_debug());
    }
    out_.concepts.reserve(static_cast<std::size_t>(std::distance(root.begin(), root.end())));
    if (const Status done = ReadNodes(root, true); !done) return Pass(done);
    names_.Leave();
    return Finish(root);
  }

 private:
  struct Narrower {
    std::string above;
    std::string below;
    std::size_t line = 0;
  };

  // Nodes come nearly in the order of the bytes, so lines are counted on from the last one.
  std::size_t Line(std::ptrdiff_t offset) {
    const auto at =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), bytes_.size());
    const auto count = [this](std::size_t from, std::size_t to) {
      return static_cast<std::size_t>(std::count(bytes_.data() + from, bytes_.data() + to, '\n'));
    };
    if (at >= line_at_) {
      line_ += count(line_at_, at);
    } else {
      line_ -= count(at, line_at_);
    }
    line_at_ = at;
    return line_;
  }
  std::size_t Line(pugi::xml_node node) { return Line(node.offset_debug()); }

  tl::unexpected<Error> Bad(std::string message, std::ptrdiff_t offset) {
    return Fail(ErrorCode::kBadData, std::move(message), out_.At(Line(offset)));
  }

  Result<SkosFile> Finish(pugi::xml_node root) {
    if (out_.concepts.empty()) {
      std::string spaces;
      for (const std::string& one : names_.seen()) spaces += " " + one;
      return Bad("holds no skos:Concept of " + std::string(kSkosNamespace) +
                     "; its namespaces are" + spaces,
                 root.offset_debug());
    }
    std::unordered_map<std::string_view, std::size_t> by_uri;
    const bool asked = !pending_.empty() || !top_concepts_.empty() || !narrower_.empty();
    for (std::size_t i = 0; asked && i < out_.concepts.size(); ++i) {
      by_uri.emplace(out_.concepts[i].data.uri, i);
    }
    for (SkosConcept& said : pending_) {
      const auto known = by_uri.find(said.data.uri);
      if (known != by_uri.end()) Merge(said, out_.concepts[known->second]);
    }
    for (const std::string& top : top_concepts_) {
      const auto known = by_uri.find(top);
      if (known != by_uri.end()) out_.concepts[known->second].data.is_top = true;
    }
    InvertNarrower(by_uri);
    for (SkosConcept& found : out_.concepts) {
      if (found.data.id.empty() || found.data.labels.empty()) {
        return Fail(ErrorCode::kBadData, "the concept " + found.data.uri + " has no label or no id",
                    out_.At(found.line));
      }
      // Concepts that say no scheme are in the file's only one.
      if (found.data.scheme.empty() && out_.schemes.size() == 1) {
        found.data.scheme = out_.schemes[0].id;
      }
    }
    return std::move(out_);
  }

  static void Merge(SkosConcept& from, SkosConcept& to) {
    const auto append = [](auto& source, auto& target) {
      target.insert(target.end(), source.begin(), source.end());
    };
    append(from.data.labels, to.data.labels);
    append(from.label_lines, to.label_lines);
    append(from.data.broader, to.data.broader);
    append(from.broader_lines, to.broader_lines);
    append(from.data.related, to.data.related);
    append(from.related_lines, to.related_lines);
    append(from.data.exact_match, to.data.exact_match);
    append(from.exact_lines, to.exact_lines);
    append(from.data.matches, to.data.matches);
    append(from.match_lines, to.match_lines);
    append(from.data.notes, to.data.notes);
    if (to.data.scope_note.empty()) to.data.scope_note = from.data.scope_note;
    if (to.data.scheme.empty()) to.data.scheme = from.data.scheme;
    to.data.is_top = to.data.is_top || from.data.is_top;
  }

  Term TypeOf(pugi::xml_node node) {
    const Term term = names_.Of(node.name());
    if (term != Term::kDescription) return term;
    for (const pugi::xml_node child : node.children()) {
      if (!IsElement(child)) continue;
      names_.Enter(child);
      const bool types = names_.Of(child.name()) == Term::kType;
      const std::string type = types ? Attribute(child, Term::kResource) : std::string();
      names_.Leave();
      if (type == std::string(kSkosNamespace) + "Concept") return Term::kConcept;
      if (type == std::string(kSkosNamespace) + "ConceptScheme") return Term::kConceptScheme;
    }
    return term;
  }

  // The value of an attribute of the node that was entered last.
  std::string Attribute(pugi::xml_node node, Term wanted) {
    for (const pugi::xml_attribute one : node.attributes()) {
      if (names_.Of(one.name()) == wanted) return one.value();
    }
    return {};
  }

  std::string AddressOf(pugi::xml_node node) {
    for (const pugi::xml_attribute one : node.attributes()) {
      const Term term = names_.Of(one.name());
      if (term == Term::kAbout) return names_.Absolute(one.value());
      if (term == Term::kId) return names_.Absolute("#" + std::string(one.value()));
    }
    return {};
  }

  std::string Reference(pugi::xml_node node) {
    std::string resource = Attribute(node, Term::kResource);
    if (!resource.empty()) return names_.Absolute(resource);
    for (const pugi::xml_node child : node.children()) {
      if (!IsElement(child)) continue;
      names_.Enter(child);
      std::string address = AddressOf(child);
      names_.Leave();
      return address;
    }
    return {};
  }

  // The nodes below rdf:RDF or below a property.
  Status ReadNodes(pugi::xml_node parent, bool outermost) {
    if (depth_ == kDeepest) return Bad("is nested too deeply", parent.offset_debug());
    ++depth_;
    const Status done = ReadNodesInside(parent, outermost);
    --depth_;
    return done;
  }

  Status ReadNodesInside(pugi::xml_node parent, bool outermost) {
    for (const pugi::xml_node node : parent.children()) {
      if (!IsElement(node)) continue;
      names_.Enter(node);
      const Status done = ReadNode(node, outermost);
      names_.Leave();
      if (!done) return done;
    }
    return {};
  }

  Status ReadNode(pugi::xml_node node, bool outermost) {
    const Term type = TypeOf(node);
    SkosConcept said;
    said.data.uri = AddressOf(node);
    said.line = Line(node);
    // A node inside a property that says nothing is a reference alone.
    const bool silent = !node.first_child() && node.first_attribute() == node.last_attribute();
    if (silent && !outermost) return {};
    if (type == Term::kConcept && said.data.uri.empty()) {
      return Bad("a concept wants rdf:about", node.offset_debug());
    }
    ReadAttributes(node, said);
    std::vector<pugi::xml_node> nested;
    for (const pugi::xml_node child : node.children()) {
      if (!IsElement(child)) continue;
      names_.Enter(child);
      if (!ReadProperty(child, said)) nested.push_back(child);
      names_.Leave();
    }
    if (const Status done = Keep(type, std::move(said)); !done) return done;
    for (const pugi::xml_node property : nested) {
      if (!property.first_child()) continue;
      names_.Enter(property);
      const Status done = ReadNodes(property, false);
      names_.Leave();
      if (!done) return done;
    }
    return {};
  }

  Status Keep(Term type, SkosConcept said) {
    if (type == Term::kConceptScheme) {
      out_.schemes.push_back({LastPart(said.data.uri), said.data.uri, std::move(said.data.labels)});
      return {};
    }
    if (type != Term::kConcept) {
      if (!said.data.uri.empty()) pending_.push_back(std::move(said));
      return {};
    }
    if (said.data.id.empty()) said.data.id = std::string(utf8::Trim(LastPart(said.data.uri)));
    out_.concepts.push_back(std::move(said));
    return {};
  }

  void ReadAttributes(pugi::xml_node node, SkosConcept& to) {
    for (const pugi::xml_attribute one : node.attributes()) {
      const std::string_view name = one.name();
      if (name.find(':') == std::string_view::npos || name.starts_with("xml")) continue;
      ReadLiteral(names_.Of(name), name, one.value(), node, to);
    }
  }

  // Reads a label, a note or a notation; says whether it was one.
  bool ReadLiteral(Term term, std::string_view name, std::string_view value, pugi::xml_node node,
                   SkosConcept& to) {
    const std::string_view text = utf8::Trim(value);
    switch (term) {
      case Term::kPrefLabel:
      case Term::kAltLabel:
      case Term::kHiddenLabel:
        if (text.empty()) return true;
        if (to.data.labels.empty()) {
          to.data.labels.reserve(kUsualLabels);
          to.label_lines.reserve(kUsualLabels);
        }
        to.data.labels.push_back({std::string(text), names_.Language(), KindOf(term)});
        to.label_lines.push_back(Line(node));
        return true;
      case Term::kNotation:
        if (to.data.id.empty()) to.data.id = std::string(text);
        return true;
      case Term::kNote:
        if (text.empty()) return true;
        if (LocalName(name) == "scopeNote" && to.data.scope_note.empty()) {
          to.data.scope_note = std::string(text);
        }
        to.data.notes.push_back(
            {std::string(LocalName(name)), names_.Language(), std::string(text)});
        return true;
      default: return false;
    }
  }

  static model::LabelKind KindOf(Term term) {
    return term == Term::kPrefLabel  ? model::LabelKind::kPreferred
           : term == Term::kAltLabel ? model::LabelKind::kAlternative
                                     : model::LabelKind::kHidden;
  }

  // False: there may be nodes inside.
  bool ReadProperty(pugi::xml_node node, SkosConcept& to) {
    const Term term = names_.Of(node.name());
    if (term == Term::kOther) return false;
    if (ReadLiteral(term, node.name(), node.child_value(), node, to)) return true;
    switch (term) {
      case Term::kTopConceptOf:
        to.data.is_top = true;
        if (to.data.scheme.empty()) to.data.scheme = LastPart(Reference(node));
        break;
      case Term::kInScheme: to.data.scheme = LastPart(Reference(node)); break;
      case Term::kHasTopConcept: top_concepts_.push_back(Reference(node)); break;
      case Term::kExactMatch:
        to.data.exact_match.push_back(Reference(node));
        to.exact_lines.push_back(Line(node));
        break;
      case Term::kOtherMatch:
        to.data.matches.push_back({std::string(LocalName(node.name())), Reference(node)});
        to.match_lines.push_back(Line(node));
        break;
      case Term::kNarrower: narrower_.push_back({to.data.uri, Reference(node), Line(node)}); break;
      case Term::kBroader:
        to.data.broader.push_back(Reference(node));
        to.broader_lines.push_back(Line(node));
        break;
      case Term::kRelated:
        to.data.related.push_back(Reference(node));
        to.related_lines.push_back(Line(node));
        break;
      default: break;
    }
    return false;
  }

  void InvertNarrower(const std::unordered_map<std::string_view, std::size_t>& by_uri) {
    for (const Narrower& one : narrower_) {
      const auto above = by_uri.find(one.above);
      const auto below = by_uri.find(one.below);
      if (above == by_uri.end()) continue;  // said of something that is no concept
      if (below == by_uri.end()) {
        out_.narrower.push_back({above->second, one.below, one.line});
        continue;
      }
      SkosConcept& found = out_.concepts[below->second];
      std::vector<std::string>& broader = found.data.broader;
      if (std::find(broader.begin(), broader.end(), one.above) != broader.end()) continue;
      broader.push_back(one.above);
      found.broader_lines.push_back(one.line);
    }
  }

  std::string_view bytes_;
  std::size_t line_ = 1;
  std::size_t line_at_ = 0;
  int depth_ = 0;
  RdfNames names_;
  std::vector<Narrower> narrower_;
  std::vector<SkosConcept> pending_;  // what untyped nodes say, until all concepts are known
  std::vector<std::string> top_concepts_;
  SkosFile out_;
};

}  // namespace

std::string LastPart(std::string_view address) {
  while (address.ends_with('/') || address.ends_with('#')) address.remove_suffix(1);
  const std::size_t at = address.find_last_of("/#:");
  return std::string(at == std::string_view::npos ? address : address.substr(at + 1));
}

Result<SkosFile> ReadSkos(const std::string& path, std::string_view bytes) {
  return Reader(path).Run(bytes);
}

}  // namespace sakuin::thesaurus
