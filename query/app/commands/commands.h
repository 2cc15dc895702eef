#pragma once

// One factory a command; each stands in a file of its own. To add a command: write its file, name
// it here and in registry.cpp, describe it in docs/cli.md (a test looks for it there).

#include <memory>
#include <string>
#include <vector>

#include "query/app/command.h"

namespace sakuin::app {

// What ingest and extract read alike.
inline const std::vector<std::string> kInputFormats = {
    "auto", "html", "toutiao", "text", "markdown", "jsonl", "csv", "tsv", "warc"};
inline constexpr const char* kColumnsHelp =
    "Columns of CSV and TSV by their names, as text=answer,title=question";

std::unique_ptr<Command> MakeIngest();
std::unique_ptr<Command> MakeSearch();
std::unique_ptr<Command> MakeComplete();
std::unique_ptr<Command> MakeEvaluate();
std::unique_ptr<Command> MakeShow();
std::unique_ptr<Command> MakeList();
std::unique_ptr<Command> MakeDelete();
std::unique_ptr<Command> MakeExtract();
std::unique_ptr<Command> MakeConditions();
std::unique_ptr<Command> MakeAdvice();
std::unique_ptr<Command> MakePositions();
std::unique_ptr<Command> MakeContradictions();
std::unique_ptr<Command> MakeReview();
std::unique_ptr<Command> MakeCheck();
std::unique_ptr<Command> MakeServe();
std::unique_ptr<Command> MakeMcp();
std::unique_ptr<Command> MakeDuplicates();
std::unique_ptr<Command> MakeExport();
std::unique_ptr<Command> MakeExplain();
std::unique_ptr<Command> MakeThesaurus();
std::unique_ptr<Command> MakeThesaurusImport();  // a subcommand of `thesaurus`
std::unique_ptr<Command> MakeStats();
std::unique_ptr<Command> MakeVerify();
std::unique_ptr<Command> MakeBackup();
std::unique_ptr<Command> MakeRebuild();
std::unique_ptr<Command> MakeOptimize();

}  // namespace sakuin::app
