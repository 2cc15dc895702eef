#pragma once

// Answers in the form that a request asks for: `format` and `fields`.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "query/server/message.h"

namespace sakuin::api {

using nlohmann::ordered_json;

// Some items of many.
struct List {
  ordered_json head = ordered_json::object();  // what stands before the items
  std::string key;                             // of the items
  ordered_json items = ordered_json::array();
  std::string next;  // cursor of the next page, or empty
  std::string csv;   // the same items, where CSV is asked for
};

// "csv", ...; "" where nothing is asked for.
const std::string& FormatOf(const server::Request& request);

// JSON: one object, with `next` where there is one. "jsonl": an item a line; "csv": as it is given.
// These two are downloads, called `name`, and say in a Link header where they go on.
server::Response Answer(const server::Request& request, List list, const std::string& name);

// One object.
server::Response Answer(const server::Request& request, ordered_json object);
// The same of what is JSON already.
server::Response Answer(const server::Request& request, std::string json);

// Only the keys that `fields` names, in their own order; of arrays, of each of their items. All of
// them where it is empty.
ordered_json Pick(const ordered_json& value, const std::string& fields);

// A row an item, with a first row of names; "a.b" is the key b of a. Lists of texts are joined by
// blanks.
std::string CsvOf(const ordered_json& items, const std::vector<std::string>& columns);

// A text as a word of a cursor, and back; "" for what is none.
std::string ToCursor(const std::string& text);
std::string FromCursor(const std::string& cursor);
inline constexpr const char* kCursorPattern = "^([0-9a-f]{2})*$";

}  // namespace sakuin::api
