#include "indexer/pipeline/duplicate_linker.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "indexer/text/near_duplicates.h"

namespace sakuin::pipeline {
namespace {

constexpr std::size_t kMostWaiting = 20000;  // documents between two Settle()s
constexpr std::size_t kMostPrints = 50000;   // fingerprints kept in memory, about 0.5 kB each

}  // namespace

DuplicateLinker::DuplicateLinker(store::DuplicateStore& store, const text::Folding& folding)
    : store_(store), folding_(folding) {}

bool DuplicateLinker::full() const { return added_.size() >= kMostWaiting; }

void DuplicateLinker::Forget() {
  added_.clear();
  dirty_.clear();
  prints_.clear();
}

Status DuplicateLinker::Added(const std::string& document_id, const model::Fingerprint& print) {
  if (print.digest == 0) return {};
  const auto key = store_.KeyOf(document_id);
  if (!key) return Pass(key);
  added_.insert(*key);
  dirty_.insert(*key);
  prints_[*key] = print;
  return {};
}

Status DuplicateLinker::Removing(const std::string& document_id) {
  const auto key = store_.KeyOf(document_id);
  if (!key) return Pass(key);
  const auto state = store_.ReadState(*key);
  if (!state) return Pass(state);
  if (state->representative != 0) {
    const auto members = store_.Members(state->representative);
    if (!members) return Pass(members);
    for (const Key member : *members) {
      if (const Status done = store_.TakeMember(member); !done) return done;
      dirty_.insert(member);
    }
  }
  // Its number may be given to another document.
  added_.erase(*key);
  dirty_.erase(*key);
  prints_.erase(*key);
  return {};
}

Result<const model::Fingerprint*> DuplicateLinker::PrintOf(Key document) {
  const auto found = prints_.find(document);
  if (found != prints_.end()) return &found->second;
  auto print = store_.ReadFingerprint(document);
  if (!print) return Pass(print);
  return &prints_.emplace(document, std::move(*print)).first->second;
}

Result<std::vector<std::uint64_t>> DuplicateLinker::StoreBands() {
  std::vector<std::uint64_t> keys;
  std::vector<store::BandRow> fresh;
  for (const Key document : dirty_) {
    const auto print = PrintOf(document);
    if (!print) return Pass(print);
    for (const std::uint64_t key : model::BandKeys(**print)) {
      keys.push_back(key);
      if (added_.contains(document)) fresh.push_back({key, document});
    }
  }
  std::sort(fresh.begin(), fresh.end(), [](const store::BandRow& a, const store::BandRow& b) {
    return std::tie(a.key, a.document) < std::tie(b.key, b.document);
  });
  if (const Status done = store_.AddBands(fresh); !done) return Pass(done);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Status DuplicateLinker::Settle() {
  if (dirty_.empty()) return {};
  const auto keys = StoreBands();
  if (!keys) return Pass(keys);
  DuplicateGraph graph(store_, folding_, prints_);
  for (const Key document : dirty_) graph.AddFresh(document);
  for (const std::uint64_t key : *keys) {
    const auto documents = store_.InBand(key);
    if (!documents) return Pass(documents);
    if (const Status done = graph.AddBand(*documents); !done) return done;
  }
  if (const Status done = graph.Link(); !done) return done;
  for (const std::vector<Key>& component : graph.Components()) {
    const auto members = Complete(component);
    if (!members) return Pass(members);
    if (const Status done = WriteGroup(*members); !done) return done;
  }
  added_.clear();
  dirty_.clear();
  if (prints_.size() > kMostPrints) prints_.clear();
  return {};
}

Result<std::vector<DuplicateLinker::Key>> DuplicateLinker::Complete(
    const std::vector<Key>& component) {
  std::set<Key> all(component.begin(), component.end());
  for (const Key document : component) {
    if (dirty_.contains(document)) continue;
    const auto members = store_.Members(document);  // none unless it is a representative
    if (!members) return Pass(members);
    all.insert(members->begin(), members->end());
  }
  return std::vector<Key>(all.begin(), all.end());
}

Status DuplicateLinker::WriteGroup(const std::vector<Key>& members) {
  std::vector<store::GroupState> states;
  std::size_t first = 0;
  const auto order = [&states](std::size_t i) {
    return std::tuple(states[i].published.empty(), std::tie(states[i].published, states[i].id));
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto state = store_.ReadState(members[i]);
    if (!state) return Pass(state);
    states.push_back(std::move(*state));
    if (order(i) < order(first)) first = i;
  }
  const auto of_first = PrintOf(members[first]);
  if (!of_first) return Pass(of_first);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto own = PrintOf(members[i]);
    if (!own) return Pass(own);
    const double similarity = text::EstimateResemblance(**own, **of_first);
    if (states[i].representative == members[first] && states[i].similarity == similarity) continue;
    const Status done = store_.PutMember(members[i], members[first], similarity);
    if (!done) return done;
  }
  return {};
}

}  // namespace sakuin::pipeline
