#include "query/results/engine.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/plan/concept_finder.h"
#include "query/results/condition_counts.h"
#include "query/results/copies.h"
#include "query/results/highlighter.h"
#include "query/syntax/parser.h"

namespace sakuin::results {
namespace {

// Fewer hits than this and the query's words are let go one by one; a question of many words is
// expected to need it.
constexpr std::size_t kEnoughForWords = 1;
constexpr std::size_t kEnoughForQuestion = 10;
constexpr std::size_t kQuestionWords = 4;
// Hits of a question that are looked at for single characters.
constexpr std::size_t kLookAgain = 100;
constexpr double kRounding = 1e-9;

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

// One state of the knowledge base for as long as it lives.
class Reading {
 public:
  explicit Reading(backend::SearchBackend& backend) : backend_(backend) {}
  ~Reading() { backend_.End(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  backend::SearchBackend& backend_;
};

// By relevance; what weighs the same in order of the knowledge base.
auto Before(const std::vector<backend::Fact>& facts) {
  return [&facts](const Ranked& a, const Ranked& b) {
    if (a.tier != b.tier) return a.tier > b.tier;
    if (a.weight != b.weight) return a.weight > b.weight;
    return facts[a.index].section < facts[b.index].section;
  };
}

}  // namespace

struct Engine::Found {
  const plan::Plan* plan = nullptr;
  backend::Matches matches;
  std::vector<backend::Fact> facts;
  std::vector<Ranked> ranked;                // in order of the answer
  std::vector<std::int64_t> groups;          // of near-duplicates: one a fact, 0 where none
  FoldedAway away;                           // what the answer leaves out for them
  std::vector<backend::SectionKey> counted;  // the matches without those, for facets
  backend::Snapshot snapshot;
};

Engine::Engine(std::unique_ptr<backend::SearchBackend> backend, const plan::PlanContext& context)
    : backend_(std::move(backend)), context_(context) {}

Result<Engine::Found> Engine::FindEnough(const plan::Plans& plans,
                                         const backend::Snapshot& snapshot) {
  const plan::TextChecker checker(*context_.folding);
  Found found;
  found.snapshot = snapshot;
  for (const plan::Plan& plan : plans.steps) {
    if (found.plan != nullptr) {
      const std::size_t enough =
          plan.words >= kQuestionWords ? kEnoughForQuestion : kEnoughForWords;
      if (found.matches.sections.size() >= enough) break;
    }
    auto matches = backend_->Match(plan, checker, snapshot.end);
    if (!matches) return Pass(matches);
    // Relaxing must add something, else the stricter reading is the better explanation.
    const bool more = matches->sections.size() > found.matches.sections.size();
    if (found.plan != nullptr && !more) break;
    found.plan = &plan;
    found.matches = std::move(*matches);
  }
  auto facts = backend_->ReadFacts(found.matches.sections, found.plan->concepts);
  if (!facts) return Pass(facts);
  found.facts = std::move(*facts);
  found.ranked = Ranker(*found.plan, found.matches, found.facts, found.snapshot, weights_).Rank();
  if (const Status done = LookAgain(found); !done) return Pass(done);
  return found;
}

// A question's best hits, by the single characters that stand in them. They can only rise, and all
// of them stand above the others already.
Status Engine::LookAgain(Found& found) {
  if (found.plan->chars.empty() || found.plan->step != plan::Step::kMostTerms) return {};
  const std::size_t most = std::min(kLookAgain, found.ranked.size());
  const auto end = found.ranked.begin() + static_cast<std::ptrdiff_t>(most);
  std::partial_sort(found.ranked.begin(), end, found.ranked.end(), Before(found.facts));
  for (auto at = found.ranked.begin(); at != end; ++at) {
    const auto parts = CharParts(found, found.facts[at->index].section);
    if (!parts) return Pass(parts);
    for (const ScorePart& part : *parts) at->weight += part.adds;
  }
  return {};
}

Result<std::vector<ScorePart>> Engine::CharParts(const Found& found, backend::SectionKey section) {
  const auto wording = backend_->ReadWording(section);
  if (!wording) return Pass(wording);
  std::unordered_set<char32_t> there;
  for (const std::string* part : {&wording->heading, &wording->text}) {
    const std::u32string chars = context_.folding->Fold(*part).chars;
    there.insert(chars.begin(), chars.end());
  }
  std::vector<ScorePart> out;
  const auto sections = static_cast<double>(found.snapshot.sections);
  for (const plan::QueryChar& wanted : found.plan->chars) {
    if (!there.contains(wanted.c)) continue;
    const auto counted = backend_->CountChar(wanted.c);
    if (!counted) return Pass(counted);
    const double weight = weights_.chars * wanted.times *
                          TermWeight(sections, counted->sections, counted->occurrences, weights_);
    out.push_back({utf8::Encode(std::u32string(1, wanted.c)), "character", weight, 1, weight});
  }
  return out;
}

namespace {

// The leaves that only a tag answers: those of whose names none stands in the section.
std::vector<std::size_t> OnlyTagged(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                                    const std::vector<Mark>& heading,
                                    const std::vector<Mark>& text) {
  std::vector<std::size_t> out;
  for (const std::size_t leaf : leaves) {
    const auto of_leaf = [leaf](const Mark& mark) { return mark.leaf == leaf; };
    if (plan.leaves[leaf].tagged.empty() || std::any_of(heading.begin(), heading.end(), of_leaf) ||
        std::any_of(text.begin(), text.end(), of_leaf)) {
      continue;
    }
    out.push_back(leaf);
  }
  return out;
}

// A row for those leaves whose tag has no words in the section; names for all rows of tags.
void FinishTagReasons(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                      const plan::PlanContext& context, const std::string& language, Hit& hit) {
  for (const std::size_t index : leaves) {
    const plan::Leaf& leaf = plan.leaves[index];
    const bool told = std::any_of(hit.reasons.begin(), hit.reasons.end(), [&](const Reason& r) {
      return r.kind == "tag" && r.typed == leaf.typed;
    });
    for (const model::Tag& tag : hit.record.section.tags) {
      const auto& wanted = leaf.tagged;
      if (told || std::find(wanted.begin(), wanted.end(), tag.concept_id) == wanted.end()) continue;
      hit.reasons.push_back({leaf.typed, "tag", {}, tag.concept_id, {}, {}, 1});
      break;
    }
  }
  for (Reason& reason : hit.reasons) {
    const model::Concept* const found =
        reason.kind == "tag" ? context.thesaurus->Find(reason.concept_id) : nullptr;
    if (found == nullptr) continue;
    reason.label = plan::LabelIn(*found, language);
    for (const model::Label& label : found->labels) {
      if (label.text == reason.label && reason.language != language) {
        reason.language = label.language;
      }
    }
  }
}

}  // namespace

Result<Hit> Engine::MakeHit(const Found& found, const Ranked& ranked,
                            const SearchRequest& request) {
  const backend::Fact& fact = found.facts[ranked.index];
  auto record = backend_->ReadHit(fact.section);
  if (!record) return Pass(record);
  Hit hit;
  hit.score = ranked.score();
  hit.record = std::move(*record);
  const model::Section& section = hit.record.section;
  const auto leaves = MatchingLeaves(*found.plan, found.matches, fact.section);
  auto in_heading =
      FindMarks(*found.plan, leaves, *context_.folding, section.heading, section.heading_readings);
  auto in_text =
      FindMarks(*found.plan, leaves, *context_.folding, section.text, section.text_readings);
  const auto only_tagged = OnlyTagged(*found.plan, leaves, in_heading, in_text);
  AddTagMarks(*found.plan, only_tagged, section.tags, true, in_heading);
  AddTagMarks(*found.plan, only_tagged, section.tags, false, in_text);
  hit.heading_highlights = Highlights(in_heading);
  hit.snippet = CutSnippet(section.text, in_text);
  hit.reasons = Reasons(*found.plan, in_heading, section.heading, in_text, section.text,
                        section.language.empty() ? hit.record.language : section.language);
  FinishTagReasons(*found.plan, only_tagged, context_, request.ui_language, hit);
  if (request.explain) {
    static constexpr const char* kTiers[] = {"relaxed", "tagged", "label", "words", "literal"};
    hit.tier = kTiers[static_cast<int>(ranked.tier)];
    const Status done = Explain(found, ranked, hit);
    if (!done) return Pass(done);
  }
  return hit;
}

// Weights are squeezed into the room between two tiers, so every part is told as its share of that.
Status Engine::Explain(const Found& found, const Ranked& ranked, Hit& hit) {
  const backend::Fact& fact = found.facts[ranked.index];
  hit.parts = Ranker(*found.plan, found.matches, found.facts, found.snapshot, weights_).Parts(fact);
  if (fact.names_concept) {
    double sum = 0;
    for (const ScorePart& part : hit.parts) sum += part.adds;
    const double more = sum * (weights_.names_concept - 1);
    hit.parts.push_back({"", "primary condition", weights_.names_concept, 1, more});
  }
  if (found.plan->step == plan::Step::kMostTerms && !found.plan->chars.empty()) {
    auto chars = CharParts(found, fact.section);
    if (!chars) return Pass(chars);
    double sum = 0;
    for (const ScorePart& part : hit.parts) sum += part.adds;
    // Hits far down were not looked at for their characters.
    if (ranked.weight > sum + kRounding) {
      hit.parts.insert(hit.parts.end(), chars->begin(), chars->end());
    }
  }
  hit.tier_score = static_cast<double>(ranked.tier);
  const double share = ranked.weight > 0 ? (hit.score - hit.tier_score) / ranked.weight : 0;
  for (ScorePart& part : hit.parts) part.adds *= share;
  return {};
}

Status Engine::Fold(const SearchRequest& request, Found& found, SearchResult& out) {
  std::vector<std::int64_t> documents;
  documents.reserve(found.facts.size());
  for (const backend::Fact& fact : found.facts) documents.push_back(fact.document);
  auto groups = backend_->ReadGroups(documents);
  if (!groups) return Pass(groups);
  found.groups = std::move(*groups);
  found.counted = found.matches.sections;
  if (request.duplicates) return {};
  found.away = FoldCopies(found.facts, found.groups, found.ranked);
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
  return {};
}

Status Engine::AddAlsoAt(const Found& found, const Ranked& ranked, Hit& hit) {
  if (found.groups[ranked.index] == 0) return {};
  auto members = backend_->ReadDuplicates(hit.record.document_id);
  if (!members) return Pass(members);
  std::unordered_map<std::string, std::size_t> places;
  for (model::Duplicate& member : *members) {
    if (member.id == hit.record.document_id) continue;
    places.emplace(member.id, hit.also_at.size());
    hit.also_at.push_back({std::move(member), {}});
  }
  const auto away = found.away.find(found.facts[ranked.index].section);
  if (away == found.away.end()) return {};
  for (const backend::Fact& fact : away->second) {
    const auto id = backend_->ReadSectionId(fact.section);
    if (!id) return Pass(id);
    const auto place = places.find(id->substr(0, id->rfind('#')));
    if (place != places.end()) hit.also_at[place->second].sections.push_back(*id);
  }
  return {};
}

Status Engine::FillHits(const Found& found, const SearchRequest& request, std::size_t offset,
                        SearchResult& out) {
  const std::size_t end = std::min(found.ranked.size(), offset + request.limit);
  for (std::size_t i = offset; i < end; ++i) {
    auto hit = MakeHit(found, found.ranked[i], request);
    if (!hit) return Pass(hit);
    if (const Status done = AddAlsoAt(found, found.ranked[i], *hit); !done) return done;
    hit->rank = i + 1;
    out.hits.push_back(std::move(*hit));
  }
  return {};
}

Status Engine::CountConditionFacet(const Found& found, SearchResult& out) {
  const auto tags = backend_->ReadTags(&found.counted);
  if (!tags) return Pass(tags);
  for (const auto& [id, count] : CountConditions(*context_.thesaurus, *tags, found.facts)) {
    const model::Concept* const known = context_.thesaurus->Find(id);
    if (known == nullptr) continue;
    out.conditions.push_back({known, count.own.sections, count.all.sections});
  }
  std::stable_sort(out.conditions.begin(), out.conditions.end(),
                   [](const FacetConcept& a, const FacetConcept& b) { return a.all > b.all; });
  return {};
}

// Where only the first hits are asked for, only these are put in order.
Status Engine::SortHits(const SearchRequest& request, std::size_t offset, Found& found) {
  auto& ranked = found.ranked;
  const auto before = Before(found.facts);
  if (request.sort == Sort::kRelevance) {
    std::size_t needed = ranked.size();
    // Who stands for a group of duplicates, or for a document, is known when all are in order.
    if (!request.by_document && request.duplicates) {
      needed = std::min(needed, offset + request.limit);
    }
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(needed),
                      ranked.end(), before);
    return {};
  }
  std::vector<std::string> keys(found.facts.size());
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
    if (request.sort == Sort::kDate && fa.published != fb.published) {
      return fa.published > fb.published;
    }
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
  const auto snapshot = backend_->Begin(cursor.last_section);
  if (!snapshot) return Pass(snapshot);
  const Reading reading(*backend_);
  SearchResult out;
  if (!request.after.empty() && cursor.generation != snapshot->generation) {
    out.notes.push_back(
        "the knowledge base has changed since the first page: what was added since is left out, "
        "what was replaced or deleted is missing");
  }
  const syntax::Ast ast =
      request.free_text ? syntax::ParseFreeText(request.query) : syntax::Parse(request.query);
  const auto plans = plan::MakePlans(
      ast, context_,
      {request.expand, request.exact, request.free_text, request.filters, request.query});
  if (!plans) return Pass(plans);
  auto found = FindEnough(*plans, *snapshot);
  if (!found) return Pass(found);
  if (const Status sorted = SortHits(request, cursor.offset, *found); !sorted) return Pass(sorted);
  if (const Status done = Fold(request, *found, out); !done) return Pass(done);
  if (request.by_document) KeepFirstOfDocuments(found->facts, found->ranked);
  for (const syntax::Note& note : plans->notes) {
    if (note.begin == note.end) {  // of a flag: it has no place in the query
      out.notes.push_back(note.message);
      continue;
    }
    out.notes.push_back(std::to_string(note.begin) + "-" + std::to_string(note.end) + ": " +
                        note.message);
  }
  out.query = request.query;
  out.interpreted = plan::Print(*found->plan);
  out.expanded = plans->expanded;
  out.relaxed = found->plan->step == plan::Step::kMostTerms && !request.free_text;
  out.total = found->ranked.size();
  if (request.facets) {
    auto facets = backend_->CountFacets(found->counted);
    if (!facets) return Pass(facets);
    out.facets = std::move(*facets);
    if (const Status done = CountConditionFacet(*found, out); !done) return Pass(done);
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
