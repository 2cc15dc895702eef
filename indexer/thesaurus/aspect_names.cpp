#include "indexer/thesaurus/aspect_names.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/aspects.h"

namespace sakuin::thesaurus {
namespace {

std::u32string KeyOf(std::string_view name, const text::Folding& folding) {
  std::u32string key = folding.Fold(name).chars;
  for (char32_t& c : key) {
    if (c == U' ' || c == U'_') c = U'-';
  }
  return key;
}

// How many characters both have in common at their beginnings.
std::size_t CommonPrefix(std::u32string_view a, std::u32string_view b) {
  const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  (void)other;
  return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

Result<AspectNames> AspectNames::Load(const std::string& data_dir, const text::Folding& folding) {
  AspectNames out;
  for (const std::string_view aspect : kAspects) out.by_name_[KeyOf(aspect, folding)] = aspect;
  for (const char* folder : {"zh", "ja", "en"}) {
    const auto rows = ReadTsv(data_dir + "/language/" + folder + "/aspect_names.tsv", 3, 3);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      const std::string& language = row.fields[0];
      const auto aspect = std::find(kAspects.begin(), kAspects.end(), row.fields[1]);
      if (aspect == kAspects.end()) {
        return Fail(ErrorCode::kBadData, "there is no aspect '" + row.fields[1] + "'", row.where);
      }
      if (std::find(model::kLanguages.begin(), model::kLanguages.end(), language) ==
          model::kLanguages.end()) {
        return Fail(ErrorCode::kBadData, "unknown language '" + language + "'", row.where);
      }
      const auto [there, added] = out.by_name_.emplace(KeyOf(row.fields[2], folding), *aspect);
      if (!added && there->second != *aspect) {
        return Fail(ErrorCode::kBadData,
                    "'" + row.fields[2] + "' names " + std::string(there->second) + " already",
                    row.where);
      }
      out.shown_[language].emplace(row.fields[1], row.fields[2]);
    }
  }
  return out;
}

std::string_view AspectNames::Find(std::string_view name, const text::Folding& folding) const {
  const auto found = by_name_.find(KeyOf(name, folding));
  return found == by_name_.end() ? std::string_view() : found->second;
}

std::string_view AspectNames::Nearest(std::string_view name, const text::Folding& folding) const {
  const std::u32string key = KeyOf(name, folding);
  std::string_view best;
  std::size_t most = 0;
  for (const auto& [known, aspect] : by_name_) {
    const std::size_t common = CommonPrefix(key, known);
    // Half of the shorter word: "treatmnt", "diagnostics".
    if (common > most && common * 2 >= std::min(key.size(), known.size())) {
      most = common;
      best = aspect;
    }
  }
  return best;
}

const std::string& AspectNames::NameIn(const std::string& aspect,
                                       const std::string& language) const {
  const auto names = shown_.find(language);
  if (names == shown_.end()) return aspect;
  const auto name = names->second.find(aspect);
  return name == names->second.end() ? aspect : name->second;
}

}  // namespace sakuin::thesaurus
