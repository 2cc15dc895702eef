#include "query/api/openapi/document.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "indexer/base/embedded.h"
#include "query/api/answers/parameters.h"

namespace sakuin::embedded {
extern const File kApiSchemas[];
}  // namespace sakuin::embedded

namespace sakuin::api {
namespace {

using nlohmann::ordered_json;
using server::Route;

constexpr std::string_view kSchemas = "#/components/schemas/";

ordered_json Ref(const std::string& schema) { return {{"$ref", std::string(kSchemas) + schema}}; }

std::vector<std::string> PathParameters(const std::string& pattern) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while ((begin = pattern.find('{', begin)) != std::string::npos) {
    const std::size_t end = pattern.find('}', begin);
    out.push_back(pattern.substr(begin + 1, end - begin - 1));
    begin = end;
  }
  return out;
}

ordered_json ParameterObjects(const Route& route) {
  ordered_json out = ordered_json::array();
  for (const std::string& name : PathParameters(route.pattern)) {
    out.push_back({{"name", name},
                   {"in", "path"},
                   {"required", true},
                   {"description", "Its id; of a section DOCUMENT#N, with %23 for #"},
                   {"schema", {{"type", "string"}, {"minLength", 1}}}});
  }
  for (const server::Parameter& one : route.parameters) {
    ordered_json object{{"name", one.name}, {"in", "query"}, {"description", one.text}};
    if (one.required) {
      object["required"] = true;
    } else if (!one.repeated) {
      object["allowEmptyValue"] = true;
    }
    object["schema"] = SchemaOf(one);
    if (one.repeated) {
      object["style"] = "form";
      object["explode"] = true;
      if (one.required) object["schema"]["minItems"] = 1;
      if (one.required) object["schema"]["items"]["minLength"] = 1;
    }
    out.push_back(std::move(object));
  }
  return out;
}

// Every schema that `value` names, itself and below, without what it requires: with `fields` an
// answer has what was asked for. They are put beside the others, with "Fields" at the end of their
// names; gives `value` with these in place.
ordered_json Relaxed(const ordered_json& value, ordered_json& schemas) {
  if (value.is_array()) {
    ordered_json out = ordered_json::array();
    for (const ordered_json& one : value) out.push_back(Relaxed(one, schemas));
    return out;
  }
  if (!value.is_object()) return value;
  ordered_json out = ordered_json::object();
  for (const auto& [key, one] : value.items()) {
    if (key == "required" && one.is_array()) continue;
    if (key != "$ref") {
      out[key] = Relaxed(one, schemas);
      continue;
    }
    const std::string name = one.get<std::string>().substr(kSchemas.size());
    out[key] = std::string(kSchemas) + name + "Fields";
    if (schemas.contains(name + "Fields")) continue;
    schemas[name + "Fields"] = nullptr;  // it may name itself
    ordered_json relaxed = Relaxed(ordered_json(schemas[name]), schemas);
    schemas[name + "Fields"] = std::move(relaxed);
  }
  return out;
}

// Of an answer of many, only the items ("x-items") are relaxed.
ordered_json AnswerSchema(const Route& route, ordered_json& schemas) {
  const bool has_fields =
      std::any_of(route.parameters.begin(), route.parameters.end(),
                  [](const server::Parameter& one) { return one.name == "fields"; });
  if (!has_fields) return Ref(route.answer);
  if (!schemas[route.answer].contains("x-items")) return Relaxed(Ref(route.answer), schemas);
  const std::string name = route.answer + "Fields";
  ordered_json out = schemas[route.answer];
  ordered_json& items = out["properties"][out["x-items"].get<std::string>()];
  items = Relaxed(ordered_json(items), schemas);
  schemas[name] = std::move(out);
  return Ref(name);
}

std::string MediaTypeOf(const std::string& format) {
  if (format == "csv") return "text/csv";
  if (format == "jsonl") return "application/jsonl";
  if (format == "markdown") return "text/markdown";
  if (format == "opensearch") return "application/x-suggestions+json";
  return {};
}

ordered_json Content(const Route& route, ordered_json& schemas) {
  ordered_json out = ordered_json::object();
  if (route.answer.find('/') != std::string::npos) {
    out[route.answer] = ordered_json::object();
  } else {
    out["application/json"] = {{"schema", AnswerSchema(route, schemas)}};
  }
  for (const server::Parameter& one : route.parameters) {
    if (one.name != "format") continue;
    for (const std::string& format : one.one_of) {
      const std::string type = MediaTypeOf(format);
      if (!type.empty()) out[type] = ordered_json::object();
    }
  }
  return out;
}

ordered_json Responses(const Route& route, ordered_json& schemas) {
  const bool post = route.method == "POST";
  ordered_json out;
  out[post ? "201" : "200"] = {{"description", post ? "The entry that was added" : "The answer"},
                               {"content", Content(route, schemas)}};
  if (!post) out["304"] = {{"description", "As If-None-Match knows it already"}};
  ordered_json problem;
  problem["application/problem+json"] = {{"schema", Ref("Problem")}};
  const auto add = [&](const char* status, const char* description) {
    out[status] = {{"description", description}, {"content", problem}};
  };
  add("404", "There is no such thing");
  if (post) add("415", "The body is of another type");
  add("422", "The request does not make sense");
  add("default", "Another problem");
  return out;
}

ordered_json Operation(const Route& route, ordered_json& schemas) {
  ordered_json out{{"operationId", route.id}, {"summary", route.summary}};
  ordered_json parameters = ParameterObjects(route);
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (!route.body.empty()) {
    ordered_json content;
    content["application/json"] = {{"schema", Ref(route.body)}};
    out["requestBody"] = {{"required", true}, {"content", std::move(content)}};
  }
  out["responses"] = Responses(route, schemas);
  return out;
}

}  // namespace

ordered_json OpenApiDocument(const std::vector<Route>& routes, const std::string& version,
                             bool needs_token) {
  ordered_json out{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Sakuin"},
        {"version", version},
        {"description",
         "Sections, tags, advice and contradictions of health articles in Chinese, Japanese and "
         "English. It quotes what articles say; it gives no medical advice."}}}};
  ordered_json schemas = ordered_json::parse(embedded::kApiSchemas[0].Text());
  for (const Route& route : routes) {
    out["paths"][route.pattern][server::Lower(route.method)] = Operation(route, schemas);
  }
  out["components"] = {{"schemas", std::move(schemas)}};
  if (needs_token) {
    out["components"]["securitySchemes"] = {{"token", {{"type", "http"}, {"scheme", "bearer"}}}};
    ordered_json token;
    token["token"] = ordered_json::array();
    out["security"] = ordered_json::array({std::move(token)});
  }
  return out;
}

}  // namespace sakuin::api
