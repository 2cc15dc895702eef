#pragma once

// HTTP/1.1 over TCP, with or without TLS. The only place that knows the library for it.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "indexer/base/result.h"
#include "query/server/message.h"

namespace sakuin::server {

struct ServerOptions {
  std::string address = "127.0.0.1";  // numbers: "127.0.0.1", "::1"
  std::uint16_t port = 8642;          // 0: any that is free
  std::size_t workers = 2;
  std::string tls_cert;  // PEM; both or neither
  std::string tls_key;

  // Absolute, from the first byte: a client that is slow on purpose gets no more.
  std::chrono::milliseconds header_time{5000};
  std::chrono::milliseconds body_time{10'000};
  std::chrono::milliseconds idle_time{15'000};
  std::chrono::milliseconds write_time{30'000};
  std::uint32_t most_header_bytes = 16 * 1024;
  std::uint64_t most_body_bytes = 1024 * 1024;
  std::size_t most_connections = 512;
  std::size_t most_waiting = 256;  // requests that no worker has begun
  // What has waited for longer is refused at once: whoever asked has most likely gone.
  std::chrono::milliseconds most_wait{5000};
};

// Connections are read and written by one thread; requests are answered by `workers` others, so
// that a slow client costs no worker and a slow answer no connection.
class HttpServer {
 public:
  // Called by the workers at once, each with its own number below ServerOptions::workers. Must not
  // throw.
  using Handler = std::function<Response(const Request&, std::size_t worker)>;
  using Reply = std::function<void(Response)>;  // once, in any thread
  struct Handlers {
    // As Handler, but may leave the reply to another thread.
    std::function<void(const Request&, std::size_t worker, Reply)> answer;
    // These two may be left out. Asked first, by the thread that reads and writes: must not wait.
    std::function<AtHand(const Request&)> at_hand;
    std::function<void(const Request&, std::size_t worker)> renew;  // what is AtHand::renew
  };

  // Binds and listens. kUsage for what is no address, kIo where it is taken or a certificate
  // cannot be read.
  static Result<std::unique_ptr<HttpServer>> Listen(const ServerOptions& options,
                                                    Handlers handlers);
  static Result<std::unique_ptr<HttpServer>> Listen(const ServerOptions& options, Handler handler);
  virtual ~HttpServer() = default;

  virtual std::uint16_t port() const = 0;
  // Serves until `stop` is set; then answers what has begun, for a second and a half at most.
  virtual void Run(const std::atomic<bool>& stop) = 0;
};

}  // namespace sakuin::server
