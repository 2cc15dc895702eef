// How fast advice is drawn out of clean text: the stage alone, one core, over texts that are
// cleaned, folded and tagged already. docs/benchmarks.md.
//
//   sakuin_advice_speed [--least MB/s] [--repeat N] PATH...    exit status 1 below --least

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/pipeline.h"
#include "tests/bench/measured.h"

namespace sakuin::bench {
namespace {

struct Ready {
  model::Document document;
  std::vector<thesaurus::NamedText> texts;
};

struct Speed {
  double bytes = 0;
  std::size_t statements = 0;
  double seconds = 1e9;  // the best round
};

std::size_t Bytes(const model::Document& document) {
  std::size_t out = 0;
  for (const model::Section& one : document.sections) out += one.heading.size() + one.text.size();
  return out;
}

Speed Time(const pipeline::Rules& rules, std::vector<Ready*> documents, int repeat) {
  Speed out;
  for (const Ready* one : documents) out.bytes += static_cast<double>(Bytes(one->document));
  for (int i = 0; i < repeat; ++i) {
    out.statements = 0;
    const double start = Cpu();
    for (Ready* one : documents) rules.advice().Extract(one->document, one->texts);
    out.seconds = std::min(out.seconds, Cpu() - start);
    for (const Ready* one : documents) {
      for (const model::Section& section : one->document.sections) {
        out.statements += section.advice.size();
      }
    }
  }
  return out;
}

int Main(const std::vector<std::string>& arguments) {
  double least = 0;
  int repeat = 5;
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool has_value = i + 1 < arguments.size();
    if (arguments[i] == "--least" && has_value) {
      least = std::atof(arguments[++i].c_str());
    } else if (arguments[i] == "--repeat" && has_value) {
      repeat = std::atoi(arguments[++i].c_str());
    } else {
      paths.push_back(arguments[i]);
    }
  }
  const auto rules = Must(pipeline::Rules::Load(std::string(SAKUIN_ROOT) + "/corpus"));
  const auto pipeline = Must(pipeline::Pipeline::Create(*rules));
  Sources sources;
  for (const std::string& file : pipeline::CollectInputs(paths).files) {
    (void)rules->source_reader().Read(file, {}, sources);
  }
  std::vector<Ready> all;
  for (const model::Source& source : sources.all) {
    auto document = pipeline.Read(source);
    if (!document) continue;
    auto texts = rules->tagger().ReadTexts(*document);
    all.push_back({std::move(*document), std::move(texts)});
  }
  std::map<std::string, std::vector<Ready*>> groups;
  for (Ready& one : all) {
    groups["all"].push_back(&one);
    groups[one.document.language.substr(0, 2)].push_back(&one);
  }
  double speed = 0;
  for (const auto& [name, documents] : groups) {
    const Speed one = Time(*rules, documents, repeat);
    const double rate = one.bytes / 1e6 / one.seconds;
    std::printf("%-4s %6zu documents  %8.3f MB  %7zu statements  %6.1f MB/s\n", name.c_str(),
                documents.size(), one.bytes / 1e6, one.statements, rate);
    if (name == "all") speed = rate;
  }
  return speed < least ? 1 : 0;
}

}  // namespace
}  // namespace sakuin::bench

int main(int argc, char** argv) {
  return sakuin::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
