#pragma once

// The keys of a page: told by a dialog, in which they can be switched off.

#include <initializer_list>

#include "query/web/view.h"

namespace sakuin::web {

// "1 2 3" are three keys; `does`: the message that says what they do.
struct KeyRow {
  const char* keys;
  const char* does;
};

// A button and a dialog that scripts open (app.js); without them neither is seen. The keys that
// every page has come last.
Html KeysHelp(const View& view, std::initializer_list<KeyRow> rows);

}  // namespace sakuin::web
