#include "indexer/advice/named_things.h"

#include <algorithm>

namespace sakuin::advice {

std::string ActionOf(const model::Concept& found, const thesaurus::Thesaurus& thesaurus) {
  if (found.scheme == "interventions") return found.id;
  if (found.scheme != "agents") return "";
  for (const std::string& id : found.broader) {
    const model::Concept* const above = thesaurus.Find(id);
    if (above == nullptr) continue;
    std::string action = ActionOf(*above, thesaurus);
    if (!action.empty()) return action;
  }
  return "";
}

// Nobody acts on a trouble that is denied, told apart or a cause of another.
void MarkUnmeant(const thesaurus::ContextRules& context, std::string_view language,
                 const thesaurus::NamedText& text, NamedThings& out) {
  using thesaurus::Assertion;
  if (out.conditions.empty()) return;
  const auto said = context.Judge(language, text.folded, text.names);
  std::vector<std::size_t> feared;
  for (std::size_t i = 0; i < text.names.size(); ++i) {
    switch (said[i].assertion) {
      case Assertion::kNegated:
      case Assertion::kExcluded:
      case Assertion::kCause:
      case Assertion::kQuoted: out.unmeant.push_back(text.names[i].begin); break;
      case Assertion::kHypothetical: feared.push_back(text.names[i].begin); break;
      default: break;
    }
  }
  for (Named& one : out.conditions) {
    one.feared = std::binary_search(feared.begin(), feared.end(), one.at.begin);
  }
}

NamedThings SortNames(const std::vector<thesaurus::Mention>& mentions,
                      const thesaurus::Thesaurus& thesaurus) {
  NamedThings out;
  for (const thesaurus::Mention& mention : mentions) {
    const Range at{mention.begin, mention.end};
    const model::Concept& found = *mention.concept_ptr;
    std::string action = ActionOf(found, thesaurus);
    for (const model::Concept* other : mention.also) {
      if (action.empty()) action = ActionOf(*other, thesaurus);
    }
    out.names.push_back(at);
    if (!action.empty()) {
      out.actions.push_back({action, at});
    } else if (found.scheme == "conditions") {
      out.conditions.push_back({found.id, at});
    } else if (found.scheme == "symptoms") {
      out.signs.push_back({found.id, at});
    } else if (found.scheme == "populations") {
      out.populations.push_back({found.id, at});
    }
  }
  return out;
}

}  // namespace sakuin::advice
