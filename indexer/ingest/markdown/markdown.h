#pragma once

// Markdown -> Article, by md4c (CommonMark with tables, task lists and strikethrough).

#include "indexer/base/result.h"
#include "indexer/ingest/block.h"
#include "indexer/ingest/date_words.h"
#include "indexer/ingest/encoding/charset.h"

namespace sakuin::ingest {

// Headings, paragraphs, list items, rows of tables and lines of code become blocks; of links the
// text stays, pictures go, of HTML the text between the tags. Title, author, date, language and
// site come from the front matter; without it the title is a first heading of level 1. Every block
// leads to its bytes. kLibrary where md4c gives up. Pure.
Result<Article> ReadMarkdown(const Decoded& decoded, const DateWords& dates);

}  // namespace sakuin::ingest
