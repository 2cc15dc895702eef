#include "query/results/hits/hit_maker.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/plan/concept_finder.h"
#include "query/results/highlighter.h"

namespace sakuin::results {
namespace {

constexpr double kRounding = 1e-9;

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

const backend::Fact& Found::FactOf(const Ranked& hit) const {
  const backend::Fact& own = facts[hit.index];
  if (!hit.strict) return own;
  const auto at = std::lower_bound(strict->facts.begin(), strict->facts.end(), own.section,
                                   [](const backend::Fact& fact, backend::SectionKey section) {
                                     return fact.section < section;
                                   });
  return *at;
}

Result<Hit> HitMaker::MakeHit(const Found& found, const Ranked& ranked,
                              const SearchRequest& request) {
  const backend::Fact& fact = found.FactOf(ranked);
  const plan::Plan& plan = found.ReadingOf(ranked).plan;
  Hit hit;
  hit.score = ranked.score();
  if (!request.snippets) {
    auto id = backend_.ReadDocumentId(fact.document);
    if (!id) return Pass(id);
    hit.record.document_id = std::move(*id);
    hit.record.section.number = fact.ordinal;
    return hit;
  }
  auto record = backend_.ReadHit(fact.section);
  if (!record) return Pass(record);
  hit.record = std::move(*record);
  const model::Section& section = hit.record.section;
  const auto leaves = MatchingLeaves(plan, found.ReadingOf(ranked).matches, fact.section);
  auto in_heading =
      FindMarks(plan, leaves, *context_.folding, section.heading, section.heading_readings);
  auto in_text = FindMarks(plan, leaves, *context_.folding, section.text, section.text_readings);
  const auto only_tagged = OnlyTagged(plan, leaves, in_heading, in_text);
  AddTagMarks(plan, only_tagged, section.tags, true, in_heading);
  AddTagMarks(plan, only_tagged, section.tags, false, in_text);
  hit.heading_highlights = Highlights(in_heading);
  hit.snippet = CutSnippet(section.text, in_text);
  hit.reasons = Reasons(plan, in_heading, section.heading, in_text, section.text,
                        section.language.empty() ? hit.record.language : section.language);
  hit.missing = MissingWords(plan, found.ReadingOf(ranked).matches, fact.section);
  FinishTagReasons(plan, only_tagged, context_, request.ui_language, hit);
  if (request.explain) {
    static constexpr const char* kTiers[] = {"relaxed", "tagged", "label", "words", "literal"};
    hit.tier = kTiers[static_cast<int>(ranked.tier)];
    const Status done = Explain(found.ReadingOf(ranked), fact, ranked, hit);
    if (!done) return Pass(done);
  }
  if (request.by_document) AddFurther(found, ranked, hit);
  if (const Status done = AddAlsoAt(found, ranked, hit); !done) return Pass(done);
  return hit;
}

// A document's sections stand together, and documents in the order of their numbers.
void HitMaker::AddFurther(const Found& found, const Ranked& ranked, Hit& hit) {
  constexpr std::size_t kNamed = 5;
  const backend::Fact& best = found.facts[ranked.index];
  auto at = std::lower_bound(
      found.facts.begin(), found.facts.end(), best.document,
      [](const backend::Fact& fact, std::int64_t document) { return fact.document < document; });
  for (; at != found.facts.end() && at->document == best.document; ++at) {
    if (at->section == best.section) continue;
    if (++hit.further > kNamed) continue;
    hit.further_sections.push_back(hit.record.document_id + "#" + std::to_string(at->ordinal));
  }
}

Status HitMaker::AddAlsoAt(const Found& found, const Ranked& ranked, Hit& hit) {
  if (found.facts[ranked.index].group == 0) return {};
  auto members = backend_.ReadDuplicates(hit.record.document_id);
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
    const auto id = backend_.ReadSectionId(fact.section);
    if (!id) return Pass(id);
    const auto place = places.find(id->substr(0, id->rfind('#')));
    if (place != places.end()) hit.also_at[place->second].sections.push_back(*id);
  }
  return {};
}

// Weights are squeezed into the room between two tiers, so every part is told as its share of that.
Status HitMaker::Explain(const Found& found, const backend::Fact& fact, const Ranked& ranked,
                         Hit& hit) {
  hit.parts = Ranker(found.plan, found.matches, found.facts, found.snapshot, weights_).Parts(fact);
  if (fact.names_concept) {
    double sum = 0;
    for (const ScorePart& part : hit.parts) sum += part.adds;
    const double more = sum * (weights_.names_concept - 1);
    hit.parts.push_back({"", "primary condition", weights_.names_concept, 1, more});
  }
  if (found.plan.step == plan::Step::kMostTerms && !found.plan.chars.empty()) {
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

Result<std::vector<ScorePart>> HitMaker::CharParts(const Found& found,
                                                   backend::SectionKey section) {
  const auto wording = backend_.ReadWording(section);
  if (!wording) return Pass(wording);
  std::unordered_set<char32_t> there;
  for (const std::string* part : {&wording->heading, &wording->text}) {
    const std::u32string chars = context_.folding->Fold(*part).chars;
    there.insert(chars.begin(), chars.end());
  }
  std::vector<ScorePart> out;
  const auto sections = static_cast<double>(found.snapshot.sections);
  for (const plan::QueryChar& wanted : found.plan.chars) {
    if (!there.contains(wanted.c)) continue;
    const auto counted = backend_.CountChar(wanted.c);
    if (!counted) return Pass(counted);
    const double weight =
        weights_.chars * wanted.times *
        plan::TermWeight(sections, counted->sections, counted->occurrences, weights_);
    out.push_back({utf8::Encode(std::u32string(1, wanted.c)), "character", weight, 1, weight});
  }
  return out;
}

}  // namespace sakuin::results
