#pragma once

// A page and a profile -> Article.

#include <string>
#include <vector>

#include "indexer/ingest/block.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/html/profile.h"
#include "indexer/ingest/plain/plain_text.h"

namespace sakuin::ingest {

// `profiles` as LoadProfiles() gives them; the first that matches is used. `rules` know furniture
// by its words, on pages as in dumps. kBadInput for a page
// that is too large.
Result<Article> ReadHtml(const Decoded& decoded, const std::string& uri,
                         const std::vector<Profile>& profiles, const PlainTextRules& rules);

}  // namespace sakuin::ingest
