// What holds of decisions: laws of the log, of edits, and of its lines.

#include <algorithm>
#include <random>
#include <utility>

#include "indexer/store/reviews.h"
#include "query/contradictions/decisions/moment.h"
#include "query/contradictions/decisions/review_lines.h"
#include "query/contradictions/decisions/states.h"
#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

using store::Review;

// Witnesses and tensions made by hand: what is compared with what is another test's.
class Board {
 public:
  std::size_t Say(const std::string& document, const std::string& quote,
                  const std::string& action = "massage") {
    Witness one;
    one.document_id = one.source = document;
    one.section_id = document + "#1";
    one.folded_quote = quote;
    one.advice.Own().action = action;
    store::AdviceRecord record;
    record.document_id = document;
    record.section = 1;
    record.quote = quote;
    record.advice = one.advice;
    list_.witnesses.push_back(one);
    list_.records.push_back(record);
    return list_.witnesses.size() - 1;
  }
  // The id is of the quotes, the action and the kind, as the engine's is.
  Tension& Oppose(std::size_t a, std::size_t b, Kind kind = Kind::kOppositeStance) {
    const auto& x = list_.witnesses[a];
    const auto& y = list_.witnesses[b];
    Tension t;
    t.id = std::min(x.folded_quote, y.folded_quote) + "|" +
           std::max(x.folded_quote, y.folded_quote) + "|" + x.advice->action + "|" +
           std::string(kKinds[static_cast<std::size_t>(kind)]);
    t.cluster = "finding " + x.advice->action + std::string(kKinds[static_cast<std::size_t>(kind)]);
    t.kind = kind;
    t.action = x.advice->action;
    t.a = a;
    t.b = b;
    tensions_.push_back(t);
    return tensions_.back();
  }
  // As if all were of one question: what the findings were called stays with their pairs.
  void JoinFindings(const std::string& id) {
    for (Tension& t : tensions_) t.narrow_cluster = std::exchange(t.cluster, id);
  }
  void Decide(const std::vector<Review>& log) {
    contradictions::Decide(log, list_.witnesses, tensions_);
  }
  // A verdict on all that has this id.
  Review Verdict(const std::string& target, const std::string& state, const std::string& at) const {
    Review out;
    out.target = target;
    out.state = state;
    out.reason = state == "false-positive" ? "N3" : "";
    out.by = "kim";
    out.at = "2026-11-29T08:00:" + at + ".000Z";
    for (const Tension& t : tensions_) {
      if (t.id == target || t.cluster == target) out.pairs.push_back(PairOf(t, list_));
    }
    out.id = store::ReviewId(out);
    return out;
  }
  std::vector<std::string> States() const {
    std::vector<std::string> out;
    for (const Tension& t : tensions_) out.push_back(StateOf(t));
    return out;
  }
  const std::vector<Tension>& tensions() const { return tensions_; }
  const WitnessList& list() const { return list_; }

 private:
  WitnessList list_;
  std::vector<Tension> tensions_;
};

using Strings = std::vector<std::string>;

TEST_CASE("a verdict holds while both quotes stand, wherever they stand", "[contradictions]") {
  Board before;
  before.Oppose(before.Say("d1", "rub it"), before.Say("d2", "do not rub it"));
  const Review verdict = before.Verdict(before.tensions()[0].id, "confirmed", "01");

  Board after;  // other documents, other order, another sentence between
  const std::size_t no = after.Say("moved", "do not rub it");
  const std::size_t yes = after.Say("d1", "rub it");
  after.Oppose(yes, no);
  after.Oppose(after.Say("d3", "rub it gently"), no);
  after.Decide({verdict});
  CHECK(after.States() == Strings{"confirmed", "open"});
  CHECK(after.tensions()[0].decided->by == "kim");
}

