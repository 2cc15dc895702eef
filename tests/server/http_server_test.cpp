#include "query/server/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "query/server/head.h"
#include "tests/support/catch.h"

namespace sakuin::server {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A plain socket to the server.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_bytes = 0)
      : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_bytes > 0)
      setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    timeval most{5, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    REQUIRE(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  }
  ~Client() { close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool Send(const std::string& text) const {
    return send(fd_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  // Until the other side closes.
  std::string ReadAll() const {
    std::string out;
    char part[4096];
    for (;;) {
      const ssize_t n = recv(fd_, part, sizeof part, 0);
      if (n <= 0) return out;
      out.append(part, static_cast<std::size_t>(n));
    }
  }
  // Sends a byte now and then; how long the other side bears it.
  milliseconds Trickle() const {
    const auto began = Clock::now();
    while (Clock::now() - began < std::chrono::seconds(5) && Send("a")) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    return std::chrono::duration_cast<milliseconds>(Clock::now() - began);
  }

 private:
  int fd_;
};

struct Running {
  explicit Running(HttpServer::Handler handler, ServerOptions options = Short()) {
    options.port = 0;
    auto made = HttpServer::Listen(options, std::move(handler));
    REQUIRE(made);
    server = std::move(*made);
    thread = std::thread([this] { server->Run(stop); });
  }
  ~Running() { Stop(); }
  milliseconds Stop() {
    const auto began = Clock::now();
    stop = true;
    if (thread.joinable()) thread.join();
    return std::chrono::duration_cast<milliseconds>(Clock::now() - began);
  }
  static ServerOptions Short() {
    ServerOptions out;
    out.header_time = milliseconds(200);
    out.body_time = milliseconds(200);
    out.idle_time = milliseconds(300);
    out.write_time = milliseconds(300);
    return out;
  }

  std::atomic<bool> stop{false};
  std::unique_ptr<HttpServer> server;
  std::thread thread;
};

Response Echo(const Request& request, std::size_t) {
  Response out;
  out.type = "text/plain";
  out.body = request.method + " " + request.path + " " + request.body;
  out.Set("X-Echo", request.query.Get("header"));
  return out;
}

const std::string kGet = "GET /a?header=x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

TEST_CASE("slow clients are closed by their deadlines, ordinary ones answered", "[server]") {
  Running running(Echo);
  const std::uint16_t port = running.server->port();
  std::vector<std::thread> slow;
  std::atomic<int> in_time{0};
  for (const char* begin :
       {"GET /", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n"}) {
    for (int i = 0; i < 10; ++i) {
      slow.emplace_back([&in_time, begin, port] {
        const Client client(port);
        client.Send(begin);
        const auto took = client.Trickle();
        if (took > milliseconds(100) && took < milliseconds(4000)) ++in_time;
      });
    }
  }
  for (int i = 0; i < 20; ++i) {
    const Client client(port);
    client.Send(kGet);
    CHECK(client.ReadAll().ends_with("GET /a "));
  }
  for (std::thread& thread : slow) thread.join();
  CHECK(in_time == 20);
}

TEST_CASE("who does not read what it asked for is closed", "[server]") {
  const std::string large(32 << 20, 'x');
  Running running([&large](const Request& request, std::size_t worker) {
    Response out = Echo(request, worker);
    if (request.path == "/large") out.body = large;
    return out;
  });
  const Client slow(running.server->port(), 4096);
  slow.Send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(900));
  CHECK(slow.ReadAll().size() < large.size());
  const Client client(running.server->port());
  client.Send("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(client.ReadAll().size() > large.size());
}

TEST_CASE("an idle connection is closed, and makes room for others before that", "[server]") {
  ServerOptions options = Running::Short();
  options.most_connections = 3;
  options.idle_time = milliseconds(2000);
  Running running(Echo, options);
  const auto began = Clock::now();
  {
    const Client idle(running.server->port());
    CHECK(idle.ReadAll().empty());
    CHECK(Clock::now() - began >= milliseconds(1900));
  }
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 10; ++i) idle.push_back(std::make_unique<Client>(running.server->port()));
  const auto asked = Clock::now();
  const Client client(running.server->port());
  client.Send(kGet);
  CHECK(client.ReadAll().starts_with("HTTP/1.1 200"));
  CHECK(Clock::now() - asked < milliseconds(1500));
}

TEST_CASE("a refusal arrives while the client is still sending", "[server]") {
  Running running(Echo);
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& raw :
       {head + "Content-Length: 8000000\r\n\r\n" + std::string(8'000'000, 'x'),
        "GET /" + std::string(3'000'000, 'x')}) {
    const Client client(running.server->port());
    client.Send(raw);
    const std::string answer = client.ReadAll();
    INFO(answer.substr(0, 100));
    CHECK((answer.starts_with("HTTP/1.1 413") || answer.starts_with("HTTP/1.1 431")));
  }
}

TEST_CASE("nothing that is asked becomes a header of its own", "[server]") {
  Running running(Echo);
  const Client client(running.server->port());
  client.Send(
      "GET /?header=a%0D%0ASet-Cookie:%20b%0D%0A%0D%0Ac HTTP/1.1\r\nHost: h\r\nConnection: "
      "close\r\n\r\n");
  const std::string answer = client.ReadAll();
  CHECK(answer.find("\nSet-Cookie") == std::string::npos);
  CHECK(answer.find("X-Echo: aSet-Cookie: bc\r\n") != std::string::npos);
}

TEST_CASE("an answer that is held costs no worker", "[server]") {
  ServerOptions options = Running::Short();
  options.workers = 1;
  Running running(
      [](const Request& request, std::size_t worker) {
        Response out = Echo(request, worker);
        if (request.path == "/held") out.hold = milliseconds(1200);
        return out;
      },
      options);
  const auto began = Clock::now();
  const Client held(running.server->port());
  held.Send("GET /held HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(20));
  const Client client(running.server->port());
  client.Send(kGet);
  client.ReadAll();
  CHECK(Clock::now() - began < milliseconds(1100));
  CHECK(held.ReadAll().starts_with("HTTP/1.1 200"));
  CHECK(Clock::now() - began >= milliseconds(1200));
}

TEST_CASE("a full line is told at once, and what waited too long is not begun", "[server]") {
  ServerOptions options = Running::Short();
  options.workers = 1;
  options.most_waiting = 2;
  options.most_wait = milliseconds(100);
  std::atomic<int> begun{0};
  std::atomic<bool> go{false};
  Running running(
      [&begun, &go](const Request& request, std::size_t worker) {
        ++begun;
        while (!go) std::this_thread::sleep_for(milliseconds(5));
        return Echo(request, worker);
      },
      options);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<Client>(running.server->port()));
    clients.back()->Send(kGet);
    while (begun == 0) std::this_thread::sleep_for(milliseconds(5));
  }
  std::this_thread::sleep_for(milliseconds(400));
  go = true;
  int answered = 0;
  int busy = 0;
  for (const auto& client : clients) {
    const std::string answer = client->ReadAll();
    if (answer.starts_with("HTTP/1.1 200")) ++answered;
    if (answer.starts_with("HTTP/1.1 503") && answer.find("Retry-After") != std::string::npos)
      ++busy;
  }
  CHECK(answered == 1);
  CHECK(busy == 4);
  CHECK(begun == 1);
}

TEST_CASE("what has begun is answered before the end", "[server]") {
  Running running([](const Request& request, std::size_t worker) {
    std::this_thread::sleep_for(milliseconds(200));
    return Echo(request, worker);
  });
  const Client client(running.server->port());
  const Client idle(running.server->port());
  client.Send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  const auto took = running.Stop();
  CHECK(took < milliseconds(1400));
  CHECK(client.ReadAll().ends_with("GET /a "));
  CHECK(idle.ReadAll().empty());
}

TEST_CASE("an answer that takes too long does not keep the end waiting", "[server]") {
  std::atomic<bool> go{false};
  Running running([&go](const Request& request, std::size_t worker) {
    while (!go) std::this_thread::sleep_for(milliseconds(5));
    return Echo(request, worker);
  });
  const Client client(running.server->port());
  client.Send(kGet);
  std::this_thread::sleep_for(milliseconds(50));
  std::thread later([&go] {
    std::this_thread::sleep_for(milliseconds(1700));
    go = true;
  });
  CHECK(running.Stop() < milliseconds(4000));
  later.join();
}

TEST_CASE("what cannot be listened on is said", "[server]") {
  ServerOptions options;
  options.port = 0;
  options.address = "localhost.example";
  CHECK(HttpServer::Listen(options, Echo).error().code == ErrorCode::kUsage);
  Running running(Echo);
  options.address = "127.0.0.1";
  options.port = running.server->port();
  CHECK(HttpServer::Listen(options, Echo).error().code == ErrorCode::kIo);
}

}  // namespace
}  // namespace sakuin::server
