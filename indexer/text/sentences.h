#pragma once

// Cuts a text into sentences as Chinese and Japanese write them: at the full stops, question and
// exclamation marks of both widths, with the closing quotes and brackets behind them; not inside
// a quotation or bracket that is still open on its line; at every newline. A Latin full stop ends
// a sentence only before a blank or the line's end.

#include <string_view>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::text {

// The sentences in order; joined they are the text, but for newlines, which belong to none. A
// sentence keeps its end marks; blanks after it open the next. Pure and thread-safe; O(text).
std::vector<model::Span> Sentences(std::string_view text);

}  // namespace sakuin::text