TEST_CASE("an edited pair comes back with the old verdict and the old words", "[contradictions]") {
  Board before;
  before.Oppose(before.Say("d1", "rub it"), before.Say("d2", "do not rub it"));
  const Review verdict = before.Verdict(before.tensions()[0].id, "false-positive", "01");
  SECTION("one sentence") {
    Board after;
    after.Oppose(after.Say("d1", "rub it for long"), after.Say("d2", "do not rub it"));
    after.Decide({verdict});
    REQUIRE(after.States() == Strings{"changed"});
    const Decided& decided = *after.tensions()[0].decided;
    CHECK(decided.verdict == "false-positive");
    CHECK(decided.reason == "N3");
    CHECK(decided.quote_a == "rub it");
    CHECK(decided.quote_b == "do not rub it");
    CHECK(DecisionText(after.tensions()[0]) ==
          "changed; was false-positive (N3) by kim at 2026-11-29T08:00:01.000Z; then \"rub it\" "
          "and \"do not rub it\"");
  }
  SECTION("both") {
    Board after;
    after.Oppose(after.Say("d2", "never rub it"), after.Say("d1", "rub it a little"));
    after.Decide({verdict});
    REQUIRE(after.States() == Strings{"changed"});
    CHECK(after.tensions()[0].decided->quote_a == "do not rub it");
  }
  SECTION("one, in an article that was moved too") {
    Board after;
    after.Oppose(after.Say("moved", "rub it for long"), after.Say("d2", "do not rub it"));
    after.Decide({verdict});
    REQUIRE(after.States() == Strings{"changed"});
    CHECK(after.tensions()[0].decided->quote_a == "rub it");
    CHECK(after.tensions()[0].decided->quote_b == "do not rub it");
  }
  SECTION("one, where the other article was moved") {
    Board after;
    after.Oppose(after.Say("d1", "rub it for long"), after.Say("moved", "do not rub it"));
    after.Decide({verdict});
    CHECK(after.States() == Strings{"changed"});
  }
  SECTION("both, where one of the articles was moved") {
    Board after;
    after.Oppose(after.Say("moved", "rub it softly"), after.Say("d2", "please do not rub it"));
    after.Decide({verdict});
    REQUIRE(after.States() == Strings{"changed"});
    CHECK(after.tensions()[0].decided->quote_a == "rub it");
  }
  SECTION("not both, where they are like nothing that was decided") {
    Board after;
    after.Oppose(after.Say("moved", "let a friend press it"),
                 after.Say("d2", "keep your hands off"));
    after.Decide({verdict});
    CHECK(after.States() == Strings{"open"});
  }
  SECTION("not where another article says something else") {
    Board after;
    after.Oppose(after.Say("d3", "let a friend press the calf"), after.Say("d2", "do not rub it"));
    after.Decide({verdict});
    CHECK(after.States() == Strings{"open"});
  }
  SECTION("nor where the old article still stands") {
    Board after;
    after.Say("d1", "see a doctor");
    after.Oppose(after.Say("d3", "rub it for long"), after.Say("d2", "do not rub it"));
    after.Decide({verdict});
    CHECK(after.States() == Strings{"open"});
  }
  SECTION("one, so that it is another kind of disagreement now") {
    Board after;
    after.Oppose(after.Say("d1", "rub it on day one"), after.Say("d2", "do not rub it"),
                 Kind::kTimingWindow);
    after.Decide({verdict});
    CHECK(after.States() == Strings{"changed"});
  }
  SECTION("a second pair of two articles is no edit while the first one stands") {
    Board after;
    const std::size_t no = after.Say("d2", "do not rub it");
    after.Oppose(after.Say("d1", "rub it"), no);
    after.Oppose(after.Say("d1", "rub it at night"), no);
    after.Decide({verdict});
    CHECK(after.States() == Strings{"false-positive", "open"});
  }
  SECTION("that another article says the words makes no edited sentence stand") {
    Board after;
    after.Oppose(after.Say("d1", "rub it for long"), after.Say("d2", "do not rub it"));
    after.Say("d9", "rub it");
    after.Decide({verdict});
    CHECK(after.States() == Strings{"changed"});
  }
  SECTION("the same words are no new question where newer rules call it by another kind") {
    Board after;
    after.Oppose(after.Say("d1", "rub it"), after.Say("d2", "do not rub it"),
                 Kind::kConditionalResolved);
    after.Decide({verdict});
    CHECK(after.States() == Strings{"false-positive"});
  }
  SECTION("edited back") {
    before.Decide({verdict});
    CHECK(before.States() == Strings{"false-positive"});
  }
}

