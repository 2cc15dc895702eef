// Findings among many made-up pieces of advice: seconds and memory as their number grows.
//
//   sakuin_tensions [STATEMENTS...]        a row each: statements, findings, pairs, s, CPU s, peak
//   MiB before and after
//
// Actions and conditions of the thesaurus by a law somewhat steeper than Zipf's, each action mostly
// about few conditions; four articles in five state a condition, a sixth of the statements has a
// window, a fifth an amount. Without a number two small runs, which fail when they find nothing,
// take too long, or a statement of the larger one costs half more than one of the smaller.

#include "query/contradictions/tensions.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::bench {
namespace {

using contradictions::Witness;

class Generator {
 public:
  explicit Generator(const thesaurus::Thesaurus& thesaurus) {
    for (const model::Concept& one : thesaurus.concepts()) {
      if (one.scheme == "interventions") actions_.push_back(one.id);
      if (one.scheme == "conditions") conditions_.push_back(one.id);
    }
  }

  std::vector<Witness> Make(std::size_t count) {
    std::vector<Witness> out;
    out.reserve(count);
    for (std::size_t article = 0; out.size() < count; ++article) {
      const std::size_t condition = Zipf(conditions_.size());
      const bool stated = Below(5) > 0;
      const std::size_t here = 4 + Below(12);
      for (std::size_t i = 0; i < here && out.size() < count; ++i) {
        out.push_back(One(article, i, stated ? conditions_[condition] : "", condition));
        if (i == 0) continue;
        // As they are read: what stands in one place shares its names.
        const Witness& before = out[out.size() - 2];
        out.back().document_id = out.back().source = before.document_id;
        if (i % 3 > 0) out.back().section_id = before.section_id;
      }
    }
    return out;
  }

 private:
  std::size_t Below(std::size_t end) { return random_() % end; }

  // The first of `end` is the most frequent, and the first few are most of all: 20,000 pieces give
  // as many findings as those of the passages in docs/benchmarks.md.
  std::size_t Zipf(std::size_t end) {
    const double unit = static_cast<double>(random_()) / static_cast<double>(random_.max());
    const double at = std::pow(static_cast<double>(end), unit * std::sqrt(unit)) - 1;
    return std::min(end - 1, static_cast<std::size_t>(at));
  }

  Witness One(std::size_t article, std::size_t place, const std::string& condition,
              std::size_t topic) {
    Witness out;
    char id[32];
    std::snprintf(id, sizeof id, "%016llx", article * 0x9E3779B97F4A7C15ULL);
    out.document_id = out.source = id;
    out.section_id = out.document_id + "#" + std::to_string(place / 3);
    out.language = article % 2 == 0 ? chinese_ : japanese_;
    std::snprintf(id, sizeof id, "%016llx", (article * 64 + place) * 0xD1342543DE82EF95ULL);
    out.id = id;
    out.folded_quote = out.id;
    model::Advice& a = out.advice.Own();
    // What is done for one trouble is seldom what is done for another.
    a.action = actions_[(Zipf(actions_.size()) + topic * 7) % actions_.size()];
    if (!condition.empty()) a.conditions.push_back(condition);
    Fill(a);
    a.quote = {static_cast<std::uint32_t>(place * 60), static_cast<std::uint32_t>(place * 60 + 50)};
    return out;
  }

  void Fill(model::Advice& a) {
    // Most texts say the same of an action: three in four are recommended.
    const bool usually = std::hash<std::string>{}(a.action) % 4 > 0;
    a.for_it = Below(15) == 0 ? !usually : usually;
    a.stance = a.for_it ? model::Stance::kRecommend : model::Stance::kAvoid;
    if (Below(10) == 0) a.stance = model::Stance::kConditional;
    a.strength = static_cast<model::Strength>(Below(3));
    a.implicit = Below(5) == 0;
    if (Below(6) == 0) a.phase = static_cast<model::Phase>(1 + Below(5));
    if (Below(25) == 0) a.population = "children";
    if (Below(6) == 0) {
      const double end = static_cast<double>(24 * (1 + Below(14)));
      a.window.emplace();
      (Below(2) == 0 ? a.window->to_hours : a.window->from_hours) = end;
    }
    if (Below(5) == 0) {
      const auto part = static_cast<model::DosePart>(Below(model::kDoseParts.size()));
      const double low = static_cast<double>(1 + Below(30));
      a.dose.push_back({part, low, low + static_cast<double>(Below(6))});
    }
  }

  std::vector<std::string> actions_;
  std::vector<std::string> conditions_;
  contradictions::SharedText chinese_{"zh-Hans"};
  contradictions::SharedText japanese_{"ja"};
  std::mt19937_64 random_{7};  // always the same
};

double Cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double PeakMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Measured {
  std::size_t findings = 0;
  double seconds = 0;
  double cpu = 0;
};

Measured Measure(Generator& generator, const contradictions::TensionRules& rules,
                 std::size_t count) {
  const std::vector<Witness> witnesses = generator.Make(count);
  const double statements = PeakMebibytes();
  const double before = Cpu();
  const auto begin = std::chrono::steady_clock::now();
  const auto found = FindTensions(witnesses, rules);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  const double cpu = Cpu() - before;
  std::printf("%zu\t%zu\t%zu\t%.2f\t%.2f\t%.0f\t%.0f\n", count, found.findings.size(),
              found.tensions.size(), taken.count(), cpu, statements, PeakMebibytes());
  std::fflush(stdout);
  return {found.findings.size(), taken.count(), cpu};
}

int Main(int argc, char** argv) {
  const std::string data = std::string(SAKUIN_ROOT) + "/corpus";
  const auto thesaurus = thesaurus::Thesaurus::Load(data);
  if (!thesaurus) return 2;
  const auto rules = contradictions::TensionRules::Load(data, *thesaurus);
  if (!rules) return 2;
  Generator generator(*thesaurus);
  std::printf("statements\tfindings\tpairs\tseconds\tCPU seconds\tstatements MiB\tpeak MiB\n");
  for (int i = 1; i < argc; ++i) {
    Measure(generator, *rules, std::strtoull(argv[i], nullptr, 10));
  }
  if (argc > 1) return 0;
  const Measured small = Measure(generator, *rules, 20'000);
  const Measured large = Measure(generator, *rules, 80'000);
  const double ratio = large.cpu / 80'000 / (small.cpu / 20'000);
  std::printf("a statement of the larger run costs %.2f times one of the smaller\n", ratio);
  // Far more time than it needs: a debug build on a busy machine. When pairs of positions were
  // compared one by one the ratio was 1.9.
  const bool good = small.findings > 0 && large.findings > small.findings && large.seconds < 60;
  return good && ratio < 1.5 ? 0 : 1;
}

}  // namespace
}  // namespace sakuin::bench

int main(int argc, char** argv) { return sakuin::bench::Main(argc, argv); }
