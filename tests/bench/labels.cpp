// How fast the labels of a thesaurus are loaded and found. docs/benchmarks.md says how to read it.
//
//   sakuin_labels [--labels 50000] [--concepts 10000] [--megabytes 32] [--dump FOLDER] ARTICLES
//
// The labels are those that are shipped, then made ones: pieces of the articles' own text, so that
// many are found. The text is the articles again and again. With --dump, labels.txt and text.txt in
// FOLDER hold both as folds, for label_peers.py.

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "tests/bench/command_line.h"
#include "tests/support/temp_dir.h"

namespace sakuin::bench {
namespace {

template <typename T>
T Must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().Text() << "\n";
  std::exit(2);
}

// Of this thread on its core: what other programs do meanwhile does not count.
double CpuNow() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double Seconds(const std::function<void()>& work) {
  const double start = CpuNow();
  work();
  return CpuNow() - start;
}

double Best(int runs, const std::function<void()>& work) {
  double best = Seconds(work);
  for (int i = 1; i < runs; ++i) best = std::min(best, Seconds(work));
  return best;
}

std::vector<std::string> ReadArticles(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (const std::string& path : paths) out.push_back(Must(files::Read(path)));
  return out;
}

// Two to four words of a spaced script, or two to eight characters of another, from the articles.
std::string Piece(const std::vector<std::u32string>& texts, std::mt19937& random) {
  const std::u32string& text = texts[random() % texts.size()];
  if (text.size() < 100) return {};
  std::size_t at = random() % (text.size() - 60);
  const auto is = [&](text::CharClass wanted) { return text::ClassOf(text[at]) == wanted; };
  std::u32string out;
  if (is(text::CharClass::kUnspaced)) {
    const std::size_t size = 2 + random() % 7;
    for (; out.size() < size && is(text::CharClass::kUnspaced); ++at) out += text[at];
  } else {
    while (is(text::CharClass::kSpaced)) ++at;
    while (at + 40 < text.size() && is(text::CharClass::kSeparator)) ++at;
    for (std::size_t words = 1 + random() % 3; words > 0 && at < text.size(); --words) {
      if (!out.empty()) out += ' ';
      while (at + 1 < text.size() && is(text::CharClass::kSpaced)) out += text[at++];
      ++at;
    }
  }
  return out.size() < 2 ? std::string() : utf8::Encode(out);
}

// Shipped labels, then made ones, until there are `count` that fold apart.
std::vector<std::string> MakeLabels(const thesaurus::Thesaurus& shipped,
                                    const text::Folding& folding,
                                    const std::vector<std::string>& articles, std::size_t count) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  const auto add = [&](const std::string& label) {
    if (label.find_first_of("\n<&") != std::string::npos || label.empty()) return;
    if (out.size() < count && seen.insert(folding.Key(label)).second) out.push_back(label);
  };
  for (const model::Concept& one : shipped.concepts()) {
    for (const model::Label& label : one.labels) add(label.text);
  }
  std::vector<std::u32string> texts;
  for (const std::string& article : articles) texts.push_back(utf8::Decode(article));
  std::mt19937 random(1);
  while (out.size() < count) {
    std::string label = Piece(texts, random);
    // Few articles have not enough pieces: then two are joined.
    if (random() % 2 == 0) label += Piece(texts, random);
    add(label);
  }
  return out;
}

std::string Skos(const std::vector<std::string>& labels, std::size_t concepts) {
  constexpr const char* kLanguages[] = {"zh-Hans", "zh-Hant", "ja", "en"};
  std::string out =
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n";
  const std::size_t each = (labels.size() + concepts - 1) / concepts;
  for (std::size_t i = 0; i * each < labels.size(); ++i) {
    const std::string address = "https://sakuin.example.org/concept/made-";
    out += "  <skos:Concept rdf:about=\"" + address + std::to_string(i) +
           "\">\n    <skos:notation>made-" + std::to_string(i) +
           "</skos:notation>\n    <skos:inScheme"
           " rdf:resource=\"https://sakuin.example.org/scheme/conditions\"/>\n";
    for (std::size_t n = i * each; n < std::min(labels.size(), (i + 1) * each); ++n) {
      const std::string kind = n % each < 4 ? "skos:prefLabel" : "skos:altLabel";
      out += "    <" + kind + " xml:lang=\"" + kLanguages[n % each % 4] + "\">" + labels[n] + "</" +
             kind + ">\n";
    }
    if (i > 0) {
      out += "    <skos:broader rdf:resource=\"" + address + std::to_string((i - 1) / 8) + "\"/>\n";
    }
    out += "  </skos:Concept>\n";
  }
  return out + "</rdf:RDF>\n";
}

