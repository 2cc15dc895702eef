#include "indexer/ingest/html/name_rule.h"

#include <algorithm>
#include <utility>

namespace sakuin::ingest {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

bool IsBlank(char c) { return kBlanks.find(c) != std::string_view::npos; }

}  // namespace

NameRule::NameRule(NamePart part, std::vector<std::string> names, std::vector<std::string> on)
    : part_(part), on_(std::move(on)) {
  for (std::string& name : names) {
    if (name.empty()) continue;
    by_first_[static_cast<unsigned char>(name[0])].push_back(std::move(name));
  }
}

bool NameRule::IsOn(std::string_view element) const {
  if (on_.empty()) {
    return element != "html" && element != "body" && element != "article" && element != "main";
  }
  return std::find(on_.begin(), on_.end(), element) != on_.end();
}

bool NameRule::HoldsName(std::string_view value, bool is_id) const {
  for (std::size_t at = 0; at < value.size(); ++at) {
    // An id is one name, a class is a list of them.
    const bool begins = at == 0 || (!is_id && IsBlank(value[at - 1]));
    if (part_ == NamePart::kWhole && !begins) continue;
    const std::string_view rest = value.substr(at);
    for (const std::string& name : by_first_[static_cast<unsigned char>(rest[0])]) {
      if (!rest.starts_with(name)) continue;
      const bool ends = rest.size() == name.size() || (!is_id && IsBlank(rest[name.size()]));
      if (part_ == NamePart::kPart || ends) return true;
    }
  }
  return false;
}

bool NameRule::Holds(pugi::xml_node element) const {
  const pugi::xml_attribute classes = element.attribute("class");
  const pugi::xml_attribute id = element.attribute("id");
  if (!classes && !id) return false;
  return IsOn(element.name()) && (HoldsName(classes.value(), false) || HoldsName(id.value(), true));
}

std::vector<std::string> SplitNames(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t begin = std::min(list.find_first_not_of(kBlanks, at), list.size());
    at = std::min(list.find_first_of(kBlanks, begin), list.size());
    if (at > begin) out.emplace_back(list.substr(begin, at - begin));
  }
  return out;
}

}  // namespace sakuin::ingest
