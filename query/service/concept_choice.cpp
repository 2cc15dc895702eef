#include "query/service/concept_choice.h"

#include <fmt/format.h>

#include <set>

namespace sakuin::service {

Result<std::vector<std::string>> ChooseConcepts(const pipeline::TextRules& rules,
                                                const std::vector<std::string>& typed,
                                                const std::string& what) {
  std::set<std::string> ids;
  for (const std::string& one : typed) {
    std::string id = one;
    if (rules.thesaurus().Find(id) == nullptr) {
      const auto named = rules.matcher().Match(rules.folding().Fold(one));
      if (named.size() > 1) {
        return Fail(ErrorCode::kUsage,
                    fmt::format("'{}' is the name of several concepts; give an id", one));
      }
      if (named.empty()) {
        return Fail(
            ErrorCode::kNotFound,
            fmt::format("no {} is called '{}'; `sakuin thesaurus list` shows them all", what, one));
      }
      id = named[0].concept_ptr->id;
    }
    for (const model::Concept* narrower : rules.thesaurus().WithNarrower(id)) {
      ids.insert(narrower->id);
    }
  }
  return std::vector<std::string>(ids.begin(), ids.end());
}

std::string LabelOf(const pipeline::TextRules& rules, const std::string& id,
                    const std::string& language) {
  const model::Concept* const found = rules.thesaurus().Find(id);
  if (found == nullptr) return id;
  for (const std::string& wanted : {language, std::string("en")}) {
    for (const model::Label& label : found->labels) {
      if (label.kind == model::LabelKind::kPreferred && label.language == wanted) return label.text;
    }
  }
  return id;
}

}  // namespace sakuin::service
