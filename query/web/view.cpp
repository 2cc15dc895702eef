#include "query/web/view.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sakuin::web {
namespace {

constexpr std::array<const char*, 4> kUiLanguages = {"en", "zh-Hans", "zh-Hant", "ja"};

bool IsUiLanguage(const std::string& language) {
  return std::find(kUiLanguages.begin(), kUiLanguages.end(), language) != kUiLanguages.end();
}

// The first language of an Accept-Language header that the pages have. Weights are in order in what
// browsers send.
std::string FromBrowser(std::string_view accepted) {
  while (!accepted.empty()) {
    std::string one(accepted.substr(0, accepted.find(',')));
    accepted.remove_prefix(std::min(accepted.size(), one.size() + 1));
    std::erase(one, ' ');
    one = one.substr(0, one.find(';'));
    if (one.starts_with("ja")) return "ja";
    if (one.starts_with("en")) return "en";
    if (!one.starts_with("zh")) continue;
    const bool traditional = one.find("TW") != std::string::npos ||
                             one.find("HK") != std::string::npos ||
                             one.find("Hant") != std::string::npos;
    return traditional ? "zh-Hant" : "zh-Hans";
  }
  return "en";
}

std::string UiLanguage(const server::Request& request) {
  const std::string& asked = request.query.Get("ui");
  if (IsUiLanguage(asked)) return asked;
  const std::string chosen = request.Cookie(kUiCookie);
  if (IsUiLanguage(chosen)) return chosen;
  return FromBrowser(request.Header("accept-language"));
}

Html Menu(const View& view, const Page& page) {
  const auto item = [&](const char* id, const char* address, const char* key) {
    Tag link("a");
    link.Set("href", address);
    if (page.current == id) link.Set("aria-current", "page");
    return Tag("li")(link(view.say(key)));
  };
  return Tag("nav").Class("menu").Set("aria-label", view.say("menu"))(
      Tag("ul")(item("search", "/", "menu.search"),
                item("contradictions", "/contradictions", "menu.contradictions"),
                item("conditions", "/conditions", "menu.conditions"),
                item("sources", "/sources", "menu.sources")));
}

Html SearchBox(const View& view, const Page& page) {
  Html kept;
  for (const auto& [name, value] : page.kept) {
    kept += Tag("input").Set("type", "hidden").Set("name", name).Set("value", value)();
  }
  return Tag("form")
      .Class("find")
      .Set("role", "search")
      .Set("data-list", view.say("suggest.list"))
      .Set("data-concept", view.say("suggest.concept"))
      .Set("data-heading", view.say("suggest.heading"))
      .Set("data-title", view.say("suggest.title"))
      .Set("action", "/")
      .Set("method", "get")(Tag("label").Class("hidden").Set("for", "q")(view.say("search.label")),
                            Tag("input")
                                .Set("id", "q")
                                .Set("name", "q")
                                .Set("type", "search")
                                .Set("value", page.query)
                                .Set("placeholder", view.say("search.placeholder"))
                                .Set("autocomplete", "off")
                                .Set("autocapitalize", "off")
                                .Set("spellcheck", "false")
                                .Set("maxlength", "512")(),
                            kept, Tag("button").Set("type", "submit")(view.say("search.go")));
}

// The same page in another language.
Html Languages(const View& view) {
  Html items;
  for (const char* const language : kUiLanguages) {
    server::Parameters query = view.request.query;
    query.Set("ui", language);
    Tag link("a");
    link.Set("href", view.request.path + "?" + query.Print())
        .Lang(language)
        .Set("hreflang", language);
    if (view.ui == language) link.Set("aria-current", "true");
    items += Tag("li")(link(view.web.In(language)("language.own-name")));
  }
  return Tag("nav")
      .Class("languages")
      .Set("aria-label", view.say("language.choose"))(Tag("ul")(items));
}

Html Head(const View& view, const Page& page) {
  const auto style = [&](const std::string& name) {
    return Tag("link").Set("rel", "stylesheet").Set("href", view.web.assets().Address(name))();
  };
  const auto module = [&](const std::string& name) {
    return Tag("script").Set("type", "module").Set("src", view.web.assets().Address(name))();
  };
  Html out = Tag("meta").Set("charset", "utf-8")();
  out +=
      Tag("meta").Set("name", "viewport").Set("content", "width=device-width, initial-scale=1")();
  out += Tag("meta").Set("name", "color-scheme").Set("content", "light dark")();
  out +=
      Tag("title")(page.title.empty() ? view.say("name") : page.title + " - " + view.say("name"));
  out += Tag("link")
             .Set("rel", "icon")
             .Set("type", "image/svg+xml")
             .Set("href", view.web.assets().Address("icon.svg"))();
  out += Tag("link")
             .Set("rel", "search")
             .Set("type", "application/opensearchdescription+xml")
             .Set("title", view.say("name"))
             .Set("href", "/opensearch.xml")();
  out += style("base.css");
  for (const std::string& name : page.styles) out += style(name);
  out += module("app.js") + module("suggest.js");
  for (const std::string& name : page.modules) out += module(name);
  return out + page.head;
}

}  // namespace

