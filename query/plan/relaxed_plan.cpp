#include "query/plan/relaxed_plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "query/plan/occurrences.h"
#include "query/plan/plan_builder.h"

namespace sakuin::plan {
namespace {

// Of a question anything may be missing.
constexpr double kFreeTextShare = 0.0;

using Words = std::vector<std::string>;

class RelaxedPlanner {
 public:
  RelaxedPlanner(TermPlanner& terms, const PlanContext& context, const PlanOptions& options,
                 std::vector<syntax::Note>& notes)
      : terms_(terms),
        context_(context),
        weights_(*context.weights),
        builder_(terms, context, plan_, notes) {
    plan_.step = Step::kMostTerms;
    most_.kind = NodeKind::kMost;
    free_text_ = options.free_text;
    most_.share = options.free_text ? kFreeTextShare : weights_.most_share;
    expand_ = options.expand && !options.exact;
    exact_ = options.exact;
    for (const Filter& filter : options.filters) {
      if (filter.field == FilterField::kLanguage) for_language_ = true;
    }
  }

  Status Learn() {
    if (context_.phrases) {
      const auto phrases = context_.phrases();
      if (!phrases) return Pass(phrases);
      phrases_ = *phrases;
    }
    if (context_.glossary && expand_ && (free_text_ || for_language_)) {
      const auto glossary = context_.glossary();
      if (!glossary) return Pass(glossary);
      glossary_ = *glossary;
    }
    return {};
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
    LeaveOutSounds();
    plan_.words = most_.children.size();
    for (const auto& [c, times] : chars_) plan_.chars.push_back({c, times});
    const bool match_too = free_text_;
    if (!exact_) AddGrams(match_too);
    if (expand_) AddTranslations(match_too);
    // What only puts the question may be missing sooner; last, what sections are about. A treatment
    // or a part of the body is asked of such a condition.
    for (Leaf& leaf : plan_.leaves) {
      leaf.share = std::min(leaf.times, 1.0);
      if (leaf.names_concept) leaf.share *= weights_.concept_share;
      if (!leaf.tagged.empty()) leaf.share *= weights_.topic_share;
    }
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
      Plan cut;  // a word that the plan has already is not put into it again
      auto nodes = together > 1
                       ? terms_.ConceptWords({at, at + static_cast<std::ptrdiff_t>(together)},
                                             Scope::kAnywhere, plan_)
                       : terms_.Words(words_[i], Scope::kAnywhere, cut);
      if (!nodes) return Pass(nodes);
      if (together > 1) {
        most_.children.push_back(std::move(*nodes));
      } else {
        AddWordLeaves(context_.folding->Fold(words_[i]).chars, std::move(cut.leaves));
      }
      i += together;
    }
    for (const std::string& word : words_) text_ += (text_.empty() ? "" : " ") + word;
    words_.clear();
    return {};
  }

  // A word of one kana (a particle, an ending) stands in every other text and inside other words:
  // it says nothing of what matches, and is not to be highlighted. It ranks as a character.
  void LeaveOutSounds() {
    const auto one_kana = [this](const Node& node) {
      if (node.kind != NodeKind::kLeaf || plan_.leaves[node.index].raw) return false;
      const std::u32string& text = plan_.leaves[node.index].alternatives[0].text;
      return text.size() == 1 && IsKana(text[0]);
    };
    auto& words = most_.children;
    if (free_text_ && std::all_of(words.begin(), words.end(), one_kana)) return;
    std::erase_if(words, one_kana);
  }

  // How much of a place counts: what only puts the question counts less, names of concepts fully.
  double WeightOf(const std::vector<bool>& phrases, std::size_t begin, std::size_t size) const {
    const auto at = phrases.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto inside = std::count(at, at + static_cast<std::ptrdiff_t>(size), true);
    return 1 - (1 - weights_.phrase) * static_cast<double>(inside) / static_cast<double>(size);
  }

  void AddWordLeaves(const std::u32string& run, std::vector<Leaf> leaves) {
    std::vector<bool> phrases(run.size(), false);
    if (phrases_ != nullptr) phrases = phrases_->Mark(run);
    std::size_t at = 0;
    std::vector<std::size_t> places;
    for (const Leaf& leaf : leaves) {
      const std::size_t size = leaf.raw ? 0 : leaf.alternatives[0].text.size();
      const std::size_t found = leaf.raw ? run.npos : run.find(leaf.alternatives[0].text, at);
      places.push_back(found);
      if (found == run.npos) continue;
      at = found + size;
      if (!leaf.names_concept) continue;
      std::fill_n(phrases.begin() + static_cast<std::ptrdiff_t>(found), size, false);
    }
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      Leaf& leaf = leaves[i];
      leaf.times = 1;
      if (places[i] != run.npos && !leaf.alternatives[0].text.empty()) {
        const std::u32string& text = leaf.alternatives[0].text;
        leaf.times = WeightOf(phrases, places[i], text.size());
        // A Latin word stands for its grams and characters too.
        if (text::IsSpaced(text[0])) leaf.times *= weights_.spaced_word;
      }
      AddLeaf(std::move(leaf));
    }
    CountGrams(run, phrases);
  }

