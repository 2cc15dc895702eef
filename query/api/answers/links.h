#pragma once

// Addresses of the pages, as feeds, descriptions and tools name them.

#include <string>

#include "query/server/message.h"

namespace sakuin::api {

// "http://127.0.0.1:8642": as the client calls this server. The guard has checked the name.
std::string BaseOf(const server::Request& request);

std::string SearchPage(const std::string& query);
std::string SectionPage(const std::string& section_id);  // "ID#N"
std::string FindingPage(const std::string& finding_id);

}  // namespace sakuin::api
