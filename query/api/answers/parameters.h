#pragma once

// Parameters of routes and of tools: how they are described, checked and shown as JSON schemas.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/server/router.h"

namespace sakuin::api {

using Parameters = std::vector<server::Parameter>;

server::Parameter Text(std::string name, std::string text);
server::Parameter Texts(std::string name, std::string text);  // may be repeated
server::Parameter Number(std::string name, std::string text, std::int64_t least, std::int64_t most,
                         std::string fallback = {});
server::Parameter Flag(std::string name, std::string text, const char* fallback = "false");
// One of these words.
server::Parameter Choice(std::string name, std::string text, std::vector<std::string> words);
server::Parameter Choices(std::string name, std::string text, std::vector<std::string> words);
server::Parameter Required(server::Parameter parameter);
server::Parameter Pattern(server::Parameter parameter, std::string pattern);

// Of many routes.
server::Parameter UiLanguages();                            // "ui"
server::Parameter Fields();                                 // "fields"
server::Parameter Formats(std::vector<std::string> names);  // "format"; the first is the default
server::Parameter Limit(std::int64_t fallback, std::int64_t most = 1000);
server::Parameter After(std::string pattern);

// One of model::kLanguages; English for anything else.
std::string UiLanguage(const server::Parameters& query);

// kUsage for a name that is not known, for one that is given twice and may not be, and for a value
// that its parameter does not take; kUsage too where a required one is missing. Empty values are as
// if they were not given: forms send them.
Status CheckParameters(const Parameters& known, const server::Parameters& given);

// Of one value; of all where it may be repeated.
nlohmann::ordered_json SchemaOf(const server::Parameter& parameter);

}  // namespace sakuin::api
