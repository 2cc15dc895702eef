#include "indexer/ingest/html/body_finder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/html/html_blocks.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kShortestParagraph = 20;
constexpr std::size_t kShortestColumn = 60;

std::size_t LettersOf(std::string_view text) {
  std::size_t wide = 0;
  std::size_t narrow = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    if (c >= 0x2E80) {
      ++wide;
    } else if (!utf8::IsSpace(c)) {
      ++narrow;
    }
  }
  return wide + narrow / 4;
}

bool IsLeftOut(std::string_view name) {
  return name == "script" || name == "style" || name == "head";
}

bool IsParagraph(std::string_view name) {
  return name == "p" || name == "pre" || name == "li" || name == "td" || name == "blockquote" ||
         name == "dd";
}

// Do two elements share a word of their classes?
bool IsAlike(pugi::xml_node a, pugi::xml_node b) {
  if (std::string_view(a.name()) != b.name()) return false;
  const std::vector<std::string> others = Split(b.attribute("class").value(), ' ');
  const std::vector<std::string> own = Split(a.attribute("class").value(), ' ');
  return std::any_of(own.begin(), own.end(), [&others](const std::string& word) {
    return !word.empty() && std::find(others.begin(), others.end(), word) != others.end();
  });
}

// Plain text that stands in elements of that class below `node`.
std::size_t PlainOf(pugi::xml_node node, std::string_view own, const LetterCounts& left) {
  if (own == node.attribute("class").value()) {
    const LetterCounts::Counts in = left.Of(node);
    return in.links * 3 < in.text ? in.text - in.links : 0;
  }
  std::size_t out = 0;
  for (const pugi::xml_node child : node.children()) out += PlainOf(child, own, left);
  return out;
}

class Finder {
 public:
  explicit Finder(const LetterCounts& counts) : counts_(counts) {}

  pugi::xml_node Run(pugi::xml_node body) {
    Score(body);
    pugi::xml_node best = body;
    double most = 0;
    for (const pugi::xml_node node : nodes_) {
      const double score = scores_[node.hash_value()];
      if (score > most) {
        most = score;
        best = node;
      }
    }
    return best;
  }

 private:
  void Add(pugi::xml_node node, double score) {
    if (!node || std::string_view(node.name()).empty()) return;
    auto [it, fresh] = scores_.emplace(node.hash_value(), 0);
    it->second += score;
    if (fresh) nodes_.push_back(node);
  }

  void Score(pugi::xml_node node) {
    const std::string_view name = node.name();
    if (IsLeftOut(name)) return;
    const LetterCounts::Counts counts = counts_.Of(node);
    if (IsParagraph(name)) {
      // An item or cell that holds blocks lays out the page; those count for themselves.
      const std::size_t plain = counts.direct;
      if (plain >= kShortestParagraph && counts.links * 3 < counts.text) {
        pugi::xml_node parent = node.parent();
        // A cell whose lines end in <br> is the page's column, no field of a table.
        if (name == "td" && plain >= kShortestColumn && node.select_node(".//br")) parent = node;
        // The items of a list count for what the list stands in.
        if (name == "li") parent = parent.parent();
        Add(parent, static_cast<double>(plain));
        Add(parent.parent(), static_cast<double>(plain) / 2);
      }
    } else if (counts.direct >= kShortestParagraph * 2 && IsBlockName(name) && name != "tr") {
      // Pages that break lines with <br> only.
      Add(node, static_cast<double>(counts.direct));
      Add(node.parent(), static_cast<double>(counts.direct) / 2);
    }
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) Score(child);
    }
  }

  const LetterCounts& counts_;
  std::unordered_map<std::size_t, double> scores_;
  std::vector<pugi::xml_node> nodes_;
};

}  // namespace

LetterCounts::LetterCounts(pugi::xml_node root) { Count(root, false); }

LetterCounts::Counts LetterCounts::Of(pugi::xml_node node) const {
  const auto found = counts_.find(node.hash_value());
  return found == counts_.end() ? Counts{} : found->second;
}

// Nesting is bounded by the guard, so recursion is.
LetterCounts::Counts LetterCounts::Count(pugi::xml_node node, bool in_link) {
  Counts out;
  if (node.type() == pugi::node_pcdata) {
    out.text = LettersOf(node.value());
    (in_link ? out.links : out.direct) = out.text;
    return out;
  }
  if (IsLeftOut(node.name())) return out;
  for (const pugi::xml_node child : node.children()) {
    const Counts below = Count(child, in_link || std::string_view(child.name()) == "a");
    out.text += below.text;
    out.links += below.links;
    if (!IsBlockName(child.name())) out.direct += below.direct;
  }
  counts_[node.hash_value()] = out;
  return out;
}

pugi::xml_node Narrowed(pugi::xml_node body, const LetterCounts& left) {
  for (;;) {
    const LetterCounts::Counts all = left.Of(body);
    pugi::xml_node into;
    for (const pugi::xml_node child : body.children()) {
      const LetterCounts::Counts in = left.Of(child);
      const std::size_t plain = in.text - in.links;
      const std::size_t rest_plain = (all.text - all.links) - plain;
      const std::size_t rest_links = all.links - in.links;
      if (plain > 3 * rest_plain && rest_links > 2 * rest_plain) into = child;
    }
    if (!into || !IsBlockName(into.name())) return body;
    body = into;
  }
}

pugi::xml_node WithItsLikes(pugi::xml_node body, const LetterCounts& left) {
  constexpr std::size_t kLeastPlain = 80;    // beside the body
  constexpr std::size_t kLeastInPosts = 30;  // further up: of the body's class, in what is alike
  constexpr int kHighest = 2;
  const std::string_view own = body.attribute("class").value();
  if (own.empty()) return body;
  pugi::xml_node at = body;
  for (int up = 0; up <= kHighest && at.parent().parent(); ++up, at = at.parent()) {
    for (const pugi::xml_node like : at.parent().children(at.name())) {
      if (like == at) continue;
      const bool alike = up == 0 ? own == like.attribute("class").value() : IsAlike(at, like);
      const std::size_t least = up == 0 ? kLeastPlain : kLeastInPosts;
      if (alike && PlainOf(like, own, left) >= least) return at.parent();
    }
  }
  return body;
}

pugi::xml_node FindDensestBody(pugi::xml_node root, const LetterCounts& counts) {
  return Finder(counts).Run(root.child("body") ? root.child("body") : root);
}

}  // namespace sakuin::ingest
