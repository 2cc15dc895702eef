#include "indexer/ingest/html/profile.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr const char* kGeneric = "generic";

std::string At(const std::string& file, const std::string& bytes, std::ptrdiff_t offset) {
  const auto end =
      bytes.begin() + std::min<std::ptrdiff_t>(std::max<std::ptrdiff_t>(offset, 0),
                                               static_cast<std::ptrdiff_t>(bytes.size()));
  return file + ":" + std::to_string(std::count(bytes.begin(), end, '\n') + 1);
}

class Reader {
 public:
  Reader(std::string file, std::string bytes) : file_(std::move(file)), bytes_(std::move(bytes)) {}

  Result<Profile> Run() {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(bytes_.data(), bytes_.size());
    if (!parsed) {
      return Fail(ErrorCode::kBadData,
                  std::string("is not well-formed XML: ") + parsed.description(),
                  At(file_, bytes_, parsed.offset));
    }
    const pugi::xml_node root = document.document_element();
    profile_.id = root.attribute("id").value();
    profile_.site = root.attribute("site").value();
    profile_.zone = root.attribute("zone").value();
    profile_.alt = root.attribute("alt").as_bool();
    if (std::string_view(root.name()) != "profile" || profile_.id.empty()) {
      return Fail(ErrorCode::kBadData, "wants <profile id=\"...\">", At(file_, bytes_, 0));
    }
    if (!profile_.zone.empty() && !IsZone(profile_.zone)) {
      return Wrong(root, "zone is '" + profile_.zone + "', wants such as +08:00");
    }
    if (const Status known = CheckAttributes(root, {"id", "site", "zone", "inherit", "alt"});
        !known)
      return Pass(known);
    if (const Status parent = ReadParent(root); !parent) return Pass(parent);
    if (const Status done = ReadChildren(root); !done) return Pass(done);
    return std::move(profile_);
  }

  // What this file says, behind what `profile` has; for what is inherited.
  Result<Profile> Extend(Profile profile) {
    pugi::xml_document document;
    document.load_buffer(bytes_.data(), bytes_.size());
    profile_ = std::move(profile);
    inheriting_ = true;
    if (const Status done = ReadChildren(document.document_element()); !done) return Pass(done);
    return std::move(profile_);
  }

 private:
  Status ReadParent(pugi::xml_node root) {
    const pugi::xml_attribute parent = root.attribute("inherit");
    profile_.inherits = parent;
    if (!parent || parent.value() == std::string_view(kGeneric)) return {};
    return Wrong(root, std::string("inherit is '") + parent.value() + "', wants 'generic'");
  }

  Status ReadChildren(pugi::xml_node root) {
    for (const pugi::xml_node node : root.children()) {
      if (node.type() == pugi::node_pcdata) {
        const auto blanks = static_cast<std::ptrdiff_t>(std::strspn(node.value(), " \t\r\n"));
        return Fail(ErrorCode::kBadData, "has text outside of its elements",
                    At(file_, bytes_, node.offset_debug() + blanks));
      }
      if (node.type() != pugi::node_element) continue;
      if (const Status done = Read(node); !done) return Pass(done);
    }
    return {};
  }

  static bool IsZone(const std::string& zone) {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return false;
    return zone.find_first_not_of("0123456789", 1) == 3 &&
           zone.find_first_not_of("0123456789", 4) == std::string::npos;
  }

  tl::unexpected<Error> Wrong(pugi::xml_node node, const std::string& what) const {
    return Fail(ErrorCode::kBadData, what, At(file_, bytes_, node.offset_debug()));
  }

  Status CheckAttributes(pugi::xml_node node, std::initializer_list<std::string_view> known) const {
    for (const pugi::xml_attribute attribute : node.attributes()) {
      if (std::find(known.begin(), known.end(), attribute.name()) != known.end()) continue;
      return Wrong(
          node, std::string("<") + node.name() + "> has no attribute '" + attribute.name() + "'");
    }
    return {};
  }

