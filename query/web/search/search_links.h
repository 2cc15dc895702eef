#pragma once

// The present search with one thing changed, as an address.

#include <string>
#include <string_view>
#include <vector>

#include "query/server/message.h"

namespace sakuin::web {

// Every change goes back to the first page of hits.
class SearchLinks {
 public:
  explicit SearchLinks(const server::Parameters& query);

  std::string Here(std::string_view path = "/") const;  // the same, elsewhere too
  std::string Feed() const;  // of what it finds: a feed has an order of its own
  std::string With(std::string_view name, const std::string& value) const;  // beside the others
  std::string Only(std::string_view name, const std::string& value) const;  // instead of them
  std::string Without(std::string_view name) const;
  std::string Without(std::string_view name, const std::string& value) const;
  // Takes the value in, or out where it is in; an excluded one is included.
  std::string Toggled(std::string_view name, const std::string& value) const;
  std::string Next(const std::string& cursor) const;
  std::string Query(const std::string& query) const;  // another text, the same filters

  bool Has(std::string_view name, const std::string& value) const;

  // What a form for another query must keep: filters and the like, without q.
  std::vector<std::pair<std::string, std::string>> Kept() const;
  const server::Parameters& parameters() const { return query_; }

 private:
  static std::string Address(std::string_view path, const server::Parameters& query);

  server::Parameters query_;
};

// The filters that a search can have, as its address names them.
inline constexpr std::string_view kFilterNames[] = {"condition", "aspect", "language", "site",
                                                    "published"};

}  // namespace sakuin::web