TEST_CASE("a verdict on a finding holds for its words; new ones bring it back",
          "[contradictions]") {
  Board before;
  const std::size_t no = before.Say("d2", "do not rub it");
  before.Oppose(before.Say("d1", "rub it"), no);
  before.Oppose(before.Say("d3", "rub it daily"), no);
  const std::string finding = before.tensions()[0].cluster;
  const Review verdict = before.Verdict(finding, "controversy", "01");
  REQUIRE(verdict.pairs.size() == 2);

  Board after = before;
  after.Oppose(after.Say("d4", "rub it twice"), no);
  after.Decide({verdict});
  CHECK(after.States() == Strings{"controversy", "controversy", "changed"});

  // A later word on one pair wins; a later one on the finding wins over that.
  const Review pair = before.Verdict(before.tensions()[1].id, "fixed", "02");
  after.Decide({verdict, pair});
  CHECK(after.States() == Strings{"controversy", "fixed", "changed"});
  const Review again = after.Verdict(finding, "confirmed", "03");
  after.Decide({verdict, pair, again});
  CHECK(after.States() == Strings{"confirmed", "confirmed", "confirmed"});
  const Review open = after.Verdict(finding, "open", "04");
  after.Decide({verdict, pair, again, open});
  CHECK(after.States() == Strings{"open", "open", "open"});
}

TEST_CASE("a verdict on a finding covers the sentences that were not listed", "[contradictions]") {
  Board board;
  const std::size_t no = board.Say("d2", "do not rub it");
  board.Oppose(board.Say("d1", "rub it"), no);
  Review verdict = board.Verdict(board.tensions()[0].cluster, "confirmed", "01");
  board.Oppose(board.Say("d3", "rub it daily"), no);
  board.Oppose(board.Say("d4", "rub it twice"), no);
  verdict.quotes = {QuoteKey(board.list().witnesses[2])};
  board.Decide({verdict});
  CHECK(board.States() == Strings{"confirmed", "confirmed", "changed"});
  const auto read = ReadReviewLines(ReviewLine(verdict), "x");
  CHECK_FALSE(read);  // its id is of the entry without them
  verdict.id = store::ReviewId(verdict);
  CHECK((*ReadReviewLines(ReviewLine(verdict), "x"))[0].quotes == verdict.quotes);
}

TEST_CASE("a verdict on a finding of two actions holds where it is part of a question now",
          "[contradictions]") {
  Board before;
  const std::size_t walk = before.Say("d1", "walk a little", "walking");
  before.Oppose(before.Say("d2", "stay in bed", "bed-rest"), walk, Kind::kRestVsActivity);
  const std::string finding = before.tensions()[0].cluster;
  Review verdict = before.Verdict(finding, "controversy", "01");

  // Its pair, one of sentences that it covers without listing them, one with a new sentence, and
  // one of two other actions of the question.
  Board after;
  const std::size_t walks = after.Say("d1", "walk a little", "walking");
  const std::size_t rests = after.Say("d2", "stay in bed", "bed-rest");
  after.Oppose(rests, walks, Kind::kRestVsActivity);
  const std::size_t lies = after.Say("d3", "lie down for a week", "bed-rest");
  after.Oppose(lies, walks, Kind::kRestVsActivity);
  after.Oppose(after.Say("d4", "do not get up", "bed-rest"), walks, Kind::kRestVsActivity);
  after.Oppose(after.Say("d5", "wear a cast", "immobilization"), walks, Kind::kRestVsActivity);
  verdict.quotes = {QuoteKey(after.list().witnesses[walks]),
                    QuoteKey(after.list().witnesses[lies])};
  after.JoinFindings("question");
  after.Decide({verdict});
  CHECK(after.States() == Strings{"controversy", "controversy", "changed", "open"});

  const Review whole = after.Verdict("question", "confirmed", "02");
  after.Decide({verdict, whole});
  CHECK(after.States() == Strings{"confirmed", "confirmed", "confirmed", "confirmed"});
}

TEST_CASE("what was taken back does not hold, in whatever order it came", "[contradictions]") {
  Board board;
  board.Oppose(board.Say("d1", "rub it"), board.Say("d2", "do not rub it"));
  const std::string id = board.tensions()[0].id;
  std::vector<Review> log{board.Verdict(id, "confirmed", "01"), board.Verdict(id, "fixed", "02")};
  Review undo;
  undo.target = id;
  undo.state = store::kUndo;
  undo.undoes = log[1].id;
  undo.by = "lee";
  undo.at = "2026-11-29T08:00:03.000Z";
  undo.id = store::ReviewId(undo);
  log.push_back(undo);
  std::mt19937 random(7);
  for (int i = 0; i < 6; ++i) {
    std::shuffle(log.begin(), log.end(), random);
    board.Decide(log);
    CHECK(board.States() == Strings{"confirmed"});
  }
}

