#include "indexer/thesaurus/mining/term_miner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/thesaurus/mining/candidates.h"
#include "indexer/thesaurus/mining/gram_counts.h"
#include "indexer/thesaurus/mining/term_words.h"
#include "indexer/thesaurus/mining/termhood.h"

namespace sakuin::thesaurus {
namespace {

constexpr double kLeastEntropy = 0.5;        // nats
constexpr double kKnownFactor = 2.0;         // an ending or a label speaks for it
constexpr std::size_t kMostNeighbours = 40;  // told apart on a side; more is choice enough
constexpr std::size_t kContext = 20;         // characters on each side
constexpr std::array<const char*, 3> kFolders = {"zh", "ja", "en"};

// How freely one side of a term is followed.
class Neighbours {
 public:
  void Add(char32_t c) {
    ++all_;
    if (c == 0) {
      ++free_;
    } else if (counts_.size() < kMostNeighbours || counts_.contains(c)) {
      ++counts_[c];
    }
  }
  double Entropy() const {
    const auto n = static_cast<double>(all_);
    double out = static_cast<double>(free_) / n * std::log(n);
    for (const auto& [c, count] : counts_) {
      const double p = static_cast<double>(count) / n;
      out -= p * std::log(p);
    }
    return out;
  }

 private:
  std::map<char32_t, std::uint32_t> counts_;
  std::uint32_t free_ = 0;
  std::uint32_t all_ = 0;
};

struct Details {
  std::string text;
  std::string section;
  std::string before;
  std::string after;
  std::size_t count = 0;
  std::size_t documents = 0;
  std::size_t last_document = SIZE_MAX;
  std::map<std::string, std::size_t, std::less<>> languages;
  Neighbours left;
  Neighbours right;
};

using Terms = std::unordered_map<std::u32string, Details>;

// The characters around it in its line, at most `kContext` on a side.
std::string Before(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < kContext && at > 0; ++i) {
    std::size_t next = at;
    if (utf8::Previous(text, next) == U'\n') break;
    at = next;
  }
  return std::string(text.substr(at, begin - at));
}

std::string After(std::string_view text, std::size_t end) {
  std::size_t at = end;
  for (std::size_t i = 0; i < kContext && at < text.size(); ++i) {
    std::size_t next = at;
    if (utf8::Next(text, next) == U'\n') break;
    at = next;
  }
  return std::string(text.substr(end, at - end));
}

std::optional<MinedLanguage> LanguageOf(std::string_view tag) {
  if (tag.starts_with("zh")) return MinedLanguage::kChinese;
  if (tag == "ja") return MinedLanguage::kJapanese;
  if (tag == "en") return MinedLanguage::kEnglish;
  return std::nullopt;
}

std::size_t WordsOf(std::u32string_view term) {
  return 1 + static_cast<std::size_t>(std::count_if(
                 term.begin(), term.end(), [](char32_t c) { return c == ' ' || c == '-'; }));
}

// Calls take(part) for every shorter candidate that may stand in the term.
template <typename Take>
void ForParts(MinedLanguage language, std::u32string_view term, Take&& take) {
  const bool english = language == MinedLanguage::kEnglish;
  const auto is_cut = [&](std::size_t at) {
    return !english || at == 0 || at == term.size() || term[at] == ' ' || term[at] == '-' ||
           term[at - 1] == ' ' || term[at - 1] == '-';
  };
  for (std::size_t begin = 0; begin < term.size(); ++begin) {
    if (!is_cut(begin)) continue;
    for (std::size_t end = begin + 2; end <= term.size(); ++end) {
      if (is_cut(end) && end - begin < term.size()) take(term.substr(begin, end - begin));
    }
  }
}

}  // namespace

