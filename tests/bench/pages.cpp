// What the extractor does with bad and with large pages. docs/benchmarks.md says how to read it.
//
//   sakuin_pages --mutations 10000 [--seed 1] FOLDER...   the slowest and the hungriest of mutated
//   pages sakuin_pages --linear                                 time by size, of pages that only
//   grow
//
// FOLDERs hold pages (.html, .txt). Each mutated page is read in a process forked for a thousand of
// them, so that the peak of memory is that of the thousand's worst page.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/files.h"
#include "indexer/ingest/ingest.h"
#include "tests/bench/command_line.h"

namespace sakuin::bench {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

model::Source SourceOf(std::string bytes) {
  model::Source source;
  source.uri = "page.html";
  source.format = "auto";
  source.bytes = std::move(bytes);
  return source;
}

std::size_t Place(const std::string& page, std::mt19937_64& random) {
  return page.empty() ? 0 : random() % page.size();
}

// The place of a '<' near a random one.
std::size_t TagPlace(const std::string& page, std::mt19937_64& random) {
  const std::size_t tag = page.find('<', Place(page, random));
  return tag == std::string::npos ? Place(page, random) : tag;
}

// As pages get broken: cut off, stuck together, tags lost, doubled, nested, text repeated.
void Mutate(std::string& page, const std::vector<std::string>& pages, std::mt19937_64& random) {
  static constexpr const char* kPieces[] = {
      "<div>",      "</div>",    "<table><tr><td>", "</table>", "<b>",      "<p>",
      "<a href=x>", "<!--",      "<svg>",           "<script>", "<select>", "<ul>",
      "<template>", "&#x3042;",  "</span>",         "<font>",   "<h2>",     "<ruby>",
      "<math>",     "<article>", "\xFF\xFE"};
  constexpr std::size_t kMost = std::size_t{4} << 20U;
  const std::size_t at = TagPlace(page, random);
  const std::size_t length = std::min<std::size_t>(1 + random() % 4000, page.size() - at);
  switch (random() % 8) {
    case 0: page.erase(at, length); break;
    case 1: page.resize(at); break;
    case 2: page.insert(at, page.substr(at, length)); break;
    case 3: {
      const std::string piece = kPieces[random() % std::size(kPieces)];
      std::string many;
      for (std::size_t n = 1 + random() % 20000; n > 0; --n) many += piece;
      page.insert(at, many);
      break;
    }
    case 4: {
      const std::string& other = pages[random() % pages.size()];
      page.insert(at, other, Place(other, random), std::string::npos);
      break;
    }
    case 5:
      if (at < page.size()) page[at] = static_cast<char>(random() & 0xFFU);
      break;
    case 6: {
      const std::string piece = page.substr(at, length);
      for (std::size_t n = random() % 200; n > 0; --n) page.insert(at, piece);
      break;
    }
    default: page.insert(at, kPieces[random() % std::size(kPieces)]);
  }
  if (page.size() > kMost) page.resize(kMost);
}

std::string Mutated(const std::vector<std::string>& pages, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string page = pages[random() % pages.size()];
  for (std::size_t steps = 1 + random() % 4; steps > 0; --steps) Mutate(page, pages, random);
  return page;
}

struct Worst {
  double seconds = 0;
  std::uint64_t slowest = 0;
  double megabytes = 0;  // beyond what the program takes with everything loaded
  double total = 0;
  std::uint64_t refused = 0;
};

Worst Run(const ingest::Extractor& extractor, const std::vector<std::string>& pages,
          std::uint64_t from, std::uint64_t to) {
  Worst worst;
  const double before = PeakMegabytes();
  for (std::uint64_t i = from; i < to; ++i) {
    const model::Source source = SourceOf(Mutated(pages, i));
    const auto start = Clock::now();
    const auto document = extractor.Extract(source);
    const double seconds = SecondsSince(start);
    worst.total += seconds;
    worst.refused += document ? 0 : 1;
    if (seconds > worst.seconds) {
      worst.seconds = seconds;
      worst.slowest = i;
    }
  }
  worst.megabytes = PeakMegabytes() - before;
  return worst;
}

int RunMutations(const std::vector<std::string>& folders, std::uint64_t count, std::uint64_t seed) {
  std::vector<std::string> pages;
  for (const std::string& folder : folders) {
    for (const std::string& file : files::WalkFolder(folder).files) {
      if (!file.ends_with(".html") && !file.ends_with(".txt")) continue;
      if (auto bytes = files::Read(file)) pages.push_back(std::move(*bytes));
    }
  }
  auto extractor = ingest::Extractor::Create(SAKUIN_ROOT "/corpus");
  if (pages.empty() || !extractor) {
    std::fprintf(stderr, "sakuin_pages: no pages, or no rules\n");
    return 2;
  }
  constexpr std::uint64_t kPart = 1000;
  Worst all;
  for (std::uint64_t from = 0; from < count; from += kPart) {
    int ends[2];
    if (pipe(ends) != 0) return 2;
    const pid_t child = fork();
    if (child == 0) {
      const Worst worst = Run(*extractor, pages, seed + from, seed + std::min(from + kPart, count));
      const bool said = write(ends[1], &worst, sizeof worst) == sizeof worst;
      _exit(said ? 0 : 1);
    }
    close(ends[1]);
    Worst worst;
    const bool read_it = read(ends[0], &worst, sizeof worst) == sizeof worst;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!read_it || status != 0) {
      std::fprintf(stderr, "sakuin_pages: pages %ju to %ju ended with status %d\n",
                   static_cast<std::uintmax_t>(seed + from),
                   static_cast<std::uintmax_t>(seed + from + kPart), status);
      return 1;
    }
    if (worst.seconds > all.seconds) {
      all.seconds = worst.seconds;
      all.slowest = worst.slowest;
    }
    all.megabytes = std::max(all.megabytes, worst.megabytes);
    all.total += worst.total;
    all.refused += worst.refused;
  }
  std::printf(
      "%ju mutated pages of %zu: mean %.2f ms, slowest %.3f s (page %ju), largest peak %.0f MiB, "
      "%ju "
      "refused\n",
      static_cast<std::uintmax_t>(count), pages.size(),
      all.total * 1000 / static_cast<double>(count), all.seconds,
      static_cast<std::uintmax_t>(all.slowest), all.megabytes,
      static_cast<std::uintmax_t>(all.refused));
  return 0;
}

