#include "indexer/thesaurus/inflections.h"

#include <algorithm>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kStem = 2;  // characters that tell a Japanese word without its ending

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool EndsInConsonantAndY(std::string_view word) {
  return word.size() > 1 && word.back() == 'y' && !IsVowel(word[word.size() - 2]);
}

// The plural, or the third person.
std::string WithS(std::string_view word) {
  if (EndsInConsonantAndY(word)) return std::string(word.substr(0, word.size() - 1)) + "ies";
  const bool hisses = word.ends_with("s") || word.ends_with("x") || word.ends_with("z") ||
                      word.ends_with("ch") || word.ends_with("sh");
  return std::string(word) + (hisses ? "es" : "s");
}

// "stop" -> "stopp": one vowel between consonants doubles the last one.
bool Doubles(std::string_view word) {
  if (word.size() < 3) return false;
  if (std::string_view("bdfgklmnprtvz").find(word.back()) == std::string_view::npos) return false;
  const std::string_view body = word.substr(0, word.size() - 1);
  return IsVowel(body.back()) && std::count_if(body.begin(), body.end(), IsVowel) == 1;
}

// The stem that -ing takes.
std::string BeforeIng(std::string_view verb) {
  std::string stem(verb);
  const bool silent = verb.ends_with("e") && !verb.ends_with("ee") && !verb.ends_with("oe") &&
                      !verb.ends_with("ye");
  if (silent) {
    stem.pop_back();
  } else if (Doubles(verb)) {
    stem += verb.back();
  }
  return stem;
}

std::string Past(std::string_view verb) {
  if (EndsInConsonantAndY(verb)) return std::string(verb.substr(0, verb.size() - 1)) + "ied";
  if (verb.ends_with("e")) return std::string(verb) + "d";
  return BeforeIng(verb) + "ed";
}

}  // namespace

std::vector<std::string> EnglishForms(std::string_view word) {
  const bool verb = word.starts_with("to ");
  if (verb) word.remove_prefix(3);
  std::vector<std::string> out = Split(word, '|');
  const std::string base = out.front();
  if (base.empty() || base.back() < 'a' || base.back() > 'z') return out;
  if (!verb) {
    out.push_back(WithS(base));
    return out;
  }
  const std::size_t blank = base.find(' ');  // "to break out": the first word changes
  const std::string head = base.substr(0, blank);
  const std::string tail = blank == std::string::npos ? "" : base.substr(blank);
  const bool regular = out.size() == 1;
  out.push_back(WithS(head) + tail);
  out.push_back(BeforeIng(head) + "ing" + tail);
  if (regular) out.push_back(Past(head) + tail);
  return out;
}

Result<JapaneseForms> JapaneseForms::Load(const std::string& data_dir) {
  const std::string path = data_dir + "/language/ja/endings.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto rows = ReadTsv(path, 2, 2);
  if (!rows) return Pass(rows);
  JapaneseForms out;
  for (const TsvRow& row : *rows) {
    const std::u32string ending = utf8::Decode(row.fields[0]);
    std::vector<std::string> others = Split(row.fields[1], ';');
    const bool empty = std::find(others.begin(), others.end(), "") != others.end();
    if (ending.size() != 1 || empty || !out.endings_.emplace(ending[0], others).second) {
      return Fail(ErrorCode::kBadData, "wants one kana, once, and what may stand for it",
                  row.where);
    }
  }
  out.digest_ = Digest(*bytes);
  return out;
}

std::vector<std::string> JapaneseForms::Of(std::string_view word) const {
  std::u32string stem = utf8::Decode(word);
  const auto found = stem.empty() ? endings_.end() : endings_.find(stem.back());
  if (found == endings_.end()) return {std::string(word)};
  stem.pop_back();
  std::size_t at = stem.size();
  while (at > 0 && IsHiragana(stem[at - 1])) --at;
  if (at == 0 || !IsHan(stem[at - 1])) return {std::string(word)};
  if (stem.size() >= kStem) return {utf8::Encode(stem)};
  std::vector<std::string> out;
  for (const std::string& ending : found->second) out.push_back(utf8::Encode(stem) + ending);
  return out;
}

}  // namespace sakuin::thesaurus
