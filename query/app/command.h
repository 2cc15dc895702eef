#pragma once

// What every command of `sakuin` is.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/app/options.h"
#include "query/app/terminal.h"
#include "query/service/place.h"

namespace sakuin::app {

inline constexpr const char* kProgramVersion = "0.1.0";

// Exit statuses, as grep's.
inline constexpr int kDone = 0;
inline constexpr int kSomething = 1;  // done, with something to report: no hit, findings, rejects
inline constexpr int kFailed = 2;
inline constexpr int kInterrupted = 130;

// What the global options say.
struct Context : service::Place {
  std::string ui_language = "en";  // of names of conditions and aspects: one of model::kLanguages
  ColorMode color = ColorMode::kAuto;
  bool quiet = false;
  int verbosity = 0;
  const std::atomic<bool>* stop = nullptr;  // set by an interrupt
};

class Command {
 public:
  virtual ~Command() = default;
  virtual const char* Name() const = 0;
  virtual const char* Summary() const = 0;   // one line, no full stop
  virtual const char* Examples() const = 0;  // for --help: a line each, beginning with "  sakuin"
  virtual void Define(Options& app) = 0;
  // Prints its result and its failures; gives the exit status.
  virtual int Run(const Context& context) = 0;
};

// All commands, in the order of the help.
std::vector<std::unique_ptr<Command>> AllCommands();

// "sakuin: message" on standard error; the exit status that the error asks for.
int Complain(const Error& error);
void Warn(const Context& context, const std::string& message);

}  // namespace sakuin::app
