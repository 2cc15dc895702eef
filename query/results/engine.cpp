#include "query/results/engine.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "query/plan/concept_finder.h"
#include "query/results/condition_counts.h"
#include "query/results/copies.h"
#include "query/results/hits/hit_maker.h"
#include "query/syntax/parser.h"

namespace sakuin::results {
namespace {

// Fewer hits than this and the query's words are let go one by one; a question of many words is
// expected to need it.
constexpr std::size_t kEnoughForWords = 1;
constexpr std::size_t kEnoughForQuestion = 10;
constexpr std::size_t kQuestionWords = 4;
// Hits of a question that are looked at for single characters.
constexpr std::size_t kLookAgain = 200;

// "OFFSET.GENERATION.LAST_SECTION": where the next page begins, and what stood in the knowledge
// base when the first one was asked for. What is added later stays out of the later pages, so that
// no hit moves because of it.
struct Cursor {
  std::size_t offset = 0;
  std::int64_t generation = 0;
  std::int64_t last_section = INT64_MAX;

  std::string Print() const {
    return std::to_string(offset) + "." + std::to_string(generation) + "." +
           std::to_string(last_section);
  }
};

std::optional<Cursor> ReadCursor(const std::string& text) {
  Cursor out;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](auto& to) {
    const auto [stop, error] = std::from_chars(at, end, to);
    const bool read = error == std::errc() && to >= 0;
    at = stop;
    return read;
  };
  const auto dot = [&] { return at < end && *at++ == '.'; };
  const bool read = number(out.offset) && dot() && number(out.generation) && dot() &&
                    number(out.last_section) && at == end;
  return read ? std::optional(out) : std::nullopt;
}

// Notes and added names, each once.
void AddNotes(const plan::Plans& plans, SearchResult& out) {
  const auto add = [](std::vector<std::string>& to, std::string text) {
    if (std::find(to.begin(), to.end(), text) == to.end()) to.push_back(std::move(text));
  };
  for (const syntax::Note& note : plans.notes) {
    // That of a flag has no place in the query.
    const std::string place =
        note.begin == note.end ? ""
                               : std::to_string(note.begin) + "-" + std::to_string(note.end) + ": ";
    add(out.notes, place + note.message);
  }
  for (const std::string& label : plans.expanded) add(out.expanded, label);
}

// By relevance; what weighs the same in order of the knowledge base.
auto Before(const std::vector<backend::Fact>& facts) {
  return [&facts](const Ranked& a, const Ranked& b) {
    if (a.tier != b.tier) return a.tier > b.tier;
    if (a.weight != b.weight) return a.weight > b.weight;
    return facts[a.index].section < facts[b.index].section;
  };
}

void AddSections(const std::vector<backend::SectionKey>& more,
                 std::vector<backend::SectionKey>& to) {
  std::vector<backend::SectionKey> both;
  std::set_union(to.begin(), to.end(), more.begin(), more.end(), std::back_inserter(both));
  to = std::move(both);
}

// The sections of one reading, beside those of another.
void AddMatches(const backend::Matches& more, backend::Matches& to) {
  AddSections(more.sections, to.sections);
  for (const auto& [field, sections] : more.unfiltered) {
    AddSections(sections, to.unfiltered[field]);
  }
}

// What needs no excuse stands above what leaves words out, as its own reading weighs it.
void PutStrictFirst(Found& found) {
  if (found.strict == nullptr) return;
  std::unordered_map<backend::SectionKey, const Ranked*> strict;
  for (const Ranked& one : found.strict->ranked) {
    strict.emplace(found.strict->facts[one.index].section, &one);
  }
  for (Ranked& one : found.ranked) {
    const auto at = strict.find(found.facts[one.index].section);
    if (at == strict.end()) continue;
    one.tier = at->second->tier;
    one.weight = at->second->weight;
    one.strict = true;
  }
}

}  // namespace

