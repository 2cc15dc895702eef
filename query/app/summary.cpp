#include "query/app/summary.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace sakuin::app {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr double kMegabyte = 1e6;

}  // namespace

Progress::Progress(const Context& context, std::string verb)
    : wanted_(!context.quiet && IsTerminal(STDERR_FILENO)),
      verb_(std::move(verb)),
      start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (shown_) Err("\r\033[K");
}

void Progress::Show(std::size_t done, std::size_t all, std::uint64_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  if (!wanted_ || now - last_ < kInterval) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = seconds > 0 ? static_cast<double>(bytes) / kMegabyte / seconds : 0;
  const double left =
      done > 0 ? seconds / static_cast<double>(done) * static_cast<double>(all - done) : 0;
  Err(fmt::format("\r{} {} of {} files, {:.1f} MB/s, about {:.0f} s left\033[K", verb_, done, all,
                  rate, left));
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
    // Advice and tensions are not drawn out yet: a knowledge base holds none.
    out["advice"] = 0;
    out["tensions"] = 0;
    out["bytes"] = s.bytes;
    out["seconds"] = s.seconds;
    if (dry_run) out["dry_run"] = true;
    Out(out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  } else {
    Out(fmt::format("{}{} added, {} updated, {} unchanged, {} removed, {} rejected in {:.1f} s\n",
                    dry_run ? "dry run: " : "", s.added, s.updated, s.unchanged, s.removed,
                    s.rejected.size(), s.seconds));
    std::string line = fmt::format("{} holds {} documents, {} sections", context.kb,
                                   s.totals.documents, s.totals.sections);
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
