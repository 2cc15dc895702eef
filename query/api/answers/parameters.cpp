#include "query/api/answers/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "query/api/search_request.h"

namespace sakuin::api {
namespace {

using nlohmann::ordered_json;
using server::Parameter;

const std::vector<std::string> kYesAndNo = {"0", "1", "true", "false", "on", "off"};

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool In(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Status CheckValue(const Parameter& known, const std::string& value,
                  const server::Parameters& given) {
  if (known.type == "integer") {
    const auto number = ReadNumber(given, known.name, 0, static_cast<std::size_t>(known.least),
                                   static_cast<std::size_t>(known.most));
    if (!number) return Pass(number);
  }
  if (known.type == "boolean" && !In(kYesAndNo, value)) {
    return Fail(ErrorCode::kUsage, known.name + " is true or false");
  }
  if (!known.one_of.empty() && !In(known.one_of, value)) {
    return Fail(ErrorCode::kUsage, known.name + " is one of " + Joined(known.one_of));
  }
  return {};
}

}  // namespace

Parameter Text(std::string name, std::string text) {
  Parameter out;
  out.name = std::move(name);
  out.text = std::move(text);
  return out;
}

Parameter Texts(std::string name, std::string text) {
  Parameter out = Text(std::move(name), std::move(text));
  out.repeated = true;
  return out;
}

Parameter Number(std::string name, std::string text, std::int64_t least, std::int64_t most,
                 std::string fallback) {
  Parameter out = Text(std::move(name), std::move(text));
  out.type = "integer";
  out.least = least;
  out.most = most;
  out.fallback = std::move(fallback);
  return out;
}

Parameter Flag(std::string name, std::string text, const char* fallback) {
  Parameter out = Text(std::move(name), std::move(text));
  out.type = "boolean";
  out.fallback = fallback;
  return out;
}

Parameter Choice(std::string name, std::string text, std::vector<std::string> words) {
  Parameter out = Text(std::move(name), std::move(text));
  out.one_of = std::move(words);
  return out;
}

Parameter Choices(std::string name, std::string text, std::vector<std::string> words) {
  Parameter out = Choice(std::move(name), std::move(text), std::move(words));
  out.repeated = true;
  return out;
}

Parameter Required(Parameter parameter) {
  parameter.required = true;
  return parameter;
}

Parameter Pattern(Parameter parameter, std::string pattern) {
  parameter.pattern = std::move(pattern);
  return parameter;
}

Parameter UiLanguages() {
  Parameter out = Choice("ui", "Language of names and reasons", {"en", "ja", "zh-Hans", "zh-Hant"});
  out.fallback = "en";
  return out;
}

Parameter Fields() {
  return Text("fields",
              "Only these keys of every item, with a comma between; a.b is the key b of a");
}

Parameter Formats(std::vector<std::string> names) {
  Parameter out = Choice("format", "How the answer is written", names);
  out.fallback = std::move(names.front());
  return out;
}

Parameter Limit(std::int64_t fallback, std::int64_t most) {
  return Number("limit", "Items to show", 0, most, std::to_string(fallback));
}

Parameter After(std::string pattern) {
  return Pattern(Text("after", "Go on behind this cursor: `next` of an earlier answer"),
                 std::move(pattern));
}

std::string UiLanguage(const server::Parameters& query) {
  const std::string& asked = query.Get("ui");
  for (const char* const known : {"ja", "zh-Hans", "zh-Hant"}) {
    if (asked == known) return known;
  }
  return "en";
}

Status CheckParameters(const Parameters& known, const server::Parameters& given) {
  std::vector<std::string> seen;
  for (const auto& [name, value] : given.items()) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Parameter& one) { return one.name == name; });
    if (found == known.end()) {
      std::vector<std::string> names;
      for (const Parameter& one : known) names.push_back(one.name);
      return Fail(ErrorCode::kUsage, "there is no parameter '" + name + "' here; there are " +
                                         (names.empty() ? std::string("none") : Joined(names)));
    }
    if (!found->repeated && In(seen, name)) {
      return Fail(ErrorCode::kUsage, name + " may be given once only");
    }
    seen.push_back(name);
    if (value.empty()) continue;
    if (const Status fits = CheckValue(*found, value, given); !fits) return fits;
  }
  for (const Parameter& one : known) {
    if (one.required && given.All(one.name).empty()) {
      return Fail(ErrorCode::kUsage, one.name + " is needed");
    }
  }
  return {};
}

ordered_json SchemaOf(const Parameter& parameter) {
  ordered_json one{{"type", parameter.type}};
  if (!parameter.one_of.empty()) one["enum"] = parameter.one_of;
  if (parameter.type == "integer") {
    one["minimum"] = parameter.least;
    one["maximum"] = parameter.most;
  }
  if (!parameter.pattern.empty()) one["pattern"] = parameter.pattern;
  if (!parameter.fallback.empty()) {
    if (parameter.type == "integer") {
      one["default"] = std::atoll(parameter.fallback.c_str());
    } else if (parameter.type == "boolean") {
      one["default"] = parameter.fallback == "true";
    } else {
      one["default"] = parameter.fallback;
    }
  }
  if (!parameter.repeated) return one;
  return {{"type", "array"}, {"items", std::move(one)}};
}

}  // namespace sakuin::api
