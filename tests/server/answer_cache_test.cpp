#include "query/server/answer_cache.h"

#include <thread>

#include "query/server/site.h"
#include "query/server/worker_pool.h"
#include "tests/support/catch.h"

namespace sakuin::server {
namespace {

using std::chrono::milliseconds;
using Clock = AnswerCache::Clock;

AnswerCache::Kept Say(const std::string& text, int status = 200) {
  auto out = std::make_shared<Response>();
  out->status = status;
  out->body = text;
  return out;
}

service::Desk& NoDesk() {
  static std::aligned_storage_t<8> place;
  return reinterpret_cast<service::Desk&>(place);
}

// A cache with a clock of its own.
struct Board {
  AnswerCache cache;
  Clock::time_point now{std::chrono::hours(1)};
  service::Version version{1, 1, 1};

  explicit Board(const AnswerCacheOptions& options = {}) : cache(options) { Notice(); }
  void Notice() { cache.Notice(version, now); }
  void Commit() {
    ++version.generation;
    Notice();
  }
  AnswerCache::Wanted Want(const std::string& key, SharedBy by = SharedBy::kIndex) const {
    return {key, by, false};
  }
  void Give(const AnswerCache::Wanted& wanted, const std::string& text,
            milliseconds took = milliseconds(0)) {
    AnswerCache::Label label;
    REQUIRE(cache.Begin(wanted, now, label, {}));
    cache.End(wanted, label, Say(text), took, now);
  }
  std::string Ask(const AnswerCache::Wanted& wanted) {
    const auto found = cache.Find(wanted, now);
    return found.answer ? found.answer->body : "";
  }
};

TEST_CASE("an answer holds until somebody commits", "[server][answers]") {
  Board board;
  const auto index = board.Want("a");
  const auto findings = board.Want("f", SharedBy::kFindings);
  CHECK(board.Ask(index).empty());
  board.Give(index, "one");
  board.Give(findings, "two");
  CHECK(board.Ask(index) == "one");
  CHECK(board.Ask(board.Want("b")).empty());
  ++board.version.verdicts;  // which an answer of the index alone does not show
  board.Notice();
  CHECK(board.Ask(index) == "one");
  CHECK(board.Ask(findings).empty());
  board.Commit();
  CHECK(board.Ask(index).empty());  // nobody has spent anything: nothing is late
  board.Give(index, "three");
  ++board.version.findings;
  board.Notice();
  CHECK(board.Ask(index).empty());
}

TEST_CASE("where answers cost much they may be late, within bounds", "[server][answers]") {
  Board board;
  auto wanted = board.Want("a");
  board.Give(wanted, "old", milliseconds(100));
  board.Commit();
  board.now += milliseconds(500);
  CHECK(board.Ask(wanted) == "old");  // ten times what was spent
  wanted.fresh = true;
  CHECK(board.Ask(wanted).empty());
  wanted.fresh = false;
  board.now += milliseconds(500);
  CHECK(board.Ask(wanted).empty());

  board.Give(wanted, "new", std::chrono::minutes(10));
  board.Give(board.Want("f", SharedBy::kFindings), "verdict");
  board.Commit();
  board.now += milliseconds(3900);
  CHECK_FALSE(board.cache.Find(wanted, board.now).renew);
  board.now += milliseconds(5900);
  CHECK(board.cache.Find(wanted, board.now).renew);        // soon too late
  CHECK_FALSE(board.cache.Find(wanted, board.now).renew);  // somebody is at it
  CHECK(board.Ask(board.Want("f", SharedBy::kFindings)) == "verdict");
  ++board.version.verdicts;
  board.Notice();
  CHECK(board.Ask(board.Want("f", SharedBy::kFindings)).empty());  // never older than a verdict
  board.now += milliseconds(200);
  CHECK(board.Ask(wanted).empty());  // whatever was spent
}

TEST_CASE("who asks for what is being computed waits for it", "[server][answers]") {
  Board board;
  const auto wanted = board.Want("a", SharedBy::kFindings);
  AnswerCache::Label label;
  REQUIRE(board.cache.Begin(wanted, board.now, label, {}));
  std::vector<std::string> heard;
  const auto waiter = [&heard](const AnswerCache::Kept& answer, service::Desk&) {
    heard.push_back(answer ? answer->body : "none");
  };
  AnswerCache::Label other;
  CHECK_FALSE(board.cache.Begin(wanted, board.now, other, waiter));
  CHECK_FALSE(board.cache.Begin(wanted, board.now, other, waiter));
  ++board.version.verdicts;  // what is being computed may not have seen it
  board.Notice();
  REQUIRE(board.cache.Begin(wanted, board.now, other, waiter));
  CHECK(board.cache.End(wanted, other, Say("later"), {}, board.now).empty());
  const auto waiting = board.cache.End(wanted, label, Say("first"), {}, board.now);
  REQUIRE(waiting.size() == 2);
  for (const auto& one : waiting) one(Say("first"), NoDesk());
  CHECK(heard == std::vector<std::string>{"first", "first"});
  CHECK(board.Ask(wanted) == "later");  // the older one came last and is not kept
  CHECK(board.cache.Begin(wanted, board.now, label, {}));  // nobody is at it any more
}

TEST_CASE("kept answers take no more than their room", "[server][answers]") {
  AnswerCacheOptions options;
  options.most_bytes = 100'000;
  Board board(options);
  for (int i = 0; i < 100; ++i) {
    board.Give(board.Want(std::to_string(i)), std::string(5000, 'x'));
    CHECK(board.cache.bytes() <= options.most_bytes);
    CHECK_FALSE(board.Ask(board.Want("0")).empty());  // asked for again and again
  }
  CHECK(board.Ask(board.Want("1")).empty());
  CHECK_FALSE(board.Ask(board.Want("99")).empty());
  board.Give(board.Want("large"), std::string(options.most_bytes / 4, 'x'));
  CHECK(board.Ask(board.Want("large")).empty());
  AnswerCache::Label label;
  REQUIRE(board.cache.Begin(board.Want("e"), board.now, label, {}));
  board.cache.End(board.Want("e"), label, Say("gone", 404), {}, board.now);
  CHECK(board.Ask(board.Want("e")).empty());
}

// A site whose answers are numbered, so that one that was kept is known again.
struct Shop {
  Shop() : site(Options()) {
    const auto add = [this](const char* path, SharedBy by, auto body) {
      Route route;
      route.method = "GET";
      route.pattern = route.id = path;
      route.shared = by;
      route.of_cookies = {"ui"};
      route.handler = [this, body](const Request& request, service::Desk&) {
        Response out;
        out.type = "text/html; charset=utf-8";
        out.body = std::to_string(++made) + " " + body(request);
        return out;
      };
      site.router().Add(route);
    };
    add("/open", SharedBy::kIndex, [](const Request&) { return std::string(); });
    add("/form", SharedBy::kIndex, [this](const Request& r) { return site.guard().FormWord(r); });
    add("/own", SharedBy::kNobody, [](const Request&) { return std::string(); });
    site.ShareAnswers([this]() -> Result<service::Version> { return version; });
  }
  static GuardOptions Options() {
    GuardOptions out;
    out.port = 8642;
    return out;
  }
  // As the server does: what is at hand, else what a worker makes.
  Response Ask(const Request& request) {
    AtHand known = site.Known(request);
    if (known.answer) return *known.answer;
    Response out;
    site.Handle(request, NoDesk(), [&out](Response response) { out = std::move(response); });
    return out;
  }
  Request To(const std::string& path) const {
    Request out;
    out.method = "GET";
    out.path = path;
    out.headers["host"] = "localhost:8642";
    return out;
  }

