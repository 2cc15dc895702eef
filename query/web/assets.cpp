#include "query/web/assets.h"

#include <sodium.h>

#include <utility>

#include "indexer/base/embedded.h"
#include "indexer/base/files.h"
#include "query/server/compress.h"
#include "query/server/problem.h"

namespace sakuin::embedded {
extern const File kAssets[];
}

namespace sakuin::web {
namespace {

std::string TypeOf(const std::string& name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

// `import { a } from "./other.js"` in a script.
constexpr std::string_view kImport = "from \"./";

std::string Digest(std::string_view text) {
  unsigned char out[16];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  char hex[9];
  sodium_bin2hex(hex, sizeof hex, out, 4);
  return hex;
}

}  // namespace

Assets::Assets(std::string folder) : folder_(std::move(folder)) {
  // What imports others names them by their addresses, which have to be known by then.
  for (const bool imports : {false, true}) {
    for (const embedded::File* file = embedded::kAssets; file->name != nullptr; ++file) {
      std::string text(file->Text());
      if ((text.find(kImport) != std::string::npos) == imports) Add(file->name, std::move(text));
    }
  }
}

void Assets::Add(std::string name, std::string text) {
  constexpr int kBest = 9;
  Asset asset;
  asset.name = std::move(name);
  asset.type = TypeOf(asset.name);
  asset.bytes = WithAddresses(std::move(text));
  asset.packed = server::Gzip(asset.bytes, kBest);
  if (asset.packed.size() >= asset.bytes.size()) asset.packed.clear();
  const std::size_t dot = asset.name.rfind('.');
  const std::string with_digest =
      asset.name.substr(0, dot) + "." + Digest(asset.bytes) + asset.name.substr(dot);
  addresses_[asset.name] = with_digest;
  assets_[with_digest] = std::move(asset);
}

std::string Assets::WithAddresses(std::string script) const {
  for (std::size_t at = 0; (at = script.find(kImport, at)) != std::string::npos;) {
    at += kImport.size();
    const std::size_t end = script.find('"', at);
    if (end == std::string::npos) break;
    script.replace(at, end - at, Address(script.substr(at, end - at)).substr(sizeof "/assets"));
  }
  return script;
}

std::string Assets::Address(const std::string& name) const {
  const auto found = addresses_.find(name);
  return "/assets/" + (found == addresses_.end() ? name : found->second);
}

server::Response Assets::Answer(const server::Request& request, const std::string& file) const {
  const auto found = assets_.find(file);
  if (found == assets_.end()) return server::Problem(404, "there is nothing at this address");
  const Asset& asset = found->second;
  server::Response out;
  out.type = asset.type;
  if (!folder_.empty()) {
    auto fresh = files::Read(folder_ + "/" + asset.name);
    if (fresh) {
      out.body = WithAddresses(std::move(*fresh));
      out.Set("Cache-Control", "no-store");
      return out;
    }
  }
  out.Set("Cache-Control", "public, max-age=31536000, immutable");
  if (!asset.packed.empty() && server::TakesGzip(request.Header("accept-encoding"))) {
    out.body = asset.packed;
    out.Set("Content-Encoding", "gzip");
  } else {
    out.body = asset.bytes;
  }
  return out;
}

}  // namespace sakuin::web
