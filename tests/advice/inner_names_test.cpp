#include "indexer/advice/inner_names.h"

#include "indexer/advice/action_words.h"
#include "indexer/advice/cue_finder.h"
#include "indexer/thesaurus/label_matcher.h"
#include "tests/support/catch.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

struct Tables {
  CueTables cues;
  ActionWords words;
};

const Tables& Shipped() {
  static const Tables tables{
      test::Must(LoadCues(test::Shipped().dir, test::Shipped().folding)),
      test::Must(ActionWords::Load(test::Shipped().dir, test::Shipped().folding,
                                   test::Shipped().thesaurus))};
  return tables;
}

using Found = std::pair<std::string, std::vector<CueKind>>;

// Where the text's first action stands, in its words; and the kinds of the cues that count there.
Found Freed(const std::string& language, const std::string& text) {
  const text::Folded folded = test::Shipped().folding.Fold(text);
  NamedThings things =
      SortNames(test::Shipped().matcher.Match(text, folded), test::Shipped().thesaurus);
  const CueTable& table = *Shipped().cues.Of(language);
  FreeCues(folded.chars, table, *Shipped().words.Of(language), things);
  REQUIRE(!things.actions.empty());
  const Range at = things.actions.front().at;
  std::vector<CueKind> kinds;
  for (const FoundCue& cue :
       FindCues(table, folded.chars, {0, folded.chars.size()}, things.names)) {
    if (cue.counts && Competes(cue.row->kind) && cue.name.size() == 0)
      kinds.push_back(cue.row->kind);
  }
  const model::Span span = folded.Original(at.begin, at.end);
  return {text.substr(span.begin, span.end - span.begin), kinds};
}

TEST_CASE("a cue in a name counts where a word of the action stands beside it", "[advice]") {
  CHECK(Freed("zh", "不要揉") == Found("揉", {CueKind::kDont}));
  CHECK(Freed("zh", "注意休息") == Found("休息", {CueKind::kDo}));
  CHECK(Freed("zh", "也别抓") == Found("抓", {CueKind::kDont}));
  // no cue within it: the name stays whole
  CHECK(Freed("zh", "走楼梯").first == "走楼梯");
}

TEST_CASE("a name that is advice by itself is its own cue", "[advice]") {
  CHECK(Freed("zh", "避免受凉") == Found("避免受凉", {CueKind::kDo}));
  // not where it is only named
  CHECK(Freed("zh", "不需要戒烟").second == std::vector{CueKind::kNoNeed});
}

}  // namespace
}  // namespace sakuin::advice
