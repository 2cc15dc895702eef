#include "query/contradictions/shared_advice.h"

#include <functional>
#include <vector>

#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

model::Advice Ice() {
  model::Advice out;
  out.action = "cold";
  out.conditions = {"ankle-sprain"};
  out.window = model::Window{0.0, 48.0, model::Anchor::kInjury, false};
  out.dose = {{model::DosePart::kDurationMinutes, 15.0, 20.0}};
  return out;
}

TEST_CASE("equal advice is held once, advice that differs in anything for itself",
          "[contradictions]") {
  AdvicePool pool;
  const SharedAdvice first = pool.Of(Ice());
  CHECK(&*pool.Of(Ice()) == &*first);
  using Change = std::function<void(model::Advice&)>;
  const std::vector<Change> changes = {
      [](auto& a) { a.action = "heat"; },
      [](auto& a) { a.stance = model::Stance::kAvoid; },
      [](auto& a) { a.for_it = false; },
      [](auto& a) { a.strength = model::Strength::kMust; },
      [](auto& a) {
        a.conditions = {"ankle-sprain", "pain"};
      },
      [](auto& a) {
        a.conditions = {"ankle-", "sprain"};
      },
      [](auto& a) { a.conditions_from = model::StatedIn::kTitle; },
      [](auto& a) { a.phase = model::Phase::kAcute; },
      [](auto& a) { a.phase_from = model::StatedIn::kTitle; },
      [](auto& a) { a.population = "children"; },
      [](auto& a) { a.window.reset(); },
      [](auto& a) { a.window->to_hours.reset(); },
      [](auto& a) { a.window->from_hours = 1.0; },
      [](auto& a) { a.window->anchor = model::Anchor::kOnset; },
      [](auto& a) { a.window->approximate = true; },
      [](auto& a) { a.window_from = model::StatedIn::kTitle; },
      [](auto& a) { a.dose.clear(); },
      [](auto& a) { a.dose[0].low = 10.0; },
      [](auto& a) { a.dose[0].part = model::DosePart::kSets; },
      [](auto& a) { a.qualifier = model::Qualifier::kExcess; },
      [](auto& a) { a.attribution = model::Attribution::kReport; },
      [](auto& a) { a.implicit = true; },
      [](auto& a) { a.speaker = 0; },
      [](auto& a) { a.in_heading = true; },
      [](auto& a) {
        a.quote = {1, 2};
      },
      [](auto& a) {
        a.action_words = {1, 2};
      },
      [](auto& a) {
        a.when = model::Span{1, 2};
      },
      [](auto& a) {
        a.reason = model::Span{1, 2};
      },
      [](auto& a) { a.cues = {"x"}; },
      [](auto& a) { a.id = "x"; },
      [](auto& a) { a.quote_key = "x"; },
  };
  std::vector<const model::Advice*> seen{&*first};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    INFO(i);
    model::Advice other = Ice();
    changes[i](other);
    const SharedAdvice held = pool.Of(other);
    CHECK(std::find(seen.begin(), seen.end(), &*held) == seen.end());
    seen.push_back(&*held);
    CHECK(&*pool.Of(other) == &*held);
  }
}

TEST_CASE("what is changed is nobody else's", "[contradictions]") {
  SharedAdvice one{Ice()};
  const SharedAdvice other = one;
  one.Own().action = "heat";
  CHECK(one->action == "heat");
  CHECK(other->action == "cold");
  CHECK(SharedAdvice()->action.empty());
}

}  // namespace
}  // namespace sakuin::contradictions
