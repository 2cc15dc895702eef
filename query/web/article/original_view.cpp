#include "query/web/article/original_view.h"

#include "query/service/original_text.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 10U;

}  // namespace

Result<Html> OriginalView(const View& view, const model::Document& document,
                          const std::optional<model::Source>& source) {
  const Messages& say = view.say;
  Html title = Tag("h2").Set("id", "original-title")(say("original.title"));
  if (!source) {
    return Tag("section").Class("original")(title, Tag("p")(say("original.not-kept")));
  }
  auto original =
      service::ReadOriginal(document, *source, kMostBytes, view.desk.library().data_dir());
  if (!original) return Pass(original);
  Html text;
  for (const service::OriginalPiece& piece : original->pieces) {
    if (piece.section >= 0) {
      const std::string number = std::to_string(piece.section);
      text += Tag("a")
                  .Class("begin")
                  .Set("id", "o" + number)
                  .Set("href", "#s" + number)
                  .Set("aria-label", say("original.section", {{"n", number}}))("\xC2\xA7" + number);
    }
    text += piece.kept || !original->mapped ? Html(piece.text)
                                            : Tag("span").Class("dropped")(piece.text);
  }
  Html legend = original->mapped ? Tag("p").Class("soft small")(
                                       say("original.legend"), " ",
                                       Tag("span").Class("dropped")(say("original.dropped")))
                                 : Tag("p").Class("soft small")(say("original.not-mapped"));
  if (original->cut) legend += Tag("p").Class("soft small")(say("original.cut"));
  return Tag("section").Class("original")(title, legend,
                                          Tag("pre")
                                              .Set("tabindex", "0")
                                              .Set("role", "region")
                                              .Set("aria-labelledby", "original-title")
                                              .Lang(document.language)(text));
}

}  // namespace sakuin::web
