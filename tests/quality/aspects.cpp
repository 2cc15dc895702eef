// Measures the aspects of written sections: tests/quality/aspects.tsv, or another file of its form.
//
//   sakuin_aspects [--corpus DIR] [--rows all|odd|even] [--floor F1] [--list|--explain|--features]
//   ROWS
//
// Prints precision, recall and F1 over the aspects that must be said (those with "?" count neither
// way), how often the first one is right, and with --list every row that is not (--explain: and
// why). With --features, prints instead what is weighed of every row, for fit_aspects.py. Exit
// status 1 if F1 is below the floor.

#include "indexer/thesaurus/aspects.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/text/folding.h"

namespace sakuin {
namespace {

struct Options {
  std::string corpus = SAKUIN_ROOT "/corpus";
  std::string rows = "all";
  std::string path;
  double floor = 0;
  bool list = false;
  bool explain = false;  // the listed rows
  bool features = false;
};

struct Counts {
  int hit = 0;
  int wrong = 0;
  int missed = 0;

  double F1() const { return hit == 0 ? 0 : 2.0 * hit / (2.0 * hit + wrong + missed); }
  void Print(const std::string& name) const {
    std::printf("%-22s P %.3f  R %.3f  F1 %.3f  of %d\n", name.c_str(),
                hit == 0 ? 0.0 : 1.0 * hit / (hit + wrong),
                hit == 0 ? 0.0 : 1.0 * hit / (hit + missed), F1(), hit + missed);
  }
};

struct Score {
  Counts all;
  std::map<std::string, Counts> by_aspect;
  std::map<std::string, Counts> by_language;
  int rows = 0;
  int primary = 0;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// A pilcrow stands for a line break.
std::string Lines(std::string text) {
  const std::string mark = "\xC2\xB6";
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
    text.replace(at, mark.size(), "\n");
  }
  return text;
}

std::optional<thesaurus::SectionRole> RoleOf(const std::string& name) {
  using Role = thesaurus::SectionRole;
  static const std::map<std::string, Role> roles{{"section", Role::kSection},
                                                 {"lead", Role::kLead},
                                                 {"overview", Role::kOverview},
                                                 {"chapter", Role::kChapter},
                                                 {"answer", Role::kAnswer}};
  const auto found = roles.find(name);
  if (found == roles.end()) return std::nullopt;
  return found->second;
}

// False if the row is not as it should be said.
bool Add(const std::vector<std::string>& wanted, const std::vector<std::string>& found,
         const std::string& language, Score& score) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  bool right = true;
  const auto count = [&](const std::string& aspect, int Counts::*what) {
    for (Counts* counts : {&score.all, &score.by_aspect[aspect], &score.by_language[language]}) {
      ++(counts->*what);
    }
    right = right && what == &Counts::hit;
  };
  for (const std::string& aspect : wanted) {
    if (aspect.ends_with("?")) continue;
    count(aspect, has(found, aspect) ? &Counts::hit : &Counts::missed);
  }
  for (const std::string& aspect : found) {
    if (!has(wanted, aspect) && !has(wanted, aspect + "?")) count(aspect, &Counts::wrong);
  }
  ++score.rows;
  if (!found.empty() && (found[0] == wanted[0] || found[0] + "?" == wanted[0])) {
    ++score.primary;
  } else {
    right = false;
  }
  return right;
}

// Of every aspect that is not unlikely, what speaks for and against it.
void PrintEvidence(const thesaurus::AspectRules& rules, const thesaurus::AspectInput& input) {
  for (const thesaurus::AspectEvidence& one : rules.Explain(input)) {
    if (one.score < 0.1) continue;
    std::printf("    %.2f %s: %+.1f", one.score, std::string(one.aspect).c_str(), one.prior);
    for (const thesaurus::AspectCue& cue : one.cues) {
      const std::u32string_view place = cue.place == thesaurus::CuePlace::kText ? input.text
                                        : cue.place == thesaurus::CuePlace::kAbove
                                            ? input.parent_heading
                                            : input.heading;
      std::printf(" %s(%s)%+.1f",
                  utf8::Encode(place.substr(cue.begin, cue.end - cue.begin)).c_str(),
                  std::string(cue.kind).c_str(), cue.weight);
    }
    std::printf("\n");
  }
}

bool Parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] { return i + 1 < argc ? std::string(argv[++i]) : std::string(); };
    if (word == "--corpus") {
      options.corpus = value();
    } else if (word == "--rows") {
      options.rows = value();
    } else if (word == "--floor") {
      options.floor = std::strtod(value().c_str(), nullptr);
    } else if (word == "--list") {
      options.list = true;
    } else if (word == "--explain") {
      options.list = options.explain = true;
    } else if (word == "--features") {
      options.features = true;
    } else if (options.path.empty() && !word.starts_with("--")) {
      options.path = word;
    } else {
      return false;
    }
  }
  return !options.path.empty();
}

