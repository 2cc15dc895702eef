#include "query/app/knowledge.h"

#include <cstdlib>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/ingest_run.h"

namespace sakuin::app {

Result<std::unique_ptr<pipeline::Rules>> LoadRules(const Context& context) {
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  return pipeline::Rules::Load(*folder);
}

Result<std::unique_ptr<thesaurus::AspectNames>> LoadAspectNames(const Context& context,
                                                                const pipeline::Rules& rules) {
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  auto names = thesaurus::AspectNames::Load(*folder, rules.folding());
  if (!names) return Pass(names);
  return std::make_unique<thesaurus::AspectNames>(std::move(*names));
}

Searcher::Searcher(std::unique_ptr<pipeline::Rules> rules,
                   std::unique_ptr<thesaurus::AspectNames> aspect_names,
                   pipeline::Pipeline pipeline)
    : rules_(std::move(rules)),
      aspect_names_(std::move(aspect_names)),
      pipeline_(std::move(pipeline)),
      plan_context_{&pipeline_.analyzer(), &rules_->folding(), &rules_->thesaurus(),
                    &rules_->matcher(), aspect_names_.get()} {}

Result<std::unique_ptr<Searcher>> Searcher::Open(const Context& context) {
  auto backend = backend::OpenBackend(context.kb);
  if (!backend) return Pass(backend);
  auto rules = LoadRules(context);
  if (!rules) return Pass(rules);
  const auto info = (*backend)->Info();
  if (!info) return Pass(info);
  if (const Status same = pipeline::CheckAnalyzer(*info, **rules, context.kb); !same) {
    return Pass(same);
  }
  auto pipeline = pipeline::Pipeline::Create(**rules);
  if (!pipeline) return Pass(pipeline);
  auto names = LoadAspectNames(context, **rules);
  if (!names) return Pass(names);
  std::unique_ptr<Searcher> out(
      new Searcher(std::move(*rules), std::move(*names), std::move(*pipeline)));
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

}  // namespace sakuin::app
