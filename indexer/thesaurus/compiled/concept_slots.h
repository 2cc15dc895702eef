#pragma once

// The concepts of a thesaurus, each made when it is first asked for and never moved.

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"

namespace sakuin::thesaurus {

// Thread-safe.
class ConceptSlots {
 public:
  explicit ConceptSlots(std::vector<model::Concept> all);

  // Those of `base`, but `changed` instead of those of these numbers; then `more`.
  ConceptSlots(std::shared_ptr<const CompiledThesaurus> base,
               std::map<std::size_t, model::Concept> changed, std::vector<model::Concept> more);
  ~ConceptSlots();
  ConceptSlots(const ConceptSlots&) = delete;
  ConceptSlots& operator=(const ConceptSlots&) = delete;

  std::size_t size() const { return size_; }
  const model::Concept& At(std::size_t number) const {
    if (base_ != nullptr && !ready_[number].load(std::memory_order_acquire)) Make(number);
    return slots_[number];
  }
  std::span<const model::Concept> All() const;  // makes what is not there yet

 private:
  void Make(std::size_t number) const;

  std::size_t size_ = 0;
  std::vector<model::Concept> all_;                // without base_: all of them
  std::shared_ptr<const CompiledThesaurus> base_;  // nullptr: everything is there
  const model::Concept* slots_ = nullptr;
  model::Concept* memory_ = nullptr;  // with base_: slots_; made where ready_ says so
  std::unique_ptr<std::atomic<bool>[]> ready_;
  mutable std::mutex making_;
};

}  // namespace sakuin::thesaurus