struct TermMiner::Impl {
  const text::Folding& folding;
  const Thesaurus& thesaurus;
  const LabelMatcher& matcher;
  text::Analyzer& analyzer;
  MiningOptions options;
  std::vector<TermWords> words;  // of kFolders
  std::vector<GramCounts> counts;
  std::vector<Termhood> termhood;
  std::array<Terms, 3> terms;

  bool MayBeTerm(MinedLanguage language, std::u32string_view term, const Details& details) const {
    if (details.count < options.min_count) return false;
    if (std::min(details.left.Entropy(), details.right.Entropy()) < kLeastEntropy) return false;
    const TermWords& known = words[static_cast<std::size_t>(language)];
    if (known.IsOrdinary(term)) return false;
    if (language != MinedLanguage::kEnglish) return true;
    return WordsOf(term) > 1 || !known.SchemeOf(term).empty();
  }

  double CValue(MinedLanguage language, std::u32string_view term, const Details& details,
                const std::pair<double, std::size_t>& longer) const {
    const bool english = language == MinedLanguage::kEnglish;
    const auto length = static_cast<double>(english ? WordsOf(term) + 1 : term.size());
    auto count = static_cast<double>(details.count);
    if (longer.second > 0) count -= longer.first / static_cast<double>(longer.second);
    return std::log2(length) * count;
  }

  // The scheme and the broader concept that a term speaks for.
  void Place(MinedLanguage language, std::u32string_view term, MinedTerm& out) const {
    out.scheme = words[static_cast<std::size_t>(language)].SchemeOf(term);
    const model::Concept* broader = nullptr;
    text::Folded folded;
    folded.chars = std::u32string(term);
    folded.spans.resize(term.size());
    for (const Mention& mention : matcher.Match(folded)) {
      if (mention.end - mention.begin < 2) continue;  // one character is a piece of any word
      // The last one is the head, in all these languages.
      if (out.scheme.empty() || mention.concept_ptr->scheme == out.scheme) {
        broader = mention.concept_ptr;
      }
    }
    if (broader != nullptr) {
      out.broader = broader->id;
      if (out.scheme.empty()) out.scheme = broader->scheme;
    }
    if (!out.scheme.empty()) out.score *= kKnownFactor;
  }

  std::vector<MinedTerm> BestOf(MinedLanguage language) const {
    const Terms& all = terms[static_cast<std::size_t>(language)];
    std::unordered_map<std::u32string, std::pair<double, std::size_t>> longer;
    for (const auto& [term, details] : all) {
      if (!MayBeTerm(language, term, details)) continue;
      const auto count = static_cast<double>(details.count);
      ForParts(language, term, [&](std::u32string_view part) {
        std::u32string key(part);
        if (!all.contains(key)) return;
        auto& sum = longer[std::move(key)];
        sum.first += count;
        ++sum.second;
      });
    }
    std::vector<MinedTerm> out;
    for (const auto& [term, details] : all) {
      if (!MayBeTerm(language, term, details)) continue;
      const auto nested = longer.find(term);
      MinedTerm one;
      one.score =
          CValue(language, term, details,
                 nested == longer.end() ? std::pair<double, std::size_t>{} : nested->second);
      if (one.score <= 0) continue;
      one.score *= termhood[static_cast<std::size_t>(language)].Of(term);
      one.text = details.text;
      one.count = details.count;
      one.documents = details.documents;
      one.section = details.section;
      one.before = details.before;
      one.after = details.after;
      one.language =
          std::max_element(details.languages.begin(), details.languages.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; })
              ->first;
      Place(language, term, one);
      out.push_back(std::move(one));
    }
    std::sort(out.begin(), out.end(), [](const MinedTerm& a, const MinedTerm& b) {
      return a.score != b.score ? a.score > b.score : a.text < b.text;
    });
    if (out.size() > options.limit) out.resize(options.limit);
    return out;
  }
};

