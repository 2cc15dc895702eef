#pragma once

// Who may ask: the machine itself, its own pages, and who knows the token.

#include <optional>
#include <string>
#include <vector>

#include "query/server/message.h"

namespace sakuin::server {

struct GuardOptions {
  std::uint16_t port = 0;
  std::vector<std::string> host_names;  // in any case; beside localhost, 127.0.0.1 and [::1]
  bool behind_proxy = false;            // any port in Host; X-Forwarded-Proto is believed
  bool read_only = false;               // nothing is written
  std::string token;                    // "" where none is needed
};

// Immutable, therefore thread-safe.
class Guard {
 public:
  explicit Guard(GuardOptions options);

  // The answer that refuses who asks, if it is refused: 421 for a foreign Host; 401 without the
  // token; 403 where another site asks to change something.
  std::optional<Response> Refuse(const Request& request) const;
  // The answer that refuses what is to be written: 403 where nothing is to be written and where a
  // form has not this process's word, 415 for what is neither JSON nor a form.
  std::optional<Response> RefuseWrite(const Request& request) const;

  // What a page puts into its forms, as the field "csrf", so that no other site can send them: made
  // of the browser's cookie.
  std::string FormWord(const Request& request) const;
  // "" where the browser has one already; else the value of a Set-Cookie header, and the request
  // gets the cookie.
  std::string NewCookie(Request& request) const;

  // Has it a word of the request's own, as a form has?
  bool IsPrivate(const Request& request, const Response& response) const;

  bool NeedsToken() const { return !options_.token.empty(); }
  bool TokenFits(const std::string& token) const;  // in constant time
  // Set-Cookie for a browser that gave the token.
  std::string TokenCookie(const Request& request) const;
  bool read_only() const { return options_.read_only; }

 private:
  bool IsOwnHost(std::string_view host) const;
  bool IsOwnOrigin(const Request& request) const;
  bool HasToken(const Request& request) const;
  std::string Sign(const std::string& text) const;

  GuardOptions options_;
  std::string secret_;  // of this process
};

}  // namespace sakuin::server
