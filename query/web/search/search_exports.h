#pragma once

// A search's hits to take along: Markdown and BibTeX. CSV and JSON are the API's.

#include "query/web/search/search_links.h"
#include "query/web/view.h"

namespace sakuin::web {

// Links to all forms of the present result, and to its feed.
Html ExportLinks(const View& view, const SearchLinks& links);

server::Response ExportMarkdown(const View& view);
server::Response ExportBibTeX(const View& view);

}  // namespace sakuin::web
