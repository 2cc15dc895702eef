#include "tests/bench/command_line.h"

#include <CLI/CLI.hpp>

namespace sakuin::bench {

CommandLine::CommandLine(const std::string& about) : app_(std::make_unique<CLI::App>(about)) {}

CommandLine::~CommandLine() = default;

app::Options CommandLine::options() const { return app::Options(app_.get()); }

std::optional<int> CommandLine::Read(int count, char** arguments) {
  try {
    app_->parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app_->exit(error);
  }
  return std::nullopt;
}

}  // namespace sakuin::bench
