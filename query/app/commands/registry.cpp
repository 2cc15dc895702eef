#include "query/app/commands/commands.h"

namespace sakuin::app {

std::vector<std::unique_ptr<Command>> AllCommands() {
  std::vector<std::unique_ptr<Command>> out;
  out.push_back(MakeIngest());
  out.push_back(MakeSearch());
  out.push_back(MakeComplete());
  out.push_back(MakeShow());
  out.push_back(MakeList());
  out.push_back(MakeDelete());
  out.push_back(MakeExtract());
  out.push_back(MakeConditions());
  out.push_back(MakeAdvice());
  out.push_back(MakePositions());
  out.push_back(MakeContradictions());
  out.push_back(MakeReview());
  out.push_back(MakeCheck());
  out.push_back(MakeServe());
  out.push_back(MakeMcp());
  out.push_back(MakeDuplicates());
  out.push_back(MakeExport());
  out.push_back(MakeExplain());
  out.push_back(MakeThesaurus());
  out.push_back(MakeStats());
  out.push_back(MakeVerify());
  out.push_back(MakeBackup());
  out.push_back(MakeRebuild());
  out.push_back(MakeOptimize());
  out.push_back(MakeEvaluate());
  return out;
}

}  // namespace sakuin::app
