#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/results/to_json.h"

namespace sakuin::app {
namespace {

class Duplicates : public Command {
 public:
  const char* Name() const override { return "duplicates"; }
  const char* Summary() const override { return "List articles that stand in several places"; }
  const char* Examples() const override {
    return "  sakuin duplicates             groups, the earliest published of each first\n"
           "  sakuin duplicates --json | jq -r '.groups[].documents[].uri'\n";
  }
  void Define(Options& app) override { app.Flag("--json", json_, "One JSON object"); }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto groups = (*reader)->ListDuplicates();
    if (!groups) return Complain(groups.error());
    std::size_t duplicates = 0;
    for (const model::DuplicateGroup& group : *groups) duplicates += group.size() - 1;
    if (json_) {
      Out(fmt::format("{{\"total\":{},\"duplicates\":{},\"groups\":[", groups->size(), duplicates));
      for (std::size_t i = 0; i < groups->size(); ++i) {
        Out((i > 0 ? "," : "") + results::ToJson((*groups)[i]));
      }
      Out("]}\n");
      return kDone;
    }
    for (const model::DuplicateGroup& group : *groups) {
      for (const model::Duplicate& member : group) PrintMember(member, &member == &group.front());
      Out("\n");
    }
    Out(fmt::format("{} group{}, {} duplicate{}\n", groups->size(), groups->size() == 1 ? "" : "s",
                    duplicates, duplicates == 1 ? "" : "s"));
    return kDone;
  }

 private:
  static void PrintMember(const model::Duplicate& member, bool first) {
    const std::string title = member.title.empty() ? "(no title)" : member.title;
    const std::string date = member.published.substr(0, 10);
    Out((first ? "" : "  ") + FitWidth(member.id, 16, true) + "  " +
        (first ? "    " : fmt::format("{:.2f}", member.similarity)) + "  " +
        FitWidth(date, 10, true) + "  " + FitWidth(Printable(title), 44, true) + "  " +
        Printable(member.uri) + "\n");
  }
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeDuplicates() { return std::make_unique<Duplicates>(); }

}  // namespace sakuin::app
