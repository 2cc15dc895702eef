#pragma once

// How ingest, rebuild and delete show their progress and their result.

#include <chrono>
#include <string>

#include "indexer/pipeline/ingest_run.h"
#include "query/app/command.h"

namespace sakuin::app {

// A line on standard error that is rewritten ten times a second, on a terminal only.
class Progress {
 public:
  Progress(const Context& context, std::string verb);
  ~Progress();  // clears the line
  void Show(const pipeline::IngestProgress& now);

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  bool wanted_;
  bool shown_ = false;
  std::string verb_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_;
};

// "1000 documents, 3 of 8 files, 4.2 MB/s, about 12 s left": the last by bytes, else by files, else
// left out.
std::string ProgressText(const pipeline::IngestProgress& now, double seconds);

// Warnings and rejected inputs on standard error, the counts on standard output; gives the exit
// status: 0, 1 when some inputs were rejected, 2 when all were, 130 when interrupted.
int PrintSummary(const Context& context, const pipeline::IngestSummary& summary, bool json,
                 bool dry_run);

}  // namespace sakuin::app
