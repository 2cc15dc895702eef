#include "query/service/condition_browser.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/model/language.h"
#include "query/plan/concept_finder.h"

namespace sakuin::service {

using backend::Fact;
using backend::SectionTag;

Result<const model::Concept*> ChooseCondition(const Searcher& searcher, const std::string& name,
                                              const std::string& ui_language) {
  const plan::PlanContext& names = searcher.plan_context();
  const auto found = plan::FindConcepts(name, names);
  if (found.size() == 1) return found[0];
  const std::string hint =
      plan::ListConcepts(found.empty() ? plan::NearestConcepts(name, names) : found, ui_language);
  if (!found.empty()) {
    return Fail(ErrorCode::kUsage, "'" + name + "' may mean " + hint + "; give an id");
  }
  return Fail(ErrorCode::kNotFound, "there is no condition or symptom '" + name + "'" +
                                        (hint.empty() ? "" : "; did you mean " + hint + "?"));
}

Status ConditionBrowser::Read(const std::vector<std::string>& languages) {
  backend::SearchBackend& backend = searcher_.engine().backend();
  const auto snapshot = backend.Begin();
  if (!snapshot) return Pass(snapshot);
  reading_ = std::make_unique<backend::Reading>(backend);
  const auto sections = backend.AllSections();
  if (!sections) return Pass(sections);
  auto facts = backend.ReadFacts(*sections, {});
  if (!facts) return Pass(facts);
  facts_ = std::move(*facts);
  const auto language_names = backend.ReadLanguages(*sections);
  if (!language_names) return Pass(language_names);
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    language_of_.emplace(facts_[i].section, std::string((*language_names)[i]));
  }
  if (!languages.empty()) {
    std::erase_if(facts_, [&](const Fact& fact) {
      return std::none_of(languages.begin(), languages.end(), [&](const std::string& wanted) {
        return model::LanguageMatches(wanted, language_of_[fact.section]);
      });
    });
  }
  auto tags = backend.ReadTags(nullptr);
  if (!tags) return Pass(tags);
  tags_ = std::move(*tags);
  counts_ = results::CountConditions(searcher_.rules().thesaurus(), tags_, facts_);
  return {};
}

results::ConditionTree ConditionBrowser::Tree(const results::TreeOptions& options) const {
  return {searcher_.rules().thesaurus(), counts_, options};
}

Result<results::ConditionDetails> ConditionBrowser::Details(const std::string& id) const {
  std::set<std::string> below;
  for (const model::Concept* found : searcher_.rules().thesaurus().WithNarrower(id))
    below.insert(found->id);
  std::set<backend::SectionKey> tagged;
  for (const SectionTag& tag : tags_) {
    if (below.contains(std::string(tag.concept_id))) tagged.insert(tag.section);
  }
  results::ConditionDetails out;
  std::vector<backend::SectionKey> sections;
  for (const Fact& fact : facts_) {
    if (!tagged.contains(fact.section)) continue;
    sections.push_back(fact.section);
    ++out.languages[language_of_.at(fact.section)];
  }
  auto aspects = searcher_.engine().backend().CountAspects(sections);
  if (!aspects) return Pass(aspects);
  out.aspects = std::move(*aspects);
  return out;
}

}  // namespace sakuin::service
