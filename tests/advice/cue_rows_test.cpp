#include <algorithm>

#include "indexer/advice/clauses.h"
#include "indexer/advice/cue_finder.h"
#include "indexer/advice/cue_table.h"
#include "indexer/thesaurus/label_matcher.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

const CueTables& Shipped() {
  static const CueTables tables =
      test::Must(LoadCues(test::Shipped().dir, test::Shipped().folding));
  return tables;
}

// Does the row count anywhere in the text?
bool Fires(const CueTable& table, const CueRow& row, const std::string& text) {
  const text::Folded folded = test::Shipped().folding.Fold(text);
  for (const Sentence& sentence : CutSentences(text, folded, table.japanese())) {
    const auto cues = FindCues(table, folded.chars, sentence.range, {});
    if (std::any_of(cues.begin(), cues.end(),
                    [&row](const FoundCue& cue) { return cue.row == &row && cue.counts; })) {
      return true;
    }
  }
  return false;
}

TEST_CASE("every cue counts in its example and not in its near miss", "[advice]") {
  for (const CueTable& table : Shipped().tables) {
    for (const CueRow& row : table.rows) {
      INFO(row.where << " " << row.id << ": " << row.example << " / " << row.near_miss);
      CHECK(Fires(table, row, row.example));
      if (row.near_miss != "-") CHECK_FALSE(Fires(table, row, row.near_miss));
    }
  }
}

TEST_CASE("a mistake in the cues is told with its line", "[advice]") {
  const std::string good = "a-row\tdo\tshould\tright\tword\t-\t-\tword it\t-\n";
  const auto error_of = [](const std::string& rows) {
    test::TempDir dir;
    for (const char* const language : {"zh", "ja", "en"}) {
      const std::string folder = "language/" + std::string(language);
      dir.Write(folder + "/advice_cues.tsv", rows);
      dir.Write(folder + "/advice_scope.tsv", "# none\n");
    }
    const auto loaded = LoadCues(dir.path(), test::Shipped().folding);
    return loaded ? std::string() : loaded.error().Text();
  };
  CHECK(error_of(good).empty());
  CHECK(error_of(good + good).find("advice_cues.tsv:2: the id 'a-row' is there twice") !=
        std::string::npos);
  for (const auto& [from, to, message] : std::vector<std::array<std::string, 3>>{
           {"\tdo\t", "\tmight\t", "'might' is no kind"},
           {"\tshould\t", "\tshall\t", "'shall' is no strength"},
           {"\tright\t", "\tabove\t", "'above' is no side"},
           {"\tword\t", "\t(word\t", "bracket"},
           {"\tword\t", "\tword...x...end\t", "gap"},
           {"\tword\t", "\t...3...word\t", "empty"},
       }) {
    std::string rows = good;
    rows.replace(rows.find(from), from.size(), to);
    INFO(rows);
    CHECK(error_of(rows).find(message) != std::string::npos);
  }
}

}  // namespace
}  // namespace sakuin::advice
