#include "query/app/summary.h"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "indexer/base/json_text.h"
#include "query/app/commands/editing/today.h"

namespace sakuin::app {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr double kMegabyte = 1e6;

nlohmann::ordered_json ReportObject(const pipeline::DocumentReport& d,
                                    const std::map<std::string, std::string>& first) {
  nlohmann::ordered_json kept = nlohmann::ordered_json::object();
  nlohmann::ordered_json dropped = nlohmann::ordered_json::object();
  for (const model::BlockCount& block : d.blocks) {
    (block.kept ? kept : dropped)[block.reason] = block.count;
  }
  nlohmann::ordered_json out{{"uri", d.uri},
                             {"id", d.id},
                             {"action", d.updated ? "updated" : "added"},
                             {"encoding", d.encoding},
                             {"encoding_reason", d.encoding_reason},
                             {"replaced", d.replaced},
                             {"profile", d.profile},
                             {"language", d.language},
                             {"sections", d.sections},
                             {"advice", d.advice},
                             {"truncated", d.truncated},
                             {"kept", std::move(kept)},
                             {"dropped", std::move(dropped)}};
  if (const auto found = first.find(d.id); found != first.end())
    out["duplicate_of"] = found->second;
  if (!d.notes.empty()) out["notes"] = d.notes;
  return out;
}

}  // namespace

Progress::Progress(const Context& context, std::string verb)
    : wanted_(!context.quiet && IsTerminal(STDERR_FILENO)),
      verb_(std::move(verb)),
      start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (shown_) Err("\r\033[K");
}

void Progress::Show(const pipeline::IngestProgress& now) {
  const auto time = std::chrono::steady_clock::now();
  if (!wanted_ || time - last_ < kInterval) return;
  last_ = time;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(time - start_).count();
  Err("\r" + verb_ + " " + ProgressText(now, seconds) + "\033[K");
}

std::string ProgressText(const pipeline::IngestProgress& now, double seconds) {
  std::string out = fmt::format("{} documents", now.documents);
  if (now.files_all > 1) out += fmt::format(", {} of {} files", now.files, now.files_all);
  const auto bytes = static_cast<double>(now.bytes);
  if (seconds > 0) out += fmt::format(", {:.1f} MB/s", bytes / kMegabyte / seconds);
  double share = 0;  // of the work that is done
  if (now.bytes_all >= now.bytes && now.bytes_all > 0) {
    share = bytes / static_cast<double>(now.bytes_all);
  } else if (now.files_all > 1) {
    share = static_cast<double>(now.files) / static_cast<double>(now.files_all);
  }
  if (share > 0) out += fmt::format(", about {:.0f} s left", seconds / share * (1 - share));
  return out;
}

int PrintSummary(const Context& context, const pipeline::IngestSummary& s, bool json,
                 bool dry_run) {
  for (const std::string& warning : s.warnings) Warn(context, warning);
  for (const pipeline::Rejected& bad : s.rejected) {
    Err("sakuin: rejected: " + Printable(bad.uri) + ": " + Printable(bad.reason) + "\n");
  }
  if (context.verbosity > 0) {
    for (const pipeline::DuplicateFound& d : s.duplicates) {
      Err(fmt::format("duplicate: {} of {} ({:.2f})\n", Printable(d.uri), Printable(d.of_uri),
                      d.similarity));
    }
  }
  if (json) {
    nlohmann::ordered_json rejected = nlohmann::ordered_json::array();
    for (const pipeline::Rejected& bad : s.rejected) {
      rejected.push_back(
          {{"uri", bad.uri}, {"reason", bad.reason}, {"code", ErrorCodeName(bad.code)}});
    }
    nlohmann::ordered_json out{{"added", s.added},
                               {"updated", s.updated},
                               {"unchanged", s.unchanged},
                               {"removed", s.removed},
                               {"rejected", rejected},
                               {"documents", s.totals.documents},
                               {"sections", s.totals.sections}};
    nlohmann::ordered_json duplicates = nlohmann::ordered_json::array();
    for (const pipeline::DuplicateFound& d : s.duplicates) {
      duplicates.push_back({{"uri", d.uri},
                            {"id", d.id},
                            {"duplicate_of", d.of},
                            {"duplicate_of_uri", d.of_uri},
                            {"similarity", d.similarity}});
    }
    out["duplicates"] = std::move(duplicates);
    std::map<std::string, std::string> first;  // of a duplicate's group
    for (const pipeline::DuplicateFound& d : s.duplicates) first[d.id] = d.of;
    nlohmann::ordered_json report = nlohmann::ordered_json::array();
    for (const pipeline::DocumentReport& d : s.documents) report.push_back(ReportObject(d, first));
    out["report"] = std::move(report);
    out["advice"] = s.totals.advice;
    // Found when they are asked for, as here: a knowledge base holds none.
    if (const auto today = FindToday(context)) out["tensions"] = today->found.tensions.size();
    out["bytes"] = s.bytes;
    out["seconds"] = s.seconds;
    if (dry_run) out["dry_run"] = true;
    Out(JsonText(out) + "\n");
  } else {
    Out(fmt::format("{}{} added, {} updated, {} unchanged, {} removed, {} rejected in {:.1f} s\n",
                    dry_run ? "dry run: " : "", s.added, s.updated, s.unchanged, s.removed,
                    s.rejected.size(), s.seconds));
    std::string line = fmt::format("{} holds {} documents, {} sections", context.kb,
                                   s.totals.documents, s.totals.sections);
    if (s.totals.advice > 0) line += fmt::format(", {} pieces of advice", s.totals.advice);
    if (s.totals.duplicates > 0) {
      line +=
          fmt::format(", {} duplicate{}", s.totals.duplicates, s.totals.duplicates == 1 ? "" : "s");
    }
    Out(line + "\n");
  }
  if (s.interrupted) {
    Err("sakuin: interrupted: what was acknowledged is kept; run the same command to go on\n");
    return kInterrupted;
  }
  if (s.rejected.empty()) return kDone;
  return s.added + s.updated + s.unchanged + s.removed == 0 ? kFailed : kSomething;
}

}  // namespace sakuin::app
