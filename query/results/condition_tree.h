#pragma once

// The conditions and symptoms as a tree to browse: what stands below what, and how often.

#include <string>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/results/condition_counts.h"

namespace sakuin::results {

struct TreeOptions {
  std::string ui_language = "en";
  bool all = false;  // also branches that no section is tagged with
  int depth = -1;    // levels below the first; -1: all
};

// Keeps references to what it is given. A concept with two parents stands below both.
class ConditionTree {
 public:
  ConditionTree(const thesaurus::Thesaurus& thesaurus, const ConditionCounts& counts,
                const TreeOptions& options);

  // Concepts without anything broader, and those right below one, most sections first, then by
  // label. Without TreeOptions::all only those with hits.
  std::vector<const model::Concept*> Roots() const;
  std::vector<const model::Concept*> Narrower(const model::Concept& above) const;
  // Every way up, each from the top down to the concept itself. Acyclic, as the thesaurus is.
  std::vector<std::vector<const model::Concept*>> Paths(const model::Concept& found) const;
  // Tags that the thesaurus does not know (of a knowledge base that another thesaurus tagged).
  std::vector<std::string> Unknown() const;

  const ConditionCount& Count(const std::string& id) const;
  const std::string& Label(const model::Concept& found) const;
  const TreeOptions& options() const { return options_; }

 private:
  std::vector<const model::Concept*> Sorted(std::vector<const model::Concept*> concepts) const;

  const thesaurus::Thesaurus& thesaurus_;
  const ConditionCounts& counts_;
  TreeOptions options_;
};

// What `conditions ID` says of one concept besides its place in the tree.
struct ConditionDetails {
  std::map<std::string, std::int64_t> languages;  // of the sections tagged with it or below it
  std::map<std::string, std::int64_t> aspects;
};

// One JSON object a concept with everything below it, as docs/cli.md describes it.
std::string ToJson(const ConditionTree& tree);
std::string ToJson(const ConditionTree& tree, const model::Concept& found,
                   const ConditionDetails& details);

}  // namespace sakuin::results