std::string Times(std::size_t n, const std::string& piece) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += piece;
  return out;
}

// Pages of one kind at n pieces; the last is a dump.
std::vector<std::pair<std::string, std::string>> Growing(std::size_t n) {
  const std::string sentence = "\u819D\u306E\u75DB\u307F\u306F\u4E09\u65E5\u4F11\u3080\u3002";
  const std::string page = "<!doctype html><title>t</title><body><article><h1>t</h1>";
  return {
      {"paragraphs", page + Times(n, "<p>" + sentence + sentence)},
      {"headings", page + Times(n, "<h2>\u819D</h2><p>" + sentence)},
      {"bold lines", page + Times(n, "<p><b>\u819D</b></p><p>" + sentence + sentence + "</p>")},
      {"list items", page + "<ul>" + Times(n, "<li>" + sentence)},
      {"table rows", page + "<table>" + Times(n, "<tr><td>" + sentence + "<td>2")},
      {"side boxes", page + Times(n, "<div class=share-x>" + sentence + "</div>")},
      {"nested boxes", "<body>" + Times(n, "<div><p>" + sentence)},
      {"breaks", page + Times(n, sentence + "<br>")},
      {"links", page + Times(n, "<a href=/x>" + sentence + "</a> ")},
      {"dump lines", "t\n\n" + Times(n, sentence + "\n")},
      {"dump headings", "t\n\n" + Times(n, "\u25A0\u819D\n" + sentence + "\n\n")},
      {"dump bullets", "t\n\n" + Times(n, "\u30FB" + sentence + "\n")},
      {"dump short lines", "t\n\n" + Times(n, "\u819D\u306E\u8A71\n\n")},
  };
}

int RunLinear() {
  auto extractor = ingest::Extractor::Create(SAKUIN_ROOT "/corpus");
  if (!extractor) return 2;
  constexpr std::size_t kSmall = 2'500;
  constexpr int kDoublings = 4;
  std::printf("%-18s ms at %zu pieces, then at each doubling; growth per doubling\n", "page",
              kSmall);
  for (std::size_t kind = 0; kind < Growing(1).size(); ++kind) {
    std::vector<double> times;
    for (int i = 0; i < kDoublings; ++i) {
      auto [name, page] = Growing(kSmall << static_cast<unsigned>(i))[kind];
      if (i == 0) std::printf("%-18s", name.c_str());
      const model::Source source = SourceOf(std::move(page));
      double best = 1e9;
      for (int repeat = 0; repeat < 3; ++repeat) {
        const auto start = Clock::now();
        if (!extractor->Extract(source)) return 1;
        best = std::min(best, SecondsSince(start));
      }
      times.push_back(best);
      std::printf(" %8.1f", best * 1000);
    }
    std::printf("   x");
    for (std::size_t i = 1; i < times.size(); ++i) std::printf(" %.1f", times[i] / times[i - 1]);
    std::printf("\n");
  }
  return 0;
}

}  // namespace
}  // namespace sakuin::bench

int main(int argc, char** argv) {
  sakuin::bench::CommandLine line("Bad and large pages");
  const auto options = line.options();
  std::uint64_t mutations = 0;
  std::uint64_t seed = 1;
  bool linear = false;
  std::vector<std::string> folders;
  options.Add("--mutations", mutations, "How many mutated pages to read");
  options.Add("--seed", seed, "Number of the first one");
  options.Flag("--linear", linear, "Time by size");
  options.Add("folders", folders, "Where pages are");
  if (const auto status = line.Read(argc, argv)) return *status;
  return linear ? sakuin::bench::RunLinear()
                : sakuin::bench::RunMutations(folders, mutations, seed);
}
