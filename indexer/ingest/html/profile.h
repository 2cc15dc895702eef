#pragma once

// Site profiles: where a kind of page keeps its title and body, and what is furniture. Data in
// corpus/profiles/*.xml; docs/formats/profile.md. Include from .cpp files of ingest only.

#include <cstdint>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/html/name_rule.h"

namespace sakuin::ingest {

enum class TextTest : std::uint8_t { kStarts, kContains, kEquals };

// A test on a finished block's text.
struct TextRule {
  TextTest test = TextTest::kStarts;
  std::string text;
  bool Holds(const std::string& block) const;
};

// Where a value stands.
struct ValueRule {
  pugi::xpath_query path;
  bool agree = false;  // only where the page's <title> names it too
  // Of that text, what follows one of these words and its colon up to the next blank; all, where
  // there are none.
  std::vector<std::string> after;
  std::string raw;  // instead of a path: what follows this in the page's bytes up to a quote
};

// A page is of the profile where the path is true; `holds` is a text that such a page has, so that
// others are not searched.
struct MatchRule {
  pugi::xpath_query path;
  std::string holds;
};

struct HeadingRule {
  int level = 2;
  pugi::xpath_query nodes;
};

struct Profile {
  std::string id;
  std::string site;       // where the pages never say it themselves
  bool alt = false;       // the texts of pictures are text of the article
  std::string zone;       // of dates without one, "+08:00"
  bool inherits = false;  // what the generic profile says stands behind its own
  std::vector<std::string> hosts;
  std::vector<MatchRule> matches;  // any that is true
  std::vector<ValueRule> titles;   // the first that gives text, as the next ones
  std::vector<ValueRule> authors;
  std::vector<ValueRule> dates;
  std::vector<ValueRule> sites;
  std::vector<pugi::xpath_query> bodies;
  std::vector<pugi::xpath_query> strips;  // furniture
  std::vector<NameRule> named_strips;     // furniture by class and id
  std::vector<pugi::xpath_query> cuts;    // from the first such node on, everything goes
  std::vector<HeadingRule> headings;
  std::vector<pugi::xpath_query> bolds;  // set in bold by the site's style sheet
  std::vector<NameRule> named_bolds;
  std::vector<TextRule> drops;      // blocks that are furniture
  std::vector<TextRule> cut_texts;  // from the first such block on, everything goes
  std::u32string marks;             // taken off the front of headings
  std::u32string numerals;          // and a run of these before U+3001, the ideographic comma
};

// Every .xml file of corpus/profiles below `data_dir`, in byte order, `generic` last. kBadData with
// file:line for a mistake: an unknown element, an XPath that does not compile, no id.
// `digest_input` gets the files' bytes.
Result<std::vector<Profile>> LoadProfiles(const std::string& data_dir, std::string& digest_input);

}  // namespace sakuin::ingest
