#pragma once

// The Model Context Protocol over a stream of lines: JSON-RPC 2.0, a message a line.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "query/api/mcp/tools.h"
#include "query/service/library.h"

namespace sakuin::api {

// No longer line is read.
inline constexpr std::size_t kMostMessageBytes = std::size_t{1} << 20U;

// One client's connection. Nothing that it offers changes anything. Not thread-safe.
class McpServer {
 public:
  // All must outlive it. `version`: of the program.
  McpServer(service::Desk& desk, std::string version);

  // The answer to one line, without a newline; "" where there is none: to notifications. Never
  // throws.
  std::string Answer(std::string_view line);
  // To a line that was longer than kMostMessageBytes.
  std::string TooLong() const;

 private:
  nlohmann::ordered_json AnswerOne(const nlohmann::ordered_json& message);
  nlohmann::ordered_json AnswerBatch(const nlohmann::ordered_json& messages);
  nlohmann::ordered_json Initialize(const nlohmann::ordered_json& parameters);
  nlohmann::ordered_json Call(const nlohmann::ordered_json& id,
                              const nlohmann::ordered_json& parameters);

  std::string version_;
  std::string protocol_;  // that was agreed on
  Tools tools_;
};

}  // namespace sakuin::api
