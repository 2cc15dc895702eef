#include "query/web/messages.h"

#include <algorithm>
#include <set>

#include "indexer/base/data_dir.h"

namespace sakuin::web {
namespace {

constexpr std::string_view kOne = ".one";

std::set<std::string> NamesIn(std::string_view text) {
  std::set<std::string> out;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos;) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    out.emplace(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return out;
}

std::string Grouped(std::size_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

}  // namespace

Result<std::map<std::string, Messages, std::less<>>> Messages::LoadAll(
    const std::string& data_dir) {
  std::map<std::string, Messages, std::less<>> out;
  std::map<std::string, std::string> where;
  for (const char* const language : {"en", "ja", "zh-Hans", "zh-Hant"})
    out[language].language_ = language;
  for (const char* const folder : {"en", "ja", "zh"}) {
    const auto rows = ReadTsv(data_dir + "/language/" + folder + "/ui.tsv", 3, 3);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      const auto found = out.find(row.fields[0]);
      if (found == out.end()) {
        return Fail(ErrorCode::kBadData, "unknown language '" + row.fields[0] + "'", row.where);
      }
      if (!found->second.texts_.emplace(row.fields[1], row.fields[2]).second) {
        return Fail(ErrorCode::kBadData, "'" + row.fields[1] + "' stands twice", row.where);
      }
      where[row.fields[0]] = row.where;
    }
  }
  const auto& english = out["en"].texts_;
  for (const auto& [language, messages] : out) {
    for (const auto& [key, text] : english) {
      if (key.ends_with(kOne)) continue;
      const auto found = messages.texts_.find(key);
      if (found == messages.texts_.end()) {
        return Fail(ErrorCode::kBadData, language + " has no text for '" + key + "'",
                    where[language]);
      }
      if (NamesIn(found->second) != NamesIn(text)) {
        return Fail(ErrorCode::kBadData,
                    language + ": '" + key + "' has not the names of the English one",
                    where[language]);
      }
    }
    for (const auto& [key, text] : messages.texts_) {
      const std::string plain = key.ends_with(kOne) ? key.substr(0, key.size() - kOne.size()) : key;
      if (!english.contains(plain)) {
        return Fail(ErrorCode::kBadData, "English has no '" + key + "'", where[language]);
      }
    }
  }
  return out;
}

std::string Messages::operator()(std::string_view key, std::initializer_list<Slot> slots) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return std::string(key);
  const std::string& text = found->second;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t brace = std::min(text.find('{', at), text.size());
    out.append(text, at, brace - at);
    if (brace == text.size()) break;
    const std::size_t end = text.find('}', brace);
    if (end == std::string::npos) break;
    const std::string_view name = std::string_view(text).substr(brace + 1, end - brace - 1);
    for (const Slot& slot : slots) {
      if (slot.name == name) out += slot.value;
    }
    at = end + 1;
  }
  return out;
}

std::string Messages::Count(std::string_view key, std::size_t count) const {
  const std::string one = std::string(key) + std::string(kOne);
  const std::string number = Grouped(count);
  const bool has_one = count == 1 && texts_.contains(one);
  return (*this)(has_one ? std::string_view(one) : key, {{"n", number}});
}

}  // namespace sakuin::web
