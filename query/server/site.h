#pragma once

// All routes behind one door: refuses, finds the route, answers, and adds what every answer has.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "query/server/answer_cache.h"
#include "query/server/guard.h"
#include "query/server/metrics.h"
#include "query/server/router.h"

namespace sakuin::server {

// Thread-safe once it serves: only Handle(), Renew() and Known() are called then.
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

  // From now on whole answers of routes that share theirs are kept. `look`: the knowledge base as
  // it is now; called by Known() alone.
  using Look = std::function<Result<service::Version>()>;
  void ShareAnswers(Look look, const AnswerCacheOptions& options = {});
  // What Handle() would say, where that is known without waiting. Of one thread.
  AtHand Known(const Request& request);
  // Handle(), where several who ask the same at once get what one of them has computed.
  using Reply = std::function<void(Response)>;
  void Handle(Request request, service::Desk& desk, const Reply& reply);
  // Computes what is kept again, for nobody.
  void Renew(Request request, service::Desk& desk);

 private:
  Response Answer(Request& request, service::Desk& desk, std::string& route_id);
  static void Finish(const Request& request, Response& response);
  std::optional<AnswerCache::Wanted> WantedBy(const Request& request, const Route& route) const;
  AnswerCache::Kept Compute(Request request, service::Desk& desk, const AnswerCache::Wanted& wanted,
                            const AnswerCache::Label& label);
  Response Fit(const Request& request, const Response& kept) const;
  void Took(const std::string& route_id, AnswerCache::Clock::duration time);
  bool IsSlow(const std::string& route_id) const;

  Guard guard_;
  Router router_;
  Metrics metrics_;
  ErrorPage error_page_;
  Look look_;
  std::unique_ptr<AnswerCache> kept_;
  mutable std::mutex took_mutex_;
  std::map<std::string, double, std::less<>> took_;  // seconds of a route's answer, about
};

}  // namespace sakuin::server
