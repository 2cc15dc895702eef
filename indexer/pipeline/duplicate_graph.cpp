#include "indexer/pipeline/duplicate_graph.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace sakuin::pipeline {
namespace {

constexpr std::size_t kMostGrams = std::size_t{8} << 20U;  // kept in memory, of four bytes

}  // namespace

DuplicateGraph::Index DuplicateGraph::NewNode(Key document) {
  const auto at = static_cast<Index>(nodes_.size());
  index_.emplace(document, at);
  nodes_.push_back({document, false, at, nullptr, nullptr, {}});
  return at;
}

void DuplicateGraph::AddFresh(Key document) { nodes_[NewNode(document)].fresh = true; }

Result<DuplicateGraph::Index> DuplicateGraph::NodeOf(Key document) {
  const auto found = index_.find(document);
  if (found != index_.end()) return found->second;
  const auto state = store_.ReadState(document);
  if (!state) return Pass(state);
  const Index node = NewNode(document);
  if (state->representative != 0 && state->representative != document) {
    const auto first = NodeOf(state->representative);
    if (!first) return Pass(first);
    Join(node, *first);
  }
  return node;
}

Status DuplicateGraph::AddBand(const std::vector<Key>& documents) {
  if (documents.size() < 2) return {};
  Band band;
  for (const Key document : documents) {
    const auto node = NodeOf(document);
    if (!node) return Pass(node);
    band.members.push_back(*node);
    if (nodes_[*node].fresh) nodes_[*node].bands.push_back(static_cast<Index>(bands_.size()));
  }
  bands_.push_back(std::move(band));
  return {};
}

Status DuplicateGraph::Link() {
  for (Index node = 0; node < nodes_.size(); ++node) {
    if (!nodes_[node].fresh) continue;
    for (const Index other : Candidates(node)) {
      if (Find(node) == Find(other)) continue;
      const auto alike = AreDuplicates(node, other);
      if (!alike) return Pass(alike);
      if (*alike) Join(node, other);
    }
  }
  return {};
}

// In a fixed order, each once, and of two fresh documents the later one only.
std::vector<DuplicateGraph::Index> DuplicateGraph::Candidates(Index node) {
  std::vector<Index> out;
  for (const Index number : nodes_[node].bands) {
    Band& band = bands_[number];
    band.closed = band.closed || IsOneComponent(band);
    if (band.closed) continue;
    for (const Index other : band.members) {
      if (!nodes_[other].fresh || other > node) out.push_back(other);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool DuplicateGraph::IsOneComponent(const Band& band) {
  const Index root = Find(band.members.front());
  return std::all_of(band.members.begin(), band.members.end(),
                     [this, root](Index member) { return Find(member) == root; });
}

DuplicateGraph::Index DuplicateGraph::Find(Index node) {
  Index root = node;
  while (nodes_[root].parent != root) root = nodes_[root].parent;
  while (nodes_[node].parent != root) node = std::exchange(nodes_[node].parent, root);
  return root;
}

void DuplicateGraph::Join(Index a, Index b) {
  const Index of_a = Find(a);
  const Index of_b = Find(b);
  nodes_[std::max(of_a, of_b)].parent = std::min(of_a, of_b);
}

Result<bool> DuplicateGraph::AreDuplicates(Index a, Index b) {
  const auto print_a = PrintOf(a);
  if (!print_a) return Pass(print_a);
  const auto print_b = PrintOf(b);
  if (!print_b) return Pass(print_b);
  const text::Verdict verdict = text::Compare(**print_a, **print_b);
  if (verdict != text::Verdict::kUnsure) return verdict == text::Verdict::kDuplicate;
  const auto grams_a = GramsOf(a);
  if (!grams_a) return Pass(grams_a);
  const auto grams_b = GramsOf(b);
  if (!grams_b) return Pass(grams_b);
  return text::Compare(**grams_a, **grams_b) == text::Verdict::kDuplicate;
}

Result<const model::Fingerprint*> DuplicateGraph::PrintOf(Index node) {
  Node& of = nodes_[node];
  if (of.print != nullptr) return of.print;
  auto found = prints_.find(of.document);
  if (found == prints_.end()) {
    auto print = store_.ReadFingerprint(of.document);
    if (!print) return Pass(print);
    found = prints_.emplace(of.document, std::move(*print)).first;
  }
  of.print = &found->second;
  return of.print;
}

Result<std::shared_ptr<const text::Grams>> DuplicateGraph::GramsOf(Index node) {
  Node& of = nodes_[node];
  if (of.grams) return of.grams;
  const auto wording = store_.ReadWording(of.document);
  if (!wording) return Pass(wording);
  text::GramCollector collector;
  for (const std::string& text : *wording) collector.Add(folding_.Fold(text).chars);
  if (grams_size_ > kMostGrams) {
    for (Node& other : nodes_) other.grams.reset();
    grams_size_ = 0;
  }
  of.grams = std::make_shared<const text::Grams>(collector.Collect());
  grams_size_ += of.grams->size();
  return of.grams;
}

std::vector<std::vector<DuplicateGraph::Key>> DuplicateGraph::Components() {
  struct Component {
    bool fresh = false;
    std::vector<Key> documents;
  };
  std::map<Index, Component> all;
  for (Index node = 0; node < nodes_.size(); ++node) {
    Component& component = all[Find(node)];
    component.fresh = component.fresh || nodes_[node].fresh;
    component.documents.push_back(nodes_[node].document);
  }
  std::vector<std::vector<Key>> out;
  for (auto& [root, component] : all) {
    (void)root;
    if (component.fresh && component.documents.size() > 1) {
      out.push_back(std::move(component.documents));
    }
  }
  return out;
}

}  // namespace sakuin::pipeline
