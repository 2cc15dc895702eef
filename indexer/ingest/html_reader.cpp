#include "indexer/ingest/html_reader.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/body_finder.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/html_blocks.h"
#include "indexer/ingest/html_tree.h"
#include "indexer/ingest/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

// What an XPath gives: a node's text, an attribute's value, a string.
std::string Value(const pugi::xpath_query& query, pugi::xml_node root) {
  if (query.return_type() != pugi::xpath_type_node_set) return query.evaluate_string(root);
  const pugi::xpath_node found = query.evaluate_node(root);
  if (found.attribute()) return found.attribute().value();
  std::string out;
  if (found.node()) {
    static const pugi::xpath_query text("string(.)");
    out = text.evaluate_string(found.node());
  }
  return out;
}

std::string Squeezed(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    if (!utf8::IsSpace(c)) {
      utf8::Append(out, c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string FirstValue(const std::vector<pugi::xpath_query>& queries, pugi::xml_node root) {
  for (const pugi::xpath_query& query : queries) {
    std::string value = Squeezed(Value(query, root));
    if (!value.empty()) return value;
  }
  return {};
}

struct StructuredData {
  std::string headline;
  std::string published;
  std::string author;
  std::string site;
};

std::string NameIn(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array() && !value.empty()) return NameIn(value[0]);
  if (value.is_object() && value.contains("name")) return NameIn(value["name"]);
  return {};
}

// The first article of the page's JSON-LD (schema.org).
StructuredData ReadStructuredData(pugi::xml_node root) {
  StructuredData out;
  static const pugi::xpath_query scripts("//script[@type='application/ld+json']");
  for (const pugi::xpath_node& script : scripts.evaluate_node_set(root)) {
    const auto parsed = nlohmann::json::parse(script.node().child_value(), nullptr, false);
    std::vector<nlohmann::json> items;
    if (parsed.is_array()) items.assign(parsed.begin(), parsed.end());
    if (parsed.is_object()) items.push_back(parsed);
    if (parsed.is_object() && parsed.contains("@graph") && parsed["@graph"].is_array()) {
      items.insert(items.end(), parsed["@graph"].begin(), parsed["@graph"].end());
    }
    for (const nlohmann::json& item : items) {
      if (!item.is_object() || !item.contains("headline")) continue;
      out.headline = NameIn(item["headline"]);
      if (item.contains("datePublished")) out.published = NameIn(item["datePublished"]);
      if (item.contains("author")) out.author = NameIn(item["author"]);
      if (item.contains("publisher")) out.site = NameIn(item["publisher"]);
      return out;
    }
  }
  return out;
}

std::string HostOf(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  return std::string(address.substr(0, address.find_first_of("/?#:")));
}

class PageReader {
 public:
  PageReader(const Decoded& decoded, const HtmlTree& tree, const Profile& profile,
             const PlainTextRules& rules)
      : decoded_(decoded),
        tree_(tree),
        profile_(profile),
        rules_(rules),
        root_(tree.root()), letters_(CountLetters(root_)) {}

  Article Run() {
    Article out;
    out.profile = profile_.id;
    out.language = root_.attribute("lang").value();
    ReadTitle(out);
    ReadMetadata(out);
    CollectHeadings();
    for (const pugi::xpath_query& strip : profile_.strips) Remove(strip);
    const pugi::xml_node body = Body();
    Cut(body);
    out.blocks = ReadBlocks(body, tree_, decoded_, headings_);
    Finish(out);
    return out;
  }

 private:
  void ReadTitle(Article& out) {
    for (const pugi::xpath_query& query : profile_.titles) {
      if (query.return_type() != pugi::xpath_type_node_set) {
        out.title = Squeezed(Value(query, root_));
      } else if (const pugi::xml_node node = query.evaluate_node(root_).node()) {
        TextBuilder::Line line = ReadLine(node, tree_, decoded_);
        out.title = std::move(line.text);
        out.title_map = std::move(line.map);
      } else {
        out.title = Squeezed(Value(query, root_));
      }
      if (!out.title.empty()) return;
      out.title_map = {};
    }
  }

  void ReadMetadata(Article& out) {
    const StructuredData data = ReadStructuredData(root_);
    out.author = FirstValue(profile_.authors, root_);
    if (out.author.empty()) out.author = Squeezed(data.author);
    out.site = FirstValue(profile_.sites, root_);
    if (out.site.empty()) out.site = Squeezed(data.site);
    if (out.site.empty()) out.site = TitleSuffix(out.title);
    if (out.site.empty()) out.site = profile_.site;
    out.published = FindDate(data.published, profile_.zone);
    for (const pugi::xpath_query& query : profile_.dates) {
      if (!out.published.empty()) break;
      out.published = FindDate(Squeezed(Value(query, root_)), profile_.zone);
    }
  }

  // "Title - Site" in <title>, where the page's own title says which part is which.
  std::string TitleSuffix(const std::string& title) const {
    static const pugi::xpath_query query("string(//head/title)");
    const std::string whole = Squeezed(query.evaluate_string(root_));
    if (title.empty() || !whole.starts_with(title)) return {};
    std::string rest = whole.substr(title.size());
    const std::size_t begin = rest.find_first_not_of(" -|_");
    if (begin == std::string::npos || begin == 0) {
      return {};
    }
    rest.erase(0, begin);
    return std::string(utf8::Trim(rest));
  }

  void CollectHeadings() {
    static constexpr const char* kNames[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    for (int i = 0; i < 6; ++i) {
      const pugi::xpath_query query((std::string("//") + kNames[i]).c_str());
      for (const pugi::xpath_node& found : query.evaluate_node_set(root_)) {
        headings_[found.node().hash_value()] = i + 1;
      }
    }
    for (const HeadingRule& rule : profile_.headings) {
      for (const pugi::xpath_node& found : rule.nodes.evaluate_node_set(root_)) {
        headings_[found.node().hash_value()] = rule.level;
      }
    }
  }

  void Remove(const pugi::xpath_query& query) {
    for (const pugi::xpath_node& found : query.evaluate_node_set(root_)) {
      pugi::xml_node node = found.node();
      // A class like "with-sidebar" on what holds most of the page is no furniture.
      const bool most = CountLetters(node) * 2 > letters_;
      if (node && node != root_ && node.parent() && !most) doomed_.push_back(node);
    }
    // Innermost last, so that nothing is removed twice: pugixml frees what it removes.
    std::unordered_map<std::size_t, bool> seen;
    for (pugi::xml_node node : doomed_) seen[node.hash_value()] = true;
    for (pugi::xml_node node : doomed_) {
      bool inside = false;
      for (pugi::xml_node up = node.parent(); up; up = up.parent()) {
        inside = inside || seen.contains(up.hash_value());
      }
      if (!inside) outer_.push_back(node);
    }
    for (pugi::xml_node node : outer_) node.parent().remove_child(node);
    doomed_.clear();
    outer_.clear();
  }

  pugi::xml_node Body() const {
    for (const pugi::xpath_query& query : profile_.bodies) {
      pugi::xml_node best;
      std::size_t most = 0;
      for (const pugi::xpath_node& found : query.evaluate_node_set(root_)) {
        const std::size_t letters = CountLetters(found.node());
        if (letters > most) {
          most = letters;
          best = found.node();
        }
      }
      constexpr std::size_t kLeast = 40;
      if (most >= kLeast) return best;
    }
    return FindDensestBody(root_);
  }

  // Takes out the first node of the body that a cut names, and everything behind it.
  void Cut(pugi::xml_node body) {
    for (const pugi::xpath_query& query : profile_.cuts) {
      for (const pugi::xpath_node& found : query.evaluate_node_set(root_)) {
        bool inside = false;
        for (pugi::xml_node up = found.node(); up; up = up.parent()) inside = inside || up == body;
        if (!inside || found.node() == body) continue;
        for (pugi::xml_node up = found.node(); up != body;) {
          pugi::xml_node parent = up.parent();
          while (up.next_sibling()) parent.remove_child(up.next_sibling());
          if (up == found.node()) {
            parent.remove_child(up);
          }
          up = parent;
        }
        return;
      }
    }
  }

  // Marks and a number before a heading: "01 ", "1. ".
  void TrimHeading(Block& block) const {
    std::size_t at = 0;
    for (;;) {
      std::size_t next = at;
      if (next >= block.text.size()) return;
      const char32_t c = utf8::Next(block.text, next);
      if (profile_.marks.find(c) == std::u32string::npos && !utf8::IsSpace(c)) break;
      at = next;
    }
    const std::size_t digits = block.text.find_first_not_of("0123456789", at);
    const bool two = digits != std::string::npos && digits == at + 2;
    if (two && (block.text[digits] == ' ' || block.text[digits] == '.')) at = digits + 1;
    at += NumeralLength(std::string_view(block.text).substr(at));
    while (at < block.text.size() && block.text[at] == ' ') ++at;
    if (at > 0 && at < block.text.size()) CutFront(block, at);
  }

  std::size_t NumeralLength(std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t here = at;
      const char32_t c = utf8::Next(text, at);
      if (c == 0x3001 && here > 0) return at;
      if (profile_.numerals.find(c) == std::u32string::npos) return 0;
    }
    return 0;
  }

  static void CutFront(Block& block, std::size_t at) {
    model::SourceMap map;
    for (model::SourceRun run : block.map.runs()) {
      const std::size_t end = run.text_begin + std::size_t{run.count} * run.text_step;
      if (end <= at) continue;
      if (run.text_begin < at) {
        const auto skip = static_cast<std::uint32_t>((at - run.text_begin) / run.text_step);
        run.source_begin += std::uint64_t{skip} * run.source_step;
        run.count -= skip;
        run.text_begin = static_cast<std::uint32_t>(at);
      }
      run.text_begin -= static_cast<std::uint32_t>(at);
      map.Add(run);
    }
    block.text.erase(0, at);
    block.map = std::move(map);
  }

  void Finish(Article& out) const {
    std::vector<Block> kept;
    int highest = std::numeric_limits<int>::max();
    for (Block& block : out.blocks) {
      const auto holds = [&block](const TextRule& rule) { return rule.Holds(block.text); };
      const std::size_t number = static_cast<std::size_t>(&block - out.blocks.data());
      const bool late = number * 5 >= out.blocks.size() * 3;
      if (std::any_of(profile_.cut_texts.begin(), profile_.cut_texts.end(), holds)) break;
      if (late && rules_.Is("end", block.text)) break;
      if (std::any_of(profile_.drops.begin(), profile_.drops.end(), holds)) continue;
      constexpr std::size_t kLongestFurniture = 90;
      if (utf8::Count(block.text) <= kLongestFurniture && rules_.Is("drop", block.text)) continue;
      const bool heading = block.kind == BlockKind::kHeading;
      if (heading && Squeezed(block.text) == out.title) {
        kept.clear();  // what stood above the title was the page's, not the article's
        continue;
      }
      const std::size_t bullet =
          block.kind == BlockKind::kParagraph ? BulletLength(block.text) : 0;
      if (bullet > 0) {  // a list that was typed, not marked up
        CutFront(block, bullet);
        block.kind = BlockKind::kItem;
      }
      if (heading) {
        TrimHeading(block);
        highest = std::min(highest, block.level);
      }
      kept.push_back(std::move(block));
    }
    for (Block& block : kept) {
      if (block.kind == BlockKind::kHeading) block.level = block.level - highest + 2;
    }
    out.blocks = std::move(kept);
  }

  const Decoded& decoded_;
  const HtmlTree& tree_;
  const Profile& profile_;
  const PlainTextRules& rules_;
  pugi::xml_node root_;
  std::size_t letters_;  // of the whole page
  HeadingLevels headings_;
  std::vector<pugi::xml_node> doomed_;
  std::vector<pugi::xml_node> outer_;
};

const Profile& Choose(const std::vector<Profile>& profiles, pugi::xml_node root,
                      const std::string& uri) {
  static const pugi::xpath_query address(
      "string(//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)");
  const std::string canonical = HostOf(address.evaluate_string(root));
  const std::string own = HostOf(uri);
  for (const Profile& profile : profiles) {
    for (const std::string& host : profile.hosts) {
      const auto is = [&host](const std::string& h) {
        return h == host || h.ends_with("." + host);
      };
      if (is(canonical) || is(own)) return profile;
    }
    for (const pugi::xpath_query& match : profile.matches) {
      if (match.evaluate_boolean(root)) return profile;
    }
  }
  return profiles.back();
}

}  // namespace

Result<Article> ReadHtml(const Decoded& decoded, const std::string& uri,
                         const std::vector<Profile>& profiles, const PlainTextRules& rules) {
  std::vector<std::string> notes;
  auto tree = HtmlTree::Parse(decoded.text, notes);
  if (!tree) return Pass(tree);
  Article out = PageReader(decoded, *tree, Choose(profiles, tree->root(), uri), rules).Run();
  out.notes = std::move(notes);
  return out;
}

}  // namespace sakuin::ingest
