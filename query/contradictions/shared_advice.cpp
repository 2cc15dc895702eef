#include "query/contradictions/shared_advice.h"

#include <cstring>
#include <optional>

namespace sakuin::contradictions {
namespace {

class Key {
 public:
  template <typename Number>
  void Add(Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }
  void Add(const std::string& text) {
    Add(text.size());
    out_ += text;
  }
  void Add(const model::Span& span) {
    Add(span.begin);
    Add(span.end);
  }
  template <typename Value>
  void Add(const std::optional<Value>& value) {
    out_ += value ? '1' : '0';
    if (value) Add(*value);
  }
  void Add(const model::Window& window) {
    Add(window.from_hours);
    Add(window.to_hours);
    Add(window.anchor);
    Add(window.approximate);
  }
  void Add(const model::DoseRange& range) {
    Add(range.part);
    Add(range.low);
    Add(range.high);
  }
  template <typename Item>
  void AddAll(const std::vector<Item>& items) {
    Add(items.size());
    for (const Item& item : items) Add(item);
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string KeyOf(const model::Advice& a) {
  Key out;
  out.Add(a.action);
  out.Add(a.population);
  out.Add(a.id);
  out.Add(a.quote_key);
  out.AddAll(a.conditions);
  out.AddAll(a.dose);
  out.AddAll(a.cues);
  out.Add(a.window);
  for (const model::StatedIn from : {a.conditions_from, a.phase_from, a.window_from}) out.Add(from);
  out.Add(a.stance);
  out.Add(a.for_it);
  out.Add(a.strength);
  out.Add(a.phase);
  out.Add(a.qualifier);
  out.Add(a.attribution);
  out.Add(a.implicit);
  out.Add(a.speaker);
  out.Add(a.in_heading);
  out.Add(a.quote);
  out.Add(a.action_words);
  out.Add(a.when);
  out.Add(a.reason);
  return out.Take();
}

}  // namespace

SharedAdvice AdvicePool::Of(model::Advice advice) {
  const auto [place, is_new] = held_.try_emplace(KeyOf(advice));
  if (is_new) place->second = SharedAdvice(std::move(advice));
  return place->second;
}

}  // namespace sakuin::contradictions
