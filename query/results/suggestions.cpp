#include "query/results/suggestions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/schemes.h"
#include "query/syntax/lexer.h"

namespace sakuin::results {
namespace {

using plan::Spellings;
using text::CharClass;

constexpr std::size_t kFew = 2;
constexpr std::size_t kLongestRun = 48;      // nobody mistypes a paragraph
constexpr std::size_t kShortestWord = 4;     // of Latin letters
constexpr std::size_t kShortestJoined = 7;   // two words written as one
constexpr std::uint64_t kMoreFrequent = 10;  // than a word that is there: then that is a mistake

bool CutsKatakana(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return false;
  std::size_t before = at;
  std::size_t behind = at;
  return IsKatakana(utf8::Previous(text, before)) && IsKatakana(utf8::Next(text, behind));
}

struct Option {
  std::size_t begin = 0;  // folded characters of the run
  std::size_t end = 0;
  std::size_t distance = 0;
  std::size_t size = 0;  // of what is offered, in folded characters
  std::uint64_t weight = 0;
  std::size_t unlike = 0;  // from what was typed, unfolded: of two scripts, the one that was typed
  std::string text;
  std::string concept_id;
};

// The smaller part of it is wrong, the longer, the more frequent.
bool IsBetter(const Option& a, const Option& b) {
  const std::size_t wrong_a = a.distance * b.size;
  const std::size_t wrong_b = b.distance * a.size;
  if (wrong_a != wrong_b) return wrong_a < wrong_b;
  if (a.size != b.size) return a.size > b.size;
  if (a.weight != b.weight) return a.weight > b.weight;
  return a.text < b.text;
}

// Words of one run of a query: Latin and the like, or Han and kana.
struct Run {
  text::Folded folded;
  std::string_view typed;  // of the query
  std::size_t at = 0;      // its place in the query
  std::uint64_t sieve = 0;
};

class Mender {
 public:
  Mender(const plan::PlanContext& context, const Spellings& spellings, WordSource* words)
      : context_(context), spellings_(spellings), words_(words) {}

  // What each piece of the query may have been meant for, the best first; pieces without are left
  // out, and a piece never overlaps another.
  std::vector<std::vector<Replacement>> Mend(std::string_view query) {
    query_ = query;
    const syntax::Tokens read = syntax::Tokenize(query);
    bool excluded = false;
    for (const syntax::Token& token : read.tokens) {
      const bool words = token.kind == syntax::TokenKind::kWord;
      if ((words || token.kind == syntax::TokenKind::kPhrase) && !excluded) Token(token);
      excluded = token.kind == syntax::TokenKind::kMinus || token.kind == syntax::TokenKind::kNot ||
                 (token.kind == syntax::TokenKind::kField && token.text != "title" &&
                  token.text != "heading");
    }
    return std::move(pieces_);
  }

 private:
  std::uint64_t Frequency(std::u32string_view word) const {
    return words_ == nullptr ? 0 : words_->Frequency(utf8::Encode(word));
  }

  void Token(const syntax::Token& token) {
    std::size_t begin = token.begin;
    CharClass now = CharClass::kSeparator;
    for (std::size_t at = begin; at < token.end;) {
      const std::size_t here = at;
      const CharClass next = text::ClassOf(utf8::Next(query_, at));
      if (next == now) continue;
      MendRun(now, begin, here);
      now = next;
      begin = here;
    }
    MendRun(now, begin, token.end);
  }

  void MendRun(CharClass of, std::size_t begin, std::size_t end) {
    if (of == CharClass::kSpaced) Word(begin, end);
    if (of == CharClass::kUnspaced) Unspaced(begin, end);
  }

  Run RunOf(std::size_t begin, std::size_t end) const {
    Run run;
    run.typed = query_.substr(begin, end - begin);
    run.at = begin;
    run.folded = context_.folding->Fold(run.typed);
    run.sieve = plan::Sieve(run.folded.chars);
    return run;
  }

