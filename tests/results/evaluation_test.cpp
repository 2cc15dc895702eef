// Measures of a ranking, against trec_eval's figures and by hand.

#include "query/results/evaluation.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using results::Evaluation;
using results::Measures;

constexpr double kPrinted = 0.00005000001;  // trec_eval prints four decimals

std::string CasePath(const std::string& name) {
  return RepositoryPath("tests/cases/results/" + name);
}

TEST_CASE("eval gives trec_eval's figures", "[results][eval]") {
  const auto judgements = results::ReadJudgements(ReadFile(CasePath("eval_qrels.txt")), "qrels");
  const auto run = results::ReadRun(ReadFile(CasePath("eval_run.txt")), "run");
  REQUIRE(judgements);
  REQUIRE(run);
  const Evaluation result = results::Evaluate(*judgements, *run);
  const auto rows = LoadCases("results/eval_expected.tsv", 5, 5);
  REQUIRE(rows.size() == result.topics.size() + 1);
  for (const TsvRow& row : rows) {
    CAPTURE(row.where);
    const Measures* measures = row.fields[0] == "all" ? &result.mean : nullptr;
    for (const results::TopicMeasures& one : result.topics) {
      if (one.topic == row.fields[0]) measures = &one.measures;
    }
    REQUIRE(measures != nullptr);
    CHECK(std::fabs(measures->ndcg10 - std::stod(row.fields[1])) <= kPrinted);
    CHECK(std::fabs(measures->mrr10 - std::stod(row.fields[2])) <= kPrinted);
    CHECK(std::fabs(measures->recall10 - std::stod(row.fields[3])) <= kPrinted);
    CHECK(std::fabs(measures->recall100 - std::stod(row.fields[4])) <= kPrinted);
  }
}

TEST_CASE("eval by hand: gains are grades, ties go to the greater id", "[results][eval]") {
  // In order: b (grade 0), a (2), z (not judged), c (1); d (3) is not found.
  const results::Grades grades{{"a", 2}, {"b", 0}, {"c", 1}, {"d", 3}};
  const auto one = results::MeasureTopic(grades, {{"c", 0.5}, {"a", 1}, {"z", 0.75F}, {"b", 1}});
  const double dcg = 2 / std::log2(3) + 1 / std::log2(5);
  const double ideal = 3 / std::log2(2) + 2 / std::log2(3) + 1 / std::log2(4);
  CHECK(one.measures.ndcg10 == Approx(dcg / ideal));
  CHECK(one.measures.mrr10 == Approx(0.5));
  CHECK(one.measures.recall10 == Approx(2.0 / 3));
  CHECK(one.relevant == 3);
  CHECK(one.found == 4);
  // The eleventh counts for recall@100 alone.
  results::ScoredIds deep{{"a", 0}};
  for (int i = 1; i <= 10; ++i) deep.emplace_back("x" + std::to_string(i), i);
  const auto eleventh = results::MeasureTopic({{"a", 1}}, deep);
  CHECK(eleventh.measures.mrr10 == 0);
  CHECK(eleventh.measures.ndcg10 == 0);
  CHECK(eleventh.measures.recall10 == 0);
  CHECK(eleventh.measures.recall100 == 1);
}

TEST_CASE("judgements and runs with mistakes are refused with file and line", "[results][eval]") {
  const auto qrels = [](const std::string& text) {
    const auto read = results::ReadJudgements(text, "f");
    REQUIRE(!read);
    return read.error().Text();
  };
  CHECK(qrels("1 0 a 1\n\n1 0 b\n") == "f:3: has 3 fields, wants 4: QID 0 ID GRADE");
  CHECK(qrels("1 0 a high\n") == "f:1: the grade is no whole number: high");
  CHECK(qrels("1 0 a 1\n1 0 a 2") == "f:2: topic 1 has a judgement on a already");
  CHECK(qrels("1 0 \xFF 1\n") == "f:1: not UTF-8");
  const auto run = results::ReadRun("1 Q0 a 1 nan x\n", "f");
  REQUIRE(!run);
  CHECK(run.error().Text() == "f:1: the score is no number: nan");
  const auto twice = results::ReadRun("1 Q0 a 1 2 x\r\n1\tQ0\ta 2 1 x\r\n", "f");
  REQUIRE(!twice);
  CHECK(twice.error().Text() == "f:2: topic 1 has a already");
}

