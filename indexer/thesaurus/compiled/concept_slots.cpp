#include "indexer/thesaurus/compiled/concept_slots.h"

#include <utility>

namespace sakuin::thesaurus {

ConceptSlots::ConceptSlots(std::vector<model::Concept> all)
    : size_(all.size()), all_(std::move(all)), slots_(all_.data()) {}

ConceptSlots::ConceptSlots(std::shared_ptr<const CompiledThesaurus> base,
                           std::map<std::size_t, model::Concept> changed,
                           std::vector<model::Concept> more)
    : size_(base->size() + more.size()),
      base_(std::move(base)),
      memory_(std::allocator<model::Concept>().allocate(size_)),
      ready_(new std::atomic<bool>[size_]()) {
  slots_ = memory_;
  const auto put = [this](std::size_t number, model::Concept&& one) {
    std::construct_at(memory_ + number, std::move(one));
    ready_[number] = true;
  };
  for (auto& [number, one] : changed) put(number, std::move(one));
  std::size_t number = base_->size();
  for (model::Concept& one : more) put(number++, std::move(one));
}

ConceptSlots::~ConceptSlots() {
  if (memory_ == nullptr) return;
  for (std::size_t i = 0; i < size_; ++i) {
    if (ready_[i]) std::destroy_at(memory_ + i);
  }
  std::allocator<model::Concept>().deallocate(memory_, size_);
}

std::span<const model::Concept> ConceptSlots::All() const {
  for (std::size_t i = 0; i < size_; ++i) At(i);
  return {slots_, size_};
}

void ConceptSlots::Make(std::size_t number) const {
  const std::lock_guard<std::mutex> guard(making_);
  if (ready_[number].load(std::memory_order_relaxed)) return;
  std::construct_at(memory_ + number, base_->Concept(number));
  ready_[number].store(true, std::memory_order_release);
}

}  // namespace sakuin::thesaurus
