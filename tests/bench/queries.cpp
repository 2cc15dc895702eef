#include "tests/bench/queries.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "query/results/engine.h"

namespace sakuin::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Asked {
  std::string number;
  std::string kind;
  std::string query;
};

template <typename T>
T Must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().Text() << "\n";
  std::exit(2);
}

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::vector<Asked> Read(const std::string& path) {
  std::vector<Asked> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto fields = Split(line, '\t');
    if (fields.size() < 3) continue;
    Asked asked{fields[0], fields[1], ""};
    if (asked.kind.ends_with("and")) {
      for (const std::string& part : Split(fields[2], ' ')) {
        asked.query += (asked.query.empty() ? "" : " ") + Quoted(part);
      }
    } else {
      asked.query = Quoted(fields[2]);
    }
    out.push_back(std::move(asked));
  }
  return out;
}

// False where the engine has no switch for snippets and cuts them for every hit.
template <typename Request>
bool SetSnippets(Request& request, bool on) {
  if constexpr (requires { request.snippets; }) {
    request.snippets = on;
    return true;
  }
  return on;
}

double Percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  return values[std::min(values.size() - 1, at)];
}

struct Timed {
  double milliseconds = 0;
  std::size_t found = 0;
};

// Whole passes: a query that comes twice running finds its own pages in the caches.
std::vector<Timed> Time(results::Engine& engine, results::SearchRequest request,
                        const std::vector<Asked>& all, int rounds) {
  std::vector<std::vector<double>> times(all.size());
  std::vector<Timed> out(all.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      request.query = all[i].query;
      const auto start = Clock::now();
      out[i].found = Must(engine.Search(request)).total;
      const std::chrono::duration<double, std::milli> took = Clock::now() - start;
      if (round > 0) times[i].push_back(took.count());  // the first one warms up
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) out[i].milliseconds = Percentile(times[i], 0.5);
  return out;
}

void PrintRows(const std::vector<Asked>& all, const std::vector<Timed>& timed) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::printf("%s\t%s\t%.6f\t%zu\n", all[i].number.c_str(), all[i].kind.c_str(),
                timed[i].milliseconds, timed[i].found);
  }
}

void PrintClasses(const std::vector<Asked>& all, const std::vector<Timed>& timed) {
  std::map<std::string, std::vector<double>> times;
  std::map<std::string, std::size_t> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    times[all[i].kind].push_back(timed[i].milliseconds);
    found[all[i].kind] += timed[i].found;
  }
  std::printf("%-12s %8s %8s %10s\n", "class", "p50 ms", "p99 ms", "sections");
  for (const auto& [kind, values] : times) {
    std::printf("%-12s %8.3f %8.3f %10zu\n", kind.c_str(), Percentile(values, 0.5),
                Percentile(values, 0.99), found[kind]);
  }
}

}  // namespace

int TimeKnowledgeBase(const QueryRun& run) {
  const std::vector<Asked> all = Read(run.queries);
  if (all.empty() || run.rounds < 1) {
    std::cerr << "no queries in '" << run.queries << "', or no rounds\n";
    return 2;
  }
  const auto rules = Must(pipeline::Rules::Load(Must(FindDataDir(SAKUIN_ROOT "/corpus", ""))));
  auto pipeline = Must(pipeline::Pipeline::Create(*rules));
  const auto weights = Must(plan::LoadRankingWeights(SAKUIN_ROOT "/corpus"));
  const plan::PlanContext context{&pipeline.analyzer(), &rules->folding(), &rules->thesaurus(),
                                  &rules->matcher(), &weights};
  results::Engine engine(Must(backend::OpenBackend(run.kb)), context);
  results::SearchRequest request;
  request.expand = false;
  request.facets = false;
  request.duplicates = true;  // the peers fold none away
  request.exact = run.exact;
  if (!SetSnippets(request, run.snippets)) {
    std::cerr << "sakuin_bench: this engine cuts snippets of every hit; the times hold them\n";
  }
  const std::vector<Timed> timed = Time(engine, request, all, run.rounds);
  run.rows ? PrintRows(all, timed) : PrintClasses(all, timed);
  return 0;
}

}  // namespace sakuin::bench