  void Word(std::size_t begin, std::size_t end) {
    const Run run = RunOf(begin, end);
    const std::u32string& word = run.folded.chars;
    if (word.size() < kShortestWord || word.size() > kLongestRun) return;
    const bool digits =
        std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
    if (digits || spellings_.WordCount(word) > 0) return;
    options_.clear();
    spellings_.ForWords(
        [&](std::u32string_view other, std::size_t names) { Offer(run, other, names); });
    OfferWords(run);
    if (word.size() >= kShortestJoined) {
      spellings_.ForNear(word, [&](const Spellings::Near& near) { Offer(run, near); });
    }
    Keep(run);
  }

  void Unspaced(std::size_t begin, std::size_t end) {
    const Run run = RunOf(begin, end);
    const std::u32string& chars = run.folded.chars;
    if (chars.size() < 2 || chars.size() > kLongestRun) return;
    options_.clear();
    mentions_ = context_.matcher->Match(run.folded);
    if (mentions_.size() == 1 && mentions_[0].begin == 0 && mentions_[0].end == chars.size()) {
      return;
    }
    spellings_.ForNearPart(chars, [&](const Spellings::Near& near) { Offer(run, near); });
    OfferWords(run);
    Keep(run);
    mentions_.clear();
  }

  bool IsNamed(std::size_t begin, std::size_t end) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const thesaurus::Mention& mention) {
      return mention.begin <= begin && mention.end >= end;
    });
  }

  // A word of the index or of the names, for the whole run.
  void Offer(const Run& run, std::u32string_view word, std::uint64_t weight) {
    const std::u32string& typed = run.folded.chars;
    const std::size_t most = plan::MostMistakes(typed);
    if (plan::SieveDistance(run.sieve, plan::Sieve(word)) > most) return;
    const std::size_t distance = plan::Distance(typed, word, most, spellings_.sounds());
    if (distance == 0 || distance > most) return;
    Put(word, {0, typed.size(), distance, word.size(), weight, 0, utf8::Encode(word), {}});
  }

  void OfferWords(const Run& run) {
    if (words_ == nullptr) return;
    const std::u32string& typed = run.folded.chars;
    const std::size_t most = plan::MostMistakes(typed);
    if (most == 0) return;
    const std::size_t longer = (most + 1) / 2;
    words_->ForEach(typed.size() > longer + 2 ? typed.size() - longer : 2, typed.size() + longer,
                    [&](std::string_view word, std::uint64_t frequency) {
                      decoded_.clear();
                      for (std::size_t at = 0; at < word.size();) {
                        decoded_ += utf8::Next(word, at);
                      }
                      Offer(run, decoded_, frequency);
                    });
  }

  void Offer(const Run& run, const Spellings::Near& near) {
    const std::u32string_view name = spellings_.Folded(*near.name);
    plan::Place place = near.place;
    if (!MendWholeKatakana(run, name, place)) return;
    const bool whole = place.begin == 0 && place.end == run.folded.chars.size();
    if (place.distance == 0 || (name.size() == 2 && !whole) || IsNamed(place.begin, place.end)) {
      return;
    }
    const std::string& text = near.name->label->text;
    if (text.find_first_of("\"()") != std::string::npos) return;
    const model::Span bytes = run.folded.Original(place.begin, place.end);
    const auto typed = run.typed.substr(bytes.begin, bytes.end - bytes.begin);
    const std::size_t unlike = plan::Distance(utf8::Decode(typed), utf8::Decode(text), 16, nullptr);
    Put(name, {place.begin, place.end, place.distance, name.size(),
               2 * Frequency(name) + (thesaurus::IsTaggable(*near.name->concept_ptr) ? 1 : 0),
               unlike, text, near.name->concept_ptr->id});
  }

  // A word in katakana is mended as a whole or not at all: else its end would be left standing.
  bool MendWholeKatakana(const Run& run, std::u32string_view name, plan::Place& place) const {
    const std::u32string& typed = run.folded.chars;
    const plan::Place found = place;
    const auto cut = [&](std::size_t at) {
      return at > 0 && at < typed.size() &&
             CutsKatakana(run.typed, run.folded.Original(at, at + 1).begin);
    };
    while (cut(place.begin)) --place.begin;
    while (cut(place.end)) ++place.end;
    if (place.begin == found.begin && place.end == found.end) return true;
    const auto window = std::u32string_view(typed).substr(place.begin, place.end - place.begin);
    const std::size_t most = plan::MostMistakes(window);
    place.distance = plan::Distance(window, name, most, spellings_.sounds());
    return place.distance <= most;
  }

  void Put(std::u32string_view form, Option option) {
    const auto [place, is_new] = options_.emplace(form, option);
    if (is_new) return;
    Option& before = place->second;
    option.weight += before.weight;
    // A name is written as the thesaurus writes it, a word of the index is folded.
    const bool as_typed =
        !option.concept_id.empty() && (before.concept_id.empty() || option.unlike < before.unlike);
    if (as_typed) before = option;
    before.weight = option.weight;
  }

  void Keep(const Run& run) {
    std::vector<Option> sorted;
    for (auto& [form, option] : options_) sorted.push_back(std::move(option));
    std::sort(sorted.begin(), sorted.end(), IsBetter);
    std::vector<Replacement> kept;
    for (const Option& option : sorted) {
      if (kept.size() == kKept) break;
      const auto window =
          std::u32string_view(run.folded.chars).substr(option.begin, option.end - option.begin);
      const std::uint64_t own = Frequency(window);
      if (own > 0 && option.weight < own * kMoreFrequent) continue;
      const model::Span bytes = run.folded.Original(option.begin, option.end);
      kept.push_back({run.at + bytes.begin, run.at + bytes.end, option.text, option.concept_id});
    }
    if (!kept.empty()) pieces_.push_back(std::move(kept));
  }

  static constexpr std::size_t kKept = 3;

  const plan::PlanContext& context_;
  const Spellings& spellings_;
  WordSource* words_;
  std::string_view query_;
  std::vector<thesaurus::Mention> mentions_;
  std::u32string decoded_;  // a word of the index, in memory that is used again
  std::map<std::u32string, Option, std::less<>> options_;  // by what is offered, folded
  std::vector<std::vector<Replacement>> pieces_;
};

