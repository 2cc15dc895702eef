#include "indexer/ingest/html/page_metadata.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/json_text.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/html/html_blocks.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kMostNodes = 32;  // that one path is asked for

std::string TextOf(pugi::xpath_node found) {
  if (found.attribute()) return found.attribute().value();
  static const pugi::xpath_query text("string(.)");
  return found.node() ? text.evaluate_string(found.node()) : std::string();
}

bool IsColon(char32_t c) { return c == ':' || c == 0xFF1A || c == '/' || c == 0xFF0F; }

constexpr int kMostWords = 4;  // of a name in Latin letters

// Is [begin, at) of Latin letters, and a word with a capital at `at`? Names of others have no
// blank.
bool IsLatinName(std::string_view text, std::size_t begin, std::size_t at) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  return at < text.size() && text[at] >= 'A' && text[at] <= 'Z' &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                     text.begin() + static_cast<std::ptrdiff_t>(at), is_ascii);
}

// What follows `marker` and its colon in a byline, up to the next blank.
std::string BehindOne(std::string_view text, std::string_view marker) {
  std::size_t at = text.find(marker);
  if (at == std::string_view::npos || marker.empty()) return {};
  at += marker.size();
  std::size_t last = marker.size();
  bool colon = IsColon(utf8::Previous(marker, last)) || marker.ends_with(' ');  // "By NAME"
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = utf8::Next(text, next);
    const bool is_colon = c == ':' || c == 0xFF1A || c == 0xFF0F;
    if (!is_colon && !utf8::IsSpace(c)) break;
    colon = colon || is_colon;
    at = next;
  }
  if (!colon) return {};
  std::size_t end = at;
  for (int words = 1; end < text.size();) {
    std::size_t next = end;
    const char32_t c = utf8::Next(text, next);
    const bool goes_on = utf8::IsSpace(c) && words < kMostWords && IsLatinName(text, at, next);
    if (goes_on) ++words;
    if ((utf8::IsSpace(c) && !goes_on) || c == '|' || c == 0xFF5C || c == ',') break;
    end = next;
  }
  return std::string(text.substr(at, end - at));
}

std::string BehindAny(std::string text, const std::vector<std::string>& markers) {
  if (markers.empty()) return text;
  for (const std::string& marker : markers) {
    std::string found = BehindOne(text, marker);
    if (!found.empty()) return found;
  }
  return {};
}

// Scripts are no part of the tree; some values stand nowhere else.
struct Page {
  const std::string& text;
  pugi::xml_node root;
};

// What the page's scripts hold behind a text: up to the quote that ends it.
std::string RawValue(const std::string& page, const std::string& marker) {
  constexpr std::size_t kLongest = 400;  // bytes
  const std::size_t found = page.find(marker);
  if (found == std::string::npos) return {};
  const std::size_t begin = found + marker.size();
  const std::size_t end = page.find_first_of("\"'\n", begin);
  if (end == std::string::npos || end - begin > kLongest) return {};
  return Squeezed(page.substr(begin, end - begin));
}

// The values of a query, in the page's order.
std::vector<std::string> Values(const ValueRule& rule, const Page& page) {
  std::vector<std::string> out;
  if (!rule.raw.empty()) {
    out.push_back(RawValue(page.text, rule.raw));
    return out;
  }
  const pugi::xml_node root = page.root;
  if (rule.path.return_type() != pugi::xpath_type_node_set) {
    out.push_back(BehindAny(Squeezed(rule.path.evaluate_string(root)), rule.after));
    return out;
  }
  pugi::xpath_node_set found = rule.path.evaluate_node_set(root);
  found.sort();
  for (const pugi::xpath_node& node : found) {
    if (out.size() == kMostNodes) break;
    out.push_back(BehindAny(Squeezed(TextOf(node)), rule.after));
  }
  return out;
}

std::string FirstValue(const std::vector<ValueRule>& rules, const Page& page) {
  for (const ValueRule& rule : rules) {
    for (std::string& value : Values(rule, page)) {
      if (!value.empty()) return std::move(value);
    }
  }
  return {};
}

// Templates leave "name, email@example.org" or "Author:" where a name was meant.
bool IsName(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  return !text.empty() && utf8::Count(text) <= kLongest &&
         text.find('@') == std::string_view::npos && !text.ends_with(':') &&
         !text.ends_with("\xEF\xBC\x9A");
}

