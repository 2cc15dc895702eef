#include "query/results/evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>

#include "indexer/base/utf8.h"

namespace sakuin::results {
namespace {

constexpr std::size_t kTop = 10;
constexpr std::size_t kDeep = 100;

std::vector<std::string> Fields(std::string_view line) {
  std::vector<std::string> out;
  constexpr std::string_view kBlanks = " \t\r\v\f";
  for (std::size_t at = 0; (at = line.find_first_not_of(kBlanks, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
    out.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return out;
}

// Calls row(fields, where) for every line that is not blank; stops where one fails.
Status ReadRows(std::string_view text, const std::string& name, std::size_t wanted,
                const char* form,
                const std::function<Status(std::vector<std::string>&, const std::string&)>& row) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string where = name + ":" + std::to_string(number);
    if (utf8::FindInvalid(line)) return Fail(ErrorCode::kBadInput, "not UTF-8", where);
    std::vector<std::string> fields = Fields(line);
    if (fields.empty()) continue;
    if (fields.size() != wanted) {
      return Fail(ErrorCode::kBadInput,
                  "has " + std::to_string(fields.size()) + " fields, wants " +
                      std::to_string(wanted) + ": " + form,
                  where);
    }
    if (Status done = row(fields, where); !done) return done;
  }
  return {};
}

bool IsSectionId(const std::string& id) {
  const std::size_t mark = id.rfind('#');
  return mark != std::string::npos && mark > 0 && mark + 1 < id.size() &&
         id.find_first_not_of("0123456789", mark + 1) == std::string::npos;
}

double Discounted(long grade, std::size_t rank) {
  return grade > 0 ? static_cast<double>(grade) / std::log2(static_cast<double>(rank) + 1) : 0;
}

double IdealGain(const Grades& grades) {
  std::vector<long> best;
  for (const auto& [id, grade] : grades) best.push_back(grade);
  std::sort(best.begin(), best.end(), std::greater<>());
  double out = 0;
  for (std::size_t i = 0; i < best.size() && i < kTop; ++i) out += Discounted(best[i], i + 1);
  return out;
}

}  // namespace

Result<Judgements> ReadJudgements(std::string_view text, const std::string& name) {
  Judgements out;
  const Status done = ReadRows(
      text, name, 4, "QID 0 ID GRADE",
      [&](std::vector<std::string>& fields, const std::string& where) -> Status {
        char* end = nullptr;
        const long grade = std::strtol(fields[3].c_str(), &end, 10);
        if (*end != '\0') {
          return Fail(ErrorCode::kBadInput, "the grade is no whole number: " + fields[3], where);
        }
        if (!out[fields[0]].emplace(fields[2], grade).second) {
          return Fail(ErrorCode::kBadInput,
                      "topic " + fields[0] + " has a judgement on " + fields[2] + " already",
                      where);
        }
        return {};
      });
  if (!done) return Pass(done);
  return out;
}

Result<Run> ReadRun(std::string_view text, const std::string& name) {
  Run out;
  std::map<std::string, Grades, std::less<>> seen;
  const Status done =
      ReadRows(text, name, 6, "QID Q0 ID RANK SCORE TAG",
               [&](std::vector<std::string>& fields, const std::string& where) -> Status {
                 char* end = nullptr;
                 const double score = std::strtod(fields[4].c_str(), &end);
                 if (*end != '\0' || std::isnan(score)) {
                   return Fail(ErrorCode::kBadInput, "the score is no number: " + fields[4], where);
                 }
                 if (!seen[fields[0]].emplace(fields[2], 0).second) {
                   return Fail(ErrorCode::kBadInput,
                               "topic " + fields[0] + " has " + fields[2] + " already", where);
                 }
                 out[fields[0]].emplace_back(fields[2], score);
                 return {};
               });
  if (!done) return Pass(done);
  return out;
}

TopicMeasures MeasureTopic(const Grades& grades, ScoredIds hits) {
  std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first > b.first;
  });
  TopicMeasures out;
  out.found = hits.size();
  for (const auto& [id, grade] : grades) out.relevant += grade > 0 ? 1 : 0;
  std::size_t top = 0;
  std::size_t deep = 0;
  for (std::size_t i = 0; i < hits.size() && i < kDeep; ++i) {
    const auto judged = grades.find(hits[i].first);
    if (judged == grades.end() || judged->second <= 0) continue;
    ++deep;
    if (i >= kTop) continue;
    if (++top == 1) out.measures.mrr10 = 1 / (static_cast<double>(i) + 1);
    out.measures.ndcg10 += Discounted(judged->second, i + 1);
  }
  if (out.relevant == 0) return out;
  out.measures.ndcg10 /= IdealGain(grades);
  out.measures.recall10 = static_cast<double>(top) / static_cast<double>(out.relevant);
  out.measures.recall100 = static_cast<double>(deep) / static_cast<double>(out.relevant);
  return out;
}

Evaluation Evaluate(const Judgements& judgements, const Run& run) {
  Evaluation out;
  for (const auto& [topic, grades] : judgements) {
    const auto found = run.find(topic);
    out.topics.push_back(MeasureTopic(grades, found == run.end() ? ScoredIds() : found->second));
    out.topics.back().topic = topic;
    const Measures& measures = out.topics.back().measures;
    out.mean.ndcg10 += measures.ndcg10;
    out.mean.mrr10 += measures.mrr10;
    out.mean.recall10 += measures.recall10;
    out.mean.recall100 += measures.recall100;
  }
  const double count = std::max<double>(1, static_cast<double>(out.topics.size()));
  for (double* value :
       {&out.mean.ndcg10, &out.mean.mrr10, &out.mean.recall10, &out.mean.recall100}) {
    *value /= count;
  }
  return out;
}

JudgedIds KindOfIds(const Judgements& judgements) {
  bool sections = false;
  bool documents = false;
  for (const auto& [topic, grades] : judgements) {
    for (const auto& [id, grade] : grades) (IsSectionId(id) ? sections : documents) = true;
  }
  if (sections && documents) return JudgedIds::kBoth;
  return sections ? JudgedIds::kSections : JudgedIds::kDocuments;
}

}  // namespace sakuin::results
