#include "query/server/site.h"

#include <sodium.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "query/server/compress.h"
#include "query/server/problem.h"

namespace sakuin::server {
namespace {

constexpr std::size_t kWorthCompressing = 1024;
// Routes that take longer than this wait in a line of their own.
constexpr double kSlow = .02;
constexpr int kQuick = 4;  // zlib's level: half the time of 6 for a few percent of size

bool HasHeader(const Response& response, std::string_view name) {
  return !response.Header(name).empty();
}

std::string Digest(const std::string& text) {
  unsigned char out[12];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  char hex[2 * sizeof out + 1];
  sodium_bin2hex(hex, sizeof hex, out, sizeof out);
  return hex;
}

bool IsText(const std::string& type) {
  return type.starts_with("text/") || type.find("json") != std::string::npos ||
         type.find("xml") != std::string::npos || type.find("javascript") != std::string::npos;
}

// Must what is given be as of now? Whoever asks whether something has changed wants to know.
bool WantsFresh(const Request& request) {
  const std::string& control = request.Header("cache-control");
  return control.find("no-cache") != std::string::npos ||
         control.find("max-age=0") != std::string::npos || request.headers.contains("pragma") ||
         request.headers.contains("if-none-match");
}

// Does If-None-Match have this tag? Weak comparison, RFC 9110.
bool Knows(const std::string& known, const std::string& tag) {
  return known == "*" || known.find(tag) != std::string::npos;
}

}  // namespace

Response Site::Handle(Request request, service::Desk& desk) {
  const auto began = std::chrono::steady_clock::now();
  std::string route_id = "none";
  const std::string cookie = guard_.NewCookie(request);
  Response out;
  try {
    out = Answer(request, desk, route_id);
    const bool is_api = request.path.starts_with("/api/") || request.path == "/metrics" ||
                        request.path == "/healthz";
    if (out.status >= 400 && !is_api && error_page_ && out.type == "application/problem+json" &&
        request.Header("accept").find("text/html") != std::string::npos) {
      out = error_page_(request, desk, out);
    }
  } catch (const std::exception&) {
    // A mistake of ours; its words may name files.
    out = Problem(500, "the program made a mistake; its log says more", "internal");
  }
  if (!cookie.empty() && out.type.starts_with("text/html")) out.Set("Set-Cookie", cookie);
  Finish(request, out);
  const auto took = std::chrono::steady_clock::now() - began;
  metrics_.Count(route_id, out.status, took);
  Took(route_id, took);
  return out;
}

Response Site::Answer(Request& request, service::Desk& desk, std::string& route_id) {
  if (auto refused = guard_.Refuse(request)) return std::move(*refused);
  auto found = router_.Find(request.method, request.path);
  if (found.route == nullptr && !found.allowed.empty()) {
    Response out = Problem(405, "this address does not take " + request.method, "method");
    std::string allowed;
    for (const std::string& method : found.allowed) {
      allowed += (allowed.empty() ? "" : ", ") + method;
    }
    out.Set("Allow", allowed);
    return out;
  }
  if (found.route == nullptr) return Problem(404, "there is nothing at this address", "not-found");
  // What is wrong with a body is no matter where no body can be right.
  if (auto refused = guard_.RefuseWrite(request)) return std::move(*refused);
  route_id = found.route->id;
  request.captured = std::move(found.captured);
  return found.route->handler(request, desk);
}

void Site::Finish(const Request& request, Response& response) {
  response.Set("X-Content-Type-Options", "nosniff");
  response.Set("Referrer-Policy", "no-referrer");
  response.Set("Cross-Origin-Opener-Policy", "same-origin");
  response.Set("Cross-Origin-Resource-Policy", "same-origin");
  response.Set("X-Frame-Options", "DENY");
  response.Set("Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
               "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
               "require-trusted-types-for 'script'");
  if (!HasHeader(response, "Cache-Control")) response.Set("Cache-Control", "no-cache");
  const bool is_text = IsText(response.type);
  if (is_text) response.Set("Vary", "Accept-Encoding, Accept-Language, Cookie");
  const bool may_have_tag = response.status == 200 && !HasHeader(response, "ETag");
  if (may_have_tag && (request.method == "GET" || request.method == "HEAD")) {
    const std::string tag = "\"" + Digest(response.body) + "\"";
    response.Set("ETag", "W/" + tag);
    if (Knows(request.Header("if-none-match"), tag)) {
      response.status = 304;
      response.body.clear();
      response.type.clear();
      return;
    }
  }
  if (!is_text || response.body.size() < kWorthCompressing ||
      !TakesGzip(request.Header("accept-encoding"))) {
    return;
  }
  std::string packed = Gzip(response.body, kQuick);
  if (packed.empty() || packed.size() >= response.body.size()) return;
  response.body = std::move(packed);
  response.Set("Content-Encoding", "gzip");
}

void Site::ShareAnswers(Look look, const AnswerCacheOptions& options) {
  look_ = std::move(look);
  kept_ = std::make_unique<AnswerCache>(options);
}

// Host and encryption: addresses in feeds. Accept: how a problem looks.
std::optional<AnswerCache::Wanted> Site::WantedBy(const Request& request,
                                                  const Route& route) const {
  if (kept_ == nullptr || request.method != "GET" || route.shared == SharedBy::kNobody) {
    return std::nullopt;
  }
  AnswerCache::Wanted out;
  out.by = route.shared;
  out.fresh = WantsFresh(request);
  out.key = request.path + "?" + request.query.Print();
  const auto add = [&out](std::string_view part) { (out.key += '\n') += part; };
  add(request.Header("host"));
  add(request.encrypted ? "s" : "");
  add(TakesGzip(request.Header("accept-encoding")) ? "gzip" : "");
  add(request.Header("accept").find("text/html") != std::string::npos ? "html" : "");
  add(request.Header("accept-language"));
  for (const std::string& name : route.of_cookies) add(request.Cookie(name));
  return out;
}

AtHand Site::Known(const Request& request) {
  AtHand out;
  if (kept_ == nullptr || request.method != "GET" || guard_.Refuse(request)) return out;
  const auto began = AnswerCache::Clock::now();
  const auto found = router_.Find(request.method, request.path);
  if (found.route == nullptr) return out;
  out.is_slow = IsSlow(found.route->id);
  const auto wanted = WantedBy(request, *found.route);
  if (!wanted) return out;
  const auto now = look_();
  if (!now) return out;
  kept_->Notice(*now, began);
  const AnswerCache::Found known = kept_->Find(*wanted, began);
  if (known.answer == nullptr) return out;
  out.renew = known.renew;
  out.answer = Fit(request, *known.answer);
  metrics_.Count(found.route->id, out.answer->status, AnswerCache::Clock::now() - began);
  return out;
}

// What was kept, for this one: what he has already he does not get again, and a browser without a
// session gets one.
Response Site::Fit(const Request& request, const Response& kept) const {
  const std::string& tag = kept.Header("ETag");
  const bool has_it = kept.status == 200 && !tag.empty() &&
                      Knows(request.Header("if-none-match"), tag.substr(tag.find('"')));
  Response out;
  out.status = has_it ? 304 : kept.status;
  out.headers = kept.headers;
  if (has_it) {
    std::erase_if(out.headers, [](const auto& one) { return one.first == "Content-Encoding"; });
  } else {
    out.type = kept.type;
    out.body = kept.body;
  }
  if (has_it) out.type.clear();
  if (!kept.type.starts_with("text/html")) return out;
  Request who;
  who.encrypted = request.encrypted;
  who.headers["cookie"] = request.Header("cookie");
  const std::string cookie = guard_.NewCookie(who);
  if (!cookie.empty()) out.Set("Set-Cookie", cookie);
  return out;
}

// nullptr: it has something of the one who asked.
AnswerCache::Kept Site::Compute(Request request, service::Desk& desk,
                                const AnswerCache::Wanted& wanted,
                                const AnswerCache::Label& label) {
  request.headers.erase("if-none-match");  // whoever has it already, others have not
  guard_.NewCookie(request);
  const auto began = AnswerCache::Clock::now();
  auto out = std::make_shared<Response>(Handle(request, desk));
  const auto ended = AnswerCache::Clock::now();
  if (label.version.generation >= 0 && out->status == 200) {
    out->Set("Sakuin-Generation", std::to_string(label.version.generation));
  }
  AnswerCache::Kept kept = guard_.IsPrivate(request, *out) ? nullptr : std::move(out);
  for (const auto& waiter : kept_->End(wanted, label, kept, ended - began, ended)) {
    waiter(kept, desk);
  }
  return kept;
}

void Site::Handle(Request request, service::Desk& desk, const Reply& reply) {
  const auto found = router_.Find(request.method, request.path);
  const bool may_share = found.route != nullptr && !guard_.Refuse(request);
  const auto wanted = may_share ? WantedBy(request, *found.route) : std::nullopt;
  if (!wanted) return reply(Handle(std::move(request), desk));
  const auto now = AnswerCache::Clock::now();
  if (const auto known = kept_->Find(*wanted, now).answer) return reply(Fit(request, *known));
  AnswerCache::Label label;
  const bool mine =
      kept_->Begin(*wanted, now, label,
                   [this, request, reply](const AnswerCache::Kept& answer, service::Desk& others) {
                     reply(answer ? Fit(request, *answer) : Handle(request, others));
                   });
  if (!mine) return;
  const AnswerCache::Kept answer = Compute(request, desk, *wanted, label);
  reply(answer ? Fit(request, *answer) : Handle(std::move(request), desk));
}

void Site::Renew(Request request, service::Desk& desk) {
  const auto found = router_.Find(request.method, request.path);
  auto wanted = found.route == nullptr ? std::nullopt : WantedBy(request, *found.route);
  if (!wanted) return;
  wanted->fresh = true;
  const auto now = AnswerCache::Clock::now();
  AnswerCache::Label label;
  if (kept_->Find(*wanted, now).answer) return;
  if (!kept_->Begin(*wanted, now, label, [](const auto&, auto&) {})) return;
  (void)Compute(std::move(request), desk, *wanted, label);
}

void Site::Took(const std::string& route_id, AnswerCache::Clock::duration time) {
  const double seconds = std::chrono::duration<double>(time).count();
  const std::lock_guard lock(took_mutex_);
  const auto [place, is_first] = took_.try_emplace(route_id, seconds);
  if (!is_first) place->second += (seconds - place->second) / 8;
}

bool Site::IsSlow(const std::string& route_id) const {
  const std::lock_guard lock(took_mutex_);
  const auto found = took_.find(route_id);
  return found != took_.end() && found->second > kSlow;
}

}  // namespace sakuin::server
