#include "query/service/library.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/store/open.h"
#include "query/service/concept_choice.h"

namespace sakuin::service {

Result<std::unique_ptr<Library>> Library::Open(const Place& place) {
  const auto folder = FindDataDir(place.data_dir, place.program);
  if (!folder) return Pass(folder);
  // What cannot be read at all is told before rules are loaded.
  const auto reader = store::OpenReader(place.kb);
  if (!reader) return Pass(reader);
  auto rules = LoadTextRules(place);
  if (!rules) return Pass(rules);
  std::unique_ptr<Library> out(new Library(place));
  out->data_dir_ = *folder;
  out->rules_ = std::move(*rules);
  auto aspects = LoadAspectNames(place, out->rules_->folding());
  if (!aspects) return Pass(aspects);
  out->aspects_ = std::move(*aspects);
  auto weights = contradictions::TensionRules::Load(*folder, out->rules_->thesaurus());
  if (!weights) return Pass(weights);
  out->tension_rules_ = std::make_unique<contradictions::TensionRules>(std::move(*weights));
  for (const char* const language : {"en", "ja", "zh-Hans", "zh-Hant"}) {
    auto phrases = contradictions::Phrases::Load(*folder, language);
    if (!phrases) return Pass(phrases);
    Wording& wording = out->wordings_[language];
    wording.phrases = std::move(*phrases);
    const Library* const self = out.get();
    wording.writer = std::make_unique<contradictions::ReasonWriter>(
        wording.phrases, *out->tension_rules_,
        [self, language](const std::string& id) { return self->LabelOf(id, language); });
  }
  out->findings_ =
      std::make_unique<FindingsCache>(place.kb, out->rules_->folding(), *out->tension_rules_);
  return out;
}

const contradictions::ReasonWriter& Library::Reasons(const std::string& ui_language) const {
  const auto found = wordings_.find(ui_language);
  return *(found == wordings_.end() ? wordings_.find("en") : found)->second.writer;
}

std::string Library::LabelOf(const std::string& concept_id, const std::string& ui_language) const {
  return service::LabelOf(*rules_, concept_id, ui_language);
}

Result<std::unique_ptr<Lookout>> Lookout::Open(const Library& library) {
  std::unique_ptr<Lookout> out(new Lookout(library));
  auto reader = store::OpenReader(library.place().kb, store::Share::kAmongMany);
  if (!reader) return Pass(reader);
  out->reader_ = std::move(*reader);
  return out;
}

Result<Version> Lookout::Now() {
  // First, so that what is found meanwhile is looked at again.
  const std::int64_t findings = library_.findings().KnownGeneration();
  const auto stamp = reader_->Stamp();
  if (!stamp) return Pass(stamp);
  if (*stamp != stamp_) {
    const auto info = reader_->Info();
    if (!info) return Pass(info);
    const auto verdicts = reader_->LastReview();
    if (!verdicts) return Pass(verdicts);
    seen_.generation = info->generation;
    seen_.verdicts = *verdicts;
    stamp_ = *stamp;
  }
  seen_.findings = findings;
  return seen_;
}

Result<std::unique_ptr<Desk>> Desk::Open(Library& library) {
  std::unique_ptr<Desk> out(new Desk(library));
  auto searcher = Searcher::Open(library.place(), library.rules());
  if (!searcher) return Pass(searcher);
  out->searcher_ = std::move(*searcher);
  auto reader = store::OpenReader(library.place().kb, store::Share::kAmongMany);
  if (!reader) return Pass(reader);
  out->reader_ = std::move(*reader);
  return out;
}

Result<DidYouMean*> Desk::did_you_mean() {
  if (!did_you_mean_) {
    auto opened = DidYouMean::Open(library_.place(), *searcher_);
    if (!opened) return Pass(opened);
    did_you_mean_ = std::move(*opened);
  }
  return did_you_mean_.get();
}

std::shared_ptr<const Findings> Desk::FindingsAtHand() {
  constexpr std::uintmax_t kSmall = std::uintmax_t{32} << 20U;  // bytes of a file: a second
  std::error_code failed;
  const std::uintmax_t bytes = std::filesystem::file_size(library_.place().kb, failed);
  if (failed || bytes > kSmall) return library_.findings().Known();
  const auto now = FindingsNow();
  return now ? *now : nullptr;
}

Result<std::int64_t> Desk::Generation() {
  const auto stamp = reader_->Stamp();
  if (!stamp) return Pass(stamp);
  if (*stamp == generation_stamp_) return generation_;
  const auto info = reader_->Info();
  if (!info) return Pass(info);
  generation_ = info->generation;
  generation_stamp_ = *stamp;
  return generation_;
}

Result<std::shared_ptr<const Findings>> Desk::FindingsNow() {
  const auto stamp = reader_->Stamp();
  if (!stamp) return Pass(stamp);
  if (findings_ && *stamp == findings_stamp_) return findings_;
  auto found = library_.findings().Now(*reader_);
  if (!found) return found;
  const auto generation = Generation();
  if (!generation) return Pass(generation);
  // What is a little old is asked for again.
  findings_stamp_ = (*found)->generation == *generation ? *stamp : -1;
  findings_ = *found;
  return found;
}

Result<results::SearchResult> Desk::Search(results::SearchRequest request) {
  const auto generation = Generation();
  if (!generation) return Pass(generation);
  if (const auto known = library_.searches().Find(*generation, request)) return *known;
  const results::SearchRequest asked = request;
  if (const auto time = library_.query_time()) request.deadline = backend::Deadline::In(*time);
  auto result = SearchNow(request);
  if (!result) return result;
  library_.searches().Keep(*generation, asked,
                           std::make_shared<const results::SearchResult>(*result));
  return result;
}

Result<results::SearchResult> Desk::SearchNow(const results::SearchRequest& request) {
  auto result = engine().Search(request);
  if (!result) return result;
  const bool wanted = request.after.empty() && !request.free_text && !request.query.empty() &&
                      results::NeedsSuggestion({result->total, result->relaxed});
  if (!wanted) return result;
  const auto other = did_you_mean();
  if (!other) return Pass(other);
  const Status done = (*other)->Add(request, *result);
  if (!done && done.error().code != ErrorCode::kTimeout) return Pass(done);
  return result;
}

}  // namespace sakuin::service
