#include "query/web/login.h"

#include <memory>
#include <utility>

#include "query/web/pages.h"

namespace sakuin::web {
namespace {

// A place of this site: never another one's, whatever the address says.
std::string PlaceOf(const std::string& asked) {
  const std::string safe = SafeAddress(asked);
  return safe.starts_with('/') ? safe : "/";
}

server::Response Form(const View& view, const std::string& next, const std::string& error,
                      int status) {
  Page page;
  page.title = view.say("login.title");
  page.status = status;
  Tag field("input");
  field.Set("type", "password")
      .Set("id", "token")
      .Set("name", "token")
      .Set("autocomplete", "current-password")
      .Flag("required")
      .Flag("autofocus");
  if (!error.empty()) field.Set("aria-invalid", "true").Set("aria-describedby", "login-error");
  const auto hidden = [](const char* name, const std::string& value) {
    return Tag("input").Set("type", "hidden").Set("name", name).Set("value", value)();
  };
  Html form = hidden("csrf", view.web.guard().FormWord(view.request)) + hidden("next", next) +
              Tag("p")(Tag("label").Set("for", "token")(view.say("login.token")), " ", field());
  if (!error.empty()) {
    form += Tag("p").Class("against").Set("id", "login-error").Set("role", "alert")(error);
  }
  form += Tag("p")(Tag("button").Class("main").Set("type", "submit")(view.say("login.go")));
  page.main = Tag("h1")(page.title);
  page.main += view.web.guard().NeedsToken()
                   ? Tag("p")(view.say("login.help")) +
                         Tag("form").Set("method", "post").Set("action", "/login")(form)
                   : Tag("p")(view.say("login.not-needed"));
  return Render(view, std::move(page));
}

server::Response SignIn(const View& view, Attempts& attempts) {
  const server::Parameters form = server::Parameters::Parse(view.request.body);
  const std::string next = PlaceOf(form.Get("next"));
  const auto now = Attempts::Clock::now();
  if (!attempts.MayTry(view.request.client, now)) {
    server::Response out = Form(view, next, view.say("login.slow"), 429);
    out.Set("Retry-After", std::to_string(Attempts::kWithin.count()));
    return out;
  }
  if (!view.web.guard().NeedsToken() || !view.web.guard().TokenFits(form.Get("token"))) {
    attempts.Failed(view.request.client, now);
    return Form(view, next, view.say("login.wrong"), 401);
  }
  server::Response out;
  out.status = 303;
  out.type = "text/html; charset=utf-8";
  out.Set("Location", next);
  out.Set("Set-Cookie", view.web.guard().TokenCookie(view.request));
  return out;
}

}  // namespace

bool Attempts::MayTry(const std::string& client, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = wrong_.find(client);
  return found == wrong_.end() || now - found->second.first >= kWithin ||
         found->second.count < kMostWrong;
}

void Attempts::Failed(const std::string& client, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (wrong_.size() >= kMostClients) {
    std::erase_if(wrong_, [now](const auto& one) { return now - one.second.first >= kWithin; });
  }
  if (wrong_.size() >= kMostClients) wrong_.clear();
  Wrong& wrong = wrong_[client];
  if (wrong.count == 0 || now - wrong.first >= kWithin) wrong = {0, now};
  ++wrong.count;
}

Html LoginLink(const View& view) {
  server::Parameters query;
  const std::string here = view.request.query.Print();
  query.Add("next", view.request.path + (here.empty() ? "" : "?" + here));
  return Tag("a").Class("button main").Set("href", "/login?" + query.Print())(view.say("login.go"));
}

void AddLogin(server::Site& site, const Web& web) {
  const auto attempts = std::make_shared<Attempts>();
  site.router().Add({"GET",
                     "/login",
                     "loginPage",
                     "The form for the token",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       const View view(request, desk, web);
                       return Form(view, PlaceOf(request.query.Get("next")), "", 200);
                     }});
  site.router().Add({"POST",
                     "/login",
                     "login",
                     "The token for a cookie",
                     {},
                     "text/html",
                     [&web, attempts](const server::Request& request, service::Desk& desk) {
                       return SignIn(View(request, desk, web), *attempts);
                     },
                     "application/x-www-form-urlencoded"});
}

}  // namespace sakuin::web