TEST_CASE("entries come back from their lines; what was edited is refused", "[contradictions]") {
  Board board;
  board.Oppose(board.Say("d1", "rub \"it\"\nnow"), board.Say("d2", "do not rub it"));
  Review verdict = board.Verdict(board.tensions()[0].id, "false-positive", "01");
  verdict.note = "a note: \xE6\xB3\xA8";
  verdict.id = store::ReviewId(verdict);
  const std::string line = ReviewLine(verdict);
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
  const auto read = ReadReviewLines(line + "\n" + line, "team.jsonl");
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK(ReviewLine((*read)[0]) == line);
  CHECK((*read)[1].pairs[0].a.quote == "rub \"it\"\nnow");

  const auto refused = [](const std::string& text) {
    const auto result = ReadReviewLines(text, "team.jsonl");
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::kBadData);
    return result.error().Text();
  };
  std::string edited = line;
  edited.replace(edited.find("kim"), 3, "lee");
  CHECK(refused("\n" + edited).find("team.jsonl:2: its id does not belong") == 0);
  CHECK(refused("{").find("is no JSON") != std::string::npos);
  CHECK(refused("[]").find("is no JSON object") != std::string::npos);
  const std::string head = "{\"target\":\"x\",\"by\":\"kim\",";
  const std::string at = "\"at\":\"2026-11-29T08:00:00Z\"";
  CHECK(refused(head + at + "}").find("has no text \"state\"") != std::string::npos);
  CHECK(refused(head + at + ",\"state\":\"great\"}").find("is no state") != std::string::npos);
  CHECK(refused(head + at + ",\"state\":\"undo\"}").find("undoes") != std::string::npos);
  CHECK(refused(head + at + ",\"state\":\"false-positive\"}").find("reason") != std::string::npos);
  CHECK(refused(head + at + ",\"state\":\"fixed\",\"reason\":\"N9\"}").find("N9") !=
        std::string::npos);
  CHECK(refused(head + "\"at\":\"today\",\"state\":\"open\"}").find("no time") !=
        std::string::npos);
  CHECK(refused(head + at + ",\"state\":\"open\",\"pairs\":[{}]}").find("\"id\"") !=
        std::string::npos);
  const auto written = ReadReviewLines(head + at + ",\"state\":\"open\"}", "by hand");
  REQUIRE(written);
  CHECK((*written)[0].at == "2026-11-29T08:00:00.000Z");
  CHECK((*written)[0].id == store::ReviewId((*written)[0]));
}

TEST_CASE("a baseline is sorted, says a pair once and gives its ids back", "[contradictions]") {
  Board board;
  const std::size_t no = board.Say("d2", "do not rub it");
  board.Oppose(board.Say("d1", "rub it"), no);
  board.Oppose(board.Say("d3", "rub it"), no);
  board.Oppose(board.Say("d1", "always rub it"), no);
  std::vector<const Tension*> all;
  for (const Tension& t : board.tensions()) all.push_back(&t);
  const std::string text = BaselineText(all, board.list());
  std::reverse(all.begin(), all.end());
  const auto ids = ReadBaseline(text, "known");
  REQUIRE(ids);
  CHECK(ids->size() == 2);
  CHECK(ids->contains(board.tensions()[0].id));
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  const auto bad = ReadBaseline("{\"id\":\"a\"}\n{\"kind\":\"dose\"}\n", "known");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().Text() == "known:2: has no text \"id\"");
}

TEST_CASE("times are read in UTC and printed so that text order is time order",
          "[contradictions]") {
  const auto printed = [](const std::string& text) {
    const auto moment = ReadMoment(text);
    return moment ? Print(*moment) : std::string("-");
  };
  CHECK(printed("2026-11-29T08:05:00Z") == "2026-11-29T08:05:00.000Z");
  CHECK(printed("2024-02-29T23:59:59.5Z") == "2024-02-29T23:59:59.500Z");
  CHECK(printed("2026-11-29T08:05:00.123456Z") == "2026-11-29T08:05:00.123Z");
  for (const char* bad : {"", "Z", "2026-11-29", "2026-11-29T08:05:00", "2026-11-29T08:05:00.Z",
                          "2026-02-30T08:05:00Z", "2026-11-29T24:00:00Z", "2026-11-29T08:60:00Z",
                          "2026-11-29T08:05:00+09:00", "2026-11-29T08:05:00.1xZ"}) {
    INFO(bad);
    CHECK(printed(bad) == "-");
  }
}

}  // namespace
}  // namespace sakuin::contradictions
