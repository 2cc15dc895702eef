#include "indexer/thesaurus/labels/kana_particles.h"

#include <algorithm>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::thesaurus {
namespace {

bool IsSpoken(char32_t c) { return IsHiragana(c) || c == 0x30FC; }

}  // namespace

Result<KanaParticles> KanaParticles::Load(const std::string& data_dir) {
  const std::string path = data_dir + "/language/ja/particles.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto rows = ParseTsv(*bytes, path, 3, 3);
  if (!rows) return Pass(rows);
  KanaParticles out;
  for (const TsvRow& row : *rows) {
    const std::string& place = row.fields[0];
    const std::string& word = row.fields[1];
    const std::u32string chars = utf8::Decode(word);
    if (chars.empty() || !std::all_of(chars.begin(), chars.end(), IsSpoken)) {
      return Fail(ErrorCode::kBadData, "'" + word + "' is not hiragana", row.where);
    }
    std::vector<std::string>* const list = place == "before"  ? &out.before_
                                           : place == "after" ? &out.after_
                                           : place == "never" ? &out.never_
                                                              : nullptr;
    if (list == nullptr) {
      return Fail(ErrorCode::kBadData, "'" + place + "' is none of before, after, never",
                  row.where);
    }
    if (row.fields[2].find(word) == std::string::npos) {
      return Fail(ErrorCode::kBadData, "the example does not hold '" + word + "'", row.where);
    }
    if (std::find(list->begin(), list->end(), word) != list->end()) {
      return Fail(ErrorCode::kBadData, "'" + word + "' stands there already", row.where);
    }
    list->push_back(word);
  }
  out.digest_ = Digest(*bytes);
  return out;
}

bool KanaParticles::EndsBefore(std::string_view text, std::size_t name_begin) const {
  const std::string_view left = text.substr(0, name_begin);
  return std::any_of(before_.begin(), before_.end(),
                     [left](const std::string& word) { return left.ends_with(word); });
}

bool KanaParticles::BeginsAfter(std::string_view text, std::size_t name_end) const {
  const std::string_view right = text.substr(name_end);
  return std::any_of(after_.begin(), after_.end(), [&](const std::string& word) {
    if (!right.starts_with(word)) return false;
    const std::string_view rest = right.substr(word.size());
    return std::none_of(never_.begin(), never_.end(),
                        [rest](const std::string& one) { return rest.starts_with(one); });
  });
}

}  // namespace sakuin::thesaurus
