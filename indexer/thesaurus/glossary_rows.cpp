#include "indexer/thesaurus/glossary_rows.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/thesaurus/inflections.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kChinese = 0;
constexpr std::size_t kJapanese = 1;
constexpr std::size_t kEnglish = 2;

// What is wrong with a word of a column, or "".
std::string Complaint(std::size_t column, const std::string& word) {
  if (word.empty()) return "an empty word";
  const std::string quoted = "'" + word + "' ";
  if (utf8::Trim(word).size() != word.size()) return quoted + "has blanks at its ends";
  if (column != kEnglish && word.find('|') != std::string::npos) {
    return quoted + "lists forms, which English words alone do";
  }
  if (column == kJapanese) return "";
  const std::u32string chars = utf8::Decode(word);
  const bool kana = std::any_of(chars.begin(), chars.end(), IsKana);
  if (column == kChinese && kana) return quoted + "has kana, and is no Chinese word";
  if (column == kChinese || (!kana && std::none_of(chars.begin(), chars.end(), IsHan))) return "";
  return quoted + "is no English word";
}

class Reader {
 public:
  Reader(const text::Folding& folding, const JapaneseForms& japanese)
      : folding_(folding), japanese_(japanese) {}

  Status Add(const TsvRow& fields) {
    for (std::size_t column = 0; column < kGlossaryColumns.size(); ++column) {
      for (const std::string& word : Split(fields.fields[column], ';')) {
        const std::string wrong = Complaint(column, word);
        if (!wrong.empty()) return Fail(ErrorCode::kBadData, wrong, fields.where);
        AddWord(column, word);
      }
    }
    where_.push_back(fields.where);
    return {};
  }

  Result<std::vector<GlossaryRow>> Finish() {
    const std::string folded = folding_.Key(joined_);
    keys_ = Split(folded, '\n');
    for (const Raw& raw : raws_) {
      if (raw.column == kEnglish) own_.insert(keys_[raw.first + 1]);
    }
    std::vector<GlossaryRow> rows(where_.size());
    for (Raw& raw : raws_) {
      auto& words = rows[raw.row][raw.column];
      if (Stands(raw, words.size())) {
        return Fail(ErrorCode::kBadData, "'" + raw.text + "' stands twice", where_[raw.row]);
      }
      words.push_back({kGlossaryColumns[raw.column], std::move(raw.text), Forms(raw)});
    }
    if (const Status done = CheckPairs(rows); !done) return Pass(done);
    return rows;
  }

 private:
  struct Raw {
    std::size_t row = 0;
    std::size_t column = 0;
    std::string text;
    std::size_t first = 0;   // in keys_: the word with its "to", then its forms
    std::size_t forms = 0;   // how many
    std::size_t listed = 0;  // of them; the others are made by rule
  };

  void AddWord(std::size_t column, const std::string& word) {
    Raw raw{where_.size(), column, word, lines_, 1, 1};
    std::vector<std::string> forms{word};
    if (column == kEnglish) {
      forms = EnglishForms(word);
      raw.text = forms.front();
      raw.listed = Split(word, '|').size();
    } else if (column == kJapanese) {
      forms = japanese_.Of(word);
      raw.listed = forms.size();
    }
    raw.forms = forms.size();
    joined_ += word.substr(0, word.find('|')) + "\n";
    for (const std::string& form : forms) joined_ += form + "\n";
    lines_ += 1 + forms.size();
    raws_.push_back(std::move(raw));
  }

  // Does the same word stand among the `before` last ones, those of its row and column? "promise;to
  // promise" is one word of two kinds.
  bool Stands(const Raw& raw, std::size_t before) const {
    const auto at = static_cast<std::size_t>(&raw - raws_.data());
    for (std::size_t i = at - before; i < at; ++i) {
      if (keys_[raws_[i].first] == keys_[raw.first]) return true;
    }
    return false;
  }

  // "news" is no plural of "new": what is a word of its own is no form of another, unless the row
  // lists it ("to leave|left").
  std::vector<std::string> Forms(const Raw& raw) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < raw.forms; ++i) {
      const std::string& key = keys_[raw.first + 1 + i];
      if (i >= raw.listed && own_.count(key) != 0) continue;
      if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
    }
    return out;
  }

  // A pair of a Chinese and an English word is one meaning: two rows of it belong together.
  Status CheckPairs(const std::vector<GlossaryRow>& rows) const {
    std::unordered_map<std::string, std::size_t> pairs;
    std::vector<std::vector<const std::string*>> english(rows.size());
    for (const Raw& raw : raws_) {
      if (raw.column == kEnglish) english[raw.row].push_back(&keys_[raw.first]);
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (const GlossaryWord& zh : rows[row][kChinese]) {
        for (const std::string* const en : english[row]) {
          const auto [pair, added] = pairs.emplace(zh.forms.front() + "\n" + *en, row);
          if (added) continue;
          return Fail(ErrorCode::kBadData,
                      zh.text + " and " + *en + " stand at " + where_[pair->second] + " too",
                      where_[row]);
        }
      }
    }
    return {};
  }

  const text::Folding& folding_;
  const JapaneseForms& japanese_;
  std::vector<Raw> raws_;
  std::vector<std::string> where_;  // of the rows
  std::string joined_;              // all that is to be folded, a line each
  std::size_t lines_ = 0;
  std::vector<std::string> keys_;  // the same, folded
  std::unordered_set<std::string_view> own_;
};

}  // namespace

Result<GlossaryRows> ReadGlossary(const std::string& data_dir, const text::Folding& folding) {
  const std::string folder = data_dir + "/language/glossary";
  if (!files::IsFolder(folder)) return Fail(ErrorCode::kNotFound, "no such folder", folder);
  const auto japanese = JapaneseForms::Load(data_dir);
  if (!japanese) return Pass(japanese);
  Reader reader(folding, *japanese);
  std::string digests = japanese->digest();
  for (const std::string& path : files::WalkFolder(folder).files) {
    if (!path.ends_with(".tsv")) continue;
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    const auto table = ReadTsv(path, kGlossaryColumns.size(), kGlossaryColumns.size());
    if (!table) return Pass(table);
    for (const TsvRow& row : *table) {
      if (const Status done = reader.Add(row); !done) return Pass(done);
    }
    digests += Digest(*bytes);
  }
  auto rows = reader.Finish();
  if (!rows) return Pass(rows);
  return GlossaryRows{std::move(*rows), Digest(digests)};
}

}  // namespace sakuin::thesaurus
