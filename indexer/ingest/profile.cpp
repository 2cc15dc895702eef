#include "indexer/ingest/profile.h"

#include <algorithm>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

std::string At(const std::string& file, const std::string& bytes, std::ptrdiff_t offset) {
  const auto end = bytes.begin() + std::min<std::ptrdiff_t>(std::max<std::ptrdiff_t>(offset, 0),
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
      return Fail(ErrorCode::kBadData, std::string("is not well-formed XML: ") + parsed.description(),
                  At(file_, bytes_, parsed.offset));
    }
    const pugi::xml_node root = document.child("profile");
    profile_.id = root.attribute("id").value();
    profile_.site = root.attribute("site").value();
    profile_.zone = root.attribute("zone").value();
    if (profile_.id.empty()) {
      return Fail(ErrorCode::kBadData, "wants <profile id=\"...\">", At(file_, bytes_, 0));
    }
    for (const pugi::xml_node node : root.children()) {
      if (node.type() != pugi::node_element) continue;
      if (const Status done = Read(node); !done) return Pass(done);
    }
    return std::move(profile_);
  }

 private:
  Status Read(pugi::xml_node node) {
    const std::string name = node.name();
    const std::pair<const char*, std::vector<pugi::xpath_query>*> lists[] = {
        {"title", &profile_.titles},   {"author", &profile_.authors}, {"published", &profile_.dates},
        {"site", &profile_.sites},     {"body", &profile_.bodies},    {"strip", &profile_.strips},
        {"cut", &profile_.cuts},       {"match", &profile_.matches}};
    const bool text_rule = (name == "cut" || name == "drop") && node.attribute("text");
    if (text_rule) return ReadText(node, name == "cut" ? profile_.cut_texts : profile_.drops);
    if (name == "match" && node.attribute("host")) {
      profile_.hosts.emplace_back(node.attribute("host").value());
      return {};
    }
    for (const auto& [key, list] : lists) {
      if (name == key) return ReadPath(node, *list);
    }
    if (name == "heading") {
      std::vector<pugi::xpath_query> one;
      if (const Status done = ReadPath(node, one); !done) return done;
      profile_.headings.push_back({node.attribute("level").as_int(2), std::move(one[0])});
      return {};
    }
    if (name == "marks") {
      profile_.marks = utf8::Decode(node.child_value());
      return {};
    }
    if (name == "numerals") {
      profile_.numerals = utf8::Decode(node.child_value());
      return {};
    }
    if (name == "test") return {};  // the page that shows it at work; a test looks at it
    return Fail(ErrorCode::kBadData, "<" + name + "> is no part of a profile",
                At(file_, bytes_, node.offset_debug()));
  }

  Status ReadText(pugi::xml_node node, std::vector<TextRule>& to) {
    const std::string kind = node.attribute("text").value();
    TextRule rule;
    if (kind == "contains") rule.test = TextTest::kContains;
    if (kind == "equals") rule.test = TextTest::kEquals;
    rule.text = node.child_value();
    const bool known = kind == "starts" || kind == "contains" || kind == "equals";
    if (!known || rule.text.empty()) {
      return Fail(ErrorCode::kBadData, "wants text=\"starts|contains|equals\" and a text",
                  At(file_, bytes_, node.offset_debug()));
    }
    to.push_back(std::move(rule));
    return {};
  }

  Status ReadPath(pugi::xml_node node, std::vector<pugi::xpath_query>& to) {
    try {
      to.emplace_back(node.child_value());
      return {};
    } catch (const pugi::xpath_exception& error) {
      return Fail(ErrorCode::kBadData,
                  std::string("the XPath does not compile: ") + error.what() + ": " +
                      node.child_value(),
                  At(file_, bytes_, node.offset_debug()));
    }
  }

  std::string file_;
  std::string bytes_;
  Profile profile_;
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
  for (const std::string& file : files::WalkFolder(data_dir + "/profiles").files) {
    if (!file.ends_with(".xml")) continue;
    auto bytes = files::Read(file);
    if (!bytes) return Pass(bytes);
    digest_input += *bytes;
    auto profile = Reader(file, std::move(*bytes)).Run();
    if (!profile) return Pass(profile);
    out.push_back(std::move(*profile));
  }
  std::stable_partition(out.begin(), out.end(), [](const Profile& p) { return p.id != "generic"; });
  if (out.empty() || out.back().id != "generic") {
    return Fail(ErrorCode::kBadData, "has no profile with the id 'generic'", data_dir + "/profiles");
  }
  return out;
}

}  // namespace sakuin::ingest
