// Ingest and query figures of Sakuin beside the floor: SQLite FTS5's own `trigram` and `unicode61`
// fed the same text, in one run. docs/benchmarks.md says how to read the table.
//
//   sakuin_bench --tsv FILE --queries FILE [--documents 20000] [--repeat 3]
//   sakuin_bench --articles FOLDER                 ingest only, of files as they are
//   sakuin_bench --kb KB --queries FILE [--rounds 5] [--snippets] [--exact] [--tsv-out]
//                                                  queries alone, of what is ingested already
//
// FILE of --tsv: id<TAB>language<TAB>text, one document a line. FILE of --queries:
// number<TAB>class<TAB>text; a class ending in "and" holds two texts, separated by a blank.

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "query/results/engine.h"
#include "tests/bench/command_line.h"
#include "tests/bench/queries.h"
#include "tests/support/temp_dir.h"

namespace sakuin::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Document {
  std::string id;
  std::string text;
};

struct Query {
  std::string kind;
  std::vector<std::string> texts;
};

struct Figures {
  double seconds = 0;
  double cpu = 0;
  double peak_mb = 0;
  double index_bytes = 0;
  std::map<std::string, std::vector<double>> latencies;  // ms, by class
  std::map<std::string, double> hits;
};

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double Percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  return values[std::min(values.size() - 1, at)];
}

// Runs in a process of its own, so that one engine's memory is not another's.
Figures InChild(const std::function<Figures()>& work) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) std::exit(2);
  const pid_t child = fork();
  if (child == 0) {
    close(pipe_ends[0]);
    const Figures f = work();
    const nlohmann::json out{{"s", f.seconds},     {"c", f.cpu},       {"p", f.peak_mb},
                             {"i", f.index_bytes}, {"l", f.latencies}, {"h", f.hits}};
    const std::string text = out.dump();
    if (write(pipe_ends[1], text.data(), text.size()) < 0) _exit(2);
    _exit(0);
  }
  close(pipe_ends[1]);
  std::string text;
  char block[65536];
  for (ssize_t n = 0; (n = read(pipe_ends[0], block, sizeof block)) > 0;) {
    text.append(block, static_cast<std::size_t>(n));
  }
  close(pipe_ends[0]);
  waitpid(child, nullptr, 0);
  const nlohmann::json in = nlohmann::json::parse(text);
  Figures f{in["s"], in["c"], in["p"], in["i"], {}, {}};
  in["l"].get_to(f.latencies);
  in["h"].get_to(f.hits);
  return f;
}

template <typename Ask>
void TimeQueries(const std::vector<Query>& queries, int repeat, const Ask& ask, Figures& out) {
  for (const Query& query : queries) {
    std::vector<double> times;
    double hits = 0;
    for (int i = 0; i < repeat; ++i) {
      const auto start = Clock::now();
      hits = ask(query);
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    out.latencies[query.kind].push_back(Percentile(times, 0.5));
    out.hits[query.kind] += hits;
  }
}

std::string Quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string Expression(const Query& query, const char* between) {
  std::string out;
  for (const std::string& text : query.texts) out += (out.empty() ? "" : between) + Quote(text);
  return out;
}

template <typename T>
T Must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().Text() << "\n";
  std::exit(2);
}

double SizeOf(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<double>(size);
}