std::string FirstName(const std::vector<ValueRule>& rules, const Page& page) {
  for (const ValueRule& rule : rules) {
    for (std::string& value : Values(rule, page)) {
      if (IsName(value)) return std::move(value);
    }
  }
  return {};
}

struct StructuredData {
  std::string published;
  std::string author;
  std::string site;
};

// The name of a thing, or of the first of several. Others nest such lists 10^5 deep.
std::string NameIn(const nlohmann::json& value, int depth = 0) {
  if (depth > 8) return {};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array() && !value.empty()) return NameIn(value[0], depth + 1);
  if (value.is_object() && value.contains("name")) return NameIn(value["name"], depth + 1);
  return {};
}

bool TakeArticle(const nlohmann::json& item, StructuredData& out) {
  if (!item.is_object() || !item.contains("headline")) return false;
  if (item.contains("datePublished")) out.published = NameIn(item["datePublished"]);
  if (item.contains("author")) out.author = Squeezed(NameIn(item["author"]));
  if (item.contains("publisher")) out.site = Squeezed(NameIn(item["publisher"]));
  return true;
}

bool TakeFirstArticle(const nlohmann::json& data, StructuredData& out) {
  if (TakeArticle(data, out)) return true;
  const bool graph = data.is_object() && data.contains("@graph") && data["@graph"].is_array();
  const nlohmann::json& items = graph ? data["@graph"] : data;
  if (!items.is_array()) return false;
  return std::any_of(items.begin(), items.end(),
                     [&out](const nlohmann::json& item) { return TakeArticle(item, out); });
}

// The first article of the page's JSON-LD (schema.org).
StructuredData ReadStructuredData(pugi::xml_node root) {
  StructuredData out;
  static const pugi::xpath_query scripts("//script[@type='application/ld+json']");
  for (const pugi::xpath_node& script : scripts.evaluate_node_set(root)) {
    const auto data = ParseJson(script.node().child_value());
    if (!data.is_discarded() && TakeFirstArticle(data, out)) break;
  }
  return out;
}

std::string PageTitle(pugi::xml_node root) {
  static const pugi::xpath_query query("string(//head/title)");
  return Squeezed(query.evaluate_string(root));
}

// Between a title and a site's name: - | _ en and em dash, full-width bar and hyphen, >>, ::
bool IsTitleSeparator(char32_t c) {
  constexpr std::array<char32_t, 12> kSeparators = {'-',    '|',    '_',    ':',    0x2013, 0x2014,
                                                    0xFF5C, 0xFF0D, 0x00BB, 0x2502, 0xFF3F, 0x30FB};
  return std::find(kSeparators.begin(), kSeparators.end(), c) != kSeparators.end();
}

// Does the page's <title> name this as the article's title? It stands at its front or between
// separators; what stands alone at the end is the site.
bool Agrees(const std::string& candidate, const std::string& page_title) {
  if (page_title.empty() || candidate == page_title) return true;
  const std::size_t at = page_title.find(candidate);
  if (at == std::string::npos) return candidate.starts_with(page_title);
  std::size_t end = at + candidate.size();
  if (end == page_title.size()) return false;
  const char32_t next = utf8::Next(page_title, end);
  return utf8::IsSpace(next) || IsTitleSeparator(next) || next == '(' || next == 0xFF08;
}

class MetadataReader {
 public:
  MetadataReader(const HtmlTree& tree, const Decoded& decoded, const Profile& profile,
                 const DateWords& dates, Article& out)
      : tree_(tree),
        decoded_(decoded),
        profile_(profile),
        dates_(dates),
        root_(tree.root()),
        out_(out) {}

  void Run() {
    ReadTitle();
    const StructuredData data = ReadStructuredData(root_);
    // What a page says for machines before what its byline reads like.
    if (IsName(data.author)) out_.author = data.author;
    const Page page{decoded_.text, root_};
    if (out_.author.empty()) out_.author = FirstName(profile_.authors, page);
    out_.site = FirstValue(profile_.sites, page);
    if (out_.site.empty()) out_.site = data.site;
    if (out_.site.empty()) out_.site = profile_.site;
    if (out_.site.empty()) out_.site = TitleSuffix();
    TakeDate(data.published);
    for (const ValueRule& rule : profile_.dates) ReadDate(rule, page);
    if (out_.published.empty()) out_.published = month_;
  }

