#pragma once

// What the names of an RDF/XML file mean where they stand: pugixml knows no namespaces.

#include <cstdint>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sakuin::thesaurus {

inline constexpr std::string_view kSkosNamespace = "http://www.w3.org/2004/02/skos/core#";

enum class Term : std::uint8_t {
  kOther,  // in no namespace that counts here, or nothing that is read
  kRdf,
  kDescription,
  kAbout,
  kId,
  kResource,
  kType,
  kConcept,
  kConceptScheme,
  kPrefLabel,
  kAltLabel,
  kHiddenLabel,
  kNotation,
  kInScheme,
  kTopConceptOf,
  kHasTopConcept,
  kBroader,
  kNarrower,
  kRelated,
  kExactMatch,
  kOtherMatch,  // broadMatch, narrowMatch, closeMatch, relatedMatch
  kNote,        // note and its kinds
};

// The namespaces, the language and the base that hold at a node. Enter() a node before asking about
// it, Leave() it after its children; nothing is asked about a node that was left.
class RdfNames {
 public:
  void Enter(pugi::xml_node node);
  void Leave();

  // Of the name of the node that was entered last, or of one of its attributes.
  Term Of(std::string_view name);

  // Sakuin's form of the language that holds here: zh, zh-CN: zh-Hans; zh-TW, zh-HK: zh-Hant.
  const std::string& Language() const { return languages_.back(); }

  // RFC 3986, as far as fragments, paths and what begins with '/' go.
  std::string Absolute(std::string_view address) const;

  // The addresses of all namespaces that were bound anywhere, for messages.
  const std::set<std::string>& seen() const { return seen_; }

 private:
  struct Binding {
    std::string prefix;
    std::string space;
  };
  struct Sizes {
    std::size_t bindings = 0;
    std::size_t languages = 0;
    std::size_t bases = 0;
  };
  struct Meaning {
    std::string name;
    Term term = Term::kOther;
  };

  Term Resolve(std::string_view name) const;
  const std::string& LanguageOf(std::string_view tag);

  std::vector<Binding> bindings_;
  std::vector<Sizes> sizes_;                           // before each open node
  std::vector<std::string> languages_{std::string()};  // the last one holds
  std::vector<std::string> bases_{std::string()};
  std::vector<std::pair<std::string, std::string>> tags_;  // as written, and what they mean
  std::vector<Meaning> memo_;                              // of the bindings that hold
  std::set<std::string> seen_;
};

// "zh-CN" -> "zh-Hans"; what is no language of Sakuin's stays as it is.
std::string LanguageOfTag(std::string_view tag);

}  // namespace sakuin::thesaurus