Engine::Engine(std::unique_ptr<backend::SearchBackend> backend, const plan::PlanContext& context)
    : backend_(std::move(backend)), context_(context) {}

// The reading that asks for everything; where it finds too little, below its hits those of the one
// in which words may be missing, if that adds something: else the stricter one is the better
// explanation.
Result<Found> Engine::FindEnough(const syntax::Ast& ast, const SearchRequest& request,
                                 const backend::Snapshot& snapshot, SearchResult& out) {
  plan::PlanOptions options{request.expand,  request.exact, request.free_text,
                            request.filters, request.query, plan::Steps::kStrict};
  const plan::TextChecker checker(*context_.folding);
  Found found;
  found.snapshot = snapshot;
  bool any = false;
  for (const plan::Steps steps : {plan::Steps::kStrict, plan::Steps::kRelaxed}) {
    const bool question = found.plan.leaves.size() > kQuestionWords;
    const std::size_t enough = question ? kEnoughForQuestion : kEnoughForWords;
    if (any && found.matches.sections.size() >= enough) break;
    options.steps = steps;
    auto plans = plan::MakePlans(ast, context_, options);
    if (!plans) return Pass(plans);
    AddNotes(*plans, out);
    if (plans->steps.empty()) continue;
    auto matches = backend_->Match(plans->steps[0], checker, snapshot.end);
    if (!matches) return Pass(matches);
    if (any) {
      AddMatches(found.matches, *matches);
      if (matches->sections.size() == found.matches.sections.size()) break;
    }
    if (!found.matches.sections.empty()) {
      if (const Status done = Rank(found); !done) return Pass(done);
      auto strict = std::make_unique<Found>(std::move(found));
      found = Found();
      found.snapshot = snapshot;
      found.strict = std::move(strict);
    }
    found.plan = std::move(plans->steps[0]);
    found.matches = std::move(*matches);
    any = true;
    if (request.free_text) break;
  }
  if (const Status in_time = request.deadline.Check(); !in_time) return Pass(in_time);
  if (const Status done = Rank(found); !done) return Pass(done);
  if (const Status done = LookAgain(found); !done) return Pass(done);
  PutStrictFirst(found);
  return found;
}

Status Engine::Rank(Found& found) {
  auto facts = backend_->ReadFacts(found.matches.sections, found.plan.concepts);
  if (!facts) return Pass(facts);
  found.facts = std::move(*facts);
  found.ranked =
      Ranker(found.plan, found.matches, found.facts, found.snapshot, *context_.weights).Rank();
  return {};
}

// A question's best hits, by the single characters that stand in them. They can only rise, and all
// of them stand above the others already.
Status Engine::LookAgain(Found& found) {
  if (found.plan.chars.empty() || found.plan.step != plan::Step::kMostTerms) return {};
  const std::size_t most = std::min(kLookAgain, found.ranked.size());
  const auto end = found.ranked.begin() + static_cast<std::ptrdiff_t>(most);
  std::partial_sort(found.ranked.begin(), end, found.ranked.end(), Before(found.facts));
  for (auto at = found.ranked.begin(); at != end; ++at) {
    const auto parts =
        HitMaker(*backend_, context_).CharParts(found, found.facts[at->index].section);
    if (!parts) return Pass(parts);
    for (const ScorePart& part : *parts) at->weight += part.adds;
  }
  return {};
}

void Engine::Fold(const SearchRequest& request, Found& found, SearchResult& out) {
  if (request.facets) found.counted = found.matches.sections;
  if (request.ShowsCopies()) return;
  found.away = FoldCopies(found.facts, found.ranked);
  std::unordered_set<std::int64_t> sections;
  std::unordered_set<std::int64_t> copies;
  for (const auto& [best, facts] : found.away) {
    (void)best;
    for (const backend::Fact& fact : facts) {
      sections.insert(fact.section);
      copies.insert(fact.document);
    }
  }
  std::erase_if(found.counted, [&](backend::SectionKey key) { return sections.contains(key); });
  out.folded = request.by_document ? copies.size() : sections.size();
}

