#include "query/server/site.h"

#include <zlib.h>

#include <thread>

#include "query/server/compress.h"
#include "query/server/problem.h"
#include "query/server/worker_pool.h"
#include "tests/support/catch.h"

namespace sakuin::server {
namespace {

std::string Unpack(const std::string& packed) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

Request Ask(const std::string& method, const std::string& path) {
  Request out;
  out.method = method;
  out.path = path;
  out.headers["host"] = "localhost:8642";
  return out;
}

std::string HeaderOf(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

Route MakeRoute(const std::string& method, const std::string& pattern, Handler handler) {
  Route out;
  out.method = method;
  out.pattern = pattern;
  out.id = method + pattern;
  out.handler = std::move(handler);
  return out;
}

// Handlers here never look at their desk.
service::Desk& NoDesk() {
  static std::aligned_storage_t<8> place;
  return reinterpret_cast<service::Desk&>(place);
}

struct TestSite {
  TestSite() : site(Options()) {
    const auto say = [](const std::string& text) {
      return [text](const Request&, service::Desk&) {
        Response out;
        out.body = text;
        return out;
      };
    };
    site.router().Add(MakeRoute("GET", "/things/{id}", [](const Request& r, service::Desk&) {
      Response out;
      out.type = "text/html; charset=utf-8";
      out.body = r.captured.at("id");
      return out;
    }));
    site.router().Add(MakeRoute("POST", "/things", say("made")));
    site.router().Add(MakeRoute("GET", "/things", say(std::string(5000, 'x'))));
    site.router().Add(MakeRoute("GET", "/throws", [](const Request&, service::Desk&) -> Response {
      throw std::runtime_error("cannot open /secret/place.db");
    }));
  }
  static GuardOptions Options() {
    GuardOptions out;
    out.port = 8642;
    return out;
  }
  Response Handle(Request request) { return site.Handle(std::move(request), NoDesk()); }

  Site site;
};

TEST_CASE("a route is found by method and path", "[server]") {
  TestSite t;
  CHECK(t.Handle(Ask("GET", "/things/a%2Fb%20c")).body == "a/b c");
  CHECK(t.Handle(Ask("HEAD", "/things/a")).status == 200);
  for (const char* nowhere :
       {"/", "/thing", "/things/", "/things/a/b", "//things", "/things//", "/things/%00",
        "/things/%", "/things/%zz", "/things/%ff", "/things/a%0Ab", "", "*"}) {
    INFO(nowhere);
    CHECK(t.Handle(Ask("GET", nowhere)).status == 404);
  }
  const Response wrong = t.Handle(Ask("DELETE", "/things"));
  CHECK(wrong.status == 405);
  CHECK(HeaderOf(wrong, "Allow") == "POST, GET, HEAD");
  CHECK(t.Handle(Ask("OPTIONS", "/things")).status == 405);
}

TEST_CASE("what writes needs its word; a method that no route has is told first", "[server]") {
  TestSite t;
  Request form = Ask("POST", "/things");
  form.headers["content-type"] = "application/x-www-form-urlencoded";
  form.body = "csrf=x";
  CHECK(t.Handle(form).status == 403);
  Request page = Ask("GET", "/things/a");
  const std::string cookie = HeaderOf(t.Handle(page), "Set-Cookie");
  REQUIRE(cookie.starts_with("sakuin-session="));
  form.headers["cookie"] = cookie.substr(0, cookie.find(';'));
  form.body = "csrf=" + t.site.guard().FormWord(form);
  CHECK(t.Handle(form).body == "made");
  form.headers["origin"] = "http://evil.example";
  CHECK(t.Handle(form).status == 403);
  Request text = Ask("POST", "/things");
  text.headers["content-type"] = "text/plain";
  CHECK(t.Handle(text).status == 415);
  text.path = "/things/a";
  CHECK(t.Handle(text).status == 405);
  text.path = "/nowhere";
  CHECK(t.Handle(text).status == 404);
}

TEST_CASE("a mistake of ours tells nothing of itself", "[server]") {
  TestSite t;
  const Response out = t.Handle(Ask("GET", "/throws"));
  CHECK(out.status == 500);
  CHECK(out.type == "application/problem+json");
  CHECK(out.body.find("secret") == std::string::npos);
  const Response io = Problem(Error{ErrorCode::kIo, "reading failed", "/secret/place.db"});
  CHECK(io.body.find("secret") == std::string::npos);
}

TEST_CASE("an answer that is known is not sent again", "[server]") {
  TestSite t;
  Request ask = Ask("GET", "/things");
  const std::string tag = HeaderOf(t.Handle(ask), "ETag");
  REQUIRE(tag.starts_with("W/\""));
  for (const std::string& known : {tag, tag.substr(2), "\"x\", " + tag, std::string("*")}) {
    ask.headers["if-none-match"] = known;
    const Response out = t.Handle(ask);
    CHECK(out.status == 304);
    CHECK(out.body.empty());
    CHECK_FALSE(HeaderOf(out, "Vary").empty());
    CHECK(HeaderOf(out, "ETag") == tag);
  }
  ask.headers["if-none-match"] = "\"x\"";
  CHECK(t.Handle(ask).status == 200);
  ask.headers["accept-encoding"] = "gzip";
  CHECK(HeaderOf(t.Handle(ask), "ETag") == tag);
}

TEST_CASE("who takes gzip gets it", "[server]") {
  TestSite t;
  Request ask = Ask("GET", "/things");
  ask.headers["accept-encoding"] = "br;q=1, gzip;q=.5";
  const Response out = t.Handle(ask);
  CHECK(HeaderOf(out, "Content-Encoding") == "gzip");
  CHECK(out.body.size() < 200);
  CHECK(Unpack(out.body) == std::string(5000, 'x'));
  ask.path = "/things/short";
  CHECK(HeaderOf(t.Handle(ask), "Content-Encoding").empty());

  for (const char* yes : {"gzip", "GZIP", "x-gzip", "*", "gzip;q=1", "gzip ; q=0.001",
                          "*;q=0, gzip", "a,b,gzip", "gzip;x=y"}) {
    INFO(yes);
    CHECK(TakesGzip(yes));
  }
  for (const char* no : {"", "br", "gzipx", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *",
                         "gzip;q=0;x=1", ",;,", "q=1"}) {
    INFO(no);
    CHECK_FALSE(TakesGzip(no));
  }
  CHECK(Unpack(Gzip("", 4)).empty());
  CHECK(Gzip(std::string(100000, 'a'), 1) == Gzip(std::string(100000, 'a'), 1));
}

TEST_CASE("what was answered is counted as Prometheus reads it", "[server]") {
  Metrics metrics;
  metrics.Count("search", 200, std::chrono::milliseconds(3));
  metrics.Count("search", 200, std::chrono::milliseconds(300));
  metrics.Count("search", 422, std::chrono::seconds(20));
  const std::string text = metrics.Print({{"sakuin_documents", 21}});
  for (const char* line : {"sakuin_documents 21\n", "route=\"search\",le=\"0.005\"} 1\n",
                           "route=\"search\",le=\"1\"} 2\n", "route=\"search\",le=\"5\"} 2\n",
                           "route=\"search\",le=\"+Inf\"} 3\n", "status=\"422\"} 1\n"}) {
    INFO(text);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("many threads count together", "[server]") {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&metrics] {
      for (int n = 0; n < 1000; ++n) metrics.Count("a", 200, std::chrono::nanoseconds(1));
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(metrics.Print({}).find("sakuin_http_seconds_count{route=\"a\"} 4000\n") !=
        std::string::npos);
}

TEST_CASE("the line in front of the workers has an end", "[server]") {
  std::mutex mutex;
  std::condition_variable go;
  bool open = false;
  std::atomic<int> done{0};
  const auto wait = [&](std::size_t) {
    std::unique_lock lock(mutex);
    go.wait(lock, [&] { return open; });
    ++done;
  };
  {
    WorkerPool pool(2, 3);
    int taken = 0;
    for (int i = 0; i < 20; ++i) {
      if (pool.Post(wait)) ++taken;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    CHECK(taken == 5);  // two at work, three in the line
    {
      const std::lock_guard lock(mutex);
      open = true;
    }
    go.notify_all();
    while (done < taken) std::this_thread::yield();
    CHECK(pool.Post(wait));
    while (done < taken + 1) std::this_thread::yield();
  }
  CHECK(done == 6);
}

TEST_CASE("a pool that ends drops what has not begun", "[server]") {
  std::atomic<int> begun{0};
  {
    WorkerPool pool(1, 100);
    for (int i = 0; i < 50; ++i) {
      REQUIRE(pool.Post([&begun](std::size_t) {
        ++begun;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }));
    }
  }
  CHECK(begun < 50);
}

}  // namespace
}  // namespace sakuin::server