TEST_CASE("the form of the judged ids says what is judged", "[results][eval]") {
  const auto kind = [](const results::Grades& grades) {
    return results::KindOfIds({{"1", grades}});
  };
  CHECK(kind({{"a#0", 1}, {"b#12", 0}}) == results::JudgedIds::kSections);
  CHECK(kind({{"a", 1}, {"b#", 0}, {"#1", 0}}) == results::JudgedIds::kDocuments);
  CHECK(kind({{"a#0", 1}, {"b", 0}}) == results::JudgedIds::kBoth);
}

TEST_CASE("eval searches, or measures a run; both give the same figures", "[app][cli][eval]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const std::string articles = temp.Write(
      "a.jsonl",
      R"({"id":"cramp","title":"Cramp","text":"Stretch the calf at once. A calf cramp passes."}
{"id":"ankle","title":"Ankle","text":"Put a cold pack on the ankle."}
{"id":"knee","title":"Knee","text":"A knee that hurts wants rest, and a cold pack."}
)");
  REQUIRE(RunCli({"--db", kb, "ingest", "--format", "jsonl", articles}).status == 0);
  const std::string topics =
      temp.Write("topics.tsv", "q1\tcold pack\nq2\tcalf cramp\nq3\tnot judged\nq4\tzzzz\n");
  const std::string qrels =
      temp.Write("qrels.txt", "q1 0 knee 2\nq1 0 ankle 1\nq2 0 cramp 1\nq4 0 cramp 1\nq9 0 a 1\n");
  const CliResult searched =
      RunCli({"--db", kb, "eval", "--topics", topics, "--qrels", qrels, "--json", "--per-topic"});
  CAPTURE(searched.err);
  REQUIRE(searched.status == 0);
  CHECK(searched.err.find("1 of 4 topics have no judgements") != std::string::npos);
  CHECK(searched.err.find("1 of 4 judged topics are not in") != std::string::npos);
  const auto json = nlohmann::json::parse(searched.out);
  CHECK(json["topics"] == 3);
  CHECK(json["per_topic"].size() == 3);
  CHECK(json["recall@10"].get<double>() == Approx(2.0 / 3));
  CHECK(json["per_topic"][1]["mrr@10"] == 1.0);
  CHECK(json["per_topic"][2]["found"] == 0);

  const CliResult run =
      RunCli({"--db", kb, "search", "--topics", topics, "--format", "trec", "--by", "document"});
  REQUIRE(run.status == 0);
  const CliResult measured = RunCli({"eval", "--topics", topics, "--qrels", qrels, "--run",
                                     temp.Write("run.txt", run.out), "--json", "--per-topic"});
  CHECK(measured.out == searched.out);

  const CliResult both = RunCli({"--db", kb, "eval", "--topics", topics, "--qrels",
                                 temp.Write("mixed.txt", "q1 0 knee#0 1\nq1 0 ankle 1\n")});
  CHECK(both.status == 2);
  CHECK(both.err.find("say --by section or --by document") != std::string::npos);
  CHECK(RunCli({"eval", "--qrels", qrels}).status == 2);
  const CliResult plain = RunCli({"eval", "--qrels", qrels, "--run", temp.File("run.txt")});
  CHECK(plain.out.starts_with("nDCG@10 MRR@10  recall@10  recall@100  topic\n"));
  CHECK(plain.out.find("all 4\n") != std::string::npos);
}

}  // namespace
}  // namespace sakuin::test
