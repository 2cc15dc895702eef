#pragma once

// Style sheets, scripts and pictures that the build put into the program.

#include <map>
#include <string>

#include "query/server/message.h"

namespace sakuin::web {

// Immutable, therefore thread-safe.
class Assets {
 public:
  // `folder`: files there come first and are read for every request, for work on them; "": none.
  explicit Assets(std::string folder = {});

  // "/assets/base.1f2e3d4c.css" of "base.css": a new name for new content, so that it may be kept
  // for ever.
  std::string Address(const std::string& name) const;
  // Of the last part of such an address; 404.
  server::Response Answer(const server::Request& request, const std::string& file) const;

 private:
  struct Asset {
    std::string name;
    std::string type;
    std::string bytes;
    std::string packed;  // gzip; empty where it gains nothing
  };
  void Add(std::string name, std::string text);
  // A script with the addresses of what it imports: one that imports must not be imported itself.
  std::string WithAddresses(std::string script) const;

  std::string folder_;
  std::map<std::string, std::string> addresses_;  // file with digest by name
  std::map<std::string, Asset> assets_;           // by that
};

}  // namespace sakuin::web
