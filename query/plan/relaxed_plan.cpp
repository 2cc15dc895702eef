#include "query/plan/relaxed_plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "query/plan/plan_builder.h"

namespace sakuin::plan {
namespace {

// Share of the idf weight that a relaxed query must still match.
constexpr double kMostShare = 0.55;
constexpr double kFreeTextShare = 0.0;

using Words = std::vector<std::string>;

class RelaxedPlanner {
 public:
  RelaxedPlanner(TermPlanner& terms, const PlanContext& context, const PlanOptions& options,
                 std::vector<syntax::Note>& notes)
      : terms_(terms), context_(context), builder_(terms, context, plan_, notes) {
    plan_.step = Step::kMostTerms;
    most_.kind = NodeKind::kMost;
    most_.share = options.free_text ? kFreeTextShare : kMostShare;
  }

  Status Read(const syntax::Node& root) {
    const auto& children = root.children;
    for (std::size_t i = 0; i < children.size();) {
      const syntax::Node& child = children[i];
      if (child.kind == syntax::NodeKind::kTerm) {
        if (words_.empty()) begin_ = child.begin;
        end_ = child.end;
        words_.push_back(child.text);
        ++i;
        continue;
      }
      if (const Status done = AddWords(); !done) return done;
      Node filter;
      if (const std::size_t taken = builder_.AddLongCondition(children, i, filter); taken > 0) {
        plan_.root.children.push_back(std::move(filter));
        i += taken;
        continue;
      }
      auto built = builder_.Build(child, Scope::kAnywhere);  // quoted or explicit: never relaxed
      if (!built) return Pass(built);
      plan_.root.children.push_back(std::move(*built));
      ++i;
    }
    return AddWords();
  }

  Plan Finish() {
    plan_.words = most_.children.size();
    for (const auto& [c, times] : chars_) plan_.chars.push_back({c, times});
    AddGrams(most_.share == kFreeTextShare);
    plan_.root.children.push_back(std::move(most_));
    return std::move(plan_);
  }

 private:
  // The words that wait, as leaves; those that name a concept together as one.
  Status AddWords() {
    for (std::size_t i = 0; i < words_.size();) {
      terms_.At(begin_, end_);
      const auto at = words_.begin() + static_cast<std::ptrdiff_t>(i);
      const std::size_t together =
          std::max<std::size_t>(1, terms_.ConceptLength({at, words_.end()}));
      auto nodes = together > 1
                       ? terms_.ConceptWords({at, at + static_cast<std::ptrdiff_t>(together)},
                                             Scope::kAnywhere, plan_)
                       : terms_.Words(words_[i], Scope::kAnywhere, plan_);
      if (!nodes) return Pass(nodes);
      if (together > 1) {
        most_.children.push_back(std::move(*nodes));
      } else {
        for (Node& leaf : nodes->children) AddLeaf(std::move(leaf));
      }
      i += together;
    }
    for (const std::string& word : words_) CountGrams(context_.folding->Fold(word).chars);
    words_.clear();
    return {};
  }

  // A word that stands twice in the query is one leaf that counts twice.
  void AddLeaf(Node node) {
    const Leaf& leaf = plan_.leaves[node.index];
    const std::u32string& text = leaf.raw ? std::u32string() : leaf.alternatives[0].text;
    const auto [known, fresh] = by_text_.emplace(text, node.index);
    if (leaf.raw || fresh) {
      most_.children.push_back(std::move(node));
      return;
    }
    plan_.leaves[known->second].times += 1;
    if (node.index + 1 == plan_.leaves.size()) plan_.leaves.pop_back();
  }

  void CountGrams(const std::u32string& chars) {
    const auto class_of = [&](std::size_t i) { return text::ClassOf(chars[i]); };
    for (std::size_t i = 0; i < chars.size(); ++i) {
      const text::CharClass own = class_of(i);
      if (own == text::CharClass::kUnspaced) chars_[chars[i]] += 1;
      if (i + 1 == chars.size() || own == text::CharClass::kSeparator) continue;
      const text::CharClass next = class_of(i + 1);
      if (next == text::CharClass::kSeparator) continue;
      // Two letters of a spaced script say nothing that their word does not.
      if (own == text::CharClass::kSpaced && next == text::CharClass::kSpaced) continue;
      grams_[chars.substr(i, 2)] += 1;
    }
  }

  // A question in which anything may be missing is also answered by what shares no whole word.
  void AddGrams(bool match_too) {
    if (exact_only()) return;
    for (const auto& [gram, times] : grams_) {
      if (const auto word = by_text_.find(gram); word != by_text_.end()) {
        plan_.leaves[word->second].times += times;
        continue;
      }
      Leaf leaf;
      leaf.typed = utf8::Encode(gram);
      leaf.alternatives.push_back({gram, MatchKind::kSubstring, Origin::kTyped, {}, {}, {}, {}});
      leaf.times = times;
      leaf.ranks_only = !match_too;
      if (match_too) {
        Node& node = most_.children.emplace_back();
        node.kind = NodeKind::kLeaf;
        node.index = plan_.leaves.size();
      }
      plan_.leaves.push_back(std::move(leaf));
    }
  }

  bool exact_only() const {
    return std::any_of(plan_.leaves.begin(), plan_.leaves.end(),
                       [](const Leaf& leaf) { return leaf.exact; });
  }

  TermPlanner& terms_;
  const PlanContext& context_;
  Plan plan_;
  PlanBuilder builder_;
  Node most_;
  Words words_;  // that wait, with their place in the query
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::map<std::u32string, std::size_t> by_text_;  // leaf of each word
  std::map<std::u32string, double> grams_;
  std::map<char32_t, double> chars_;
};

}  // namespace

Result<Plan> MakeRelaxedPlan(const syntax::Ast& ast, TermPlanner& terms, const PlanContext& context,
                             const PlanOptions& options, std::vector<syntax::Note>& notes) {
  RelaxedPlanner planner(terms, context, options, notes);
  if (const Status read = planner.Read(ast.root); !read) return Pass(read);
  Plan out = planner.Finish();
  if (const Status done = AddFilters(options, context, out, notes); !done) return Pass(done);
  return out;
}

}  // namespace sakuin::plan
