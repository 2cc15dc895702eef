#pragma once

#include "indexer/model/document.h"
#include "indexer/text/folding.h"

namespace sakuin::pipeline {

// Gives every piece of advice of a document its `id` and `quote_key`. Width, case, kana, Han
// variants, marks and blanks of a quote count for nothing, and neither does its section. Pure.
void GiveIds(model::Document& document, const text::Folding& folding);

}  // namespace sakuin::pipeline
