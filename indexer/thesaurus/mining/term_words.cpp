#include "indexer/thesaurus/mining/term_words.h"

#include <algorithm>
#include <array>

#include "indexer/base/data_dir.h"
#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::array<std::string_view, 8> kSchemes = {"conditions",    "symptoms",   "body-parts",
                                                      "interventions", "agents",     "populations",
                                                      "phases",        "specialties"};

}  // namespace

Result<TermWords> TermWords::Load(const std::string& data_dir, const std::string& language,
                                  const text::Folding& folding) {
  TermWords out;
  const auto rows = ReadTsv(data_dir + "/language/" + language + "/terms.tsv", 2, 3);
  if (!rows) return Pass(rows);
  const std::map<std::string, Words TermWords::*> kinds{{"break", &TermWords::breaks_},
                                                        {"not-first", &TermWords::not_first_},
                                                        {"not-last", &TermWords::not_last_},
                                                        {"ordinary", &TermWords::ordinary_}};
  for (const TsvRow& row : *rows) {
    // Several words of one kind may share a line.
    for (const std::string& word : Split(row.fields[1], ' ')) {
      const std::u32string folded = folding.Fold(word).chars;
      if (folded.empty()) return Fail(ErrorCode::kBadData, "an empty word", row.where);
      if (row.fields[0] == "ending") {
        const std::string scheme = row.fields.size() > 2 ? row.fields[2] : "";
        if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end()) {
          return Fail(ErrorCode::kBadData, "an ending wants a scheme, not '" + scheme + "'",
                      row.where);
        }
        out.endings_[folded] = scheme;
        continue;
      }
      const auto kind = kinds.find(row.fields[0]);
      if (kind == kinds.end() || row.fields.size() > 2) {
        return Fail(ErrorCode::kBadData,
                    "wants break, not-first, not-last or ordinary with words, or ending with words "
                    "and a scheme",
                    row.where);
      }
      (out.*(kind->second)).insert(folded);
    }
  }
  return out;
}

bool TermWords::Breaks(std::u32string_view word) const { return breaks_.contains(word); }
bool TermWords::MayBegin(std::u32string_view word) const { return !not_first_.contains(word); }
bool TermWords::MayEnd(std::u32string_view word) const { return !not_last_.contains(word); }
bool TermWords::IsOrdinary(std::u32string_view term) const { return ordinary_.contains(term); }

std::string_view TermWords::SchemeOf(std::u32string_view term) const {
  for (std::size_t at = 1; at < term.size(); ++at) {
    const bool inside = text::IsSpaced(term[at]) && text::IsSpaced(term[at - 1]);
    const std::u32string ending = (inside ? U"-" : U"") + std::u32string(term.substr(at));
    const auto found = endings_.find(ending);
    if (found != endings_.end()) return found->second;
  }
  return {};
}

}  // namespace sakuin::thesaurus
