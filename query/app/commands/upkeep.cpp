// stats, verify, backup: looking after a knowledge base.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/service/documents.h"

namespace sakuin::app {
namespace {

using json = nlohmann::ordered_json;

class Stats : public Command {
 public:
  const char* Name() const override { return "stats"; }
  const char* Summary() const override { return "Count sections by language, condition and site"; }
  const char* Examples() const override {
    return "  sakuin stats\n"
           "  sakuin stats --json\n";
  }
  void Define(Options& app) override { app.Flag("--json", json_, "One JSON object"); }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto stats = service::StatsObject(**reader);
    if (!stats) return Complain(stats.error());
    if (json_) {
      Out(JsonText(*stats) + "\n");
    } else {
      PrintText(*stats);
    }
    return kDone;
  }

 private:
  static void PrintText(const json& out) {
    for (const auto& [key, value] : out.items()) {
      if (!value.is_object()) {
        Out(fmt::format("{:<14}{}\n", key, JsonText(value)));
        continue;
      }
      Out("\n" + key + "\n");
      for (const auto& [name, count] : value.items()) {
        Out("  " + FitWidth(Printable(name), 40, true) + "  " +
            (count.is_string() ? count.get<std::string>() : JsonText(count)) + "\n");
      }
    }
  }
  bool json_ = false;
};

class Verify : public Command {
 public:
  const char* Name() const override { return "verify"; }
  const char* Summary() const override { return "Check every page, posting and stored text"; }
  const char* Examples() const override {
    return "  sakuin verify             says what is damaged and how to mend it\n"
           "  sakuin verify --json\n";
  }
  void Define(Options& app) override { app.Flag("--json", json_, "One JSON object"); }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) {
      if (reader.error().code != ErrorCode::kDamaged) return Complain(reader.error());
      return Report({{"file", context.kb, reader.error().message, "restore a backup"}});
    }
    const auto problems = (*reader)->Verify();
    if (!problems) {
      if (problems.error().code != ErrorCode::kDamaged) return Complain(problems.error());
      return Report({{"file", context.kb, problems.error().message, "restore a backup"}});
    }
    return Report(*problems);
  }

 private:
  int Report(const std::vector<store::Problem>& problems) const {
    if (json_) {
      json list = json::array();
      for (const store::Problem& p : problems) {
        list.push_back(
            {{"layer", p.layer}, {"where", p.where}, {"what", p.what}, {"repair", p.repair}});
      }
      const json out{{"sound", problems.empty()}, {"problems", list}};
      Out(JsonText(out) + "\n");
    } else if (problems.empty()) {
      Out("sound\n");
    } else {
      constexpr std::size_t kShown = 20;
      for (std::size_t i = 0; i < problems.size() && i < kShown; ++i) {
        const store::Problem& p = problems[i];
        Out(Printable(p.layer + ": " + p.where + ": " + p.what) + "\n    to mend it: " + p.repair +
            "\n");
      }
      if (problems.size() > kShown) Out(fmt::format("and {} more\n", problems.size() - kShown));
    }
    return problems.empty() ? kDone : kSomething;
  }
  bool json_ = false;
};

class Backup : public Command {
 public:
  const char* Name() const override { return "backup"; }
  const char* Summary() const override { return "Write a whole copy, while others read and write"; }
  const char* Examples() const override { return "  sakuin backup knee-2026-11-24.db\n"; }
  void Define(Options& app) override {
    app.Add("FILE", file_, "The copy; must not be there yet").Required();
  }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    if (const Status done = (*reader)->BackUp(file_); !done) return Complain(done.error());
    Out("wrote " + Printable(file_) + "\n");
    return kDone;
  }

 private:
  std::string file_;
};

class Optimize : public Command {
 public:
  const char* Name() const override { return "optimize"; }
  const char* Summary() const override {
    return "Make the index one piece and give free space back";
  }
  const char* Examples() const override {
    return "  sakuin optimize           after many updates or deletions; searches find the same\n";
  }
  void Define(Options& app) override { app.Flag("--json", json_, "One JSON object"); }
  int Run(const Context& context) override {
    auto writer = store::OpenWriter(context.kb, false);
    if (!writer) return Complain(writer.error());
    const std::uintmax_t before = SizeOf(context.kb);
    const auto start = std::chrono::steady_clock::now();
    if (const Status done = (*writer)->Optimize(); !done) return Complain(done.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const std::uintmax_t after = SizeOf(context.kb);
    if (json_) {
      Out(JsonText(json{{"bytes_before", before}, {"bytes", after}, {"seconds", took.count()}}) +
          "\n");
    } else {
      constexpr double kMega = 1e6;
      Out(fmt::format("{:.1f} MB, was {:.1f} MB; {:.1f} s\n", static_cast<double>(after) / kMega,
                      static_cast<double>(before) / kMega, took.count()));
    }
    return kDone;
  }

 private:
  static std::uintmax_t SizeOf(const std::string& path) {
    std::error_code ignored;
    std::uintmax_t out = 0;
    for (const char* end : {"", "-wal"}) {
      const std::uintmax_t size = std::filesystem::file_size(path + end, ignored);
      if (size != static_cast<std::uintmax_t>(-1)) out += size;
    }
    return out;
  }
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeOptimize() { return std::make_unique<Optimize>(); }
std::unique_ptr<Command> MakeStats() { return std::make_unique<Stats>(); }
std::unique_ptr<Command> MakeVerify() { return std::make_unique<Verify>(); }
std::unique_ptr<Command> MakeBackup() { return std::make_unique<Backup>(); }

}  // namespace sakuin::app
