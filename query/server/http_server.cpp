#include "query/server/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <list>
#include <optional>
#include <set>
#include <utility>

#include "query/server/head.h"
#include "query/server/problem.h"
#include "query/server/worker_pool.h"

namespace sakuin::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using PlainStream = beast::tcp_stream;
using SecureStream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::chrono::milliseconds kGrace{1500};
constexpr std::chrono::seconds kLinger{1};        // for what a refused client is still sending
constexpr std::chrono::milliseconds kGlance{50};  // how often `stop` is looked at

// What all connections share. Touched by the thread that reads and writes alone, but for `pool`.
struct Shared {
  ServerOptions options;
  HttpServer::Handlers handlers;
  std::size_t open = 0;       // connections
  std::size_t answering = 0;  // requests that wait for an answer or its writing
  bool stopping = false;
  std::function<void()> on_close;
  std::set<PlainStream*> streams;
  std::list<PlainStream*> idle;  // that wait for a request; the longest stands first
  std::unique_ptr<WorkerPool> pool;
};

Head ToHead(const http::request<http::string_body>& in) {
  Head out;
  out.method = std::string(in.method_string());
  out.target = std::string(in.target());
  for (const auto& field : in) {
    out.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  return out;
}

// One connection: waits, reads, has it answered, writes, and so on. Keeps itself alive.
template <typename Stream>
class Session : public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, Shared& shared)
      : stream_(std::move(stream)), shared_(shared), pause_(stream_.get_executor()) {
    ++shared_.open;
    shared_.streams.insert(&Tcp());
    error_code ignored;
    const auto peer = Tcp().socket().remote_endpoint(ignored);
    if (!ignored) client_ = peer.address().to_string();
  }
  ~Session() {
    shared_.streams.erase(&Tcp());
    --shared_.open;
    shared_.on_close();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void Start() {
    if constexpr (std::is_same_v<Stream, SecureStream>) {
      Tcp().expires_after(shared_.options.header_time);
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](error_code failed) {
                                if (!failed) self->WaitForFirst();
                              });
    } else {
      WaitForFirst();
    }
  }

 private:
  PlainStream& Tcp() { return beast::get_lowest_layer(stream_); }

  // A connection may idle; once a request begins its time runs.
  void WaitForFirst() {
    if (shared_.stopping) return;
    if (buffer_.size() > 0) return ReadHeader();
    Tcp().expires_after(shared_.options.idle_time);
    const auto idle = shared_.idle.insert(shared_.idle.end(), &Tcp());
    stream_.async_read_some(buffer_.prepare(4096), [self = this->shared_from_this(), idle](
                                                       error_code failed, std::size_t n) {
      self->shared_.idle.erase(idle);
      if (failed) return;
      self->buffer_.commit(n);
      self->ReadHeader();
    });
  }

  void ReadHeader() {
    parser_.emplace();
    parser_->header_limit(shared_.options.most_header_bytes);
    parser_->body_limit(shared_.options.most_body_bytes);
    Tcp().expires_after(shared_.options.header_time);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = this->shared_from_this()](error_code failed, std::size_t n) {
                              // The parser's own limit leaves the last line ends out.
                              const bool long_one = n > self->shared_.options.most_header_bytes;
                              if (!failed && long_one) failed = http::error::header_limit;
                              self->OnHeader(failed);
                            });
  }

  void OnHeader(error_code failed) {
    if (failed) return Refuse(failed);
    head_ = ToHead(parser_->get());
    version_ = parser_->get().version();
    is_head_ = head_.method == "HEAD";
    if (auto refused = RefuseHead(head_)) return Refuse(std::move(*refused));
    Tcp().expires_after(shared_.options.body_time);
    if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      go_on_.emplace(http::status::continue_, 11);
      http::async_write(stream_, *go_on_,
                        [self = this->shared_from_this()](error_code broken, std::size_t) {
                          if (!broken) self->ReadBody();
                        });
      return;
    }
    ReadBody();
  }

  void ReadBody() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](error_code failed, std::size_t) {
                       if (failed) return self->Refuse(failed);
                       self->Answer();
                     });
  }

  // What is no request gets an answer where that is possible, and the connection ends.
  void Refuse(error_code failed) {
    if (failed == http::error::end_of_stream || failed == beast::error::timeout ||
        failed == asio::error::operation_aborted || failed == http::error::partial_message ||
        failed == asio::error::eof || failed == asio::error::connection_reset) {
      return Close();
    }
    if (failed == http::error::header_limit) return Refuse(Problem(431, "the header is too long"));
    if (failed == http::error::body_limit) return Refuse(Problem(413, "the body is too long"));
    Refuse(Problem(400, "that is no HTTP request"));
  }

  void Refuse(Response response) {
    keep_ = false;
    unread_ = true;
    ++shared_.answering;
    Write(std::move(response));
  }

  void Answer() {
    keep_ = parser_->get().keep_alive() && !shared_.stopping;
    Request request = ReadHead(head_);
    request.body = std::move(parser_->get().body());
    request.client = client_;
    request.encrypted = std::is_same_v<Stream, SecureStream>;
    // Nothing is asked of the client while it waits.
    Tcp().expires_never();
    ++shared_.answering;
    AtHand known;
    if (shared_.handlers.at_hand) known = shared_.handlers.at_hand(request);
    if (known.renew) {
      const auto& renew = shared_.handlers.renew;  // lives longer than the pool
      (void)shared_.pool->PostAside(
          [&renew, request](std::size_t worker) { renew(request, worker); });
    }
    if (known.answer) return Write(std::move(*known.answer));
    const auto late = std::chrono::steady_clock::now() + shared_.options.most_wait;
    auto task = [self = this->shared_from_this(), request = std::move(request),
                 late](std::size_t worker) {
      const auto reply = [self](Response response) {
        asio::post(self->Tcp().get_executor(),
                   [self, response = std::make_shared<Response>(std::move(response))] {
                     self->Hold(response);
                   });
      };
      const bool gone = std::chrono::steady_clock::now() > late;
      gone ? reply(Busy("too many requests wait already"))
           : self->shared_.handlers.answer(request, worker, reply);
    };
    const Lane lane = known.is_slow ? Lane::kLong : Lane::kShort;
    if (!shared_.pool->Post(std::move(task), lane)) Write(Busy("too many requests wait already"));
  }

  void Hold(const std::shared_ptr<Response>& response) {
    if (response->hold.count() == 0) return Write(std::move(*response));
    pause_.expires_after(response->hold);
    pause_.async_wait([self = this->shared_from_this(), response](error_code) {
      self->Write(std::move(*response));
    });
  }

  void Write(Response response) {
    reply_.emplace(static_cast<http::status>(response.status), version_);
    reply_->reason(std::string(StatusText(response.status)));
    for (const auto& [name, value] : response.headers) reply_->insert(name, OneLine(value));
    if (!response.type.empty()) reply_->set(http::field::content_type, response.type);
    reply_->keep_alive(keep_);
    const bool has_body = response.status != 204 && response.status != 304;
    const std::size_t size = response.body.size();
    if (has_body && !is_head_) reply_->body() = std::move(response.body);
    if (has_body) reply_->content_length(size);
    Tcp().expires_after(shared_.options.write_time);
    http::async_write(stream_, *reply_,
                      [self = this->shared_from_this()](error_code failed, std::size_t) {
                        --self->shared_.answering;
                        if (failed || !self->keep_) return self->Close();
                        self->WaitForFirst();
                      });
  }

  void Close() {
    Tcp().expires_after(kLinger);
    if constexpr (std::is_same_v<Stream, SecureStream>) {
      stream_.async_shutdown([self = this->shared_from_this()](error_code) { self->CloseTcp(); });
    } else {
      CloseTcp();
    }
  }

  // Closing while the client still sends would reset the connection, and our answer with it.
  void CloseTcp() {
    error_code ignored;
    Tcp().socket().shutdown(tcp::socket::shutdown_send, ignored);
    if (unread_ && !ignored) Drain();
  }

  void Drain() {
    buffer_.clear();
    Tcp().async_read_some(buffer_.prepare(65'536),
                          [self = this->shared_from_this()](error_code failed, std::size_t) {
                            if (!failed) self->Drain();
                          });
  }

  Stream stream_;
  Shared& shared_;
  asio::steady_timer pause_;
  std::string client_;
  Head head_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::empty_body>> go_on_;
  std::optional<http::response<http::string_body>> reply_;
  unsigned version_ = 11;
  bool keep_ = false;
  bool is_head_ = false;
  bool unread_ = false;  // the client may be sending still
};

