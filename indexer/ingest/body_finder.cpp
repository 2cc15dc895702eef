#include "indexer/ingest/body_finder.h"

#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kShortestParagraph = 20;

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

struct Counts {
  std::size_t text = 0;
  std::size_t links = 0;
};

void Count(pugi::xml_node node, bool in_link, Counts& out) {
  if (node.type() == pugi::node_pcdata) {
    const std::size_t letters = LettersOf(node.value());
    out.text += letters;
    if (in_link) out.links += letters;
    return;
  }
  const std::string_view name = node.name();
  if (name == "script" || name == "style" || name == "head") return;
  for (const pugi::xml_node child : node.children()) Count(child, in_link || name == "a", out);
}

bool IsParagraph(std::string_view name) {
  return name == "p" || name == "pre" || name == "li" || name == "td" || name == "blockquote" ||
         name == "dd";
}

struct Scores {
  std::unordered_map<std::size_t, double> by_node;
  std::vector<pugi::xml_node> nodes;

  void Add(pugi::xml_node node, double score) {
    if (!node || std::string_view(node.name()).empty()) return;
    auto [it, fresh] = by_node.emplace(node.hash_value(), 0);
    it->second += score;
    if (fresh) nodes.push_back(node);
  }
};

void Score(pugi::xml_node node, Scores& scores) {
  const std::string_view name = node.name();
  std::size_t own = 0;  // text directly below: pages that break lines with <br> only
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata) own += LettersOf(child.value());
  }
  if (IsParagraph(name)) {
    Counts counts;
    Count(node, false, counts);
    const std::size_t plain = counts.text - counts.links;
    if (plain >= kShortestParagraph && counts.links * 3 < counts.text) {
      pugi::xml_node parent = node.parent();
      // The items of a list count for what the list stands in.
      if (name == "li") parent = parent.parent();
      scores.Add(parent, static_cast<double>(plain));
      scores.Add(parent.parent(), static_cast<double>(plain) / 2);
    }
  } else if (own >= kShortestParagraph * 2 && name != "a" && name != "script") {
    scores.Add(node, static_cast<double>(own));
    scores.Add(node.parent(), static_cast<double>(own) / 2);
  }
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) Score(child, scores);
  }
}

}  // namespace

std::size_t CountLetters(pugi::xml_node node) {
  Counts counts;
  Count(node, false, counts);
  return counts.text;
}

pugi::xml_node FindDensestBody(pugi::xml_node root) {
  const pugi::xml_node body = root.child("body") ? root.child("body") : root;
  Scores scores;
  Score(body, scores);
  pugi::xml_node best = body;
  double most = 0;
  for (const pugi::xml_node node : scores.nodes) {
    const double score = scores.by_node[node.hash_value()];
    if (score > most) {
      most = score;
      best = node;
    }
  }
  return best;
}

}  // namespace sakuin::ingest
