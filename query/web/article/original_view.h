#pragma once

// The input as text beside the article: what was left out is shaded.

#include "indexer/model/document.h"
#include "query/web/view.h"

namespace sakuin::web {

// Places where sections begin have the ids "o0", "o1", ...
Result<Html> OriginalView(const View& view, const model::Document& document,
                          const std::optional<model::Source>& source);

}  // namespace sakuin::web
