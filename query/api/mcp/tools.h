#pragma once

// What language models can ask: tools that only read. Their arguments are the parameters of the
// API's routes, and what they give back are the same objects, made shorter.

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/api/answers/parameters.h"
#include "query/service/library.h"

namespace sakuin::pipeline {
class Rules;
}

namespace sakuin::api {

// Not thread-safe.
class Tools {
 public:
  explicit Tools(service::Desk& desk);
  ~Tools();
  Tools(const Tools&) = delete;
  Tools& operator=(const Tools&) = delete;

  // A JSON array of MCP's tool objects.
  nlohmann::ordered_json List() const;

  // MCP's result of a call: structured content and the same as text, marked as quoted. kUsage for
  // a tool that is none, and for arguments that do not fit its schema; what cannot be answered
  // else is a result too, with `isError`.
  Result<nlohmann::ordered_json> Call(const std::string& name,
                                      const nlohmann::ordered_json& arguments);

 private:
  using Answer = Result<nlohmann::ordered_json>;
  struct Tool {
    std::string name;
    std::string title;
    std::string text;
    Parameters parameters;
    std::function<Answer(const server::Parameters&)> answer;
  };

  Answer Search(const server::Parameters& given);
  Answer GetSection(const server::Parameters& given);
  Answer ListConditions(const server::Parameters& given);
  Answer FindContradictions(const server::Parameters& given);
  Answer Explain(const server::Parameters& given);
  Answer ExplainText(const std::string& text);

  service::Desk& desk_;
  std::vector<Tool> tools_;
  std::unique_ptr<pipeline::Rules> rules_;  // read when they are first wanted
};

}  // namespace sakuin::api
