#pragma once

// What most commands need: the rules, and an engine over a knowledge base.

#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/pipeline/rules.h"
#include "indexer/pipeline/text_rules.h"
#include "indexer/thesaurus/aspect_names.h"
#include "query/results/engine.h"
#include "query/service/place.h"

namespace sakuin::service {

// The rules with the user's thesauri: those in the knowledge base, if there is one, then the files
// that were named. A knowledge base that cannot be read has none: the command that opens it says
// so.
enum class KbThesauri { kUsed, kLeftOut };
Result<std::unique_ptr<pipeline::Rules>> LoadRules(const Place& place,
                                                   KbThesauri kept = KbThesauri::kUsed,
                                                   const pipeline::RuleOptions& options = {});

// The part of them that needs no ingest.
Result<std::unique_ptr<pipeline::TextRules>> LoadTextRules(const Place& place);

// What LoadRules() reads beside the shipped thesaurus, but the kept one called `without`.
Result<std::vector<thesaurus::ThesaurusSource>> UserThesauri(const Place& place, KbThesauri kept,
                                                             const std::string& without = {});

Result<std::unique_ptr<thesaurus::AspectNames>> LoadAspectNames(const Place& place,
                                                                const text::Folding& folding);

// Everything a search needs, in one place that is never moved.
class Searcher {
 public:
  // Checks that the knowledge base was built by these rules (kRulesChanged).
  // `rules`: shared with others; nullptr: its own.
  static Result<std::unique_ptr<Searcher>> Open(
      const Place& place, std::shared_ptr<const pipeline::TextRules> rules = nullptr);

  results::Engine& engine() { return *engine_; }
  const pipeline::TextRules& rules() const { return *rules_; }
  const plan::PlanContext& plan_context() const { return plan_context_; }

 private:
  Searcher(std::shared_ptr<const pipeline::TextRules> rules,
           std::unique_ptr<thesaurus::AspectNames> aspect_names, text::Analyzer analyzer,
           std::string data_dir, const plan::RankingWeights& weights);
  Result<const plan::QuestionPhrases*> Phrases();
  Result<const thesaurus::Glossary*> Glossary();

  std::shared_ptr<const pipeline::TextRules> rules_;
  std::unique_ptr<thesaurus::AspectNames> aspect_names_;
  text::Analyzer analyzer_;
  std::string data_dir_;
  std::unique_ptr<plan::QuestionPhrases> phrases_;  // these two are read when they are first wanted
  std::unique_ptr<thesaurus::Glossary> glossary_;
  plan::RankingWeights weights_;
  plan::PlanContext plan_context_;
  std::unique_ptr<results::Engine> engine_;
};

// The document that an id, or the beginning of one id, names. "ID#N" gives the section's number.
struct Named {
  std::string document;
  int section = -1;
};
Named SplitId(const std::string& id);

}  // namespace sakuin::service
