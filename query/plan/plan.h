#pragma once

// What is asked of an index, free of any engine: folded phrases, filters, and how they combine.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sakuin::plan {

// How a phrase must stand in the folded text.
enum class MatchKind : std::uint8_t {
  kSubstring,  // anywhere
  kWholeWord,  // where it begins or ends with a letter or digit of a spaced script, a word must
               // begin or end there: `ice` is not in `service`
  kPrefix,     // as kWholeWord at its beginning, anything behind it
  kCapitals,   // as kWholeWord, and written without small letters: `RICE` is not in `fried rice`
};

// Where a phrase came from. Later ones rank below earlier ones.
enum class Origin : std::uint8_t {
  kTyped,  // what the person typed, folded
  kLabel,  // another name of a concept that the query names, or a narrower concept's name
};

struct Alternative {
  std::u32string text;  // folded, not empty, no newline
  MatchKind match = MatchKind::kSubstring;
  Origin origin = Origin::kTyped;
  std::string concept_id;  // kLabel; kTyped where it is a name of the concept that the leaf names
  std::string label;       // kLabel: as the thesaurus writes it
  std::string language;    // kLabel: BCP 47
  // The languages in which the concept has a label that folds alike, with the label; kLabel:
  // besides the first.
  std::vector<std::pair<std::string, std::string>> twins;
};

enum class Scope : std::uint8_t { kAnywhere, kHeading, kTitle };

// Alternatives stand at the leaf (law 6): a section matches where any of them stands.
struct Leaf {
  std::string typed;  // the part of the query it was made from
  Scope scope = Scope::kAnywhere;
  std::vector<Alternative> alternatives;
  // Concepts that the leaf names, and those below: a section tagged with one of them matches too,
  // below any text. Such sections may name the condition in their title only, or describe it.
  std::vector<std::string> tagged;
  // What was typed has no folded characters (a lone variation selector): looked for as bytes.
  bool raw = false;
  // --exact: must stand as typed, without folding.
  bool exact = false;
  // How often the query has it.
  double times = 1;
  // What it counts, times its rareness, where a part of the query may be missing (kMost).
  double share = 1;
  // It names a concept, so that every other name that stands in a section counts like it.
  bool names_concept = false;
  // No node has it: it says nothing of whether a section matches, only of how well.
  bool ranks_only = false;
};

// A character of a question, for the last look at the best hits.
struct QueryChar {
  char32_t c = 0;
  double times = 1;
};

enum class FilterField : std::uint8_t { kCondition, kAspect, kLanguage, kSite, kPublished };

struct Filter {
  FilterField field = FilterField::kLanguage;
  // Any of them; kPublished: pairs of from and to, either may be empty.
  std::vector<std::string> values;
};

enum class NodeKind : std::uint8_t { kAll, kAny, kNot, kNear, kMost, kLeaf, kFilter };

struct Node {
  NodeKind kind = NodeKind::kAll;
  std::size_t index = 0;  // kLeaf: into Plan::leaves; kFilter: into Plan::filters
  int distance = 0;       // kNear: characters between neighbours, at most; its children are leaves
  double share = 1;       // kMost: of the children's weight (idf) that must match
  std::vector<Node> children;
};

// Which reading of the query this is; tried in order until there are enough hits.
enum class Step : std::uint8_t {
  kAllTerms,   // everything that was typed
  kMostTerms,  // relaxed: whole words are left out, those that say least first
};

struct Plan {
  Step step = Step::kAllTerms;
  Node root;
  std::vector<Leaf> leaves;
  std::vector<Filter> filters;
  std::vector<std::string> concepts;  // ids that the query names, for ranking by tags
  std::size_t words = 0;              // leaves that relaxing may leave out
  std::vector<QueryChar> chars;       // of unspaced scripts, in what may be left out; each once
};

// The one printed form, such as: (all "xiatui"{label ja "..."} (not "mri"w)). For explain, tests.
// Of a leaf's names those beyond `most_names` are counted: |+12 more.
constexpr std::size_t kAllNames = static_cast<std::size_t>(-1);
constexpr std::size_t kFewNames = 6;
std::string Print(const Plan& plan, std::size_t most_names = kAllNames);

}  // namespace sakuin::plan