Status Engine::FillHits(const Found& found, const SearchRequest& request, std::size_t offset,
                        SearchResult& out) {
  HitMaker maker(*backend_, context_);
  const std::size_t end = std::min(found.ranked.size(), offset + request.limit);
  for (std::size_t i = offset; i < end; ++i) {
    if (const Status in_time = request.deadline.Check(); !in_time) return in_time;
    auto hit = maker.MakeHit(found, found.ranked[i], request);
    if (!hit) return Pass(hit);
    hit->rank = i + 1;
    out.hits.push_back(std::move(*hit));
  }
  return {};
}

Result<std::vector<FacetConcept>> Engine::CountConditionFacet(
    const std::vector<backend::SectionKey>& sections) {
  const auto tags = backend_->ReadTags(&sections);
  if (!tags) return Pass(tags);
  const auto facts = backend_->ReadFacts(sections, {});
  if (!facts) return Pass(facts);
  std::vector<FacetConcept> out;
  for (const auto& [id, count] : CountConditions(*context_.thesaurus, *tags, *facts)) {
    const model::Concept* const known = context_.thesaurus->Find(id);
    if (known == nullptr) continue;
    out.push_back({known, count.own.sections, count.all.sections});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const FacetConcept& a, const FacetConcept& b) { return a.all > b.all; });
  return out;
}

// What a facet counts: the hits; of a field that is filtered by, what would be hits without that
// filter, so that the other values can be seen. Of copies one is counted, as among the hits.
Result<std::vector<backend::SectionKey>> Engine::SectionsToCount(const Found& found,
                                                                 const SearchRequest& request,
                                                                 plan::FilterField field) {
  const auto free = found.matches.unfiltered.find(field);
  if (free == found.matches.unfiltered.end()) return found.counted;
  if (request.ShowsCopies()) return free->second;
  std::unordered_map<std::int64_t, std::int64_t> shown;  // of a group, the document that counts
  for (const Ranked& ranked : found.ranked) {
    const backend::Fact& fact = found.facts[ranked.index];
    if (fact.group != 0) shown.emplace(fact.group, fact.document);
  }
  const auto facts = backend_->ReadFacts(free->second, {});
  if (!facts) return Pass(facts);
  std::vector<backend::SectionKey> out;
  for (const backend::Fact& fact : *facts) {
    const bool first =
        fact.group == 0 || shown.emplace(fact.group, fact.document).first->second == fact.document;
    if (first) out.push_back(fact.section);
  }
  return out;
}

Status Engine::CountFacets(const Found& found, const SearchRequest& request, SearchResult& out) {
  using plan::FilterField;
  if (const Status in_time = request.deadline.Check(); !in_time) return in_time;
  auto facets = backend_->CountFacets(found.counted);
  if (!facets) return Pass(facets);
  out.facets = std::move(*facets);
  static constexpr std::pair<FilterField, const char*> kFields[] = {
      {FilterField::kLanguage, "language"},
      {FilterField::kAspect, "aspect"},
      {FilterField::kSite, "site"},
      {FilterField::kPublished, "year"},
      {FilterField::kCondition, "condition"}};
  for (const auto& [field, name] : kFields) {
    if (!found.matches.unfiltered.contains(field)) continue;
    const auto sections = SectionsToCount(found, request, field);
    if (!sections) return Pass(sections);
    auto free = backend_->CountFacets(*sections);
    if (!free) return Pass(free);
    out.facets[name] = std::move((*free)[name]);
  }
  const auto sections = SectionsToCount(found, request, FilterField::kCondition);
  if (!sections) return Pass(sections);
  auto conditions = CountConditionFacet(*sections);
  if (!conditions) return Pass(conditions);
  out.conditions = std::move(*conditions);
  return {};
}

