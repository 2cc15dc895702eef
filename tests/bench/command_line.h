#pragma once

// The command line of a measuring program. CLI11's header takes five seconds to compile: here
// alone.

#include <memory>
#include <optional>
#include <string>

#include "query/app/options.h"

namespace sakuin::bench {

class CommandLine {
 public:
  explicit CommandLine(const std::string& about);
  ~CommandLine();

  app::Options options() const;
  // The status to end with at once, after `--help` and mistakes.
  std::optional<int> Read(int count, char** arguments);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace sakuin::bench