struct Text {
  std::string original;
  text::Folded folded;
};

int Run(const std::string& folder, std::size_t count, std::size_t concepts, double megabytes,
        const std::string& dump) {
  const std::string data_dir = std::string(SAKUIN_ROOT) + "/corpus";
  const text::Folding folding = Must(text::Folding::Load(data_dir));
  const thesaurus::Thesaurus shipped = Must(thesaurus::Thesaurus::Load(data_dir));
  const std::vector<std::string> articles = ReadArticles(folder);
  const test::TempDir temp;

  const std::string load_file = dump.empty() ? temp.File("load.rdf") : dump + "/load.rdf";
  std::ofstream(load_file) << Skos(MakeLabels(shipped, folding, articles, concepts * 12), concepts);
  double build = 0;
  double total = 1e9;
  double read = 0;
  for (int i = 0; i < 5; ++i) {
    std::vector<thesaurus::Thesaurus> loaded;
    const double first =
        Seconds([&] { loaded.push_back(Must(thesaurus::Thesaurus::LoadFiles({load_file}))); });
    const double second = Seconds([&] {
      const auto matcher =
          thesaurus::LabelMatcher::Build(loaded[0], folding, thesaurus::KanaParticles());
      if (matcher.size() == 0) std::exit(2);
    });
    if (first + second >= total) continue;
    total = first + second;
    read = first;
    build = second;
  }
  std::printf("load: %zu concepts, %zu labels, %.1f MB: %.0f ms (reading %.0f, matcher %.0f)\n",
              concepts, concepts * 12,
              static_cast<double>(std::filesystem::file_size(load_file)) / 1e6, total * 1e3,
              read * 1e3, build * 1e3);

  const std::vector<std::string> labels = MakeLabels(shipped, folding, articles, count);
  const std::string file = temp.File("labels.rdf");
  std::ofstream(file) << Skos(labels, std::max<std::size_t>(count / 12, 1));
  const auto thesaurus = Must(thesaurus::Thesaurus::LoadFiles({file}));
  const auto matcher = thesaurus::LabelMatcher::Build(
      thesaurus, folding, Must(thesaurus::KanaParticles::Load(data_dir)));
  std::vector<Text> texts;
  double bytes = 0;
  for (std::size_t i = 0; bytes < megabytes * 1e6; ++i) {
    texts.push_back({articles[i % articles.size()], folding.Fold(articles[i % articles.size()])});
    bytes += static_cast<double>(utf8::Encode(texts.back().folded.chars).size());
  }
  std::size_t found = 0;
  const double seconds = Best(3, [&] {
    found = 0;
    for (const Text& one : texts) found += matcher.Match(one.original, one.folded).size();
  });
  std::printf("match: %zu labels, %.1f MB of folded text: %.1f MB/s, %zu mentions, %.1f MB\n",
              matcher.size(), bytes / 1e6, bytes / 1e6 / seconds, found,
              static_cast<double>(matcher.MemoryBytes()) / 1e6);
  if (dump.empty()) return 0;
  std::ofstream label_file(dump + "/labels.txt");
  for (const std::string& label : labels) label_file << folding.Key(label) << "\n";
  std::ofstream text_file(dump + "/text.txt");
  for (const Text& one : texts) text_file << utf8::Encode(one.folded.chars) << "\n";
  return 0;
}

}  // namespace
}  // namespace sakuin::bench

int main(int count, char** arguments) {
  std::string folder;
  std::string dump;
  std::size_t labels = 50000;
  std::size_t concepts = 10000;
  std::size_t megabytes = 32;
  sakuin::bench::CommandLine line("How fast labels are loaded and found");
  const auto options = line.options();
  options.Add("ARTICLES", folder, "A folder of texts").Required();
  options.Add("--labels", labels, "How many labels are looked for");
  options.Add("--concepts", concepts, "How many concepts are loaded, of twelve labels each");
  options.Add("--megabytes", megabytes, "How much text");
  options.Add("--dump", dump, "A folder for labels.txt and text.txt");
  if (const auto status = line.Read(count, arguments)) return *status;
  return sakuin::bench::Run(folder, labels, concepts, static_cast<double>(megabytes), dump);
}
