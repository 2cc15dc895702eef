#pragma once

// What was just decided, with the way back.

#include "query/web/contradictions/asked.h"

namespace sakuin::web {

// Of the address's "done" or "undone", the id of an entry of the log: says what was decided, lets
// it be taken back, and how much is left. Empty without one.
Html Notice(const View& view, const service::Findings& findings, const Asked& asked);

// The form that takes the last verdict on `target` back; empty where nothing may be written.
Html UndoForm(const View& view, const std::string& target, const Asked& asked);

}  // namespace sakuin::web
