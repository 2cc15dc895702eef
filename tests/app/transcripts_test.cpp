// Transcripts of the command line: tests/cli/*.test.

#include <algorithm>
#include <filesystem>

#include "indexer/base/data_dir.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

// Splits as a shell does, for what transcripts need: blanks, double quotes, backslashes in them.
std::vector<std::string> Words(const std::string& line) {
  std::vector<std::string> out;
  std::string word;
  bool quoted = false;
  bool any = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '\\' && i + 1 < line.size()) {
      word += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any || !word.empty()) out.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
    }
  }
  if (any || !word.empty()) out.push_back(word);
  return out;
}

// Does the line fit the pattern, in which "..." stands for anything?
bool Fits(const std::string& pattern, const std::string& line) {
  std::size_t at = 0;
  std::size_t begin = 0;
  bool first = true;
  while (true) {
    const std::size_t dots = pattern.find("...", begin);
    const std::string piece = pattern.substr(begin, dots - begin);
    const std::size_t found = line.find(piece, at);
    if (found == std::string::npos || (first && found != 0)) return false;
    at = found + piece.size();
    first = false;
    if (dots == std::string::npos) {
      return at == line.size() || (piece.empty() && begin > 0) || line.ends_with(piece);
    }
    begin = dots + 3;
  }
}

struct Step {
  std::string command;
  std::vector<std::string> expected;
  int status = 0;
};

std::vector<Step> ReadTranscript(const std::string& path) {
  std::vector<Step> steps;
  for (const std::string& line : Split(ReadFile(path), '\n')) {
    if (line.starts_with("$ ")) {
      steps.push_back({line.substr(2), {}, 0});
    } else if (line.starts_with("? ") && !steps.empty()) {
      steps.back().status = std::stoi(line.substr(2));
    } else if (!line.starts_with("#") && !steps.empty()) {
      steps.back().expected.push_back(line);
    }
  }
  return steps;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> out = Split(text, '\n');
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

TEST_CASE("the command line prints what its transcripts say", "[app][cli]") {
  for (const auto& entry : std::filesystem::directory_iterator(RepositoryPath("tests/cli"))) {
    const TempDir temp;
    temp.Write("articles/ankle.txt",
               "Sprained ankle\n\nThe ankle turned inwards and hurts.\n\nFirst two days\n\n"
               "Put a cold pack on it for fifteen minutes.\n");
    temp.Write("articles/cramp.txt",
               "Calf cramp at night\n\nIt wakes one in three adults.\n\nWhat helps\n\n"
               "Stretch the calf at once.\n");
    temp.Write("sides/clinic.txt",
               "Sprained ankle\n\nApply an ice pack to the sprained ankle for 15 minutes.\n");
    temp.Write("sides/coach.txt", "Sprained ankle\n\nNever put ice on a sprained ankle.\n");
    temp.Write("drafts/calf.txt",
               "Calf cramp\n\nIt is common.\n\nWhat not to do\n\nDo not stretch the calf.\n");
    temp.Write("drafts/self.txt",
               "Night cramps\n\nA cramp in the calf wakes many.\n\nWhat helps\n\n"
               "Massage the calf every day.\n\nWhat not to do\n\nDo not massage the calf.\n");
    // One article in two places: the second has another title, a lead-in and no end.
    std::string body;
    for (int i = 1; i <= 20; ++i) {
      const std::string n = std::to_string(i);
      body += "On day " + n + " raise the heel " + std::to_string(i + 5) + " times.\n";
    }
    temp.Write("reposts/clinic.txt", "Heel raises\n\nA plan for the calf.\n" + body);
    temp.Write("reposts/portal.txt", "Twenty days for the calf\n\nOur readers asked for it.\n" +
                                         body.substr(0, body.find("On day 18")));
    for (const char* const terms : {"terms.tsv", "bad-terms.csv"}) {
      temp.Write(terms, ReadFile(RepositoryPath(std::string("tests/cases/app/") + terms)));
    }
    for (const Step& step : ReadTranscript(entry.path().string())) {
      CAPTURE(entry.path().filename().string(), step.command);
      std::vector<std::string> words = Words(step.command);
      REQUIRE(words.at(0) == "sakuin");
      words.erase(words.begin());
      const CliResult result = RunCli(words, "", temp.path());
      std::vector<std::string> expected = step.expected;
      while (!expected.empty() && expected.back().empty()) expected.pop_back();
      const std::vector<std::string> printed = Lines(result.err + result.out);
      CAPTURE(result.out, result.err);
      CHECK(result.status == step.status);
      REQUIRE(printed.size() == expected.size());
      for (std::size_t i = 0; i < printed.size(); ++i) {
        CAPTURE(expected[i], printed[i]);
        CHECK(Fits(expected[i], printed[i]));
      }
    }
  }
}

}  // namespace
}  // namespace sakuin::test