// Bytes of the two indexes without the texts, tags and sources beside them.
double IndexBytes(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  double out = 0;
  sqlite3_open(path.c_str(), &db);
  for (const char* table : {"gram_index", "word_index"}) {
    const std::string sql = std::string("SELECT sum(length(block)) FROM ") + table + "_data";
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
      if (sqlite3_step(statement) == SQLITE_ROW) out += sqlite3_column_double(statement, 0);
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(db);
  return out;
}

Figures RunSakuin(const std::string& input, const std::vector<Query>& queries, int repeat,
                  unsigned jobs) {
  const test::TempDir temp;
  const std::string kb = temp.File("kb.db");
  const auto rules = Must(pipeline::Rules::Load(Must(FindDataDir(SAKUIN_ROOT "/corpus", ""))));
  pipeline::IngestOptions options;
  options.paths = {input};
  options.keep_source = false;
  options.jobs = jobs;
  const std::atomic<bool> stop{false};
  Figures out;
  const auto start = Clock::now();
  const double before = CpuSeconds();
  Must(pipeline::RunIngest(kb, *rules, options, {}, stop));
  out.cpu = CpuSeconds() - before;
  out.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  out.peak_mb = PeakMegabytes();
  out.index_bytes = IndexBytes(kb);
  auto pipeline = Must(pipeline::Pipeline::Create(*rules));
  const auto weights = Must(plan::LoadRankingWeights(SAKUIN_ROOT "/corpus"));
  const plan::PlanContext context{&pipeline.analyzer(), &rules->folding(), &rules->thesaurus(),
                                  &rules->matcher(), &weights};
  results::Engine engine(Must(backend::OpenBackend(kb)), context);
  results::SearchRequest request;
  request.expand = false;
  request.facets = false;
  TimeQueries(
      queries, repeat,
      [&](const Query& query) {
        request.query = Expression(query, " ");
        return static_cast<double>(Must(engine.Search(request)).total);
      },
      out);
  return out;
}

Figures RunFts5(const std::vector<Document>& documents, const std::vector<Query>& queries,
                int repeat, const char* tokenizer) {
  const test::TempDir temp;
  const std::string path = temp.File("fts.db");
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  const auto run = [db](const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      std::cerr << sqlite3_errmsg(db) << "\n";
    }
  };
  Figures out;
  const auto start = Clock::now();
  const double before = CpuSeconds();
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  run(std::string("CREATE VIRTUAL TABLE t USING fts5 (x, content = '', tokenize = '") + tokenizer +
      "')");
  run("BEGIN");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO t (x) VALUES (?1)", -1, &insert, nullptr);
  for (const Document& document : documents) {
    sqlite3_bind_text(insert, 1, document.text.data(), static_cast<int>(document.text.size()),
                      SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run("COMMIT");
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  out.cpu = CpuSeconds() - before;
  out.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  out.peak_mb = PeakMegabytes();
  out.index_bytes = SizeOf(path);
  sqlite3_stmt* select = nullptr;
  sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 10", -1, &select,
                     nullptr);
  TimeQueries(
      queries, repeat,
      [&](const Query& query) {
        const std::string match = Expression(query, " AND ");
        sqlite3_bind_text(select, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
        double rows = 0;
        while (sqlite3_step(select) == SQLITE_ROW) ++rows;
        sqlite3_reset(select);
        return rows;
      },
      out);
  sqlite3_finalize(select);
  sqlite3_close(db);
  return out;
}

std::vector<Document> ReadDocuments(const std::string& path, std::size_t most, double& bytes) {
  std::vector<Document> out;
  std::ifstream in(path);
  for (std::string line; out.size() < most && std::getline(in, line);) {
    const auto fields = Split(line, '\t');
    if (fields.size() < 3) continue;
    bytes += static_cast<double>(fields[2].size());
    out.push_back({fields[0], fields[2]});
  }
  return out;
}

std::vector<Query> ReadQueries(const std::string& path) {
  std::vector<Query> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto fields = Split(line, '\t');
    if (fields.size() < 3) continue;
    const bool two = fields[1].ends_with("and");
    out.push_back({fields[1], two ? Split(fields[2], ' ') : std::vector<std::string>{fields[2]}});
  }
  return out;
}

void Print(const std::string& name, const Figures& f, double megabytes) {
  std::printf("%-22s %6.2f %8.2f %8.3f %8.0f %8.2f", name.c_str(), f.seconds, megabytes / f.seconds,
              f.cpu / megabytes, f.peak_mb, f.index_bytes / (megabytes * 1e6));
  std::printf("\n");
}

void PrintLatencies(const std::map<std::string, Figures>& engines) {
  std::printf("\nmilliseconds, p50 / p99 (rows found)\n%-22s", "");
  for (const auto& [kind, unused] : engines.begin()->second.latencies) {
    (void)unused;
    std::printf(" %26s", kind.c_str());
  }
  std::printf("\n");
  for (const auto& [name, f] : engines) {
    std::printf("%-22s", name.c_str());
    for (const auto& [kind, times] : f.latencies) {
      std::printf("  %8.3f / %7.3f %8.0f", Percentile(times, 0.5), Percentile(times, 0.99),
                  f.hits.at(kind));
    }
    std::printf("\n");
  }
}

}  // namespace
}  // namespace sakuin::bench

