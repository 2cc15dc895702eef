#include "indexer/thesaurus/skos/cycles.h"

#include <algorithm>
#include <cstdint>

namespace sakuin::thesaurus {
namespace {

class Tarjan {
 public:
  explicit Tarjan(const std::vector<std::vector<std::size_t>>& edges)
      : edges_(edges), order_(edges.size(), 0), low_(edges.size(), 0), open_(edges.size(), 0) {}

  std::vector<std::size_t> Run() {
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (order_[i] == 0) Visit(i);
    }
    std::sort(out_.begin(), out_.end());
    return std::move(out_);
  }

 private:
  struct Frame {
    std::size_t node = 0;
    std::size_t next = 0;  // edge
  };

  void Open(std::size_t node) {
    order_[node] = low_[node] = ++count_;
    open_[node] = 1;
    component_.push_back(node);
    frames_.push_back({node, 0});
  }

  void Visit(std::size_t start) {
    Open(start);
    while (!frames_.empty()) {
      const std::size_t node = frames_.back().node;
      if (frames_.back().next < edges_[node].size()) {
        const std::size_t to = edges_[node][frames_.back().next++];
        if (order_[to] == 0) {
          Open(to);
        } else if (open_[to] != 0) {
          low_[node] = std::min(low_[node], order_[to]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        std::size_t& above = low_[frames_.back().node];
        above = std::min(above, low_[node]);
      }
      if (low_[node] == order_[node]) Close(node);
    }
  }

  void Close(std::size_t node) {
    const auto first = std::find(component_.rbegin(), component_.rend(), node).base() - 1;
    const bool itself =
        std::find(edges_[node].begin(), edges_[node].end(), node) != edges_[node].end();
    if (component_.end() - first > 1 || itself) out_.insert(out_.end(), first, component_.end());
    for (auto it = first; it != component_.end(); ++it) open_[*it] = 0;
    component_.erase(first, component_.end());
  }

  const std::vector<std::vector<std::size_t>>& edges_;
  std::vector<std::size_t> order_;  // 0: not seen yet
  std::vector<std::size_t> low_;
  std::vector<std::uint8_t> open_;
  std::vector<std::size_t> component_;
  std::vector<Frame> frames_;
  std::vector<std::size_t> out_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<std::size_t> InCycles(const std::vector<std::vector<std::size_t>>& edges) {
  return Tarjan(edges).Run();
}

}  // namespace sakuin::thesaurus
