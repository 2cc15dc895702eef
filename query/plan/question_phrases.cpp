#include "query/plan/question_phrases.h"

#include <algorithm>
#include <set>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/text/char_class.h"

namespace sakuin::plan {
namespace {

bool IsSpacedAt(std::u32string_view text, std::size_t at) {
  return at < text.size() && text::IsSpaced(text[at]);
}

// A Latin phrase begins and ends where a word does.
bool StandsAlone(std::u32string_view text, std::size_t begin, std::size_t end) {
  const bool cuts_before = begin > 0 && IsSpacedAt(text, begin - 1) && IsSpacedAt(text, begin);
  const bool cuts_behind = IsSpacedAt(text, end - 1) && IsSpacedAt(text, end);
  return !cuts_before && !cuts_behind;
}

}  // namespace

Result<QuestionPhrases> QuestionPhrases::Load(const std::string& data_dir,
                                              const text::Folding& folding) {
  QuestionPhrases out;
  for (const char* language : {"zh", "ja", "en"}) {
    const auto rows = ReadTsv(data_dir + "/language/" + language + "/question_phrases.tsv", 3, 3);
    if (!rows) return Pass(rows);
    std::set<std::u32string> own;
    for (const TsvRow& row : *rows) {
      const auto bad = [&row](const std::string& what) {
        return Fail(ErrorCode::kBadData, what, row.where);
      };
      const std::u32string phrase = folding.Fold(row.fields[0]).chars;
      const std::u32string example = folding.Fold(row.fields[2]).chars;
      if (phrase.empty()) return bad("an empty phrase");
      if (row.fields[1] != "greeting" && row.fields[1] != "question") {
        return bad("'" + row.fields[1] + "' is neither greeting nor question");
      }
      if (example.find(phrase) == std::u32string::npos) return bad("it is not in its example");
      if (!own.insert(phrase).second) return bad("stands twice: '" + row.fields[0] + "'");
      out.longest_ = std::max(out.longest_, phrase.size());
      out.phrases_.insert(phrase);
    }
  }
  return out;
}

std::vector<bool> QuestionPhrases::Mark(std::u32string_view folded) const {
  std::vector<bool> out(folded.size(), false);
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t length = std::min(longest_, folded.size() - at);
    for (; length > 0; --length) {
      if (phrases_.contains(std::u32string(folded.substr(at, length))) &&
          StandsAlone(folded, at, at + length)) {
        break;
      }
    }
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at), length, true);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace sakuin::plan
