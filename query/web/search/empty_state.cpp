#include "query/web/search/empty_state.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "query/api/search_request.h"
#include "query/web/search/facets.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kMostFilters = 6;
constexpr std::size_t kMostWords = 5;

class Ways {
 public:
  Ways(const View& view, const results::SearchRequest& asked) : view_(view), asked_(asked) {
    if (const auto time = view.desk.library().query_time())
      deadline_ = backend::Deadline::In(*time);
  }

  // `address`: of the page that has these hits.
  void Try(results::SearchRequest request, const Html& label, const std::string& address) {
    request.after.clear();
    request.limit = 0;
    request.facets = false;
    request.snippets = false;
    request.explain = false;
    request.deadline = deadline_;
    const auto result = view_.desk.engine().Search(request);
    if (!result || result->total == 0) return;
    items_ += Tag("li")(Tag("a").Set("href", address)(label), " ",
                        Tag("span").Class("count")(view_.say.Count("search.hits", result->total)));
  }

  const results::SearchRequest& asked() const { return asked_; }
  const Html& items() const { return items_; }

 private:
  const View& view_;
  const results::SearchRequest& asked_;
  backend::Deadline deadline_;  // one for all of them
  Html items_;
};

void TryWithoutFilters(const View& view, const SearchLinks& links, Ways& ways) {
  std::size_t tried = 0;
  for (const std::string_view name : kFilterNames) {
    for (const std::string& value : links.parameters().All(name)) {
      if (++tried > kMostFilters) return;
      server::Parameters without = links.parameters();
      without.Remove(name, value);
      auto request = api::ReadSearchRequest(without, view.ui);
      if (!request) continue;
      ways.Try(std::move(*request),
               Html(view.say("empty.drop-filter")) + " " + Tag("b")(FilterLabel(view, name, value)),
               links.Without(name, value));
    }
  }
  if (tried < 2) return;
  results::SearchRequest request = ways.asked();
  request.filters.clear();
  server::Parameters bare = links.parameters();
  for (const std::string_view name : kFilterNames) bare.Remove(name);
  ways.Try(std::move(request), view.say("empty.drop-all"), "/?" + bare.Print());
}

// Of a few words each alone; of what is no plain word nothing.
void TryWords(const View& view, const SearchLinks& links, Ways& ways) {
  std::vector<std::string> words;
  std::istringstream all(ways.asked().query);
  for (std::string word; all >> word;) words.push_back(std::move(word));
  if (words.size() < 2 || words.size() > kMostWords) return;
  for (const std::string& word : words) {
    if (word == "OR" || word.find_first_of("\":()*-/") != std::string::npos) continue;
    results::SearchRequest request = ways.asked();
    request.query = word;
    ways.Try(std::move(request), Html(view.say("empty.one-word")) + " " + Tag("b")(word),
             links.Query(word));
  }
}

}  // namespace

Html WaysOut(const View& view, const SearchLinks& links, const results::SearchRequest& asked) {
  Ways ways(view, asked);
  TryWithoutFilters(view, links, ways);
  if (asked.exact || !asked.expand) {
    results::SearchRequest request = asked;
    request.exact = false;
    request.expand = true;
    server::Parameters wider = links.parameters();
    wider.Remove("exact");
    wider.Remove("expand");
    ways.Try(std::move(request), view.say("empty.not-exact"), "/?" + wider.Print());
  }
  std::string plain = asked.query;
  std::erase(plain, '"');
  if (plain != asked.query) {
    results::SearchRequest request = asked;
    request.query = plain;
    ways.Try(std::move(request), Html(view.say("empty.no-quotes")) + " " + Tag("b")(plain),
             links.Query(plain));
  }
  TryWords(view, links, ways);
  Html out;
  if (!ways.items().empty()) {
    out += Tag("h2")(view.say("empty.ways")) + Tag("ul").Class("ways")(ways.items());
  }
  return out +
         Tag("ul").Class("ways soft")(
             Tag("li")(view.say("empty.hint-words")), Tag("li")(view.say("empty.hint-language")),
             Tag("li")(Tag("a").Set("href", "/conditions")(view.say("empty.hint-conditions"))));
}

}  // namespace sakuin::web