Result<TermMiner> TermMiner::Create(const std::string& data_dir, const text::Folding& folding,
                                    const Thesaurus& thesaurus, const LabelMatcher& matcher,
                                    text::Analyzer& analyzer, const MiningOptions& options) {
  auto impl = std::unique_ptr<Impl>(
      new Impl{folding, thesaurus, matcher, analyzer, options, {}, {}, {}, {}});
  for (const char* folder : kFolders) {
    auto words = TermWords::Load(data_dir, folder, folding);
    if (!words) return Pass(words);
    impl->words.push_back(std::move(*words));
    impl->counts.emplace_back(options.most_grams / kFolders.size());
    impl->termhood.emplace_back(folder == std::string_view("en"));
  }
  for (const model::Concept& found : thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      const auto language = LanguageOf(label.language);
      if (!language) continue;
      impl->termhood[static_cast<std::size_t>(*language)].AddLabel(folding.Fold(label.text).chars);
    }
  }
  return TermMiner(std::move(impl));
}

Status TermMiner::Count(std::string_view language, std::string_view text) {
  const auto mined = LanguageOf(language);
  if (!mined) return {};
  const auto number = static_cast<std::size_t>(*mined);
  GramCounts& counts = impl_->counts[number];
  impl_->termhood[number].AddText(impl_->folding.Fold(text).chars);
  return ForCandidates(
      *mined, text, impl_->words[number], impl_->matcher, impl_->analyzer,
      [&](const text::Analysis& analysis, const Candidate& found) {
        counts.Add(GramCounts::KeyOf(std::u32string_view(analysis.folded.chars)
                                         .substr(found.begin, found.end - found.begin)));
      });
}

Status TermMiner::Collect(std::string_view language, std::string_view text,
                          const std::string& section, std::size_t document) {
  const auto mined = LanguageOf(language);
  if (!mined) return {};
  const auto number = static_cast<std::size_t>(*mined);
  const GramCounts& counts = impl_->counts[number];
  Terms& terms = impl_->terms[number];
  const std::size_t most = impl_->options.most_terms / kFolders.size();
  return ForCandidates(
      *mined, text, impl_->words[number], impl_->matcher, impl_->analyzer,
      [&](const text::Analysis& analysis, const Candidate& found) {
        std::u32string term = analysis.folded.chars.substr(found.begin, found.end - found.begin);
        if (counts.Count(GramCounts::KeyOf(term)) < impl_->options.min_count) return;
        auto there = terms.find(term);
        if (there == terms.end()) {
          if (terms.size() >= most) return;
          there = terms.emplace(std::move(term), Details{}).first;
        }
        Details& details = there->second;
        if (details.count++ == 0) {
          const model::Span span = analysis.folded.Original(found.begin, found.end);
          details.text = std::string(span.In(text));
          details.section = section;
          details.before = Before(text, span.begin);
          details.after = After(text, span.end);
        }
        if (std::exchange(details.last_document, document) != document) ++details.documents;
        ++details.languages[std::string(language)];
        details.left.Add(found.left);
        details.right.Add(found.right);
      });
}

std::vector<MinedTerm> TermMiner::Best() const {
  std::vector<MinedTerm> out;
  for (const auto language :
       {MinedLanguage::kChinese, MinedLanguage::kJapanese, MinedLanguage::kEnglish}) {
    for (MinedTerm& term : impl_->BestOf(language)) out.push_back(std::move(term));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const MinedTerm& a, const MinedTerm& b) { return a.score > b.score; });
  return out;
}

std::size_t TermMiner::PossiblyMissed() const {
  std::size_t out = 0;
  for (const GramCounts& counts : impl_->counts) {
    out = std::max<std::size_t>(out, counts.PossiblyMissed());
  }
  return out;
}

TermMiner::TermMiner(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TermMiner::TermMiner(TermMiner&&) noexcept = default;
TermMiner& TermMiner::operator=(TermMiner&&) noexcept = default;
TermMiner::~TermMiner() = default;

}  // namespace sakuin::thesaurus