int Run(const Options& options) {
  const auto folding = text::Folding::Load(options.corpus);
  const auto rows = ReadTsv(options.path, 6, 6);
  if (!folding || !rows) {
    std::fprintf(stderr, "%s\n", (!rows ? rows.error() : folding.error()).Text().c_str());
    return 2;
  }
  const auto rules = thesaurus::AspectRules::Load(options.corpus, *folding);
  if (!rules) {
    std::fprintf(stderr, "%s\n", rules.error().Text().c_str());
    return 2;
  }
  Score score;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    if (options.rows == (i % 2 == 0 ? "even" : "odd")) continue;
    const std::vector<std::string>& row = (*rows)[i].fields;
    const std::u32string above = folding->Fold(row[2]).chars;
    const std::u32string heading = folding->Fold(row[3]).chars;
    const std::u32string text = folding->Fold(Lines(row[4])).chars;
    const auto role = RoleOf(row[1]);
    if (!role) {
      std::fprintf(stderr, "%s: '%s' is no role\n", (*rows)[i].where.c_str(), row[1].c_str());
      return 2;
    }
    const thesaurus::AspectInput input{row[0], heading, above, text, *role};
    if (options.features) {
      std::printf("%s\tsentences=%zu", row[5].c_str(), thesaurus::CountSentences(text));
      for (const auto& [name, value] : rules->Features(input)) {
        std::printf("\t%s=%g", name.c_str(), value);
      }
      std::printf("\n");
      continue;
    }
    const auto found = rules->Find(input);
    const auto wanted = Split(row[5], ' ');
    if (!Add(wanted, found, row[0], score) && options.list) {
      std::printf("%s: %s: %s, not %s\n", (*rows)[i].where.c_str(), row[3].c_str(),
                  Joined(found).c_str(), row[5].c_str());
      if (options.explain) PrintEvidence(*rules, input);
    }
  }
  if (options.features) return 0;
  for (const auto& [name, counts] : score.by_aspect) counts.Print(name);
  for (const auto& [name, counts] : score.by_language) counts.Print(name);
  score.all.Print("all");
  std::printf("%d rows, first aspect right in %.3f\n", score.rows,
              score.rows == 0 ? 0.0 : 1.0 * score.primary / score.rows);
  if (score.all.F1() >= options.floor) return 0;
  std::fprintf(stderr, "F1 %.3f is below the floor, %.3f\n", score.all.F1(), options.floor);
  return 1;
}

}  // namespace
}  // namespace sakuin

int main(int argc, char** argv) {
  sakuin::Options options;
  if (!sakuin::Parse(argc, argv, options)) {
    std::fprintf(stderr,
                 "sakuin_aspects [--corpus DIR] [--rows all|odd|even] [--floor F1] "
                 "[--list|--explain|--features] ROWS\n");
    return 2;
  }
  return sakuin::Run(options);
}
