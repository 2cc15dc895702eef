#pragma once

// JSON Lines: a record a line (docs/formats/jsonl.md).

#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/block.h"
#include "indexer/model/document.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

// The records of a JSON Lines file as sources (format "jsonl", one line each, uri and id from the
// record, else `uri` + "#L" + line number), and an error with "uri:line" for each line that is no
// JSON object or has neither text, html nor sections. Blank lines are passed over. `first_line` is
// the number of the first line, where `bytes` are a part of the file.
struct Records {
  std::vector<model::Source> sources;
  std::vector<Error> errors;
};
Records SplitJsonl(const std::string& uri, std::string_view bytes, std::size_t first_line = 1);

// One record -> Document. What `extract` printed comes back unchanged: ids, uri, sections with
// their level, heading, path, text, begin, end, language. "text" is read as plain text and "html"
// as a page by `read_html`; then offsets count the field's decoded UTF-8.
using HtmlReader = Result<model::Document> (*)(const void* context, const model::Source& source);
Result<model::Document> ReadJsonRecord(const model::Source& source, HtmlReader read_html,
                                       const void* context);

}  // namespace sakuin::ingest
