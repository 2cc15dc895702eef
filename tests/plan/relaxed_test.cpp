// The reading of a query in which words may be missing.

#include "query/syntax/parser.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

template <typename T>
T Must(Result<T> result) {
  REQUIRE(result);
  return std::move(*result);
}

TEST_CASE("the words that a relaxed query asks for", "[plan]") {
  auto pipeline = Must(pipeline::Pipeline::Create(SharedRules()));
  const plan::RankingWeights weights = Must(plan::LoadRankingWeights(RepositoryPath("corpus")));
  const plan::PlanContext context{&pipeline.analyzer(),
                                  &SharedRules().folding(),
                                  &SharedRules().thesaurus(),
                                  &SharedRules().matcher(),
                                  &weights,
                                  nullptr,
                                  {},
                                  {}};
  for (const TsvRow& row : LoadCases("plan/relaxed.tsv", 3, 3)) {
    CAPTURE(row.where);
    plan::PlanOptions options;
    options.query = row.fields[0];
    options.steps = plan::Steps::kRelaxed;
    const auto plans = Must(plan::MakePlans(syntax::Parse(row.fields[0]), context, options));
    std::string words;
    std::string topics;
    for (const plan::Plan& plan : plans.steps) {
      const plan::Node& most = plan.root.children.back();
      REQUIRE(plan.words == most.children.size());
      for (const plan::Node& part : most.children) {
        const plan::Node& leaf = part.children.empty() ? part : part.children[0];
        const double times = plan.leaves[leaf.index].times;
        words += (words.empty() ? "" : "|") + plan.leaves[leaf.index].typed;
        CHECK(times > 0);
        const plan::Leaf& read = plan.leaves[leaf.index];
        if (read.share > weights.concept_share * std::min(times, 1.0)) {
          topics += (topics.empty() ? "" : "|") + read.typed;
        }
      }
    }
    CHECK(words == row.fields[1]);
    CHECK(topics == row.fields[2]);
  }
}

}  // namespace
}  // namespace sakuin::test
