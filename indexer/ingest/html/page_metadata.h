#pragma once

// Title, author, date and site of a page. Include from .cpp files of ingest only.

#include <pugixml.hpp>

#include "indexer/ingest/block.h"
#include "indexer/ingest/date_words.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/html/html_tree.h"
#include "indexer/ingest/html/profile.h"

namespace sakuin::ingest {

// Fills title (with its map where it stands in the text), author, site and published of `out` from
// the untouched tree; what the page does not say stays empty. The profile's paths come first, then
// the page's JSON-LD (schema.org), then, for the site, the profile's name of it and what follows
// the title in <title>.
void ReadMetadata(const HtmlTree& tree, const Decoded& decoded, const Profile& profile,
                  const DateWords& dates, Article& out);

// A text with every run of blanks as one, and none at its ends.
std::string Squeezed(std::string_view text);

// "example.org" of "https://example.org:8080/a"; empty where it is no address.
std::string HostOf(std::string_view address);

}  // namespace sakuin::ingest