  Status Read(pugi::xml_node node) {
    const std::string name = node.name();
    if (node.attribute("text") && (name == "cut" || name == "drop")) {
      return ReadText(node, name == "cut" ? profile_.cut_texts : profile_.drops);
    }
    const std::pair<const char*, std::vector<ValueRule>*> values[] = {
        {"title", &profile_.titles},
        {"author", &profile_.authors},
        {"published", &profile_.dates},
        {"site", &profile_.sites}};
    for (const auto& [key, list] : values) {
      if (name == key) return ReadValue(node, *list);
    }
    const std::pair<const char*, std::vector<pugi::xpath_query>*> nodes[] = {
        {"body", &profile_.bodies},
        {"strip", &profile_.strips},
        {"cut", &profile_.cuts},
        {"bold", &profile_.bolds}};
    if (node.attribute("names") || node.attribute("parts")) {
      if (name == "strip") return ReadNames(node, profile_.named_strips);
      if (name == "bold") return ReadNames(node, profile_.named_bolds);
    }
    for (const auto& [key, list] : nodes) {
      if (name == key) return ReadNodes(node, *list, {});
    }
    if (name == "match") return ReadMatch(node);
    if (name == "heading") return ReadHeading(node);
    if (name == "marks" || name == "numerals") {
      (name == "marks" ? profile_.marks : profile_.numerals) += utf8::Decode(node.child_value());
      return CheckAttributes(node, {});
    }
    // The page that shows it at work; a test looks at it.
    if (name == "test") return CheckAttributes(node, {"page"});
    return Wrong(node, "<" + name + "> is no part of a profile");
  }

  Status ReadNames(pugi::xml_node node, std::vector<NameRule>& to) {
    const std::string element = std::string("<") + node.name() + ">";
    if (const Status known = CheckAttributes(node, {"names", "parts", "on"}); !known) return known;
    if (node.attribute("names") && node.attribute("parts")) {
      return Wrong(node, element + " wants names=\"...\" or parts=\"...\", not both");
    }
    if (node.first_child()) return Wrong(node, element + " with names or parts wants no XPath");
    for (const char* key : {"names", "parts"}) {
      if (!node.attribute(key)) continue;
      std::vector<std::string> names = SplitNames(node.attribute(key).value());
      if (names.empty()) return Wrong(node, element + " has no name in " + key);
      to.emplace_back(std::string_view(key) == "names" ? NamePart::kWhole : NamePart::kPart,
                      std::move(names), SplitNames(node.attribute("on").value()));
    }
    return {};
  }

  Status ReadMatch(pugi::xml_node node) {
    if (const Status known = CheckAttributes(node, {"host", "holds"}); !known) return known;
    if (inheriting_) return {};
    if (const pugi::xml_attribute host = node.attribute("host")) {
      profile_.hosts.emplace_back(host.value());
      return {};
    }
    std::vector<pugi::xpath_query> one;
    if (const Status done = ReadPath(node, one); !done) return done;
    profile_.matches.push_back({std::move(one[0]), node.attribute("holds").value()});
    return {};
  }

  Status ReadHeading(pugi::xml_node node) {
    std::vector<pugi::xpath_query> one;
    if (const Status done = ReadNodes(node, one, {"level"}); !done) return done;
    const int level = node.attribute("level").as_int(0);
    if (level < 1 || level > 6) return Wrong(node, "<heading> wants a level from 1 to 6");
    profile_.headings.push_back({level, std::move(one[0])});
    return {};
  }

