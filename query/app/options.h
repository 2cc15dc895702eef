#pragma once

// How a command says what it can be told. A thin cover over the library that reads the command
// line: its header takes seconds to compile, and every command has options.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace sakuin::app {

// One option, or one word that is no option. A handle: copies are the same option; the command line
// owns it.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option Required() const;
  // Each time it is given adds one value.
  Option Repeated() const;
  Option OneOf(const std::vector<std::string>& values) const;
  // Whole numbers from `least` to `most`.
  Option Between(int least, int most) const;
  // What its value is called in the help.
  Option Called(const std::string& name) const;
  // The help does not show it.
  Option Hidden() const;
  Option Needs(const Option& other) const;
  Option Excludes(const Option& other) const;

 private:
  CLI::Option* option_;
};

// What one command takes. A handle, as above; empty until it is assigned.
class Options {
 public:
  Options() = default;
  explicit Options(CLI::App* app) : app_(app) {}

  // `names` as "-q,--quiet", or one word without dashes for what stands by its place. `to` must
  // live until the command line was read. T: std::string, std::vector<std::string>, int,
  // unsigned, std::int64_t, std::size_t.
  template <typename T>
  Option Add(const std::string& names, T& to, const std::string& text) const;
  Option Flag(const std::string& names, bool& to, const std::string& text) const;

  // A command of this command; global options may stand behind it too.
  Options AddCommand(const std::string& name, const std::string& summary) const;
  // One of them must be given.
  void RequireCommand() const;
  bool IsGiven() const;

 private:
  CLI::App* app_ = nullptr;
};

}  // namespace sakuin::app
