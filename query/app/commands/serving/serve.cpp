// The web page and the JSON API.

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "indexer/base/files.h"
#include "query/api/routes.h"
#include "query/app/commands/commands.h"
#include "query/server/http_server.h"
#include "query/server/site.h"
#include "query/service/library.h"
#include "query/web/pages.h"

namespace sakuin::app {
namespace {

constexpr std::uint64_t kMostToken = 4096;
constexpr std::size_t kLeastToken = 16;
constexpr std::chrono::milliseconds kPatience{2000};
// Threads that allocate have so many heaps between them: more hold on to more than they save.
constexpr int kMostHeaps = 2;
constexpr int kLarge = 256 * 1024;  // bytes that go back to the system once they are free

bool IsLoopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

class Serve : public Command {
 public:
  const char* Name() const override { return "serve"; }
  const char* Summary() const override { return "Serve the web page and the JSON API"; }
  const char* Examples() const override {
    return "  sakuin serve                                  then open http://127.0.0.1:8642/\n"
           "  sakuin serve --listen 127.0.0.1:0             on any free port\n"
           "  sakuin serve --read-only                      nothing can be decided\n"
           "  sakuin serve --listen 0.0.0.0:443 --token-file token --tls-cert c.pem --tls-key "
           "k.pem\n"
           "  curl 'http://127.0.0.1:8642/api/v1/search?q=knee'\n";
  }
  void Define(Options& app) override {
    app.Add("--listen", listen_, "ADDRESS:PORT; port 0 takes a free one").Called("ADDRESS:PORT");
    app.Flag("--read-only", read_only_, "Nothing can be decided");
    app.Add("--token-file", token_file_, "Only who knows this file's word may ask").Called("FILE");
    app.Add("--tls-cert", options_.tls_cert, "Certificates, PEM").Called("FILE");
    app.Add("--tls-key", options_.tls_key, "Private key, PEM").Called("FILE");
    app.Flag("--behind-proxy", behind_proxy_, "A proxy in front of it takes care of TLS");
    app.Add("--query-time", query_time_, "Milliseconds that a search may take")
        .Called("MS")
        .Between(1, 3'600'000);
    app.Add("--assets", assets_, "Style sheets and scripts from here first, for work on them")
        .Called("FOLDER");
    app.Add("--host-name", host_names_, "Also served under this name").Repeated();
  }

  int Run(const Context& context) override {
    if (const Status fits = ReadOptions(); !fits) return Complain(fits.error());
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, kMostHeaps);
    mallopt(M_MMAP_THRESHOLD, kLarge);
    mallopt(M_TRIM_THRESHOLD, 4 * kLarge);
#endif
    auto library = service::Library::Open(context);
    if (!library) return Complain(library.error());
    (*library)->set_query_time(std::chrono::milliseconds(query_time_));
    // Looked for before anybody asks; until it is known, who asks is told so.
    (*library)->findings().set_patience(kPatience);
    (*library)->findings().Prepare();
    auto lookout = service::Lookout::Open(**library);
    if (!lookout) return Complain(lookout.error());
    std::vector<std::unique_ptr<service::Desk>> desks;
    for (std::size_t i = 0; i < options_.workers; ++i) {
      auto desk = service::Desk::Open(**library);
      if (!desk) return Complain(desk.error());
      desks.push_back(std::move(*desk));
    }
    server::Site* site = nullptr;
    server::HttpServer::Handlers handlers;
    handlers.answer = [&](const server::Request& request, std::size_t worker,
                          const server::HttpServer::Reply& reply) {
      site->Handle(request, *desks[worker], reply);
    };
    handlers.at_hand = [&](const server::Request& request) { return site->Known(request); };
    handlers.renew = [&](const server::Request& request, std::size_t worker) {
      site->Renew(request, *desks[worker]);
    };
    auto http = server::HttpServer::Listen(options_, std::move(handlers));
    if (!http) return Complain(http.error());
    const bool is_ipv6 = options_.address.find(':') != std::string::npos;
    server::GuardOptions guard;
    guard.port = (*http)->port();
    guard.host_names = host_names_;
    // No name of another's can be pointed at a number; all addresses together are none.
    if (options_.address != "0.0.0.0" && options_.address != "::") {
      guard.host_names.push_back(is_ipv6 ? "[" + options_.address + "]" : options_.address);
    }
    guard.behind_proxy = behind_proxy_;
    guard.read_only = read_only_;
    guard.token = token_;
    server::Site own(std::move(guard));
    site = &own;
    own.ShareAnswers([&] { return (*lookout)->Now(); });
    api::AddRoutes(own, kProgramVersion);
    const auto web = web::Web::Load((*library)->data_dir(), own.guard(), assets_);
    if (!web) return Complain(web.error());
    web::AddPages(own, **web);
    Out(fmt::format("http{}://{}{}{}:{}/\n", options_.tls_cert.empty() ? "" : "s",
                    is_ipv6 ? "[" : "", options_.address, is_ipv6 ? "]" : "", (*http)->port()));
    bool closed = false;
    FlushOut(closed);
    (*http)->Run(*context.stop);
    return kDone;
  }

 private:
  Status ReadOptions() {
    const std::size_t colon = listen_.rfind(':');
    const std::string port = colon == std::string::npos ? "" : listen_.substr(colon + 1);
    const bool is_number = !port.empty() && port.size() <= 5 &&
                           port.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::atoi(port.c_str()) > 65535) {
      return Fail(ErrorCode::kUsage, "--listen wants ADDRESS:PORT, such as 127.0.0.1:8642");
    }
    options_.address = listen_.substr(0, colon);
    if (options_.address == "localhost") options_.address = "127.0.0.1";
    if (options_.address.starts_with('[') && options_.address.ends_with(']')) {
      options_.address = options_.address.substr(1, options_.address.size() - 2);
    }
    options_.port = static_cast<std::uint16_t>(std::atoi(port.c_str()));
    options_.workers = std::max(2U, std::thread::hardware_concurrency());
    if (options_.tls_cert.empty() != options_.tls_key.empty()) {
      return Fail(ErrorCode::kUsage, "--tls-cert and --tls-key go together");
    }
    if (const Status read = ReadToken(); !read) return read;
    if (IsLoopback(options_.address)) return {};
    if (token_.empty()) {
      return Fail(ErrorCode::kUsage, "beyond this machine a --token-file is needed");
    }
    if (options_.tls_cert.empty() && !behind_proxy_) {
      return Fail(
          ErrorCode::kUsage,
          "beyond this machine --tls-cert and --tls-key are needed, or --behind-proxy where "
          "a proxy takes care of TLS");
    }
    return {};
  }

  Status ReadToken() {
    if (token_file_.empty()) return {};
    const auto text = files::Read(token_file_, kMostToken);
    if (!text) return Pass(text);
    token_ = *text;
    while (!token_.empty() && (token_.back() == '\n' || token_.back() == '\r')) token_.pop_back();
    if (token_.size() < kLeastToken) {
      return Fail(ErrorCode::kUsage, "a token has at least 16 characters", token_file_);
    }
    return {};
  }

  server::ServerOptions options_;
  int query_time_ = 1000;
  std::string listen_ = "127.0.0.1:8642";
  std::string token_file_;
  std::string token_;
  std::string assets_;
  std::vector<std::string> host_names_;
  bool read_only_ = false;
  bool behind_proxy_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeServe() { return std::make_unique<Serve>(); }

}  // namespace sakuin::app