int main(int count, char** arguments) {
  using namespace sakuin::bench;  // NOLINT(google-build-using-namespace): a program of one file
  std::string tsv;
  std::string queries_file;
  std::string articles;
  std::size_t most = 20000;
  int repeat = 3;
  QueryRun kb_run;
  CommandLine line("Sakuin beside SQLite FTS5's own tokenizers, on the same text in one run");
  const auto options = line.options();
  options.Add("--tsv", tsv, "Documents: id<TAB>language<TAB>text");
  options.Add("--queries", queries_file, "Queries: number<TAB>class<TAB>text");
  options.Add("--articles", articles, "A folder of articles: ingest only");
  options.Add("--documents", most, "How many documents to take");
  options.Add("--repeat", repeat, "Runs of each query; the median counts");
  options.Add("--kb", kb_run.kb, "A knowledge base: queries only");
  options.Add("--rounds", kb_run.rounds, "With --kb: runs of each query; the median counts");
  options.Flag("--tsv-out", kb_run.rows, "With --kb: a row a query, for peers/run.py");
  options.Flag("--snippets", kb_run.snippets, "With --kb: snippets and highlights of the ten hits");
  options.Flag("--exact", kb_run.exact, "With --kb: without folding of variants");
  if (const auto status = line.Read(count, arguments)) return *status;
  if (!kb_run.kb.empty()) {
    kb_run.queries = queries_file;
    return TimeKnowledgeBase(kb_run);
  }
  std::printf("%-22s %6s %8s %8s %8s %8s\n", "", "s", "MB/s", "CPU s/MB", "peak MB", "index/text");
  if (!articles.empty()) {
    double bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(articles)) {
      if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    }
    Print("Sakuin, files", InChild([&] { return RunSakuin(articles, {}, repeat, 0); }),
          bytes / 1e6);
    return 0;
  }
  double bytes = 0;
  const std::vector<Document> documents = ReadDocuments(tsv, most, bytes);
  const std::vector<Query> queries = ReadQueries(queries_file);
  if (documents.empty()) {
    std::fprintf(stderr, "no documents: name a file with --tsv, or a folder with --articles\n");
    return 2;
  }
  const sakuin::test::TempDir temp;
  const std::string jsonl = temp.File("documents.jsonl");
  {
    std::ofstream out(jsonl);
    for (const Document& d : documents) {
      const nlohmann::json record{{"id", d.id}, {"sections", {{{"text", d.text}}}}};
      out << record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    }
  }
  std::map<std::string, Figures> engines;
  const auto run = [&](const std::string& name, const std::function<Figures()>& work) {
    engines[name] = InChild(work);
    Print(name, engines[name], bytes / 1e6);
    std::fflush(stdout);
  };
  run("Sakuin, 2 threads", [&] { return RunSakuin(jsonl, queries, repeat, 2); });
  run("Sakuin, 1 thread", [&] { return RunSakuin(jsonl, queries, repeat, 1); });
  run("FTS5 trigram", [&] { return RunFts5(documents, queries, repeat, "trigram"); });
  run("FTS5 unicode61", [&] { return RunFts5(documents, queries, repeat, "unicode61"); });
  if (!queries.empty()) PrintLatencies(engines);
  return 0;
}
