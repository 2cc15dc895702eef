#include "indexer/thesaurus/skos/rdf_names.h"

#include <algorithm>
#include <cctype>

#include "indexer/model/language.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

constexpr std::size_t kMostTags = 16;  // that are remembered

struct Named {
  std::string_view name;
  Term term;
};

constexpr Named kRdfTerms[] = {{"RDF", Term::kRdf},     {"Description", Term::kDescription},
                               {"about", Term::kAbout}, {"ID", Term::kId},
                               {"type", Term::kType},   {"resource", Term::kResource}};

constexpr Named kSkosTerms[] = {{"Concept", Term::kConcept},
                                {"ConceptScheme", Term::kConceptScheme},
                                {"prefLabel", Term::kPrefLabel},
                                {"altLabel", Term::kAltLabel},
                                {"hiddenLabel", Term::kHiddenLabel},
                                {"notation", Term::kNotation},
                                {"inScheme", Term::kInScheme},
                                {"topConceptOf", Term::kTopConceptOf},
                                {"hasTopConcept", Term::kHasTopConcept},
                                {"broader", Term::kBroader},
                                {"narrower", Term::kNarrower},
                                {"related", Term::kRelated},
                                {"exactMatch", Term::kExactMatch},
                                {"broadMatch", Term::kOtherMatch},
                                {"narrowMatch", Term::kOtherMatch},
                                {"closeMatch", Term::kOtherMatch},
                                {"relatedMatch", Term::kOtherMatch},
                                {"scopeNote", Term::kNote},
                                {"definition", Term::kNote},
                                {"example", Term::kNote},
                                {"editorialNote", Term::kNote},
                                {"historyNote", Term::kNote},
                                {"changeNote", Term::kNote},
                                {"note", Term::kNote}};

template <std::size_t N>
Term Find(const Named (&terms)[N], std::string_view name) {
  for (const Named& one : terms) {
    if (one.name == name) return one.term;
  }
  return Term::kOther;
}

bool HasScheme(std::string_view address) {
  const std::size_t colon = address.find_first_of(":/?#");
  return colon != std::string_view::npos && colon > 0 && address[colon] == ':';
}

}  // namespace

std::string LanguageOfTag(std::string_view tag) {
  std::string low(tag);
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
  return std::string(tag);
}

const std::string& RdfNames::LanguageOf(std::string_view tag) {
  for (const auto& [written, meant] : tags_) {
    if (written == tag) return meant;
  }
  if (tags_.size() >= kMostTags) tags_.clear();
  tags_.emplace_back(tag, LanguageOfTag(tag));
  return tags_.back().second;
}

void RdfNames::Enter(pugi::xml_node node) {
  sizes_.push_back({bindings_.size(), languages_.size(), bases_.size()});
  for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (!name.starts_with("xml")) continue;
    if (name == "xmlns" || name.starts_with("xmlns:")) {
      bindings_.push_back({std::string(name.size() > 6 ? name.substr(6) : ""), attribute.value()});
      seen_.insert(attribute.value());
    } else if (name == "xml:lang") {
      languages_.push_back(LanguageOf(attribute.value()));
    } else if (name == "xml:base") {
      bases_.push_back(Absolute(attribute.value()));
    }
  }
  if (bindings_.size() != sizes_.back().bindings) memo_.clear();
}

void RdfNames::Leave() {
  const Sizes& before = sizes_.back();
  if (bindings_.size() != before.bindings) memo_.clear();
  bindings_.resize(before.bindings);
  languages_.resize(before.languages);
  bases_.resize(before.bases);
  sizes_.pop_back();
}

Term RdfNames::Of(std::string_view name) {
  for (std::size_t i = 0; i < memo_.size(); ++i) {
    if (memo_[i].name != name) continue;
    if (i > 0) std::swap(memo_[i], memo_[i - 1]);  // what is common comes to the front
    return memo_[i > 0 ? i - 1 : 0].term;
  }
  memo_.push_back({std::string(name), Resolve(name)});
  return memo_.back().term;
}

Term RdfNames::Resolve(std::string_view name) const {
  const std::size_t colon = name.find(':');
  const std::string_view prefix = colon == std::string_view::npos ? "" : name.substr(0, colon);
  const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
  for (auto it = bindings_.rbegin(); it != bindings_.rend(); ++it) {
    if (it->prefix != prefix) continue;
    if (it->space == kRdf) return Find(kRdfTerms, local);
    return it->space == kSkosNamespace ? Find(kSkosTerms, local) : Term::kOther;
  }
  return Term::kOther;
}

std::string RdfNames::Absolute(std::string_view address) const {
  std::string_view base = bases_.back();
  if (base.empty() || HasScheme(address)) return std::string(address);
  base = base.substr(0, base.find('#'));
  if (address.empty() || address.starts_with('#')) return std::string(base) + std::string(address);
  const std::size_t authority = base.find("://");
  const std::size_t path =
      authority == std::string_view::npos ? std::string_view::npos : base.find('/', authority + 3);
  if (address.starts_with('/')) {
    return std::string(base.substr(0, path)) + std::string(address);
  }
  if (path == std::string_view::npos) return std::string(base) + "/" + std::string(address);
  std::size_t end = base.rfind('/') + 1;
  while (address.starts_with("./") || address.starts_with("../")) {
    const bool up = address.starts_with("../");
    address.remove_prefix(up ? 3 : 2);
    if (up && end > path + 1) end = base.rfind('/', end - 2) + 1;
  }
  return std::string(base.substr(0, end)) + std::string(address);
}

}  // namespace sakuin::thesaurus