  // A word that stands twice in the query is one leaf that counts twice.
  void AddLeaf(Leaf leaf) {
    if (!leaf.raw) {
      const auto [known, fresh] = by_text_.emplace(leaf.alternatives[0].text, plan_.leaves.size());
      if (!fresh) {
        plan_.leaves[known->second].times += leaf.times;
        return;
      }
    }
    Node& node = most_.children.emplace_back();
    node.kind = NodeKind::kLeaf;
    node.index = plan_.leaves.size();
    plan_.leaves.push_back(std::move(leaf));
  }

  void CountGrams(const std::u32string& chars, const std::vector<bool>& phrases) {
    const auto class_of = [&](std::size_t i) { return text::ClassOf(chars[i]); };
    for (std::size_t i = 0; i < chars.size(); ++i) {
      const text::CharClass own = class_of(i);
      if (own == text::CharClass::kUnspaced) chars_[chars[i]] += WeightOf(phrases, i, 1);
      if (i + 1 == chars.size() || own == text::CharClass::kSeparator) continue;
      const text::CharClass next = class_of(i + 1);
      if (next == text::CharClass::kSeparator) continue;
      // Two letters of a spaced script say nothing that their word does not.
      if (own == text::CharClass::kSpaced && next == text::CharClass::kSpaced) continue;
      grams_[chars.substr(i, 2)] += WeightOf(phrases, i, 2);
    }
  }

  void AddRankingLeaf(Leaf leaf, bool match_too) {
    leaf.ranks_only = !match_too;
    if (match_too) {
      Node& node = most_.children.emplace_back();
      node.kind = NodeKind::kLeaf;
      node.index = plan_.leaves.size();
    }
    plan_.leaves.push_back(std::move(leaf));
  }

  // A question in which anything may be missing is also answered by what shares no whole word.
  void AddGrams(bool match_too) {
    for (const auto& [gram, times] : grams_) {
      if (const auto word = by_text_.find(gram); word != by_text_.end()) {
        plan_.leaves[word->second].times += times;
        continue;
      }
      Leaf leaf;
      leaf.typed = utf8::Encode(gram);
      leaf.alternatives.push_back({gram, MatchKind::kSubstring, Origin::kTyped, {}, {}, {}, {}});
      leaf.times = times;
      AddRankingLeaf(std::move(leaf), match_too);
    }
  }

  // What the glossary says for the words of the query in other languages: one leaf a place, as one
  // word of all its translations (Pirkola, "The effects of query structure and dictionary setups in
  // dictionary-based cross-language information retrieval", SIGIR 1998).
  void AddTranslations(bool match_too) {
    if (glossary_ == nullptr || text_.empty()) return;
    const text::Folded folded = context_.folding->Fold(text_);
    for (const auto& match : glossary_->Find(text_, folded, "")) {
      Leaf leaf;
      leaf.typed = std::string(folded.Original(match.begin, match.end).In(text_));
      for (const thesaurus::GlossaryWord* word : match.translations) AddForms(*word, leaf);
      if (leaf.alternatives.empty()) continue;
      leaf.names_concept = true;  // whichever of the names stands there
      leaf.times = for_language_ ? weights_.foreign_wanted : weights_.foreign;
      AddRankingLeaf(std::move(leaf), match_too);
    }
  }

  static void AddForms(const thesaurus::GlossaryWord& word, Leaf& leaf) {
    for (const std::string& form : word.forms) {
      std::u32string text = utf8::Decode(form);
      const bool there = std::any_of(leaf.alternatives.begin(), leaf.alternatives.end(),
                                     [&text](const Alternative& a) { return a.text == text; });
      if (there) continue;
      const MatchKind match = word.language == "en" ? MatchKind::kWholeWord : MatchKind::kSubstring;
      leaf.alternatives.push_back(
          {std::move(text), match, Origin::kLabel, {}, word.text, std::string(word.language), {}});
    }
  }

  TermPlanner& terms_;
  const PlanContext& context_;
  const RankingWeights& weights_;
  Plan plan_;
  PlanBuilder builder_;
  Node most_;
  bool free_text_ = false;
  bool expand_ = true;
  bool exact_ = false;
  bool for_language_ = false;
  const QuestionPhrases* phrases_ = nullptr;
  const thesaurus::Glossary* glossary_ = nullptr;
  std::string text_;  // of all free words
  Words words_;       // that wait, with their place in the query
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
  if (const Status learnt = planner.Learn(); !learnt) return Pass(learnt);
  if (const Status read = planner.Read(ast.root); !read) return Pass(read);
  Plan out = planner.Finish();
  if (const Status done = AddFilters(options, context, out, notes); !done) return Pass(done);
  return out;
}

}  // namespace sakuin::plan
