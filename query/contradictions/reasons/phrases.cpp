#include "query/contradictions/reasons/phrases.h"

#include <algorithm>
#include <optional>
#include <set>

#include "indexer/base/data_dir.h"
#include "indexer/model/language.h"

namespace sakuin::contradictions {
namespace {

constexpr std::string_view kOne = ".one";

// The names in braces; nothing where a brace is left open.
std::optional<std::set<std::string>> NamesIn(std::string_view text) {
  std::set<std::string> out;
  for (std::size_t at = 0; (at = text.find_first_of("{}", at)) != std::string_view::npos;) {
    const std::size_t end = text.find('}', at);
    if (text[at] == '}' || end == std::string_view::npos) return std::nullopt;
    out.emplace(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return out;
}

std::map<std::string, std::set<std::string>> WantedPhrases() {
  std::map<std::string, std::set<std::string>> out;
  for (const std::string_view key : PhraseKeys()) {
    const auto words = Split(key, ' ');
    out[words[0]] = {words.begin() + 1, words.end()};
  }
  return out;
}

Status CheckRow(const TsvRow& row, const std::map<std::string, std::set<std::string>>& wanted) {
  const auto bad = [&row](const std::string& what) {
    return Fail(ErrorCode::kBadData, what, row.where);
  };
  const auto& languages = model::kLanguages;
  if (std::find(languages.begin(), languages.end(), row.fields[0]) == languages.end()) {
    return bad("unknown language '" + row.fields[0] + "'");
  }
  std::string key = row.fields[1];
  const bool one = key.ends_with(kOne);
  if (one) key.resize(key.size() - kOne.size());
  const auto found = wanted.find(key);
  if (found == wanted.end()) return bad("there is no phrase '" + row.fields[1] + "'");
  const auto names = NamesIn(row.fields[2]);
  if (!names) return bad("a brace is left open or closed twice");
  for (const std::string& name : *names) {
    if (!found->second.contains(name)) return bad("'" + key + "' has no {" + name + "}");
  }
  for (const std::string& name : found->second) {
    if (!one && !names->contains(name)) return bad("'" + key + "' needs {" + name + "}");
  }
  return {};
}

}  // namespace

Result<Phrases> Phrases::Load(const std::string& data_dir, const std::string& language) {
  Phrases out;
  out.language_ = language;
  const std::string path = data_dir + "/language/" +
                           (language.starts_with("zh") ? std::string("zh") : language) +
                           "/reasons.tsv";
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  const auto wanted = WantedPhrases();
  for (const TsvRow& row : *rows) {
    if (const Status good = CheckRow(row, wanted); !good) return Pass(good);
    if (row.fields[0] != language) continue;
    if (!out.phrases_.emplace(row.fields[1], row.fields[2]).second) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[1] + "' stands twice", row.where);
    }
  }
  for (const auto& [key, names] : wanted) {
    if (out.phrases_.contains(key)) continue;
    return Fail(ErrorCode::kBadData, "'" + key + "' is missing for " + language, path);
  }
  return out;
}

std::string Phrases::Say(std::string_view key, std::initializer_list<Slot> slots) const {
  const auto found = phrases_.find(key);
  if (found == phrases_.end()) return std::string(key);
  const std::string& text = found->second;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    out += text.substr(at, open - at);
    if (open == text.size()) break;
    const std::size_t end = text.find('}', open);
    const std::string_view name = std::string_view(text).substr(open + 1, end - open - 1);
    for (const Slot& slot : slots) {
      if (slot.name == name) out += slot.value;
    }
    at = end + 1;
  }
  return out;
}

std::string Phrases::Count(const std::string& key, std::string_view number) const {
  const std::string one = key + std::string(kOne);
  return Say(number == "1" && phrases_.contains(one) ? one : key, {{"n", number}});
}

std::string Phrases::Join(const std::vector<std::string>& parts, std::string_view more,
                          std::string_view last) const {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out =
        i == 0 ? parts[i] : Say(i + 1 == parts.size() ? last : more, {{"a", out}, {"b", parts[i]}});
  }
  return out;
}

void Phrases::Add(std::string& text, const std::string& sentence) {
  if (sentence.empty()) return;
  if (!text.empty() && static_cast<unsigned char>(text.back()) < 0x80) text += ' ';
  text += sentence;
}

}  // namespace sakuin::contradictions
