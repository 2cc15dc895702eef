#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/base/files.h"
#include "indexer/base/json_text.h"
#include "query/app/commands/commands.h"
#include "query/app/topics.h"
#include "query/results/evaluation.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

using nlohmann::ordered_json;
using results::Evaluation;
using results::JudgedIds;
using results::Measures;

template <typename Read>
auto ReadWith(const std::string& path, Read&& read) -> decltype(read("", path)) {
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  return read(*bytes, path);
}

class Evaluate : public Command {
 public:
  const char* Name() const override { return "eval"; }
  const char* Summary() const override { return "Measure the ranking with judged topics"; }
  const char* Examples() const override {
    return "  sakuin eval --topics topics.tsv --qrels qrels.txt\n"
           "  sakuin eval --qrels qrels.txt --run run.txt --per-topic   another engine's run\n";
  }
  void Define(Options& app) override;
  int Run(const Context& context) override;

 private:
  // The topics that are both asked and judged; says what is left out.
  void KeepAsked(const Context& context, const std::vector<Topic>& topics);
  int Search(const Context& context, const std::vector<Topic>& topics, results::Run& run);
  void Print(const Evaluation& result) const;

  std::string topics_;
  std::string qrels_;
  std::string run_;
  std::string by_;
  bool json_ = false;
  bool per_topic_ = false;
  results::SearchRequest request_;
  results::Judgements judgements_;
};

void Evaluate::Define(Options& app) {
  app.Add("--topics", topics_, "File of QID<TAB>QUERY lines, each searched as free text");
  app.Add("--qrels", qrels_, "File of judgements: QID 0 ID GRADE").Required();
  app.Add("--run", run_, "Measure this run (QID Q0 ID RANK SCORE TAG) instead of searching");
  app.Add("--by", by_, "What is judged (default: as the judged ids say)")
      .OneOf({"section", "document"});
  app.Add("--limit", request_.limit, "Hits to ask for, a topic (default: 100)").Between(1, 1000);
  app.Flag("--per-topic", per_topic_, "A line for every topic, too");
  app.Flag("--json", json_, "As JSON");
  request_.limit = 100;
}

int Evaluate::Run(const Context& context) {
  if (topics_.empty() && run_.empty()) {
    return Complain({ErrorCode::kUsage, "eval wants --topics FILE to search, or --run FILE", {}});
  }
  auto judgements = ReadWith(qrels_, results::ReadJudgements);
  if (!judgements) return Complain(judgements.error());
  judgements_ = std::move(*judgements);
  std::vector<Topic> topics;
  if (!topics_.empty()) {
    auto read = ReadTopics(topics_);
    if (!read) return Complain(read.error());
    topics = std::move(*read);
    KeepAsked(context, topics);
  }
  if (judgements_.empty()) {
    return Complain({ErrorCode::kUsage, "none of the topics has judgements in " + qrels_, {}});
  }
  results::Run run;
  if (run_.empty()) {
    const int status = Search(context, topics, run);
    if (status != kDone) return status;
  } else {
    auto read = ReadWith(run_, results::ReadRun);
    if (!read) return Complain(read.error());
    run = std::move(*read);
  }
  Print(results::Evaluate(judgements_, run));
  return kDone;
}

void Evaluate::KeepAsked(const Context& context, const std::vector<Topic>& topics) {
  results::Judgements kept;
  for (const Topic& topic : topics) {
    const auto judged = judgements_.find(topic.id);
    if (judged != judgements_.end()) kept.insert(*judged);
  }
  if (kept.size() < topics.size()) {
    Warn(context, fmt::format("{} of {} topics have no judgements and are left out",
                              topics.size() - kept.size(), topics.size()));
  }
  if (kept.size() < judgements_.size()) {
    Warn(context, fmt::format("{} of {} judged topics are not in {} and are left out",
                              judgements_.size() - kept.size(), judgements_.size(), topics_));
  }
  judgements_ = std::move(kept);
}

int Evaluate::Search(const Context& context, const std::vector<Topic>& topics, results::Run& run) {
  const JudgedIds kind = results::KindOfIds(judgements_);
  if (by_.empty() && kind == JudgedIds::kBoth) {
    return Complain({ErrorCode::kUsage,
                     qrels_ + " has ids of sections (ID#N) and others; say --by section or --by "
                              "document",
                     {}});
  }
  request_.by_document = by_.empty() ? kind == JudgedIds::kDocuments : by_ == "document";
  auto searcher = service::Searcher::Open(context);
  if (!searcher) return Complain(searcher.error());
  std::vector<Topic> judged;
  std::copy_if(topics.begin(), topics.end(), std::back_inserter(judged),
               [&](const Topic& topic) { return judgements_.count(topic.id) > 0; });
  return RunTopics(context, (*searcher)->engine(), judged, request_,
                   [&](const Topic& topic, const results::SearchResult& result) {
                     results::ScoredIds& hits = run[topic.id];
                     for (const results::Hit& hit : result.hits) {
                       // As it stands in a run, so that both ways give the same figures.
                       const std::string score = fmt::format("{:.6f}", hit.score);
                       hits.emplace_back(RunId(request_, hit), std::stod(score));
                     }
                   });
}

ordered_json ToJson(const Measures& measures) {
  return {{"ndcg@10", measures.ndcg10},
          {"mrr@10", measures.mrr10},
          {"recall@10", measures.recall10},
          {"recall@100", measures.recall100}};
}

void Evaluate::Print(const Evaluation& result) const {
  if (json_) {
    ordered_json out{{"topics", result.topics.size()}};
    out.update(ToJson(result.mean));
    for (const results::TopicMeasures& one : result.topics) {
      if (!per_topic_) break;
      ordered_json row{{"topic", one.topic}, {"relevant", one.relevant}, {"found", one.found}};
      row.update(ToJson(one.measures));
      out["per_topic"].push_back(std::move(row));
    }
    Out(JsonText(out) + "\n");
    return;
  }
  const auto line = [](const std::string& name, const Measures& m) {
    return fmt::format("{:.4f}  {:.4f}  {:.4f}     {:.4f}      {}\n", m.ndcg10, m.mrr10, m.recall10,
                       m.recall100, Printable(name));
  };
  Out("nDCG@10 MRR@10  recall@10  recall@100  topic\n");
  for (const results::TopicMeasures& one : result.topics) {
    if (per_topic_) Out(line(one.topic, one.measures));
  }
  Out(line(fmt::format("all {}", result.topics.size()), result.mean));
}

}  // namespace

std::unique_ptr<Command> MakeEvaluate() { return std::make_unique<Evaluate>(); }

}  // namespace sakuin::app
