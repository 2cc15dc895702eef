#pragma once

// Advice that many witnesses hold and nobody changes: of a large knowledge base most pieces say
// what others say too.

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "indexer/model/advice.h"

namespace sakuin::contradictions {

// Reads as a model::Advice wherever one is asked for. Copies may be used in several threads.
class SharedAdvice {
 public:
  SharedAdvice() = default;
  SharedAdvice(model::Advice advice)  // NOLINT: takes the place of advice
      : advice_(std::make_shared<model::Advice>(std::move(advice))) {}

  const model::Advice& operator*() const {
    static const model::Advice kNone;
    return advice_ ? *advice_ : kNone;
  }
  const model::Advice* operator->() const { return &**this; }
  operator const model::Advice&() const { return **this; }  // NOLINT: as above
  // To be changed: nobody else holds it then.
  model::Advice& Own() {
    if (advice_.use_count() != 1) advice_ = std::make_shared<model::Advice>(**this);
    return *advice_;
  }

 private:
  std::shared_ptr<model::Advice> advice_;
};

// Gives equal advice once.
class AdvicePool {
 public:
  SharedAdvice Of(model::Advice advice);

 private:
  std::unordered_map<std::string, SharedAdvice> held_;  // by all that is in it
};

}  // namespace sakuin::contradictions
