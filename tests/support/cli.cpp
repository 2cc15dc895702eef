#include "tests/support/cli.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/cases.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

[[noreturn]] void Exec(const std::vector<std::string>& arguments) {
  std::vector<char*> raw;
  std::string program = SAKUIN_PROGRAM;
  raw.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) raw.push_back(argument.data());
  raw.push_back(nullptr);
  unsetenv("SAKUIN_DB");
  unsetenv("SAKUIN_THESAURUS");
  execv(program.c_str(), raw.data());
  _exit(127);
}

void Redirect(const std::string& file, int flags, int descriptor) {
  const int opened = open(file.c_str(), flags, 0600);
  if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
}

}  // namespace

CliResult RunCli(const std::vector<std::string>& arguments, const std::string& standard_input,
                 const std::string& folder) {
  const TempDir temp;
  const std::string in = temp.Write("in", standard_input);
  const std::string out = temp.Write("out", "");
  const std::string err = temp.Write("err", "");
  const pid_t child = fork();
  if (child == 0) {
    if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(125);
    Redirect(in, O_RDONLY, STDIN_FILENO);
    Redirect(out, O_WRONLY, STDOUT_FILENO);
    Redirect(err, O_WRONLY, STDERR_FILENO);
    Exec(arguments);
  }
  int state = 0;
  waitpid(child, &state, 0);
  CliResult result;
  result.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  result.out = ReadFile(out);
  result.err = ReadFile(err);
  return result;
}

pid_t StartCli(const std::vector<std::string>& arguments, const std::string& err_file) {
  const pid_t child = fork();
  if (child == 0) {
    Redirect("/dev/null", O_RDONLY, STDIN_FILENO);
    Redirect("/dev/null", O_WRONLY, STDOUT_FILENO);
    Redirect(err_file, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    Exec(arguments);
  }
  return child;
}

}  // namespace sakuin::test