class Server : public HttpServer {
 public:
  Server(const ServerOptions& options, Handlers handlers) {
    shared_.options = options;
    shared_.handlers = std::move(handlers);
    shared_.on_close = [this] {
      if (waits_for_room_) Accept();
    };
  }

  ~Server() override { shared_.stopping = true; }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  Status Open() {
    const ServerOptions& o = shared_.options;
    error_code failed;
    const auto address = asio::ip::make_address(o.address, failed);
    if (failed) {
      return Fail(ErrorCode::kUsage, "'" + o.address + "' is no address such as 127.0.0.1 or ::1");
    }
    if (!o.tls_cert.empty()) {
      secure_.emplace(asio::ssl::context::tls_server);
      secure_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                           asio::ssl::context::no_tlsv1_1);
      secure_->use_certificate_chain_file(o.tls_cert, failed);
      if (failed) return Fail(ErrorCode::kIo, "no certificate: " + failed.message(), o.tls_cert);
      secure_->use_private_key_file(o.tls_key, asio::ssl::context::pem, failed);
      if (failed) return Fail(ErrorCode::kIo, "no private key: " + failed.message(), o.tls_key);
    }
    const tcp::endpoint at(address, o.port);
    acceptor_.open(at.protocol(), failed);
    if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor_.bind(at, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed) {
      const bool taken = failed == asio::error::address_in_use;
      return Fail(ErrorCode::kIo,
                  taken ? "another program listens there; --listen ADDRESS:0 takes a free port"
                        : "cannot listen: " + failed.message(),
                  o.address + ":" + std::to_string(o.port));
    }
    return {};
  }

  std::uint16_t port() const override {
    error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }

  void Run(const std::atomic<bool>& stop) override {
    shared_.pool =
        std::make_unique<WorkerPool>(shared_.options.workers, shared_.options.most_waiting);
    Accept();
    Watch(stop);
    context_.run();
    shared_.pool.reset();
    context_.restart();
    context_.poll();  // answers of the last workers, and the ends of their connections
  }

 private:
  void Accept() {
    waits_for_room_ = shared_.open >= shared_.options.most_connections;
    // Who asks nothing makes room for others; its end calls this again.
    if (waits_for_room_ && !shared_.idle.empty()) shared_.idle.front()->cancel();
    if (waits_for_room_ || shared_.stopping) return;
    acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
      if (failed == asio::error::operation_aborted || shared_.stopping) return;
      if (failed) {  // out of descriptors: not at once again
        pause_.expires_after(kGlance);
        pause_.async_wait([this](error_code) { Accept(); });
        return;
      }
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      if (secure_) {
        std::make_shared<Session<SecureStream>>(SecureStream(std::move(socket), *secure_), shared_)
            ->Start();
      } else {
        std::make_shared<Session<PlainStream>>(PlainStream(std::move(socket)), shared_)->Start();
      }
      Accept();
    });
  }

  void Watch(const std::atomic<bool>& stop) {
    timer_.expires_after(kGlance);
    timer_.async_wait([this, &stop](error_code) {
      const auto now = std::chrono::steady_clock::now();
      if (waits_for_room_) Accept();
      if (stop.load() && !shared_.stopping) {
        shared_.stopping = true;
        deadline_ = now + kGrace;
        error_code ignored;
        acceptor_.close(ignored);
      }
      if (shared_.stopping && (shared_.answering == 0 || now >= deadline_)) {
        for (PlainStream* const stream : shared_.streams) stream->cancel();
        context_.stop();
        return;
      }
      Watch(stop);
    });
  }

  Shared shared_;  // outlives the connections that the context holds
  asio::io_context context_{1};
  std::optional<asio::ssl::context> secure_;
  tcp::acceptor acceptor_{context_};
  asio::steady_timer timer_{context_};
  asio::steady_timer pause_{context_};
  std::chrono::steady_clock::time_point deadline_;
  bool waits_for_room_ = false;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::Listen(const ServerOptions& options,
                                                       Handlers handlers) {
  auto out = std::make_unique<Server>(options, std::move(handlers));
  if (const Status open = out->Open(); !open) return Pass(open);
  return std::unique_ptr<HttpServer>(std::move(out));
}

Result<std::unique_ptr<HttpServer>> HttpServer::Listen(const ServerOptions& options,
                                                       Handler handler) {
  return Listen(options, Handlers{[handler = std::move(handler)](
                                      const Request& request, std::size_t worker,
                                      const Reply& reply) { reply(handler(request, worker)); },
                                  {},
                                  {}});
}

}  // namespace sakuin::server
