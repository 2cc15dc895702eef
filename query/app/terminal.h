#pragma once

// What a person sees: colours, widths, streams.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::app {

enum class ColorMode { kAuto, kAlways, kNever };

// Are colours wanted on standard output? NO_COLOR, TERM=dumb and pipes say no.
bool WantsColor(ColorMode mode);
bool IsTerminal(int descriptor);

// Columns that a terminal gives to the text: East-Asian wide characters two, combining marks none.
std::size_t DisplayWidth(std::string_view text);

// At most `columns` wide, cut between characters, with U+2026 where something was cut; padded with
// blanks on the right when `pad`.
std::string FitWidth(std::string_view text, std::size_t columns, bool pad);

// Escape and other control characters made visible, so that a title cannot drive the terminal.
std::string Printable(std::string_view text);

// The text with the ranges set in bold red, where colours are wanted.
std::string Highlighted(std::string_view text, const std::vector<model::Span>& spans, bool color);

// Writes to standard output. False once it cannot be written any more.
bool Out(std::string_view text);
// Flushes; false where standard output could not be written. A closed pipe is no failure.
bool FlushOut(bool& closed_pipe);
void Err(std::string_view text);

}  // namespace sakuin::app
