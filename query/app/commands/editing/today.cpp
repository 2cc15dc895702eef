#include "query/app/commands/editing/today.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/store/finding_index.h"
#include "indexer/store/open.h"
#include "query/contradictions/decisions/states.h"
#include "query/service/id_choice.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

// Rules, weights and an open knowledge base.
struct Open {
  std::unique_ptr<pipeline::TextRules> rules;
  contradictions::TensionRules weights;
  std::shared_ptr<store::IndexReader> reader;
};

Result<Open> OpenAll(const Context& context) {
  auto rules = service::LoadTextRules(context);
  if (!rules) return Pass(rules);
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  auto weights = contradictions::TensionRules::Load(*folder, (*rules)->thesaurus());
  if (!weights) return Pass(weights);
  auto reader = store::OpenReader(context.kb);
  if (!reader) return Pass(reader);
  return Open{std::move(*rules), std::move(*weights), std::move(*reader)};
}

Status Finish(const Context& context, Open& open, Today& out) {
  auto log = store::ReadReviews(context.kb);
  if (!log) return Pass(log);
  out.log = std::move(*log);
  out.found = contradictions::FindTensions(out.list.witnesses, open.weights);
  contradictions::Decide(out.log, out.list.witnesses, out.found.tensions, &open.rules->folding());
  out.rules = std::move(open.rules);
  return {};
}

std::vector<std::string> IdsOf(const contradictions::TensionSet& found) {
  std::vector<std::string> out;
  for (const contradictions::Tension& t : found.tensions) {
    out.push_back(t.id);
    out.push_back(t.cluster);
  }
  return out;
}

std::vector<std::string> IdsOf(const std::vector<store::IndexedPair>& pairs) {
  std::vector<std::string> out;
  for (const store::IndexedPair& pair : pairs) {
    out.push_back(store::NumberToId(pair.tension));
    out.push_back(store::NumberToId(pair.finding));
  }
  return out;
}

// Reads the sentences of the pairs of the chosen ids, and of chosen findings all of their actions.
class TargetReader {
 public:
  explicit TargetReader(const Open& open) : open_(open) {}

  Result<contradictions::WitnessList> Read(const std::vector<store::IndexedPair>& pairs,
                                           const std::vector<std::string>& ids) {
    std::set<std::uint64_t> wanted;
    for (const std::string& id : ids) wanted.insert(store::IdToNumber(id));
    const auto representatives = open_.reader->ReadRepresentatives();
    if (!representatives) return Pass(representatives);
    std::set<std::string> actions;
    for (const store::IndexedPair& pair : pairs) {
      const bool whole = wanted.contains(pair.finding);
      if (!whole && !wanted.contains(pair.tension)) continue;
      std::string both[2];
      for (const int side : {0, 1}) {
        const std::string id = store::NumberToId(side == 0 ? pair.a : pair.b);
        const auto action = ReadOne(id, *representatives);
        if (!action) return Pass(action);
        both[side] = *action;
      }
      if (!whole) continue;
      for (const std::string& one : both) AddNarrower(one, actions);
      for (const std::string& one : open_.weights.ActionsBeside(both[0], both[1])) {
        AddNarrower(one, actions);
      }
    }
    if (const Status read = ReadActions(actions); !read) return Pass(read);
    return std::move(out_);
  }

 private:
  // Gives its action.
  Result<std::string> ReadOne(const std::string& id,
                              const model::Representatives& representatives) {
    const auto known = seen_.find(id);
    if (known != seen_.end()) return known->second;
    auto record = open_.reader->ReadAdvice(id);
    if (!record) return Pass(record);
    const std::string& source = model::SourceOf(representatives, record->document_id);
    out_.witnesses.push_back(contradictions::WitnessOf(*record, source, open_.rules->folding()));
    std::string action = record->advice.action;
    out_.records.push_back(std::move(*record));
    seen_.emplace(id, action);
    return action;
  }