Result<std::unique_ptr<Web>> Web::Load(const std::string& data_dir, const server::Guard& guard,
                                       const std::string& assets_folder) {
  auto messages = Messages::LoadAll(data_dir);
  if (!messages) return Pass(messages);
  return std::unique_ptr<Web>(new Web(std::move(*messages), guard, assets_folder));
}

const Messages& Web::In(const std::string& language) const {
  const auto found = messages_.find(language);
  return (found == messages_.end() ? messages_.find("en") : found)->second;
}

View::View(const server::Request& asked, service::Desk& at, const Web& shared)
    : request(asked), desk(at), web(shared), ui(UiLanguage(asked)), say(shared.In(ui)) {}

std::string View::LanguageName(const std::string& language) const {
  const std::string key = "language." + language;
  std::string name = say(key);
  return name == key ? language : name;
}

server::Response Render(const View& view, Page page) {
  const Html header = Tag("header").Class("top")(
      Tag("a").Class("skip").Set("href", "#main")(view.say("skip")),
      Tag("div").Class("bar")(Tag("a").Class("brand").Set("href", "/")(
                                  Tag("span").Set("translate", "no")(view.say("name")),
                                  Tag("span")
                                      .Class("brand-han")
                                      .Lang("ja")
                                      .Set("aria-hidden", "true")(view.say("name.han"))),
                              SearchBox(view, page), Menu(view, page)));
  const Html footer =
      Tag("footer").Class("bottom")(Tag("p")(view.say("no-advice")), Languages(view));
  Html document = Tag("html").Lang(view.ui)(
      Tag("head")(Head(view, page)),
      Tag("body").Set("data-ui", view.ui)(header,
                                          Tag("main")
                                              .Set("id", "main")
                                              .Set("tabindex", "-1")
                                              .Class(page.wide ? "wide" : "")(page.main),
                                          footer));
  server::Response out;
  out.status = page.status;
  out.type = "text/html; charset=utf-8";
  out.body = "<!doctype html>\n" + document.markup() + "\n";
  if (!view.request.query.Get("ui").empty()) {
    out.Set("Set-Cookie", kUiCookie + ("=" + view.ui) + "; Path=/; Max-Age=31536000; SameSite=Lax");
  }
  return out;
}

Html Exports(const View& view, const std::vector<std::pair<std::string, std::string>>& forms) {
  Html items;
  for (const auto& [address, name] : forms) {
    items += Tag("li")(Tag("a").Set("href", address).Set("rel", "nofollow")(name));
  }
  return Tag("section").Class("exports")(Tag("h2")(view.say("export.title")), Tag("ul")(items));
}

std::string HostOf(const std::string& uri) {
  const bool is_web = uri.starts_with("http://") || uri.starts_with("https://");
  if (!is_web) return {};
  const std::size_t begin = uri.find("://") + 3;
  return uri.substr(begin, uri.find_first_of("/?#", begin) - begin);
}

std::string DocumentAddress(const std::string& document_id) {
  return "/a/" + server::Encode(document_id);
}

std::string SectionAddress(const std::string& document_id, std::uint32_t section) {
  return DocumentAddress(document_id) + "#s" + std::to_string(section);
}

}  // namespace sakuin::web
