#include "query/app/commands/editing/today.h"

#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/store/open.h"
#include "query/contradictions/decisions/states.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
Result<Today> FindToday(const Context& context) {
  Today out;
  auto rules = service::LoadTextRules(context);
  if (!rules) return Pass(rules);
  out.rules = std::move(*rules);
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  const auto weights = contradictions::TensionRules::Load(*folder, out.rules->thesaurus());
  if (!weights) return Pass(weights);
  const auto reader = store::OpenReader(context.kb);
  if (!reader) return Pass(reader);
  auto read = contradictions::ReadWitnesses(**reader, out.rules->folding());
  if (!read) return Pass(read);
  out.list = std::move(*read);
  auto log = store::ReadReviews(context.kb);
  if (!log) return Pass(log);
  out.log = std::move(*log);
  out.found = contradictions::FindTensions(out.list.witnesses, *weights);
  contradictions::Decide(out.log, out.list.witnesses, out.found.tensions);
  return out;
}

}  // namespace sakuin::app
