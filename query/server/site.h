#pragma once

// All routes behind one door: refuses, finds the route, answers, and adds what every answer has.

#include <functional>
#include <string>

#include "query/server/guard.h"
#include "query/server/metrics.h"
#include "query/server/router.h"

namespace sakuin::server {

// Thread-safe once it serves: only Handle() is called then.
class Site {
 public:
  explicit Site(GuardOptions options) : guard_(std::move(options)) {}

  Router& router() { return router_; }
  const Router& router() const { return router_; }
  const Guard& guard() const { return guard_; }
  Metrics& metrics() { return metrics_; }

  // How an answer that is a problem looks in a browser; without one it is JSON there too.
  using ErrorPage =
      std::function<Response(const Request&, service::Desk&, const Response& problem)>;
  void SetErrorPage(ErrorPage page) { error_page_ = std::move(page); }

  // Never throws. Sets the headers that keep a page to itself, an ETag where there is none, and
  // compresses. An answer with "Cache-Control" keeps it; any other one must be asked for again.
  Response Handle(Request request, service::Desk& desk);

 private:
  Response Answer(Request& request, service::Desk& desk, std::string& route_id);
  static void Finish(const Request& request, Response& response);

  Guard guard_;
  Router router_;
  Metrics metrics_;
  ErrorPage error_page_;
};

}  // namespace sakuin::server
