#include "indexer/ingest/html/html_reader.h"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_set>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/html/article_edges.h"
#include "indexer/ingest/html/body_finder.h"
#include "indexer/ingest/html/contents_list.h"
#include "indexer/ingest/html/heading_text.h"
#include "indexer/ingest/html/html_blocks.h"
#include "indexer/ingest/html/html_tree.h"
#include "indexer/ingest/html/page_metadata.h"
#include "indexer/ingest/html/styled_headings.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

class PageReader {
 public:
  PageReader(const Decoded& decoded, const HtmlTree& tree, const Profile& profile,
             const PlainTextRules& rules, bool trace)
      : trace_(trace),
        decoded_(decoded),
        tree_(tree),
        profile_(profile),
        rules_(rules),
        root_(tree.root()),
        letters_(root_) {}

  Article Run() {
    Article out;
    out.profile = profile_.id;
    out.language = root_.attribute("lang").value();
    ReadMetadata(tree_, decoded_, profile_, rules_.dates(), out);
    CollectRoles();
    roles_.alt = profile_.alt;
    Strip();
    const pugi::xml_node body = Body();
    const std::vector<pugi::xml_node> leads = Leads(body);
    for (pugi::xml_node up = body; up && up != root_; up = up.parent()) {
      for (const pugi::xml_node beside : up.parent().children()) {
        const bool lead = std::find(leads.begin(), leads.end(), beside) != leads.end();
        if (beside != up && !lead) NoteDropped(beside, "outside of the body, " + Tag(body));
      }
    }
    Cut(body);
    const NodeNote passed_over = [this](pugi::xml_node node, const char* reason) {
      NoteDropped(node, std::string(reason) + ": " + Tag(node));
    };
    for (const pugi::xml_node lead : leads) {
      for (Block& block : ReadBlocks(lead, tree_, decoded_, roles_, passed_over)) {
        out.blocks.push_back(std::move(block));
      }
    }
    for (Block& block : ReadBlocks(body, tree_, decoded_, roles_, passed_over)) {
      out.blocks.push_back(std::move(block));
    }
    Finish(out);
    out.dropped = std::move(dropped_);
    out.dropped_counts = std::move(dropped_counts_);
    return out;
  }

 private:
  // As it is written: <div id="x" class="y z">.
  static std::string Tag(pugi::xml_node node) {
    std::string out = std::string("<") + node.name();
    for (const char* name : {"id", "class"}) {
      const std::string value = node.attribute(name).value();
      if (!value.empty()) out += std::string(" ") + name + "=\"" + value + "\"";
    }
    return out + ">";
  }

  void NoteDropped(pugi::xml_node node, const std::string& reason) {
    if (letters_.Of(node).text > 0)
      ++dropped_counts_[reason.substr(0, reason.find_first_of(",:<"))];
    if (!trace_) return;
    const std::string_view name = node.name();
    if (name == "head" || name == "script" || name == "style") return;
    TextBuilder::Line line = ReadLine(node, tree_, decoded_);
    if (line.text.empty()) return;
    const auto size = static_cast<std::uint32_t>(line.text.size());
    dropped_.push_back({false, reason, std::move(line.text), line.map.ToSource({0, size})});
  }

  void NoteDropped(const Block& block, const char* reason) {
    ++dropped_counts_[reason];
    if (trace_) dropped_.push_back({false, reason, block.text, block.source});
  }

