#include "query/service/knowledge.h"

#include <cstdlib>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/pipeline/ingest_run.h"
#include "indexer/store/thesauri.h"

namespace sakuin::service {

Result<std::vector<thesaurus::ThesaurusSource>> UserThesauri(const Place& place, KbThesauri kept,
                                                             const std::string& without) {
  std::vector<thesaurus::ThesaurusSource> out;
  if (kept == KbThesauri::kUsed) {
    auto stored = store::ListThesauri(place.kb);
    const bool busy = !stored && (stored.error().code == ErrorCode::kLocked ||
                                  stored.error().code == ErrorCode::kIo);
    if (busy) return Pass(stored);
    for (std::size_t i = 0; stored && i < stored->size(); ++i) {
      store::StoredThesaurus& one = (*stored)[i];
      if (one.name == without) continue;
      out.push_back({place.kb + "!/" + one.name + "." + one.format, std::move(one.bytes)});
    }
  }
  for (const std::string& path : place.thesauri) {
    auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    out.push_back({path, std::move(*bytes)});
  }
  return out;
}

Result<std::unique_ptr<pipeline::Rules>> LoadRules(const Place& place, KbThesauri kept,
                                                   const pipeline::RuleOptions& options) {
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  const auto user = UserThesauri(place, kept);
  if (!user) return Pass(user);
  return pipeline::Rules::Load(*folder, *user, options);
}

Result<std::unique_ptr<pipeline::TextRules>> LoadTextRules(const Place& place) {
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  const auto user = UserThesauri(place, KbThesauri::kUsed);
  if (!user) return Pass(user);
  return pipeline::TextRules::Load(*folder, *user);
}

Result<std::unique_ptr<thesaurus::AspectNames>> LoadAspectNames(const Place& place,
                                                                const text::Folding& folding) {
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  auto names = thesaurus::AspectNames::Load(*folder, folding);
  if (!names) return Pass(names);
  return std::make_unique<thesaurus::AspectNames>(std::move(*names));
}

Searcher::Searcher(std::shared_ptr<const pipeline::TextRules> rules,
                   std::unique_ptr<thesaurus::AspectNames> aspect_names, text::Analyzer analyzer,
                   std::string data_dir, const plan::RankingWeights& weights)
    : rules_(std::move(rules)),
      aspect_names_(std::move(aspect_names)),
      analyzer_(std::move(analyzer)),
      data_dir_(std::move(data_dir)),
      weights_(weights),
      plan_context_{&analyzer_,
                    &rules_->folding(),
                    &rules_->thesaurus(),
                    &rules_->matcher(),
                    &weights_,
                    aspect_names_.get(),
                    [this] { return Phrases(); },
                    [this] { return Glossary(); }} {}

Result<const plan::QuestionPhrases*> Searcher::Phrases() {
  if (phrases_) return phrases_.get();
  auto read = plan::QuestionPhrases::Load(data_dir_, rules_->folding());
  if (!read) return Pass(read);
  phrases_ = std::make_unique<plan::QuestionPhrases>(std::move(*read));
  return phrases_.get();
}

Result<const thesaurus::Glossary*> Searcher::Glossary() {
  if (glossary_) return glossary_.get();
  auto read = thesaurus::Glossary::Load(data_dir_, rules_->folding());
  if (!read) return Pass(read);
  glossary_ = std::make_unique<thesaurus::Glossary>(std::move(*read));
  return glossary_.get();
}

Result<std::unique_ptr<Searcher>> Searcher::Open(const Place& place,
                                                 std::shared_ptr<const pipeline::TextRules> rules) {
  // Who shares rules is one of several.
  auto backend =
      backend::OpenBackend(place.kb, rules ? store::Share::kAmongMany : store::Share::kAlone);
  if (!backend) return Pass(backend);
  if (!rules) {
    auto own = LoadTextRules(place);
    if (!own) return Pass(own);
    rules = std::move(*own);
  }
  const auto info = (*backend)->Info();
  if (!info) return Pass(info);
  if (const Status same = pipeline::CheckAnalyzer(*info, *rules, place.kb); !same) {
    return Pass(same);
  }
  auto analyzer = rules->MakeAnalyzer();
  if (!analyzer) return Pass(analyzer);
  auto names = LoadAspectNames(place, rules->folding());
  if (!names) return Pass(names);
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  const auto weights = plan::LoadRankingWeights(*folder);
  if (!weights) return Pass(weights);
  std::unique_ptr<Searcher> out(
      new Searcher(std::move(rules), std::move(*names), std::move(*analyzer), *folder, *weights));
  out->engine_ = std::make_unique<results::Engine>(std::move(*backend), out->plan_context_);
  return out;
}

Named SplitId(const std::string& id) {
  const std::size_t mark = id.rfind('#');
  if (mark == std::string::npos || mark + 1 == id.size() || id.size() - mark > 10 ||
      id.find_first_not_of("0123456789", mark + 1) != std::string::npos) {
    return {id, -1};
  }
  return {id.substr(0, mark), std::atoi(id.c_str() + mark + 1)};
}

}  // namespace sakuin::service
