#include "query/app/commands/editing/today.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/store/finding_index.h"
#include "indexer/store/open.h"
#include "query/app/knowledge.h"
#include "query/contradictions/decisions/states.h"
#include "query/plan/spelling/edits.h"

namespace sakuin::app {
namespace {

constexpr std::size_t kLeastTyped = 4;
constexpr std::size_t kMostNamed = 3;

std::string Joined(const std::vector<std::string>& ids) {
  std::string out;
  for (std::size_t i = 0; i < ids.size() && i < kMostNamed; ++i) {
    out += (i == 0 ? "" : ", ") + ids[i];
  }
  return out + (ids.size() > kMostNamed ? ", ..." : "");
}

// The nearest first.
std::vector<std::string> NearOnes(const std::set<std::string>& ids, const std::string& typed) {
  constexpr std::size_t kMost = 2 * plan::kMistake;
  const std::u32string word = utf8::Decode(typed);
  std::set<std::pair<std::size_t, std::string>> near;
  for (const std::string& id : ids) {
    const std::size_t common = std::min(id.size(), std::max(typed.size(), kLeastTyped));
    const std::size_t away =
        plan::Distance(utf8::Decode(id.substr(0, common)), word, kMost, nullptr);
    if (away <= kMost) near.emplace(away, id);
  }
  std::vector<std::string> out;
  for (const auto& [away, id] : near) out.push_back(id);
  return out;
}

}  // namespace

namespace {

// Rules, weights and an open knowledge base.
struct Open {
  std::unique_ptr<pipeline::TextRules> rules;
  contradictions::TensionRules weights;
  std::shared_ptr<store::IndexReader> reader;
};

Result<Open> OpenAll(const Context& context) {
  auto rules = LoadTextRules(context);
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
      for (const std::uint64_t side : {pair.a, pair.b}) {
        const Status read = ReadOne(store::NumberToId(side), *representatives, whole, actions);
        if (!read) return Pass(read);
      }
    }
    if (const Status read = ReadActions(actions); !read) return Pass(read);
    return std::move(out_);
  }

 private:
  Status ReadOne(const std::string& id, const model::Representatives& representatives, bool whole,
                 std::set<std::string>& actions) {
    if (!seen_.insert(id).second) return {};
    auto record = open_.reader->ReadAdvice(id);
    if (!record) return Pass(record);
    const std::string& source = model::SourceOf(representatives, record->document_id);
    out_.witnesses.push_back(contradictions::WitnessOf(*record, source, open_.rules->folding()));
    if (whole) {
      for (const model::Concept* one :
           open_.rules->thesaurus().WithNarrower(record->advice.action)) {
        actions.insert(one->id);
      }
    }
    out_.records.push_back(std::move(*record));
    return {};
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
  std::set<std::string> seen_;
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
    auto id = ChooseId(known, one, "finding or pair");
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
    auto id = ChooseId(known, one, "finding or pair");
    if (!id) return Pass(id);
    out.ids.push_back(std::move(*id));
  }
  return out;
}

std::vector<std::string> UnlistedQuotes(const Today& today, const std::string& target) {
  const auto finding = std::find_if(today.found.findings.begin(), today.found.findings.end(),
                                    [&](const auto& one) { return one.id == target; });
  if (finding == today.found.findings.end()) return {};
  const auto& witnesses = today.list.witnesses;
  std::set<std::string> sources[2];
  std::set<std::string> actions;
  for (const std::size_t at : finding->tensions) {
    const contradictions::Tension& t = today.found.tensions[at];
    sources[0].insert(witnesses[t.a].source);
    sources[1].insert(witnesses[t.b].source);
    for (const std::string& action : {witnesses[t.a].advice.action, witnesses[t.b].advice.action}) {
      for (const model::Concept* one : today.rules->thesaurus().WithNarrower(action)) {
        actions.insert(one->id);
      }
    }
  }
  const bool all_listed = finding->tensions.size() < contradictions::kMostPairsOfFinding &&
                          sources[0].size() >= finding->sources_for &&
                          sources[1].size() >= finding->sources_against;
  if (all_listed) return {};
  std::set<std::string> out;
  for (const contradictions::Witness& witness : witnesses) {
    if (actions.contains(witness.advice.action)) out.insert(contradictions::QuoteKey(witness));
  }
  return {out.begin(), out.end()};
}

Result<std::string> ChooseId(const std::vector<std::string>& ids, const std::string& typed,
                             const std::string& what) {
  const std::set<std::string> all(ids.begin(), ids.end());
  if (all.contains(typed)) return typed;
  std::vector<std::string> begin_so;
  for (auto at = all.lower_bound(typed); at != all.end() && at->starts_with(typed); ++at) {
    begin_so.push_back(*at);
  }
  if (typed.size() >= kLeastTyped && begin_so.size() == 1) return begin_so[0];
  if (typed.size() >= kLeastTyped && begin_so.size() > 1) {
    return Fail(ErrorCode::kUsage, "several ids begin with '" + typed + "': " + Joined(begin_so));
  }
  const std::vector<std::string> near = NearOnes(all, typed);
  std::string message = "no " + what + " has the id '" + typed + "'";
  if (!near.empty()) message += "; did you mean " + Joined(near) + "?";
  return Fail(ErrorCode::kNotFound, message);
}

}  // namespace sakuin::app
