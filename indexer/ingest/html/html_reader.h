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
// by its words, on pages as in dumps. With `trace`, what was left out is in Article::dropped.
// kBadInput for a page that is too large.
Result<Article> ReadHtml(const Decoded& decoded, const std::string& uri,
                         const std::vector<Profile>& profiles, const PlainTextRules& rules,
                         bool trace = false);

}  // namespace sakuin::ingest
