#pragma once

// Atom, RFC 4287.

#include <string>
#include <string_view>
#include <vector>

namespace sakuin::api {

struct AtomEntry {
  std::string id;  // a URI that never changes
  std::string title;
  std::string updated;   // RFC 3339
  std::string link;      // absolute
  std::string language;  // BCP 47, of title and summary; "" where it is not known
  std::string author;    // "" where it is not known
  std::string summary;   // plain text
};

struct AtomFeed {
  std::string id;
  std::string title;
  std::string self;     // absolute address of the feed
  std::string page;     // and of the page that shows the same
  std::string version;  // of the program
  std::vector<AtomEntry> entries;
};

// `updated` of the feed is that of its newest entry. Pure: the same feed gives the same bytes.
std::string PrintAtom(const AtomFeed& feed);

// Text for XML, as content or in an attribute: what XML cannot say at all is left out.
std::string XmlText(std::string_view text);

// A date of any precision, "2024", "2024-05", "2024-05-06", ..., as RFC 3339 wants it: its first
// moment in UTC. "1970-01-01T00:00:00Z" for what is no date: an entry must have one.
std::string AtomDate(const std::string& date);

}  // namespace sakuin::api