  void CollectRoles() {
    Walk(root_, [this](pugi::xml_node node) {
      const std::string_view name = node.name();
      if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
        roles_.headings[node.hash_value()] = name[1] - '0';
      }
      const auto holds = [node](const NameRule& rule) { return rule.Holds(node); };
      if (std::any_of(profile_.named_bolds.begin(), profile_.named_bolds.end(), holds)) {
        roles_.bold.insert(node.hash_value());
      }
    });
    for (const HeadingRule& rule : profile_.headings) {
      for (const pugi::xpath_node& found : rule.nodes.evaluate_node_set(root_)) {
        roles_.headings[found.node().hash_value()] = rule.level;
      }
    }
    for (const pugi::xpath_query& bold : profile_.bolds) {
      for (const pugi::xpath_node& found : bold.evaluate_node_set(root_)) {
        roles_.bold.insert(found.node().hash_value());
      }
    }
  }

  // Every element, in the page's order. Nesting is bounded by the guard, so recursion is.
  template <typename Seen>
  static void Walk(pugi::xml_node node, const Seen& seen) {
    seen(node);
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) Walk(child, seen);
    }
  }

  // Letters that are in no link.
  std::size_t PlainText(pugi::xml_node node) const {
    const LetterCounts::Counts counts = letters_.Of(node);
    return counts.text - counts.links;
  }

  // Readers' comments can be longer than the article.
  static bool SaysComments(pugi::xml_node node) {
    for (const char* name : {"class", "id"}) {
      const std::string_view value = node.attribute(name).value();
      if (value.find("comment") != std::string_view::npos) return true;
    }
    return false;
  }

  // A class like "with-sidebar" or "share-area" on what holds much of the page's plain text is no
  // furniture.
  bool MayGo(pugi::xml_node node) const {
    if (!node || node == root_ || !node.parent()) return false;
    return letters_.Of(node).text * 2 <= letters_.Of(root_).text &&
           (PlainText(node) * 4 <= PlainText(root_) || SaysComments(node));
  }

  void Strip() {
    std::vector<pugi::xml_node> doomed;
    std::unordered_set<std::size_t> seen;
    const auto doom = [&](pugi::xml_node node) {
      if (MayGo(node) && seen.insert(node.hash_value()).second) doomed.push_back(node);
    };
    for (const pugi::xpath_query& strip : profile_.strips) {
      for (const pugi::xpath_node& found : strip.evaluate_node_set(root_)) doom(found.node());
    }
    Walk(root_, [&](pugi::xml_node node) {
      const auto holds = [node](const NameRule& rule) { return rule.Holds(node); };
      if (std::any_of(profile_.named_strips.begin(), profile_.named_strips.end(), holds)) {
        doom(node);
      }
    });
    // What stands in another goes with it: pugixml frees what it removes.
    std::erase_if(doomed, [&seen](pugi::xml_node node) {
      for (pugi::xml_node up = node.parent(); up; up = up.parent()) {
        if (seen.contains(up.hash_value())) return true;
      }
      return false;
    });
    for (pugi::xml_node node : doomed) {
      NoteDropped(node, "stripped: " + Tag(node));
      node.parent().remove_child(node);
    }
  }

  pugi::xml_node Body() const {
    const LetterCounts left(root_);  // of what the strips left
    static const pugi::xpath_query main_heading("boolean(.//h1)");
    constexpr std::size_t kLeast = 40;
    for (const pugi::xpath_query& query : profile_.bodies) {
      pugi::xml_node best;
      std::size_t most = 0;
      bool best_heads = false;
      for (const pugi::xpath_node& found : query.evaluate_node_set(root_)) {
        const std::size_t letters = left.Of(found.node()).text;
        // Of several, teasers of other articles among them, the one with the page's heading.
        const bool heads = letters >= kLeast && main_heading.evaluate_boolean(found);
        if (heads < best_heads || (heads == best_heads && letters <= most)) continue;
        most = letters;
        best = found.node();
        best_heads = heads;
      }
      if (most >= kLeast) return profile_.hosts.empty() ? Narrowed(best, left) : best;
    }
    return Narrowed(WithItsLikes(FindDensestBody(root_, left), left), left);
  }

  // Sentences between the page's heading and its body, each in an element of its own.
  std::vector<pugi::xml_node> Leads(pugi::xml_node body) const {
    constexpr std::size_t kLeast = 12;
    constexpr std::size_t kMost = 4;
    std::vector<pugi::xml_node> out;
    const LetterCounts left(root_);
    std::size_t seen = 0;
    for (pugi::xml_node node = body.previous_sibling(); node && seen < kMost;
         node = node.previous_sibling()) {
      if (node.type() != pugi::node_element) continue;
      ++seen;
      if (std::string_view(node.name()) == "h1" || node.select_node(".//h1")) {
        std::reverse(out.begin(), out.end());
        return out;
      }
      const LetterCounts::Counts in = left.Of(node);
      const std::string text = ReadLine(node, tree_, decoded_).text;
      if (in.links == 0 && in.text >= kLeast && EndsSentence(text)) out.push_back(node);
    }
    return {};
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
          while (up.next_sibling()) {
            NoteDropped(up.next_sibling(), "behind the cut: " + Tag(found.node()));
            parent.remove_child(up.next_sibling());
          }
          if (up == found.node()) {
            NoteDropped(up, "cut: " + Tag(up));
            parent.remove_child(up);
          }
          up = parent;
        }
        return;
      }
    }
  }

  // nullptr for a block that is kept.
  const char* WhyDropped(const Block& block, bool cut) const {
    const auto holds = [&block](const TextRule& rule) { return rule.Holds(block.text); };
    if (cut) return "a <cut> of the profile above the article";
    if (std::any_of(profile_.drops.begin(), profile_.drops.end(), holds)) {
      return "a <drop> of the profile";
    }
    constexpr std::size_t kLongestFurniture = 90;
    const bool furniture =
        utf8::Count(block.text) <= kLongestFurniture && rules_.Is("drop", block.text);
    return furniture ? "furniture by its words" : nullptr;
  }

  void Finish(Article& out) {
    const BlockNote note = [this](const Block& block, const char* reason) {
      NoteDropped(block, reason);
    };
    DropContents(rules_, out.blocks, note);
    std::vector<Block> kept;
    const char* ended = nullptr;  // why the rest is left out
    for (Block& block : out.blocks) {
      const auto holds = [&block](const TextRule& rule) { return rule.Holds(block.text); };
      const std::size_t number = static_cast<std::size_t>(&block - out.blocks.data());
      const bool late = number * 5 >= out.blocks.size() * 3;
      const bool cut = std::any_of(profile_.cut_texts.begin(), profile_.cut_texts.end(), holds);
      // Above the article it ends nothing.
      if (cut && !kept.empty() && ended == nullptr) ended = "from a <cut> of the profile on";
      if (late && ended == nullptr && rules_.Is("end", block.text)) {
        ended = "from a line on that ends an article";
      }
      const bool heading = block.kind == BlockKind::kHeading;
      if (const char* const reason = ended != nullptr ? ended : WhyDropped(block, cut)) {
        NoteDropped(block, reason);
        continue;
      }
      if (heading && Squeezed(block.text) == out.title) {
        // What stood above the title was the page's, not the article's.
        for (const Block& above : kept) NoteDropped(above, "above the title");
        NoteDropped(block, "the title");
        kept.clear();
        continue;
      }
      kept.push_back(std::move(block));
    }
    TrimEdges(rules_, out, kept, note);
    FindStyledHeadings(rules_, kept, note);
    Polish(kept);
    out.blocks = std::move(kept);
  }

  // Bullets and marks go, the highest heading becomes level 2.
  void Polish(std::vector<Block>& blocks) const {
    int highest = std::numeric_limits<int>::max();
    for (Block& block : blocks) {
      const std::size_t bullet = block.kind == BlockKind::kParagraph ? BulletLength(block.text) : 0;
      if (bullet > 0) {  // a list that was typed, not marked up
        CutFront(block, bullet);
        block.kind = BlockKind::kItem;
      }
      if (block.kind != BlockKind::kHeading) continue;
      TrimHeading(profile_, block);
      highest = std::min(highest, block.level);
    }
    for (Block& block : blocks) {
      if (block.kind == BlockKind::kHeading) block.level = block.level - highest + 2;
    }
  }

  bool trace_;
  std::vector<model::TraceStep> dropped_;
  std::map<std::string, std::uint32_t> dropped_counts_;
  const Decoded& decoded_;
  const HtmlTree& tree_;
  const Profile& profile_;
  const PlainTextRules& rules_;
  pugi::xml_node root_;
  LetterCounts letters_;  // of the page as it came
  NodeRoles roles_;
};

const Profile& Choose(const std::vector<Profile>& profiles, pugi::xml_node root,
                      const std::string& page, const std::string& uri) {
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
    for (const MatchRule& match : profile.matches) {
      if (page.find(match.holds) == std::string::npos) continue;
      if (match.path.evaluate_boolean(root)) return profile;
    }
  }
  return profiles.back();
}

}  // namespace

Result<Article> ReadHtml(const Decoded& decoded, const std::string& uri,
                         const std::vector<Profile>& profiles, const PlainTextRules& rules,
                         bool trace) {
  std::vector<std::string> notes;
  auto tree = HtmlTree::Parse(decoded.text, notes);
  if (!tree) return Pass(tree);
  Article out =
      PageReader(decoded, *tree, Choose(profiles, tree->root(), decoded.text, uri), rules, trace)
          .Run();
  out.notes = std::move(notes);
  return out;
}

}  // namespace sakuin::ingest