  Status ReadValue(pugi::xml_node node, std::vector<ValueRule>& to) {
    if (const Status known = CheckAttributes(node, {"agree", "after", "raw"}); !known) return known;
    if (const pugi::xml_attribute raw = node.attribute("raw")) {
      if (*raw.value() == '\0' || *node.child_value() != '\0') {
        return Wrong(node, "raw=\"...\" wants a text, and no XPath beside it");
      }
      to.emplace_back().raw = raw.value();
      return {};
    }
    std::vector<pugi::xpath_query> one;
    if (const Status done = ReadPath(node, one); !done) return done;
    ValueRule rule{std::move(one[0]), node.attribute("agree").as_bool(), {}, {}};
    const std::string_view after = node.attribute("after").value();
    for (std::size_t at = 0; at < after.size();) {
      const std::size_t end = std::min(after.find('|', at), after.size());
      if (end > at) rule.after.emplace_back(after.substr(at, end - at));
      at = end + 1;
    }
    to.push_back(std::move(rule));
    return {};
  }

  // A path that must give nodes, not a text or a number.
  Status ReadNodes(pugi::xml_node node, std::vector<pugi::xpath_query>& to,
                   std::initializer_list<std::string_view> attributes) {
    if (const Status known = CheckAttributes(node, attributes); !known) return known;
    if (const Status done = ReadPath(node, to); !done) return done;
    if (to.back().return_type() == pugi::xpath_type_node_set) return {};
    return Wrong(node, std::string("the XPath gives no nodes: ") + node.child_value());
  }

  Status ReadText(pugi::xml_node node, std::vector<TextRule>& to) {
    if (const Status one = CheckAttributes(node, {"text"}); !one) return one;
    const std::string kind = node.attribute("text").value();
    TextRule rule;
    if (kind == "contains") rule.test = TextTest::kContains;
    if (kind == "equals") rule.test = TextTest::kEquals;
    rule.text = node.child_value();
    const bool known = kind == "starts" || kind == "contains" || kind == "equals";
    if (!known || rule.text.empty()) {
      return Wrong(node, "wants text=\"starts|contains|equals\" and a text");
    }
    to.push_back(std::move(rule));
    return {};
  }

  Status ReadPath(pugi::xml_node node, std::vector<pugi::xpath_query>& to) {
    try {
      to.emplace_back(node.child_value());
      return {};
    } catch (const pugi::xpath_exception& error) {
      return Wrong(node, std::string("the XPath does not compile: ") + error.what() + ": " +
                             node.child_value());
    }
  }

  std::string file_;
  std::string bytes_;
  Profile profile_;
  bool inheriting_ = false;  // into a profile that has its own matches
};

}  // namespace

bool TextRule::Holds(const std::string& block) const {
  switch (test) {
    case TextTest::kStarts: return block.starts_with(text);
    case TextTest::kContains: return block.find(text) != std::string::npos;
    case TextTest::kEquals: return block == text;
  }
  return false;
}

Result<std::vector<Profile>> LoadProfiles(const std::string& data_dir, std::string& digest_input) {
  std::vector<Profile> out;
  std::string generic_file;
  std::string generic_bytes;
  for (const std::string& file : files::WalkFolder(data_dir + "/profiles").files) {
    if (!file.ends_with(".xml")) continue;
    auto bytes = files::Read(file);
    if (!bytes) return Pass(bytes);
    digest_input += *bytes;
    auto profile = Reader(file, *bytes).Run();
    if (!profile) return Pass(profile);
    if (profile->id == kGeneric) generic_file = file, generic_bytes = std::move(*bytes);
    out.push_back(std::move(*profile));
  }
  std::stable_partition(out.begin(), out.end(), [](const Profile& p) { return p.id != kGeneric; });
  if (out.empty() || out.back().id != kGeneric) {
    return Fail(ErrorCode::kBadData, "has no profile with the id 'generic'",
                data_dir + "/profiles");
  }
  for (Profile& profile : out) {
    if (!profile.inherits || profile.id == kGeneric) continue;
    auto whole = Reader(generic_file, generic_bytes).Extend(std::move(profile));
    if (!whole) return Pass(whole);
    profile = std::move(*whole);
  }
  return out;
}

}  // namespace sakuin::ingest
