#pragma once

// Where an article is from: for people who go back to it, and who cite it.

#include <string>
#include <string_view>

#include "indexer/model/document.h"
#include "indexer/model/duplicates.h"
#include "indexer/store/index_reader.h"
#include "query/web/article/citation.h"
#include "query/web/view.h"

namespace sakuin::web {

Html Provenance(const View& view, const model::Document& document,
                const model::DuplicateGroup& group, const store::SourceFacts& source);

Citation CitationOf(const model::Document& document);
Html CitationPanel(const View& view, const model::Document& document);

// The article's address with a fragment that makes a browser scroll to these words and mark them
// (#:~:text=); "" where it has no http or https address or there are no words.
std::string SourceAddress(const std::string& uri, std::string_view words);

}  // namespace sakuin::web
