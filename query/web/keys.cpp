#include "query/web/keys.h"

namespace sakuin::web {
namespace {

Html Row(const View& view, const KeyRow& row) {
  Html names;
  for (const char* at = row.keys; *at != '\0'; ++at) {
    if (*at != ' ') names += Tag("kbd")(std::string(1, *at)) + " ";
  }
  return Tag("tr")(Tag("th").Set("scope", "row")(names), Tag("td")(view.say(row.does)));
}

}  // namespace

Html KeysHelp(const View& view, std::initializer_list<KeyRow> rows) {
  Html all;
  for (const KeyRow& row : rows) all += Row(view, row);
  all += Row(view, {"/", "keys.search"}) + Row(view, {"?", "keys.help"});
  const Html use = Tag("label").Set("for", "keys-use")(
      Tag("input").Set("type", "checkbox").Set("id", "keys-use").Flag("checked")(), " ",
      view.say("keys.use"));
  return Tag("p").Class("keys-button")(
             Tag("button")
                 .Set("type", "button")
                 .Set("id", "keys-open")
                 .Set("aria-haspopup", "dialog")
                 .Flag("hidden")(view.say("keys.button"), " ", Tag("kbd")("?"))) +
         Tag("dialog")
             .Set("id", "keys")
             .Set("aria-labelledby", "keys-title")(
                 Tag("h2").Set("id", "keys-title")(view.say("keys.title")),
                 Tag("table")(Tag("tbody")(all)), Tag("p")(use),
                 Tag("form").Set("method",
                                 "dialog")(Tag("button").Class("main")(view.say("keys.close"))));
}

}  // namespace sakuin::web
