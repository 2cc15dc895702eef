// What each line of standard input says of time and amount: "LANGUAGE<TAB>TEXT" -> the expressions,
// "; " between. tests/quality/advice.py times.
//
//   sakuin_times [DATA_DIR]

#include "indexer/advice/measuring/times.h"

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "indexer/text/folding.h"

namespace {

template <typename T>
T Must(sakuin::Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().Text() << "\n";
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : std::string(SAKUIN_ROOT) + "/corpus";
  const auto folding = Must(sakuin::text::Folding::Load(data));
  const auto rules = Must(sakuin::advice::TimeRules::Load(data, folding));
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string language = line.substr(0, tab);
    std::string said;
    for (const auto& one : rules.Find(language, folding.Fold(line.substr(tab + 1)).chars)) {
      if (one.turns) continue;
      said += (said.empty() ? "" : "; ") + sakuin::advice::Printed(one);
    }
    std::cout << (said.empty() ? "-" : said) << "\n";
  }
  return 0;
}