Suggestion Make(const std::string& query, std::vector<Replacement> replaced) {
  Suggestion out;
  std::size_t at = 0;
  for (const Replacement& one : replaced) {
    out.query += query.substr(at, one.begin - at) + one.text;
    at = one.end;
  }
  out.query += query.substr(at);
  out.replaced = std::move(replaced);
  return out;
}

}  // namespace

std::vector<Suggestion> Suggestions(const std::string& query, const plan::PlanContext& context,
                                    const Spellings& spellings, WordSource* words,
                                    std::size_t most) {
  const auto pieces = Mender(context, spellings, words).Mend(query);
  std::vector<Suggestion> out;
  if (pieces.empty()) return out;
  std::vector<Replacement> best;
  for (const auto& piece : pieces) best.push_back(piece[0]);
  out.push_back(Make(query, best));
  // Then one piece at a time by its next option, or left as it is.
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t next = 1; next < pieces[i].size(); ++next) {
      std::vector<Replacement> other = best;
      other[i] = pieces[i][next];
      out.push_back(Make(query, std::move(other)));
    }
    if (pieces.size() > 1) out.push_back(Make(query, {best[i]}));
  }
  if (out.size() > most) out.resize(most);
  return out;
}

bool NeedsSuggestion(const Yield& yield) { return yield.relaxed || yield.total <= kFew; }

std::optional<Suggestion> Suggest(const std::string& query, const Yield& typed,
                                  const plan::PlanContext& context, const Spellings& spellings,
                                  WordSource* words,
                                  const std::function<Yield(const std::string&)>& search) {
  if (!NeedsSuggestion(typed)) return std::nullopt;
  for (Suggestion& one : Suggestions(query, context, spellings, words)) {
    const Yield yield = search(one.query);
    const bool all_words = typed.relaxed && !yield.relaxed && yield.total > 0;
    if (all_words || (yield.relaxed == typed.relaxed && yield.total > typed.total)) {
      return std::move(one);
    }
  }
  return std::nullopt;
}

}  // namespace sakuin::results