// Where only the first hits are asked for, only these are put in order.
Status Engine::SortHits(const SearchRequest& request, std::size_t offset, Found& found) {
  auto& ranked = found.ranked;
  const auto before = Before(found.facts);
  if (request.sort == Sort::kRelevance) {
    std::size_t needed = ranked.size();
    // Who stands for a group of duplicates, or for a document, is known when all are in order.
    const bool alone = request.ShowsCopies() ||
                       std::none_of(found.facts.begin(), found.facts.end(),
                                    [](const backend::Fact& fact) { return fact.group != 0; });
    if (!request.by_document && alone) needed = std::min(needed, offset + request.limit);
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(needed),
                      ranked.end(), before);
    return {};
  }
  std::vector<std::string> keys(found.facts.size());
  std::vector<std::string_view> dates(found.facts.size());
  if (request.sort == Sort::kDate) {
    auto read = backend_->ReadDates(found.matches.sections);
    if (!read) return Pass(read);
    dates = std::move(*read);
  }
  if (request.sort == Sort::kTitle) {
    std::vector<std::int64_t> documents;
    for (const backend::Fact& fact : found.facts) documents.push_back(fact.document);
    auto titles = backend_->ReadTitles(documents);
    if (!titles) return Pass(titles);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = context_.folding->Key((*titles)[i]);
  }
  std::sort(ranked.begin(), ranked.end(), [&](const Ranked& a, const Ranked& b) {
    const backend::Fact& fa = found.facts[a.index];
    const backend::Fact& fb = found.facts[b.index];
    if (dates[a.index] != dates[b.index]) return dates[a.index] > dates[b.index];
    if (keys[a.index] != keys[b.index]) return keys[a.index] < keys[b.index];
    return fa.document != fb.document ? fa.document < fb.document : fa.ordinal < fb.ordinal;
  });
  return {};
}

Result<SearchResult> Engine::Search(const SearchRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  Cursor cursor;
  if (!request.after.empty()) {
    const auto read = ReadCursor(request.after);
    if (!read) {
      return Fail(ErrorCode::kUsage,
                  "--after wants the `next` of an earlier answer, not '" + request.after + "'");
    }
    cursor = *read;
  }
  const auto snapshot = backend_->Begin(cursor.last_section, request.deadline);
  if (!snapshot) return Pass(snapshot);
  const backend::Reading reading(*backend_);
  SearchResult out;
  if (!request.after.empty() && cursor.generation != snapshot->generation) {
    out.notes.push_back(
        "the knowledge base has changed since the first page: what was added since is left out, "
        "what was replaced or deleted is missing");
  }
  const syntax::Ast ast =
      request.free_text ? syntax::ParseFreeText(request.query) : syntax::Parse(request.query);
  auto found = FindEnough(ast, request, *snapshot, out);
  if (!found) return Pass(found);
  if (const Status sorted = SortHits(request, cursor.offset, *found); !sorted) return Pass(sorted);
  Fold(request, *found, out);
  if (request.by_document) KeepFirstOfDocuments(found->facts, found->ranked);
  out.query = request.query;
  out.interpreted = plan::Print(found->plan, plan::kFewNames);
  out.relaxed = found->plan.step == plan::Step::kMostTerms && !request.free_text;
  out.strict = static_cast<std::size_t>(std::count_if(
      found->ranked.begin(), found->ranked.end(), [](const Ranked& one) { return one.strict; }));
  out.total = found->ranked.size();
  if (request.facets) {
    const Status done = CountFacets(*found, request, out);
    if (!done) return Pass(done);
  }
  if (const Status done = FillHits(*found, request, cursor.offset, out); !done) return Pass(done);
  if (cursor.offset + request.limit < out.total) {
    const std::int64_t generation =
        request.after.empty() ? snapshot->generation : cursor.generation;
    out.next = Cursor{cursor.offset + request.limit, generation, snapshot->last_section}.Print();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  out.seconds = took.count();
  return out;
}

}  // namespace sakuin::results
