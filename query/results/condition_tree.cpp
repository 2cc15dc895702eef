#include "query/results/condition_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/json_text.h"
#include "query/plan/concept_finder.h"

namespace sakuin::results {
namespace {

using json = nlohmann::ordered_json;

json CountObject(const SectionCount& count) {
  return {{"sections", count.sections}, {"documents", count.documents}, {"primary", count.primary}};
}

json Brief(const ConditionTree& tree, const model::Concept& found) {
  return {{"id", found.id},
          {"label", tree.Label(found)},
          {"own", CountObject(tree.Count(found.id).own)},
          {"all", CountObject(tree.Count(found.id).all)}};
}

json WithBelow(const ConditionTree& tree, const model::Concept& found, int depth) {
  json out = Brief(tree, found);
  if (!found.scheme.empty()) out["scheme"] = found.scheme;
  if (found.broader.size() > 1) out["broader"] = found.broader;
  if (depth == 0) return out;
  json below = json::array();
  for (const model::Concept* narrower : tree.Narrower(found)) {
    below.push_back(WithBelow(tree, *narrower, depth - 1));
  }
  if (!below.empty()) out["narrower"] = std::move(below);
  return out;
}

}  // namespace

ConditionTree::ConditionTree(const thesaurus::Thesaurus& thesaurus, const ConditionCounts& counts,
                             const TreeOptions& options)
    : thesaurus_(thesaurus), counts_(counts), options_(options) {}

const ConditionCount& ConditionTree::Count(const std::string& id) const {
  static const ConditionCount kNone;
  const auto found = counts_.find(id);
  return found == counts_.end() ? kNone : found->second;
}

const std::string& ConditionTree::Label(const model::Concept& found) const {
  return plan::LabelIn(found, options_.ui_language);
}

std::vector<const model::Concept*> ConditionTree::Sorted(
    std::vector<const model::Concept*> concepts) const {
  std::erase_if(concepts, [&](const model::Concept* c) {
    return !plan::TagsSections(*c) || (!options_.all && Count(c->id).all.sections == 0);
  });
  std::stable_sort(concepts.begin(), concepts.end(),
                   [&](const model::Concept* a, const model::Concept* b) {
                     const std::int64_t more = Count(b->id).all.sections;
                     const std::int64_t here = Count(a->id).all.sections;
                     return here != more ? here > more : Label(*a) < Label(*b);
                   });
  return concepts;
}

std::vector<const model::Concept*> ConditionTree::Roots() const {
  std::vector<const model::Concept*> out;
  for (const model::Concept& found : thesaurus_.concepts()) {
    const bool below = std::any_of(found.broader.begin(), found.broader.end(), [&](const auto& id) {
      const model::Concept* const above = thesaurus_.Find(id);
      return above != nullptr && plan::TagsSections(*above);
    });
    if (!below) out.push_back(&found);
  }
  return Sorted(std::move(out));
}

std::vector<const model::Concept*> ConditionTree::Narrower(const model::Concept& above) const {
  std::vector<const model::Concept*> out;
  for (const model::Concept* below : thesaurus_.WithNarrower(above.id)) {
    if (std::find(below->broader.begin(), below->broader.end(), above.id) != below->broader.end()) {
      out.push_back(below);
    }
  }
  return Sorted(std::move(out));
}

std::vector<std::vector<const model::Concept*>> ConditionTree::Paths(
    const model::Concept& found) const {
  constexpr std::size_t kMost = 20;
  std::vector<std::vector<const model::Concept*>> out;
  for (const std::string& id : found.broader) {
    const model::Concept* const above = thesaurus_.Find(id);
    if (above == nullptr || !plan::TagsSections(*above)) continue;
    for (auto& path : Paths(*above)) {
      path.push_back(&found);
      if (out.size() < kMost) out.push_back(std::move(path));
    }
  }
  if (out.empty()) out.push_back({&found});
  return out;
}

std::vector<std::string> ConditionTree::Unknown() const {
  std::vector<std::string> out;
  for (const auto& [id, count] : counts_) {
    if (thesaurus_.Find(id) == nullptr) out.push_back(id);
  }
  return out;
}

std::string ToJson(const ConditionTree& tree) {
  json conditions = json::array();
  for (const model::Concept* root : tree.Roots()) {
    conditions.push_back(WithBelow(tree, *root, tree.options().depth));
  }
  for (const std::string& id : tree.Unknown()) {
    conditions.push_back({{"id", id},
                          {"label", id},
                          {"own", CountObject(tree.Count(id).own)},
                          {"all", CountObject(tree.Count(id).all)}});
  }
  return JsonText(
      json{{"ui_language", tree.options().ui_language}, {"conditions", std::move(conditions)}});
}

std::string ToJson(const ConditionTree& tree, const model::Concept& found,
                   const ConditionDetails& details) {
  json out = WithBelow(tree, found, tree.options().depth);
  json labels = json::object();
  for (const model::Label& label : found.labels) {
    if (label.kind != model::LabelKind::kHidden) labels[label.language].push_back(label.text);
  }
  out["labels"] = std::move(labels);
  if (!found.scope_note.empty()) out["scopeNote"] = found.scope_note;
  json paths = json::array();
  for (const auto& path : tree.Paths(found)) {
    json steps = json::array();
    for (const model::Concept* step : path) {
      steps.push_back({{"id", step->id}, {"label", tree.Label(*step)}});
    }
    paths.push_back(std::move(steps));
  }
  out["paths"] = std::move(paths);
  out["languages"] = details.languages;
  out["aspects"] = details.aspects;
  if (!found.related.empty()) out["related"] = found.related;
  return JsonText(out);
}

}  // namespace sakuin::results