  void AddNarrower(const std::string& action, std::set<std::string>& actions) const {
    for (const model::Concept* one : open_.rules->thesaurus().WithNarrower(action)) {
      actions.insert(one->id);
    }
  }

  Status ReadActions(const std::set<std::string>& actions) {
    if (actions.empty()) return {};
    store::AdviceQuery query;
    query.actions.assign(actions.begin(), actions.end());
    auto more = contradictions::ReadWitnesses(open_.reader, open_.rules->folding(), query);
    if (!more) return Pass(more);
    for (std::size_t i = 0; i < more->witnesses.size(); ++i) {
      if (seen_.contains(more->witnesses[i].id)) continue;
      out_.witnesses.push_back(std::move(more->witnesses[i]));
      out_.records.Move(more->records, i);
    }
    return {};
  }

  const Open& open_;
  contradictions::WitnessList out_;
  std::map<std::string, std::string> seen_;  // pieces of advice, with their actions
};

// Nothing where the pairs are not remembered, or make no such findings any more.
Result<std::optional<Targets>> FindRemembered(const Context& context,
                                              const std::vector<std::string>& typed) {
  const auto pairs = store::ReadFindingIndex(context.kb);
  if (!pairs) return Pass(pairs);
  if (!*pairs) return std::optional<Targets>();
  Targets out;
  const std::vector<std::string> known = IdsOf(**pairs);
  for (const std::string& one : typed) {
    auto id = service::ChooseId(known, one, "finding or pair");
    if (!id) return Pass(id);
    out.ids.push_back(std::move(*id));
  }
  auto open = OpenAll(context);
  if (!open) return Pass(open);
  auto list = TargetReader(*open).Read(**pairs, out.ids);
  // Read again meanwhile, with another result.
  if (!list && list.error().code == ErrorCode::kNotFound) return std::optional<Targets>();
  if (!list) return Pass(list);
  out.today.list = std::move(*list);
  if (const Status done = Finish(context, *open, out.today); !done) return Pass(done);
  const std::vector<std::string> made = IdsOf(out.today.found);
  for (const std::string& id : out.ids) {
    if (std::find(made.begin(), made.end(), id) == made.end()) return std::optional<Targets>();
  }
  return std::optional<Targets>(std::move(out));
}

}  // namespace

void RememberFindings(const Context& context, std::int64_t generation,
                      const contradictions::WitnessList& list,
                      const contradictions::TensionSet& found) {
  std::vector<store::IndexedPair> pairs;
  pairs.reserve(found.tensions.size());
  for (const contradictions::Tension& t : found.tensions) {
    pairs.push_back({store::IdToNumber(t.id), store::IdToNumber(t.cluster),
                     store::IdToNumber(list.witnesses[t.a].id),
                     store::IdToNumber(list.witnesses[t.b].id)});
  }
  // Without it a verdict takes longer, no more.
  (void)store::WriteFindingIndex(context.kb, generation, pairs);
}

Result<Today> FindToday(const Context& context) {
  auto open = OpenAll(context);
  if (!open) return Pass(open);
  const auto info = open->reader->Info();
  if (!info) return Pass(info);
  Today out;
  auto read = contradictions::ReadWitnesses(open->reader, open->rules->folding());
  if (!read) return Pass(read);
  out.list = std::move(*read);
  if (const Status done = Finish(context, *open, out); !done) return Pass(done);
  RememberFindings(context, info->generation, out.list, out.found);
  return out;
}

Result<Targets> FindTargets(const Context& context, const std::vector<std::string>& typed) {
  auto remembered = FindRemembered(context, typed);
  if (!remembered) return Pass(remembered);
  if (*remembered) return std::move(**remembered);
  auto today = FindToday(context);
  if (!today) return Pass(today);
  Targets out;
  out.today = std::move(*today);
  const std::vector<std::string> known = IdsOf(out.today.found);
  for (const std::string& one : typed) {
    auto id = service::ChooseId(known, one, "finding or pair");
    if (!id) return Pass(id);
    out.ids.push_back(std::move(*id));
  }
  return out;
}

}  // namespace sakuin::app