  int made = 0;
  service::Version version{1, 1, 1};
  Site site;
};

TEST_CASE("the same answer is made once, a different one for itself", "[server][answers]") {
  Shop shop;
  const Request plain = shop.To("/open");
  const Response first = shop.Ask(plain);
  CHECK(first.body == "1 ");
  CHECK(first.Header("Sakuin-Generation") == "1");
  CHECK(shop.Ask(plain).body == "1 ");
  CHECK(shop.Ask(plain).Header("ETag") == first.Header("ETag"));
  const auto differs = [&](const char* name, const char* value) {
    Request request = plain;
    request.headers[name] = value;
    const int before = shop.made;
    shop.Ask(request);
    return shop.made > before;
  };
  CHECK(differs("accept-language", "ja"));
  CHECK(differs("cookie", "ui=ja"));
  CHECK(differs("host", "127.0.0.1:8642"));
  CHECK(differs("accept-encoding", "gzip"));
  CHECK(differs("accept", "text/html"));
  CHECK_FALSE(differs("cookie", "other=1"));
  CHECK_FALSE(differs("user-agent", "x"));
  Request asked = plain;
  asked.query = Parameters::Parse("q=knee");
  CHECK(shop.Ask(asked).body != "1 ");
  asked.method = "HEAD";
  CHECK(shop.Ask(asked).status == 200);

  Request again = plain;
  again.headers["if-none-match"] = first.Header("ETag");
  CHECK(shop.Ask(again).status == 304);
  CHECK(shop.Ask(again).body.empty());
  ++shop.version.generation;
  CHECK(shop.Ask(again).status == 200);
  CHECK(shop.Ask(plain).Header("Sakuin-Generation") == "2");
}

TEST_CASE("what is somebody's own is given to nobody else", "[server][answers]") {
  Shop shop;
  CHECK(shop.Ask(shop.To("/own")).body != shop.Ask(shop.To("/own")).body);
  const Response one = shop.Ask(shop.To("/form"));
  const Response other = shop.Ask(shop.To("/form"));
  CHECK(one.body.substr(2) != other.body.substr(2));
  // Every browser gets a session of its own, also with what was kept.
  const std::string mine = shop.Ask(shop.To("/open")).Header("Set-Cookie");
  const std::string yours = shop.Ask(shop.To("/open")).Header("Set-Cookie");
  CHECK(mine.starts_with("sakuin-session="));
  CHECK(yours.starts_with("sakuin-session="));
  CHECK(mine != yours);
  // Whoever may not ask does not get what others got.
  Request foreign = shop.To("/open");
  foreign.headers["host"] = "evil.example";
  CHECK(shop.Ask(foreign).status == 421);
}

TEST_CASE("of several who ask at once one has it computed", "[server][answers]") {
  Shop shop;
  std::atomic<int> made{0};
  Route slow;
  slow.method = "GET";
  slow.pattern = slow.id = "/slow";
  slow.shared = SharedBy::kIndex;
  slow.handler = [&made](const Request&, service::Desk&) {
    std::this_thread::sleep_for(milliseconds(100));
    Response out;
    out.body = std::to_string(++made);
    return out;
  };
  shop.site.router().Add(slow);
  std::atomic<int> answered{0};
  {
    WorkerPool pool(3, 100);
    for (int i = 0; i < 20; ++i) {
      pool.Post([&](std::size_t) {
        shop.site.Handle(shop.To("/slow"), NoDesk(), [&](const Response& response) {
          CHECK(response.body == "1");
          ++answered;
        });
      });
    }
    for (int i = 0; i < 100 && answered < 20; ++i) std::this_thread::sleep_for(milliseconds(10));
  }
  CHECK(answered == 20);
  CHECK(made == 1);
}

TEST_CASE("what takes long is never at all workers", "[server]") {
  std::atomic<bool> go{false};
  std::atomic<int> long_ones{0};
  std::atomic<int> short_ones{0};
  WorkerPool pool(3, 100);
  for (int i = 0; i < 10; ++i) {
    pool.Post(
        [&](std::size_t) {
          ++long_ones;
          while (!go) std::this_thread::sleep_for(milliseconds(1));
        },
        Lane::kLong);
  }
  for (int i = 0; i < 20; ++i) pool.Post([&](std::size_t) { ++short_ones; });
  const auto until = [](const std::function<bool()>& done) {
    for (int i = 0; i < 2000 && !done(); ++i) std::this_thread::sleep_for(milliseconds(1));
    return done();
  };
  CHECK(until([&] { return short_ones == 20; }));
  CHECK(until([&] { return long_ones == 2; }));
  go = true;
  CHECK(until([&] { return long_ones == 10; }));
}

TEST_CASE("what nobody waits for leaves room for others", "[server]") {
  std::atomic<bool> go{false};
  std::atomic<int> at_it{0};
  const auto wait = [&](std::size_t) {
    ++at_it;
    while (!go) std::this_thread::sleep_for(milliseconds(1));
  };
  WorkerPool pool(2, 100);
  int taken = 0;
  for (int i = 0; i < 200; ++i) taken += pool.PostAside(wait) ? 1 : 0;
  CHECK(taken >= 25);
  CHECK(taken <= 26);  // one may have begun
  for (int i = 0; i < 70; ++i) CHECK(pool.Post(wait));
  go = true;
}

}  // namespace
}  // namespace sakuin::server
