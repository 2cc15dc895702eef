// CPU seconds a megabyte of every stage of an ingest, one thread, one stage after the other over
// all inputs, the best of --repeat rounds. docs/benchmarks.md has the tables.
//
//   sakuin_stages [--repeat 3] [--documents N] PATH...

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/sqlite/checksum.h"
#include "indexer/store/sqlite/rows.h"
#include "indexer/text/near_duplicates.h"
#include "indexer/text/segmenter.h"
#include "tests/bench/command_line.h"
#include "tests/bench/measured.h"

namespace sakuin::bench {
namespace {

class Stages {
 public:
  Stages(double megabytes, int repeat) : megabytes_(megabytes), repeat_(repeat) {}

  void Time(const char* name, const std::function<void()>& work) const {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < repeat_; ++i) {
      const double start = Cpu();
      work();
      best = std::min(best, Cpu() - start);
    }
    std::printf("%-44s %8.4f\n", name, best / megabytes_);
    std::fflush(stdout);
  }

 private:
  double megabytes_;
  int repeat_;
};

struct Texts {
  std::vector<const std::string*> texts;
  std::vector<text::Folded> folded;
};

void TimeText(const Stages& stages, const pipeline::Rules& rules, const Texts& in) {
  text::Folded again;
  stages.Time("  fold", [&] {
    for (const std::string* t : in.texts) rules.folding().Fold(*t, again);
  });
  stages.Time("  labels", [&] {
    for (std::size_t i = 0; i < in.texts.size(); ++i) {
      (void)rules.matcher().Match(*in.texts[i], in.folded[i]);
    }
  });
  auto fast = Must(text::Segmenter::Create());
  stages.Time("  cuts", [&] {
    for (const std::string* t : in.texts) {
      (void)fast.Segment(*t, {}, text::Segmenter::Detail::kUnspaced);
    }
  });
  auto slow = Must(text::Segmenter::Create(text::Segmenter::Engine::kIterator));
  stages.Time("  (cuts by ICU's iterator)", [&] {
    for (const std::string* t : in.texts) (void)slow.Segment(*t);
  });
  stages.Time("  what begins a gram", [&] {
    std::size_t begins = 0;
    for (const text::Folded& f : in.folded) {
      begins +=
          static_cast<std::size_t>(std::count_if(f.chars.begin(), f.chars.end(), text::BeginsGram));
    }
    if (begins == 0) std::abort();
  });
  stages.Time("  fingerprint", [&] {
    for (const text::Folded& f : in.folded) {
      text::GramCollector grams;
      grams.Add(f.chars);
      (void)grams.Fingerprint({});
    }
  });
}

void TimeAll(const Stages& stages, pipeline::Pipeline& pipeline,
             const std::vector<std::string>& files, const Sources& sources) {
  const pipeline::Rules& rules = pipeline.rules();
  stages.Time("reading files, records", [&] {
    for (const std::string& file : files) {
      Sources again(sources.all.size());
      (void)rules.source_reader().Read(file, {}, again);
    }
  });
  stages.Time("source digest", [&] {
    for (const model::Source& s : sources.all) (void)pipeline::SourceDigest(s);
  });
  std::vector<model::Document> documents;
  stages.Time("documents: decoding, cleaning, sections", [&] {
    documents.clear();
    for (const model::Source& s : sources.all) {
      auto document = rules.extractor().Extract(s);
      if (document) documents.push_back(std::move(*document));
    }
  });
  stages.Time("language", [&] {
    for (const model::Document& d : documents) {
      for (const model::Section& s : d.sections) {
        (void)rules.language().GuessPart(s.text, rules.language().Guess(s.text));
      }
    }
  });
  stages.Time("tags and aspects", [&] {
    for (model::Document& d : documents) rules.tagger().TagDocument(d);
  });
  stages.Time("terms and fingerprint, all of it", [&] {
    for (const model::Document& d : documents) (void)pipeline.Index(d);
  });
  Texts texts;
  for (const model::Document& d : documents) {
    for (const model::Section& s : d.sections) {
      texts.texts.push_back(&s.text);
      texts.folded.push_back(rules.folding().Fold(s.text));
    }
  }
  TimeText(stages, rules, texts);
  stages.Time("content digest", [&] {
    for (const model::Document& d : documents) (void)store::ContentDigest(d);
  });
  store::Compressor compressor;
  stages.Time("compression", [&] {
    for (const model::Source& s : sources.all) (void)compressor.Compress(s.bytes);
  });
  stages.Time("all from source to terms", [&] {
    for (const model::Source& s : sources.all) (void)pipeline.Make(s);
  });
}

int Main(int argc, char** argv) {
  CommandLine line("CPU seconds a megabyte of every stage");
  const auto options = line.options();
  int repeat = 3;
  std::size_t most = 10000;
  std::vector<std::string> paths;
  std::string data = std::string(SAKUIN_ROOT) + "/corpus";
  options.Add("--repeat", repeat, "");
  options.Add("--documents", most, "");
  options.Add("--data-dir", data, "");
  options.Add("PATH", paths, "").Required();
  if (const auto status = line.Read(argc, argv)) return *status;
  const auto rules = Must(pipeline::Rules::Load(data));
  auto pipeline = Must(pipeline::Pipeline::Create(*rules));
  const pipeline::Inputs inputs = pipeline::CollectInputs(paths);
  Sources sources(most);
  for (const std::string& file : inputs.files) {
    if (sources.all.size() < most) (void)rules->source_reader().Read(file, {}, sources);
  }
  double bytes = 0;
  for (const model::Source& s : sources.all) bytes += static_cast<double>(s.bytes.size());
  std::printf("%zu sources, %.2f MB; CPU s/MB\n", sources.all.size(), bytes / 1e6);
  TimeAll({bytes / 1e6, repeat}, pipeline, inputs.files, sources);
  return 0;
}

}  // namespace
}  // namespace sakuin::bench

int main(int argc, char** argv) { return sakuin::bench::Main(argc, argv); }