 private:
  // A month alone counts where no day is found anywhere.
  void TakeDate(const std::string& text) {
    constexpr std::size_t kMonth = 7;  // characters of one
    if (!out_.published.empty()) return;
    std::string date = FindDate(text, dates_, profile_.zone);
    if (date.size() > kMonth) {
      out_.published = std::move(date);
    } else if (month_.empty()) {
      month_ = std::move(date);
    }
  }

  // "<b>2024-05-06</b><i>08:30</i>" has a blank between its parts that no one wrote.
  void ReadDate(const ValueRule& rule, const Page& page) {
    if (!out_.published.empty()) return;
    for (const std::string& value : Values(rule, page)) TakeDate(value);
    if (!out_.published.empty() || rule.path.return_type() != pugi::xpath_type_node_set) return;
    for (const pugi::xpath_node& found : rule.path.evaluate_node_set(root_)) {
      if (!found.node() || !out_.published.empty()) continue;
      std::string parts;
      AppendParts(found.node(), parts);
      TakeDate(Squeezed(parts));
    }
  }

  static void AppendParts(pugi::xml_node node, std::string& out) {
    if (node.type() == pugi::node_pcdata) out += std::string(node.value()) + " ";
    for (const pugi::xml_node child : node.children()) AppendParts(child, out);
  }

  void ReadTitle() {
    const std::string page_title = PageTitle(root_);
    for (const ValueRule& rule : profile_.titles) {
      if (!rule.raw.empty()) {
        if (TakeTitle({}, RawValue(decoded_.text, rule.raw), rule, page_title)) return;
        continue;
      }
      if (rule.path.return_type() != pugi::xpath_type_node_set) {
        if (TakeTitle({}, Squeezed(rule.path.evaluate_string(root_)), rule, page_title)) return;
        continue;
      }
      pugi::xpath_node_set found = rule.path.evaluate_node_set(root_);
      found.sort();
      std::size_t count = 0;
      for (const pugi::xpath_node& node : found) {
        if (++count > kMostNodes) break;
        if (TakeTitle(node.node(), Squeezed(TextOf(node)), rule, page_title)) return;
      }
    }
  }

  bool TakeTitle(pugi::xml_node node, std::string text, const ValueRule& rule,
                 const std::string& page_title) {
    TextBuilder::Line line;
    if (node) line = ReadLine(node, tree_, decoded_);
    if (!line.text.empty()) text = line.text;
    if (text.empty() || (rule.agree && !Agrees(Squeezed(text), page_title))) return false;
    out_.title = std::move(text);
    out_.title_map = std::move(line.map);
    return true;
  }

  // "Title - Part - Site" in <title>: the last part, where the page's own title says which part
  // is which.
  std::string TitleSuffix() const {
    const std::string whole = PageTitle(root_);
    if (out_.title.empty() || !whole.starts_with(Squeezed(out_.title))) return {};
    std::size_t begin = std::string::npos;
    for (std::size_t at = Squeezed(out_.title).size(); at < whole.size();) {
      const bool spaced = at > 0 && whole[at - 1] == ' ';
      const char32_t c = utf8::Next(whole, at);
      if (!IsTitleSeparator(c)) continue;
      // A hyphen or colon inside a name separates nothing.
      const bool weak = c == '-' || c == ':' || c == 0x30FB;
      const bool first = begin == std::string::npos;
      if (!weak || first || (spaced && at < whole.size() && whole[at] == ' ')) begin = at;
    }
    if (begin == std::string::npos) return {};
    std::string_view site = utf8::Trim(std::string_view(whole).substr(begin));
    while (!site.empty()) {
      std::size_t next = 0;
      const char32_t c = utf8::Next(site, next);
      if (!IsTitleSeparator(c) && !utf8::IsSpace(c)) break;
      site.remove_prefix(next);
    }
    return std::string(site);
  }

  const HtmlTree& tree_;
  const Decoded& decoded_;
  const Profile& profile_;
  const DateWords& dates_;
  pugi::xml_node root_;
  Article& out_;
  std::string month_;  // the first date without a day
};

}  // namespace

std::string Squeezed(std::string_view text) {
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

std::string HostOf(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  return std::string(address.substr(0, address.find_first_of("/?#:")));
}

void ReadMetadata(const HtmlTree& tree, const Decoded& decoded, const Profile& profile,
                  const DateWords& dates, Article& out) {
  MetadataReader(tree, decoded, profile, dates, out).Run();
}

}  // namespace sakuin::ingest
