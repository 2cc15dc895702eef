#include "query/results/to_json.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/json_text.h"
#include "query/plan/concept_finder.h"

namespace sakuin::results {
namespace {

using json = nlohmann::ordered_json;

void PutIfAny(json& out, const char* key, const std::string& value) {
  if (!value.empty()) out[key] = value;
}

json Spans(const std::vector<model::Span>& spans) {
  json out = json::array();
  for (const model::Span& span : spans) out.push_back({span.begin, span.end});
  return out;
}

json Conditions(const model::Section& section) {
  json out = json::array();
  for (const model::Tag& tag : section.tags) {
    json one{{"id", tag.concept_id}, {"score", tag.score}, {"primary", tag.primary}};
    if (tag.inherited) one["inherited"] = true;
    out.push_back(std::move(one));
  }
  return out;
}

// [[begin,end,"reading"],...]
void PutReadings(json& out, const char* key, const std::vector<model::Reading>& readings) {
  if (readings.empty()) return;
  json list = json::array();
  for (const model::Reading& r : readings) list.push_back({r.base.begin, r.base.end, r.text});
  out[key] = std::move(list);
}

json SectionObject(const model::Document& document, const model::Section& section,
                   const AdviceForm& advice) {
  json out{{"id", section.Id(document.id)},
           {"level", section.level},
           {"heading", section.heading},
           {"path", section.path}};
  PutIfAny(out, "language", section.language);
  out["text"] = section.text;
  PutReadings(out, "heading_readings", section.heading_readings);
  PutReadings(out, "readings", section.text_readings);
  for (const model::Speaker& speaker : section.speakers) {
    json one = json::object();
    PutIfAny(one, "name", speaker.name);
    PutIfAny(one, "title", speaker.title);
    PutIfAny(one, "affiliation", speaker.affiliation);
    out["speakers"].push_back(std::move(one));
  }
  if (section.truncated) out["truncated"] = true;
  out["begin"] = section.source.begin;
  out["end"] = section.source.end;
  out["conditions"] = Conditions(section);
  out["aspects"] = section.aspects;
  out["advice"] = advice(document, section);
  return out;
}

json DocumentHead(const model::Document& document) {
  json out{{"id", document.id}, {"uri", document.uri}, {"title", document.title}};
  out["language"] = document.language;
  out["encoding"] = document.encoding;
  out["profile"] = document.profile;
  PutIfAny(out, "site", document.site);
  PutIfAny(out, "author", document.author);
  PutIfAny(out, "published", document.published);
  return out;
}

json ReasonObject(const Reason& reason) {
  json out{{"typed", reason.typed}, {"kind", reason.kind}};
  PutIfAny(out, "found", reason.found);
  PutIfAny(out, "concept", reason.concept_id);
  PutIfAny(out, "label", reason.label);
  PutIfAny(out, "language", reason.language);
  out["count"] = reason.count;
  return out;
}

json CopyObject(const model::Duplicate& copy) {
  json out{{"id", copy.id}, {"uri", copy.uri}, {"title", copy.title}, {"language", copy.language}};
  PutIfAny(out, "site", copy.site);
  PutIfAny(out, "published", copy.published);
  return out;
}

// The members besides one.
json AlsoAtObject(const model::DuplicateGroup& group, const std::string& besides) {
  json out = json::array();
  for (const model::Duplicate& member : group) {
    if (member.id != besides) out.push_back(CopyObject(member));
  }
  return out;
}

json HitObject(const Hit& hit) {
  const backend::HitRecord& r = hit.record;
  json document{
      {"id", r.document_id}, {"uri", r.uri}, {"title", r.title}, {"language", r.language}};
  PutIfAny(document, "site", r.site);
  PutIfAny(document, "author", r.author);
  PutIfAny(document, "published", r.published);
  json conditions = json::array();
  for (const model::Tag& tag : r.section.tags) conditions.push_back(tag.concept_id);
  json section{{"id", r.section.Id(r.document_id)},
               {"heading", r.section.heading},
               {"path", r.section.path},
               {"language", r.section.language.empty() ? r.language : r.section.language},
               {"conditions", std::move(conditions)},
               {"aspects", r.section.aspects}};
  if (!hit.heading_highlights.empty()) section["highlights"] = Spans(hit.heading_highlights);
  json reasons = json::array();
  for (const Reason& reason : hit.reasons) reasons.push_back(ReasonObject(reason));
  json out{{"rank", hit.rank},
           {"score", hit.score},
           {"document", std::move(document)},
           {"section", std::move(section)},
           {"snippet",
            {{"text", hit.snippet.text},
             {"begin", hit.snippet.begin},
             {"highlights", Spans(hit.snippet.highlights)}}},
           {"matches", std::move(reasons)}};
  if (!hit.missing.empty()) out["missing"] = hit.missing;
  if (!hit.tier.empty()) {
    json parts = json::array();
    for (const ScorePart& part : hit.parts) {
      parts.push_back({{"part", part.typed},
                       {"kind", part.kind},
                       {"weight", part.term_weight},
                       {"frequency", part.frequency},
                       {"adds", part.adds}});
    }
    out["explanation"] = {
        {"tier", hit.tier}, {"base", hit.tier_score}, {"parts", std::move(parts)}};
  }
  json also_at = json::array();
  for (const AlsoAt& other : hit.also_at) {
    json one = CopyObject(other.document);
    if (!other.sections.empty()) one["sections"] = other.sections;
    also_at.push_back(std::move(one));
  }
  if (!also_at.empty()) out["also_at"] = std::move(also_at);
  if (hit.further > 0) {
    out["further"] = {{"total", hit.further}, {"sections", hit.further_sections}};
  }
  return out;
}

// The facets `condition` and `aspect` in the user's language; conditions with their broader levels.
json FacetTree(const SearchResult& result, const FacetNames& names) {
  json conditions = json::array();
  for (const FacetConcept& one : result.conditions) {
    json broader = json::array();
    for (const FacetConcept& other : result.conditions) {
      const auto& above = one.concept_ptr->broader;
      if (std::find(above.begin(), above.end(), other.concept_ptr->id) != above.end()) {
        broader.push_back(other.concept_ptr->id);
      }
    }
    conditions.push_back({{"id", one.concept_ptr->id},
                          {"label", plan::LabelIn(*one.concept_ptr, names.language)},
                          {"broader", std::move(broader)},
                          {"count", one.own},
                          {"total", one.all}});
  }
  json out{{"language", names.language}, {"condition", std::move(conditions)}};
  const auto aspects = result.facets.find("aspect");
  if (aspects == result.facets.end()) return out;
  out["aspect"] = json::array();
  for (const auto& [name, count] : aspects->second) {
    const bool named = names.aspects != nullptr;
    out["aspect"].push_back({{"id", name},
                             {"label", named ? names.aspects->NameIn(name, names.language) : name},
                             {"count", count}});
  }
  return out;
}

void PutGroup(json& out, const std::string& document_id, const model::DuplicateGroup& group) {
  if (group.empty()) return;
  if (group.front().id != document_id) out["duplicate_of"] = group.front().id;
  out["also_at"] = AlsoAtObject(group, document_id);
}

}  // namespace

std::string StepOf(const SearchResult& result) {
  if (!result.relaxed) return "every word";
  if (result.strict == 0) return "most words";
  return "every word, then most words";
}

std::string ToJson(const model::Document& document, const AdviceForm& advice,
                   const model::DuplicateGroup& group) {
  json out = DocumentHead(document);
  PutGroup(out, document.id, group);
  json sections = json::array();
  for (const model::Section& s : document.sections) {
    sections.push_back(SectionObject(document, s, advice));
  }
  out["sections"] = std::move(sections);
  return JsonText(out);
}

std::string SectionToJson(const model::Document& document, const model::Section& section,
                          const AdviceForm& advice, const model::DuplicateGroup& group) {
  json out = SectionObject(document, section, advice);
  if (section.language.empty()) out["language"] = document.language;
  out["document"] = DocumentHead(document);
  PutGroup(out["document"], document.id, group);
  return JsonText(out);
}

std::string ToJson(const Hit& hit) { return JsonText(HitObject(hit)); }

std::string ToJson(const SearchResult& result, const FacetNames& names) {
  json out{{"query", result.query},       {"interpreted", result.interpreted},
           {"expanded", result.expanded}, {"relaxed", result.relaxed},
           {"total", result.total},       {"seconds", result.seconds}};
  out["step"] = StepOf(result);
  if (result.folded > 0) out["folded"] = result.folded;
  PutIfAny(out, "next", result.next);
  PutIfAny(out, "suggestion", result.suggestion);
  if (!result.notes.empty()) out["notes"] = result.notes;
  json facets = json::object();
  for (const auto& [name, counts] : result.facets) {
    facets[name] = json::object();
    for (const auto& [value, count] : counts) facets[name][value] = count;
  }
  out["facets"] = std::move(facets);
  out["facet_tree"] = FacetTree(result, names);
  json hits = json::array();
  for (const Hit& hit : result.hits) hits.push_back(HitObject(hit));
  out["hits"] = std::move(hits);
  return JsonText(out);
}

std::string ToJson(const model::Concept& found) {
  json labels = json::object();
  for (const model::Label& label : found.labels) {
    if (label.kind != model::LabelKind::kHidden) labels[label.language].push_back(label.text);
  }
  json out{{"id", found.id}, {"scheme", found.scheme}, {"labels", std::move(labels)}};
  out["broader"] = found.broader;
  if (!found.related.empty()) out["related"] = found.related;
  if (!found.exact_match.empty()) out["exactMatch"] = found.exact_match;
  PutIfAny(out, "scopeNote", found.scope_note);
  return JsonText(out);
}

std::string ToJson(const model::DuplicateGroup& group) {
  json out{{"id", group.front().id}, {"documents", json::array()}};
  for (const model::Duplicate& member : group) {
    json one = CopyObject(member);
    one["similarity"] = member.similarity;
    out["documents"].push_back(std::move(one));
  }
  return JsonText(out);
}

std::string ToJson(const QueryStages& stages) {
  json tokens = json::array();
  for (const auto& [typed, folded] : stages.tokens) {
    tokens.push_back({{"typed", typed}, {"folded", folded}});
  }
  json plans = json::array();
  for (const plan::Plan& plan : stages.plans.steps) {
    plans.push_back({{"step", plan.step == plan::Step::kAllTerms ? "every word" : "most words"},
                     {"plan", plan::Print(plan, plan::kFewNames)}});
  }
  json notes = json::array();
  for (const syntax::Note& note : stages.plans.notes) {
    notes.push_back({{"begin", note.begin}, {"end", note.end}, {"message", note.message}});
  }
  return JsonText(json{{"query", stages.query},
                       {"tree", stages.tree},
                       {"folded", stages.folded},
                       {"tokens", std::move(tokens)},
                       {"plans", std::move(plans)},
                       {"expanded", stages.plans.expanded},
                       {"notes", std::move(notes)}});
}

std::string ToJson(const Completions& found, const std::string& typed, double seconds) {
  json concepts = json::array();
  for (const ConceptCompletion& one : found.concepts) {
    concepts.push_back({{"id", one.concept_ptr->id},
                        {"label", one.label},
                        {"matched", one.matched->text},
                        {"language", one.matched->language}});
    if (!one.concept_ptr->scheme.empty()) concepts.back()["scheme"] = one.concept_ptr->scheme;
    concepts.back()["sections"] = one.sections;
  }
  json headings = json::array();
  for (const HeadingCompletion& one : found.headings) {
    headings.push_back({{"text", one.text},
                        {"section", one.section},
                        {"is_title", one.is_title},
                        {"sections", one.sections}});
  }
  const json out{{"typed", typed},
                 {"concepts", std::move(concepts)},
                 {"headings", std::move(headings)},
                 {"seconds", seconds}};
  return JsonText(out);
}

std::string JsonString(const std::string& text) { return JsonText(json(text)); }

std::string ToMarkdown(const model::Document& document) {
  std::string out = "# " + document.title + "\n";
  for (const model::Section& section : document.sections) {
    if (section.number > 0) {
      const auto level = static_cast<std::size_t>(std::min(std::max(section.level, 2), 6));
      out += "\n" + std::string(level, '#') + " " + section.heading + "\n";
    }
    if (section.text.empty()) continue;
    out += "\n";
    for (const char c : section.text) {
      out += c;
      if (c == '\n') out += '\n';
    }
    out += "\n";
  }
  return out;
}

}  // namespace sakuin::results
