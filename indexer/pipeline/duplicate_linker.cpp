#include "indexer/pipeline/duplicate_linker.h"

#include <algorithm>
#include <tuple>

namespace sakuin::pipeline {
namespace {

constexpr std::size_t kMostWaiting = 20000;  // documents between two Settle()s
constexpr std::size_t kMostPrints = 200000;  // fingerprints kept in memory, about 0.5 kB each
constexpr std::size_t kMostGrams = 256;      // documents whose grams are kept

}  // namespace

DuplicateLinker::DuplicateLinker(store::DuplicateStore& store, const text::Folding& folding)
    : store_(store), folding_(folding) {}

bool DuplicateLinker::full() const { return dirty_.size() >= kMostWaiting; }

void DuplicateLinker::Forget() {
  added_.clear();
  dirty_.clear();
  prints_.clear();
  grams_.clear();
  parents_.clear();
  compared_.clear();
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
  grams_.erase(*key);
  return {};
}

Result<std::vector<store::BandRow>> DuplicateLinker::WaitingBands() {
  std::vector<store::BandRow> all;
  std::vector<store::BandRow> fresh;
  for (const Key document : dirty_) {
    const auto print = PrintOf(document);
    if (!print) return Pass(print);
    for (const std::uint64_t key : model::BandKeys(**print)) {
      all.push_back({key, document});
      if (added_.contains(document)) fresh.push_back({key, document});
    }
  }
  const auto by_key = [](const store::BandRow& a, const store::BandRow& b) {
    return std::tie(a.key, a.document) < std::tie(b.key, b.document);
  };
  std::sort(all.begin(), all.end(), by_key);
  std::sort(fresh.begin(), fresh.end(), by_key);
  if (const Status done = store_.AddBands(fresh); !done) return Pass(done);
  return all;
}

Status DuplicateLinker::Settle() {
  if (dirty_.empty()) return {};
  const auto bands = WaitingBands();
  if (!bands) return Pass(bands);
  for (std::size_t i = 0; i < bands->size(); ++i) {
    if (i > 0 && (*bands)[i].key == (*bands)[i - 1].key) continue;
    const auto documents = store_.InBand((*bands)[i].key);
    if (!documents) return Pass(documents);
    if (documents->size() < 2) continue;
    if (const Status done = LinkBand(*documents); !done) return done;
  }
  if (const Status done = WriteGroups(); !done) return done;
  added_.clear();
  dirty_.clear();
  parents_.clear();
  compared_.clear();
  grams_.clear();
  if (prints_.size() > kMostPrints) prints_.clear();
  return {};
}

Status DuplicateLinker::LinkBand(const std::vector<Key>& documents) {
  std::set<Key> roots;
  for (const Key document : documents) {
    const auto root = RootOf(document);
    if (!root) return Pass(root);
    roots.insert(*root);
  }
  std::size_t components = roots.size();
  for (const Key document : documents) {
    if (components == 1) return {};
    if (!dirty_.contains(document)) continue;
    if (const Status done = LinkDocument(document, documents, components); !done) return done;
  }
  return {};
}

Status DuplicateLinker::LinkDocument(Key document, const std::vector<Key>& others,
                                     std::size_t& components) {
  for (const Key other : others) {
    const Key from = Find(document);
    const Key to = Find(other);
    if (from == to) continue;
    const auto alike = AreDuplicates(document, other);
    if (!alike) return Pass(alike);
    if (!*alike) continue;
    parents_[std::max(from, to)] = std::min(from, to);
    --components;
  }
  return {};
}

Result<bool> DuplicateLinker::AreDuplicates(Key a, Key b) {
  const auto first = PrintOf(a);
  if (!first) return Pass(first);
  const auto second = PrintOf(b);
  if (!second) return Pass(second);
  const text::Verdict verdict = text::Compare(**first, **second);
  if (verdict != text::Verdict::kUnsure) return verdict == text::Verdict::kDuplicate;
  const Pair pair = std::minmax(a, b);
  const auto known = compared_.find(pair);
  if (known != compared_.end()) return known->second;
  const auto grams_a = GramsOf(a);
  if (!grams_a) return Pass(grams_a);
  const auto grams_b = GramsOf(b);
  if (!grams_b) return Pass(grams_b);
  const bool alike = text::Compare(*grams_a, *grams_b) == text::Verdict::kDuplicate;
  compared_.emplace(pair, alike);
  return alike;
}

Result<const model::Fingerprint*> DuplicateLinker::PrintOf(Key document) {
  const auto found = prints_.find(document);
  if (found != prints_.end()) return &found->second;
  auto print = store_.ReadFingerprint(document);
  if (!print) return Pass(print);
  return &prints_.emplace(document, std::move(*print)).first->second;
}

Result<text::Grams> DuplicateLinker::GramsOf(Key document) {
  const auto found = grams_.find(document);
  if (found != grams_.end()) return found->second;
  const auto wording = store_.ReadWording(document);
  if (!wording) return Pass(wording);
  text::GramCollector collector;
  for (const std::string& text : *wording) collector.Add(folding_.Fold(text).chars);
  if (grams_.size() >= kMostGrams) grams_.clear();
  return grams_.emplace(document, collector.Collect()).first->second;
}

// A document that is not to be linked anew stands for its stored group.
Result<DuplicateLinker::Key> DuplicateLinker::RootOf(Key document) {
  if (!parents_.contains(document)) {
    parents_[document] = document;
    const auto state = store_.ReadState(document);
    if (!state) return Pass(state);
    if (state->representative != 0 && state->representative != document) {
      const Key first = state->representative;
      if (!parents_.contains(first)) parents_[first] = first;
      const Key root = Find(first);
      parents_[std::max(root, document)] = std::min(root, document);
    }
  }
  return Find(document);
}

DuplicateLinker::Key DuplicateLinker::Find(Key document) {
  Key root = document;
  while (parents_.at(root) != root) root = parents_.at(root);
  while (parents_.at(document) != root) document = std::exchange(parents_.at(document), root);
  return root;
}

// Every component with something new in it, with the members of the stored groups it has taken up.
Status DuplicateLinker::WriteGroups() {
  std::map<Key, std::set<Key>> groups;
  for (const auto& [document, parent] : parents_) {
    (void)parent;
    groups[Find(document)].insert(document);
  }
  for (auto& [root, members] : groups) {
    (void)root;
    const bool fresh = std::any_of(members.begin(), members.end(),
                                   [this](Key member) { return dirty_.contains(member); });
    if (!fresh || members.size() < 2) continue;
    std::set<Key> all = members;
    for (const Key member : members) {
      const auto state = store_.ReadState(member);
      if (!state) return Pass(state);
      if (state->representative == 0 || state->representative != member) continue;
      const auto stored = store_.Members(member);
      if (!stored) return Pass(stored);
      all.insert(stored->begin(), stored->end());
    }
    if (const Status done = WriteGroup({all.begin(), all.end()}); !done) return done;
  }
  return {};
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
