#include "query/service/query_marks.h"

#include <algorithm>
#include <utility>

#include "query/plan/planner.h"
#include "query/results/highlighter.h"
#include "query/syntax/parser.h"

namespace sakuin::service {
namespace {

void CollectWanted(const plan::Node& node, std::vector<std::size_t>& out) {
  if (node.kind == plan::NodeKind::kNot) return;
  if (node.kind == plan::NodeKind::kLeaf) out.push_back(node.index);
  for (const plan::Node& child : node.children) CollectWanted(child, out);
}

}  // namespace

Result<QueryMarks> QueryMarks::Of(const std::string& query, Desk& desk) {
  QueryMarks out(desk.library().rules()->folding());
  if (query.empty()) return out;
  plan::PlanOptions options;
  options.query = query;
  auto plans =
      plan::MakePlans(syntax::Parse(query), desk.searcher().plan_context(), std::move(options));
  if (!plans) return Pass(plans);
  for (plan::Plan& plan : plans->steps) {
    std::vector<std::size_t> leaves;
    CollectWanted(plan.root, leaves);
    std::sort(leaves.begin(), leaves.end());
    leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
    out.plans_.push_back(std::move(plan));
    out.leaves_.push_back(std::move(leaves));
  }
  return out;
}

std::vector<model::Span> QueryMarks::In(std::string_view text,
                                        const std::vector<model::Reading>& readings) const {
  // What everything was asked for comes first; where nothing of that stands, the words alone.
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    auto spans =
        results::Highlights(results::FindMarks(plans_[i], leaves_[i], *folding_, text, readings));
    if (!spans.empty()) return spans;
  }
  return {};
}

}  // namespace sakuin::service
