#pragma once

// Ast nodes -> plan nodes, as they were typed.

#include <cstddef>
#include <vector>

#include "indexer/base/result.h"
#include "query/plan/plan.h"
#include "query/plan/planner.h"
#include "query/plan/term_planner.h"
#include "query/syntax/ast.h"

namespace sakuin::plan {

// Builds one plan; a second pass over the same tree builds the relaxed one.
class PlanBuilder {
 public:
  // Everything it is given must outlive it.
  PlanBuilder(TermPlanner& terms, const PlanContext& context, Plan& plan,
              std::vector<syntax::Note>& notes)
      : terms_(terms), context_(context), plan_(plan), notes_(notes) {}

  Result<Node> Build(const syntax::Node& node, Scope scope);

  // condition:knee pain -- as many of the words behind it as make a condition's name with the
  // first. Gives how many nodes were taken; 0: `at` is no such field.
  std::size_t AddLongCondition(const std::vector<syntax::Node>& nodes, std::size_t at, Node& out);

 private:
  Result<Node> BuildField(const syntax::Node& node, Scope scope);
  Node AddFilter(FilterField field, const std::string& value, const syntax::Node& at);
  Result<Node> BuildGroup(NodeKind kind, const syntax::Node& node, Scope scope);
  Result<Node> BuildAll(const syntax::Node& node, Scope scope);
  Result<Node> BuildNear(const syntax::Node& node, Scope scope);

  TermPlanner& terms_;
  const PlanContext& context_;
  Plan& plan_;
  std::vector<syntax::Note>& notes_;
};

// Those of flags: they stand beside the root's children. kUsage for a value that names nothing.
Status AddFilters(const PlanOptions& options, const PlanContext& context, Plan& plan,
                  std::vector<syntax::Note>& notes);

}  // namespace sakuin::plan
