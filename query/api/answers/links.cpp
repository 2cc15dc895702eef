#include "query/api/answers/links.h"

namespace sakuin::api {

std::string BaseOf(const server::Request& request) {
  return (request.encrypted ? "https://" : "http://") + request.Header("host");
}

std::string SearchPage(const std::string& query) { return "/?q=" + server::Encode(query); }

std::string SectionPage(const std::string& section_id) {
  const std::size_t mark = section_id.rfind('#');
  std::string out = "/documents/" + server::Encode(section_id.substr(0, mark));
  if (mark != std::string::npos) out += "#s" + section_id.substr(mark + 1);
  return out;
}

std::string FindingPage(const std::string& finding_id) {
  return "/contradictions/" + server::Encode(finding_id);
}

}  // namespace sakuin::api
