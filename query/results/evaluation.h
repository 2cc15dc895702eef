#pragma once

// How well a ranking answers, by relevance judgements: the measures of trec_eval, equal to its
// figures (nDCG@10 is its ndcg_cut.10, recall@N its recall.N, MRR@10 its recip_rank with -M 10).
// - The gain of a hit is its grade; a grade below 1 and a hit without judgement gain nothing. The
//   discount of rank r is log2(r + 1); the ideal ranking has every judged hit, the best first.
// - A hit is relevant from grade 1 on.
// - Hits are ordered by score, highest first, then by id in descending byte order; ranks that a run
//   states do not count. Scores are compared in double precision, as by trec_eval 10 (9.0 rounds
//   them to single precision).
// - A topic that is judged but has no hit counts 0, as with trec_eval -c; so does one with no
//   relevant judgement. Topics without any judgement are left out.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::results {

using Grades = std::map<std::string, long, std::less<>>;        // by id
using Judgements = std::map<std::string, Grades, std::less<>>;  // by topic
using ScoredIds = std::vector<std::pair<std::string, double>>;  // in any order
using Run = std::map<std::string, ScoredIds, std::less<>>;      // by topic

// Lines of `QID ITERATION ID GRADE`, any blanks between them, and of `QID ITERATION ID RANK SCORE
// TAG`; empty lines are left out. `name` is the file's, for messages. kBadInput with file:line for
// another number of fields, for what is no number, and for an id that a topic has twice.
Result<Judgements> ReadJudgements(std::string_view text, const std::string& name);
Result<Run> ReadRun(std::string_view text, const std::string& name);

struct Measures {
  double ndcg10 = 0;
  double mrr10 = 0;
  double recall10 = 0;
  double recall100 = 0;
};

struct TopicMeasures {
  std::string topic;
  std::size_t relevant = 0;  // judged so
  std::size_t found = 0;     // hits, relevant or not
  Measures measures;
};

struct Evaluation {
  std::vector<TopicMeasures> topics;  // in byte order of their ids
  Measures mean;                      // over them; 0 where there are none
};

TopicMeasures MeasureTopic(const Grades& grades, ScoredIds hits);

// Of the topics in `judgements`.
Evaluation Evaluate(const Judgements& judgements, const Run& run);

// What the judged ids name, by their form: sections where all end in #N, documents where none does.
enum class JudgedIds { kSections, kDocuments, kBoth };
JudgedIds KindOfIds(const Judgements& judgements);

}  // namespace sakuin::results
