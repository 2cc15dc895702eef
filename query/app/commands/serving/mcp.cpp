// The Model Context Protocol over standard input and output.

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "query/api/mcp/server.h"
#include "query/app/commands/commands.h"
#include "query/service/library.h"

namespace sakuin::app {
namespace {

constexpr int kGlanceMilliseconds = 200;  // between two looks at whether to stop

// Lines of standard input, whole; of those that are too long only that they are.
class Lines {
 public:
  explicit Lines(const std::atomic<bool>& stop) : stop_(stop) {}

  enum class Got { kLine, kTooLong, kEnd };
  Got Next(std::string& line) {
    while (true) {
      const std::size_t end = waiting_.find('\n', seen_);
      if (end != std::string::npos) return Take(end, line);
      seen_ = waiting_.size();
      if (seen_ > api::kMostMessageBytes) {
        is_too_long_ = true;
        waiting_.clear();
        seen_ = 0;
      }
      if (!ReadMore()) return Rest(line);
    }
  }

 private:
  Got Take(std::size_t end, std::string& line) {
    line = waiting_.substr(0, end);
    waiting_.erase(0, end + 1);
    seen_ = 0;
    const bool too_long = is_too_long_ || line.size() > api::kMostMessageBytes;
    is_too_long_ = false;
    return too_long ? Got::kTooLong : Got::kLine;
  }

  // What the last line is, without its newline.
  Got Rest(std::string& line) {
    if (stop_ || (waiting_.empty() && !is_too_long_)) return Got::kEnd;
    return Take(waiting_.size(), line);
  }

  bool ReadMore() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (!stop_) {
      const int ready = poll(&input, 1, kGlanceMilliseconds);
      if (ready < 0 && errno != EINTR) return false;
      if (ready <= 0) continue;
      std::array<char, 65536> bytes{};
      const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      waiting_.append(bytes.data(), static_cast<std::size_t>(count));
      return true;
    }
    return false;
  }

  const std::atomic<bool>& stop_;
  std::string waiting_;
  std::size_t seen_ = 0;  // of `waiting_`, without a newline
  bool is_too_long_ = false;
};

class Mcp : public Command {
 public:
  const char* Name() const override { return "mcp"; }
  const char* Summary() const override { return "Answer language models' tools (MCP)"; }
  const char* Examples() const override {
    return "  sakuin --db knee.db mcp        speaks MCP on standard input and output; read-only\n"
           "  sakuin mcp < requests.jsonl    a JSON-RPC message a line\n";
  }
  void Define(Options&) override {}

  int Run(const Context& context) override {
    auto library = service::Library::Open(context);
    if (!library) return Complain(library.error());
    auto desk = service::Desk::Open(**library);
    if (!desk) return Complain(desk.error());
    api::McpServer server(**desk, kProgramVersion);
    Lines lines(*context.stop);
    std::string line;
    while (true) {
      const Lines::Got got = lines.Next(line);
      if (got == Lines::Got::kEnd) return *context.stop ? kInterrupted : kDone;
      if (got == Lines::Got::kLine && line.find_first_not_of(" \t\r") == std::string::npos)
        continue;
      const std::string answer =
          got == Lines::Got::kTooLong ? server.TooLong() : server.Answer(line);
      if (answer.empty()) continue;
      bool closed = false;
      if (!Out(answer + "\n") || !FlushOut(closed)) return kFailed;
      if (closed) return kDone;
    }
  }
};

}  // namespace

std::unique_ptr<Command> MakeMcp() { return std::make_unique<Mcp>(); }

}  // namespace sakuin::app
