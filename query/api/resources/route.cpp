#include "query/api/resources/route.h"

#include <utility>

#include "query/service/concept_choice.h"

namespace sakuin::api {

server::Route MakeGet(const char* pattern, const char* id, const char* summary, const char* answer,
                      server::Handler handler) {
  server::Route out;
  out.method = "GET";
  out.pattern = pattern;
  out.id = id;
  out.summary = summary;
  out.answer = answer;
  out.handler = std::move(handler);
  return out;
}

Parameters SearchFilterParameters() {
  return {
      Texts("language", "Only in this language; zh is both scripts; -ja: without it"),
      Texts("condition", "Only about this condition or what is narrower (id or name)"),
      Texts("aspect", "Only this aspect, such as self-care"), Texts("site", "Only from this site"),
      Pattern(Texts("published",
                    "Only published in FROM..TO, such as 2024..2025-06; -2019: without that year"),
              "^(-?([0-9]{4}(-[0-9]{2}){0,2}(\\.\\.([0-9]{4}(-[0-9]{2}){0,2})?)?|"
              "\\.\\.([0-9]{4}(-[0-9]{2}){0,2})?))?$")};
}

Result<Topic> ReadTopic(const server::Parameters& query, service::Desk& desk) {
  const pipeline::TextRules& rules = *desk.library().rules();
  auto conditions = service::ChooseConcepts(rules, query.All("condition"), "condition");
  if (!conditions) return Pass(conditions);
  auto actions = service::ChooseConcepts(rules, query.All("action"), "action");
  if (!actions) return Pass(actions);
  return Topic{std::move(*conditions), std::move(*actions)};
}

}  // namespace sakuin::api
