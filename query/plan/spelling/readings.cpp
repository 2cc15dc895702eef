#include "query/plan/spelling/readings.h"

#include <algorithm>
#include <unordered_map>

#include "query/syntax/lexer.h"

namespace sakuin::plan {
namespace {

constexpr std::size_t kShortest = 3;    // letters; fewer spell too many things
constexpr std::size_t kMostWords = 8;   // of one name
constexpr std::size_t kMostQuery = 32;  // words that are looked at
constexpr std::size_t kMostNames = 8;   // of one spelling

using Found = std::vector<const Spellings::Name*>;

// Names by their spelling, for the spellings that are asked for: p... is pinyin, r... is romaji.
using Wanted = std::unordered_map<std::string, Found>;

void Collect(const Spellings& spellings, Wanted& wanted) {
  for (const Spellings::Name& name : spellings.names()) {
    const std::u32string_view chars = spellings.Folded(name);
    std::string spelled = spellings.sounds()->Pinyin(chars);
    spelled = spelled.empty() ? spellings.sounds()->Romaji(chars).insert(0, 1, 'r')
                              : spelled.insert(0, 1, 'p');
    const auto found = wanted.find(spelled);
    if (found != wanted.end()) found->second.push_back(&name);
  }
}

// Words of the query that follow each other.
struct WordRun {
  std::size_t first = 0;  // token
  std::size_t count = 0;
  std::string pinyin;
  std::string romaji;
};

// Every run that may spell a name.
std::vector<WordRun> RunsOfWords(std::string_view query, const std::vector<syntax::Token>& tokens,
                                 const text::Folding& folding) {
  const auto is_word = [&](std::size_t i) {
    return i < tokens.size() && i < kMostQuery && tokens[i].kind == syntax::TokenKind::kWord;
  };
  std::vector<WordRun> out;
  for (std::size_t first = 0; first < tokens.size(); ++first) {
    // What is excluded or stands behind a field stays as it was typed.
    if (first > 0 && tokens[first].glued) continue;
    for (std::size_t n = 1; n <= kMostWords && is_word(first + n - 1); ++n) {
      const std::size_t begin = tokens[first].begin;
      const auto typed = folding.Fold(query.substr(begin, tokens[first + n - 1].end - begin)).chars;
      WordRun words{first, n, text::Sounds::TypedPinyin(typed), text::Sounds::TypedRomaji(typed)};
      if (words.pinyin.size() >= kShortest) out.push_back(std::move(words));
    }
  }
  return out;
}

// Names stand without quotation marks, so that a search adds their concepts' other names.
std::string Alternatives(const std::string& typed, const Found& first, const Found& second,
                         const Spellings& spellings) {
  std::vector<std::u32string_view> forms;
  std::string out = "((" + typed + ")";
  for (const Found* found : {&first, &second}) {
    for (const Spellings::Name* name : *found) {
      const std::u32string_view form = spellings.Folded(*name);
      const bool known = std::find(forms.begin(), forms.end(), form) != forms.end();
      if (known || forms.size() == kMostNames) continue;
      forms.push_back(form);
      const std::string& text = name->label->text;
      const bool one_word = form.find(U' ') == std::u32string_view::npos;
      out += " OR " + (one_word ? text : "\"" + text + "\"");
    }
  }
  return forms.empty() ? std::string() : out + ")";
}

}  // namespace

std::string ReadAsNames(const std::string& query, const Spellings& spellings,
                        const text::Folding& folding) {
  const auto tokens = syntax::Tokenize(query).tokens;
  std::vector<WordRun> all = RunsOfWords(query, tokens, folding);
  Wanted wanted;
  for (const WordRun& words : all) {
    wanted["p" + words.pinyin];
    wanted["r" + words.romaji];
  }
  if (wanted.empty()) return query;
  Collect(spellings, wanted);
  std::stable_sort(all.begin(), all.end(),
                   [](const WordRun& a, const WordRun& b) { return a.count > b.count; });
  std::vector<std::string> instead(tokens.size());
  std::vector<std::size_t> taken(tokens.size());  // 0: free; else words of the run that begins here
  for (const WordRun& words : all) {
    const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(words.first);
    const auto end = begin + static_cast<std::ptrdiff_t>(words.count);
    if (std::any_of(begin, end, [](std::size_t n) { return n > 0; })) continue;
    const std::size_t from = tokens[words.first].begin;
    const std::size_t to = tokens[words.first + words.count - 1].end;
    std::string out = Alternatives(query.substr(from, to - from), wanted["p" + words.pinyin],
                                   wanted["r" + words.romaji], spellings);
    if (out.empty()) continue;
    std::fill(begin, end, words.count);
    instead[words.first] = std::move(out);
  }
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (instead[i].empty()) continue;
    out += query.substr(at, tokens[i].begin - at) + instead[i];
    at = tokens[i + taken[i] - 1].end;
  }
  return out + query.substr(at);
}

std::vector<const Spellings::Name*> NamesReadAs(const std::string& typed, bool prefix,
                                                const Spellings& spellings,
                                                const text::Folding& folding) {
  const std::u32string folded = folding.Fold(typed).chars;
  const std::string pinyin = text::Sounds::TypedPinyin(folded);
  const std::string romaji = text::Sounds::TypedRomaji(folded);
  Found out;
  if (pinyin.size() < kShortest) return out;
  const auto fits = [&](const std::string& spelled, const std::string& wanted) {
    return prefix ? spelled.starts_with(wanted) : spelled == wanted;
  };
  for (const Spellings::Name& name : spellings.names()) {
    const std::u32string_view chars = spellings.Folded(name);
    if (fits(spellings.sounds()->Pinyin(chars), pinyin) ||
        fits(spellings.sounds()->Romaji(chars), romaji)) {
      out.push_back(&name);
    }
  }
  return out;
}

}  // namespace sakuin::plan
