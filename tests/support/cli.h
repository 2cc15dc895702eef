#pragma once

// Runs the real program, as a person would.

#include <sys/types.h>

#include <string>
#include <vector>

namespace sakuin::test {

struct CliResult {
  int status = -1;  // exit status; 128 + N when signal N ended it
  std::string out;
  std::string err;
};

// `folder`: where it is started; empty: here. The environment has no SAKUIN_DB and
// the locale C.
CliResult RunCli(const std::vector<std::string>& arguments, const std::string& standard_input = {},
                 const std::string& folder = {});

// Starts it with standard error into `err_file`; the caller waits for or kills the process.
pid_t StartCli(const std::vector<std::string>& arguments, const std::string& err_file);

}  // namespace sakuin::test
