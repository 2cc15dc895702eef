#include "query/service/did_you_mean.h"

#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"

namespace sakuin::service {
namespace {

// The words of the index that no gram stands for: of Latin script, of three characters and more.
class IndexWords : public results::WordSource {
 public:
  explicit IndexWords(backend::SearchBackend& backend) : backend_(backend) {}

  std::uint64_t Frequency(std::string_view word) override {
    std::uint64_t out = 0;
    const Status read = backend_.ForEachWord(word, [&](std::string_view found, std::uint64_t n) {
      if (found == word) out += n;
      return true;
    });
    return read ? out : 0;
  }

  void ForEach(std::size_t least, std::size_t most,
               const std::function<void(std::string_view, std::uint64_t)>& each) override {
    (void)backend_.ForEachWord("", [&](std::string_view found, std::uint64_t n) {
      const std::size_t size = utf8::Count(found);
      if (size >= least && size <= most) each(found, n);
      return true;
    });
  }

 private:
  backend::SearchBackend& backend_;
};

}  // namespace

DidYouMean::DidYouMean(Searcher& searcher, text::Sounds sounds)
    : searcher_(searcher), sounds_(std::move(sounds)) {
  const plan::PlanContext& context = searcher.plan_context();
  spellings_.emplace(*context.thesaurus, *context.folding, &sounds_);
}

Result<std::unique_ptr<DidYouMean>> DidYouMean::Open(const Place& place, Searcher& searcher) {
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  auto sounds = text::Sounds::Load(*folder);
  if (!sounds) return Pass(sounds);
  return std::unique_ptr<DidYouMean>(new DidYouMean(searcher, std::move(*sounds)));
}

Status DidYouMean::Add(const results::SearchRequest& request, results::SearchResult& result) {
  results::SearchRequest other = request;
  other.limit = 0;
  other.facets = false;
  other.explain = false;
  std::optional<Error> failed;
  const auto search = [&](const std::string& query) -> results::Yield {
    other.query = query;
    const auto found = searcher_.engine().Search(other);
    if (!found) failed = found.error();
    return found ? results::Yield{found->total, found->relaxed} : results::Yield{};
  };
  IndexWords words(searcher_.engine().backend());
  const auto suggestion = results::Suggest(request.query, {result.total, result.relaxed},
                                           searcher_.plan_context(), *spellings_, &words, search);
  if (failed) return tl::make_unexpected(*failed);
  if (suggestion) result.suggestion = suggestion->query;
  return {};
}

}  // namespace sakuin::service
