#include <fmt/format.h>

#include <algorithm>

#include "query/app/commands/commands.h"
#include "query/app/topics.h"
#include "query/plan/concept_finder.h"
#include "query/plan/spelling/readings.h"
#include "query/results/to_csv.h"
#include "query/results/to_json.h"
#include "query/service/did_you_mean.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

using plan::FilterField;
using results::Hit;
using results::SearchRequest;
using results::SearchResult;

std::string JoinPath(const model::Section& section) {
  std::string out;
  for (const std::string& step : section.path) out += (out.empty() ? "" : " > ") + step;
  return out;
}

class Search : public Command {
 public:
  const char* Name() const override { return "search"; }
  const char* Summary() const override { return "Find sections"; }
  const char* Examples() const override {
    return "  sakuin search calf cramp                 both words, in any of the languages\n"
           "  sakuin search '\"exact phrase\" -without' -- also OR, prefix*, NEAR/5, title:, "
           "heading:\n"
           "  sakuin search --language ja --aspect exercise knee\n"
           "  sakuin search --condition baker-cyst --json aspirate\n"
           "  sakuin search --topics topics.tsv --format trec --limit 100\n";
  }
  void Define(Options& app) override;
  int Run(const Context& context) override;

 private:
  Result<SearchResult> Find(const Context& context, service::Searcher& searcher);
  int RunTopics(const Context& context, results::Engine& engine);
  void PrintRun(const std::string& topic, const SearchResult& result) const;
  void PrintText(const Context& context, const SearchResult& result) const;
  static void PrintFacets(const Context& context, const thesaurus::AspectNames& aspects,
                          const SearchResult& result);
  void PrintHit(const Context& context, const Hit& hit) const;
  static void PrintAlsoAt(const Hit& hit);

  std::vector<std::string> words_;
  std::vector<std::string> languages_;
  std::vector<std::string> conditions_;
  std::vector<std::string> aspects_;
  std::vector<std::string> sites_;
  std::vector<std::string> published_;
  std::string by_ = "section";
  std::string sort_ = "relevance";
  std::string format_ = "text";
  std::string topics_;
  bool json_ = false;
  bool no_expand_ = false;
  bool readings_ = false;
  SearchRequest request_;
};

void Search::Define(Options& app) {
  app.Add("QUERY", words_, "Words of the query; several are one query");
  app.Add("--language", languages_, "Only sections in this language; zh is both scripts")
      .Repeated();
  app.Add("--condition", conditions_, "Only about this condition (id or label)").Repeated();
  app.Add("--aspect", aspects_, "Only this aspect, such as self-care").Repeated();
  app.Add("--site", sites_, "Only from this site").Repeated();
  app.Add("--published", published_, "Only published in FROM..TO, such as 2024..2025-06")
      .Repeated();
  app.Add("--by", by_, "A hit is a section or a document").OneOf({"section", "document"});
  app.Add("--limit", request_.limit, "Hits to show").Between(0, 1000);
  app.Add("--after", request_.after, "Go on behind this cursor: `next` of an earlier answer");
  app.Flag("--no-expand", no_expand_, "No other names of the concepts in the query; every copy");
  app.Flag("--exact", request_.exact, "As typed: no folding, no expansion; every copy");
  app.Flag("--readings", readings_, "Words may be pinyin or romaji of a name: guowo nangzhong");
  app.Flag("--duplicates", request_.duplicates,
           "Every copy of a reposted article, not the best one only");
  app.Flag("--explain", request_.explain, "Say how each hit was weighed");
  app.Add("--sort", sort_, "Order: date is newest first").OneOf({"relevance", "date", "title"});
  app.Add("--format", format_, "text, json, jsonl, csv or trec")
      .OneOf({"text", "json", "jsonl", "csv", "trec"});
  app.Flag("--json", json_, "The same as --format json");
  app.Add("--topics", topics_, "File of QID<TAB>QUERY lines, each searched as free text");
}

int Search::Run(const Context& context) {
  if (json_) format_ = "json";
  const bool filtered = !conditions_.empty() || !aspects_.empty() || !languages_.empty() ||
                        !sites_.empty() || !published_.empty();
  if (topics_.empty() && words_.empty() && !filtered) {
    return Complain({ErrorCode::kUsage, "search wants a query, such as `sakuin search knee`", {}});
  }
  for (const std::string& word : words_) {
    request_.query += (request_.query.empty() ? "" : " ") + word;
  }
  const std::pair<FilterField, const std::vector<std::string>*> filters[] = {
      {FilterField::kLanguage, &languages_},
      {FilterField::kCondition, &conditions_},
      {FilterField::kAspect, &aspects_},
      {FilterField::kSite, &sites_},
      {FilterField::kPublished, &published_}};
  for (const auto& [field, values] : filters) {
    if (!values->empty()) request_.filters.push_back({field, *values});
  }
  // Judges of a run know ids: every copy is an answer of its own.
  if (format_ == "trec") request_.duplicates = true;
  request_.by_document = by_ == "document";
  request_.sort = sort_ == "date"    ? results::Sort::kDate
                  : sort_ == "title" ? results::Sort::kTitle
                                     : results::Sort::kRelevance;
  request_.ui_language = context.ui_language;
  request_.expand = !no_expand_ && !request_.exact;
  request_.facets = format_ == "json" || format_ == "text";
  request_.snippets = format_ != "trec";
  auto searcher = service::Searcher::Open(context);
  if (!searcher) return Complain(searcher.error());
  if (!topics_.empty()) return RunTopics(context, (*searcher)->engine());
  if (format_ == "trec") request_.free_text = true;
  const auto result = Find(context, **searcher);
  if (!result) return Complain(result.error());
  for (const std::string& note : result->notes) Warn(context, "query: " + note);
  if (format_ == "json") {
    const results::FacetNames names{context.ui_language, (*searcher)->plan_context().aspect_names};
    Out(results::ToJson(*result, names) + "\n");
  } else if (format_ == "jsonl") {
    for (const Hit& hit : result->hits) Out(results::ToJson(hit) + "\n");
  } else if (format_ == "csv") {
    Out(results::ToCsv(*result));
  } else if (format_ == "trec") {
    PrintRun("1", *result);
  } else {
    PrintText(context, *result);
    PrintFacets(context, *(*searcher)->plan_context().aspect_names, *result);
    if (!result->next.empty()) Out("more: --after " + result->next + "\n");
  }
  return result->total > 0 ? kDone : kSomething;
}

// Asks again where the query is in pinyin or romaji, or may be mistyped.
Result<SearchResult> Search::Find(const Context& context, service::Searcher& searcher) {
  std::unique_ptr<service::DidYouMean> other;
  const std::string typed = request_.query;
  if (readings_) {
    auto opened = service::DidYouMean::Open(context, searcher);
    if (!opened) return Pass(opened);
    other = std::move(*opened);
    request_.query = plan::ReadAsNames(typed, other->spellings(), *searcher.plan_context().folding);
  }
  auto result = searcher.engine().Search(request_);
  if (!result) return result;
  result->query = typed;
  const bool wanted = request_.after.empty() && !request_.free_text && !typed.empty() &&
                      results::NeedsSuggestion({result->total, result->relaxed});
  if (!wanted) return result;
  if (other == nullptr) {
    auto opened = service::DidYouMean::Open(context, searcher);
    if (!opened) return Pass(opened);
    other = std::move(*opened);
  }
  if (const Status done = other->Add(request_, *result); !done) return Pass(done);
  return result;
}

int Search::RunTopics(const Context& context, results::Engine& engine) {
  if (format_ != "trec") {
    return Complain({ErrorCode::kUsage, "--topics goes with --format trec", {}});
  }
  const auto topics = ReadTopics(topics_);
  if (!topics) return Complain(topics.error());
  bool any = false;
  const int status = app::RunTopics(context, engine, *topics, request_,
                                    [&](const Topic& topic, const SearchResult& result) {
                                      any = any || !result.hits.empty();
                                      PrintRun(topic.id, result);
                                    });
  if (status != kDone) return status;
  return any ? kDone : kSomething;
}

void Search::PrintRun(const std::string& topic, const SearchResult& result) const {
  for (const Hit& hit : result.hits) {
    Out(fmt::format("{} Q0 {} {} {:.6f} sakuin\n", topic, RunId(request_, hit), hit.rank,
                    hit.score));
  }
}

void Search::PrintHit(const Context& context, const Hit& hit) const {
  const bool color = WantsColor(context.color);
  const backend::HitRecord& r = hit.record;
  const std::string language = r.section.language.empty() ? r.language : r.section.language;
  const std::string strong = color ? "\033[1m" : "";
  const std::string plain = color ? "\033[0m" : "";
  Out(fmt::format("{:>3}. {}{}{}\n", hit.rank, strong, Printable(JoinPath(r.section)), plain));
  std::string about = language + "  " + r.section.Id(r.document_id);
  if (!r.site.empty()) about += "  " + r.site;
  if (!r.published.empty()) about += "  " + r.published.substr(0, 10);
  Out("     " + Printable(about) + "\n");
  std::string snippet = Highlighted(hit.snippet.text, hit.snippet.highlights, color);
  for (std::size_t at = 0; (at = snippet.find('\n', at)) != std::string::npos; at += 6) {
    snippet.replace(at, 1, "\n     ");
  }
  if (!snippet.empty()) Out("     " + snippet + "\n");
  if (hit.further > 0) {
    std::string more =
        fmt::format("     and {} more section{}:", hit.further, hit.further == 1 ? "" : "s");
    for (const std::string& id : hit.further_sections) more += " " + id;
    Out(Printable(more) + (hit.further > hit.further_sections.size() ? " ..." : "") + "\n");
  }
  PrintAlsoAt(hit);
  std::string why;
  for (const results::Reason& reason : hit.reasons) {
    if (reason.kind == "literal") continue;
    why += (why.empty() ? "" : "; ") + reason.typed + " -> ";
    if (reason.kind == "label") {
      why += reason.found + " (" + reason.concept_id + ", " + reason.language + ")";
    } else if (reason.kind == "variant") {
      why += reason.found + " (variant)";
    } else {  // by the section's tag
      why += reason.found.empty() ? "about " + reason.label + " (" + reason.concept_id + ")"
                                  : reason.found + " (describes " + reason.concept_id + ")";
    }
  }
  std::string without;
  for (const std::string& word : hit.missing) without += (without.empty() ? "" : ", ") + word;
  if (!without.empty()) Out("     without: " + Printable(without) + "\n");
  if (!why.empty()) Out("     why: " + FitWidth(Printable(why), 160, false) + "\n");
  if (!hit.tier.empty()) {
    Out(fmt::format("       score {:.4f} = {:.4f} ({})", hit.score, hit.tier_score, hit.tier));
    for (const results::ScorePart& part : hit.parts) {
      Out(fmt::format("\n         + {:.4f} {} {} (weight {:.3f}, frequency {:g})", part.adds,
                      part.kind, Printable(part.typed), part.term_weight, part.frequency));
    }
    Out("\n");
  }
}

void Search::PrintAlsoAt(const Hit& hit) {
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < hit.also_at.size() && i < kShown; ++i) {
    const model::Duplicate& other = hit.also_at[i].document;
    Out("     also at " + Printable(other.uri + " (" + other.id + ")") + "\n");
  }
  if (hit.also_at.size() > kShown) {
    Out(fmt::format("     and {} more\n", hit.also_at.size() - kShown));
  }
}

void Search::PrintText(const Context& context, const SearchResult& result) const {
  for (const Hit& hit : result.hits) {
    PrintHit(context, hit);
    Out("\n");
  }
  std::string line = result.total == 0 ? "no section matches"
                                       : fmt::format("{} {}{} found", result.total, by_,
                                                     result.total == 1 ? "" : "s");
  if (result.folded > 0) {
    line += fmt::format(", {} more in duplicates (--duplicates shows them)", result.folded);
  }
  if (result.relaxed && result.strict == 0) line += ", some words left out";
  if (result.strict > 0) {
    line += fmt::format(", {} with every word, then those with some words left out", result.strict);
  }
  if (!result.expanded.empty()) {
    line += "; also searched: ";
    constexpr std::size_t kShown = 6;
    for (std::size_t i = 0; i < result.expanded.size() && i < kShown; ++i) {
      line += (i > 0 ? ", " : "") + result.expanded[i];
    }
    if (result.expanded.size() > kShown) {
      line += fmt::format(" and {} more", result.expanded.size() - kShown);
    }
  }
  Out(line + "\n");
  if (!result.suggestion.empty()) Out("did you mean: " + Printable(result.suggestion) + "\n");
}

void Search::PrintFacets(const Context& context, const thesaurus::AspectNames& aspects,
                         const SearchResult& result) {
  const auto print = [](const char* title,
                        std::vector<std::pair<std::int64_t, std::string>> counts) {
    constexpr std::size_t kShown = 8;
    std::stable_sort(counts.begin(), counts.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string line;
    for (std::size_t i = 0; i < counts.size() && i < kShown; ++i) {
      line += fmt::format("  {} {}", counts[i].second, counts[i].first);
    }
    if (counts.size() > kShown) line += fmt::format("  and {} more", counts.size() - kShown);
    if (!counts.empty()) Out(title + Printable(line) + "\n");
  };
  std::vector<std::pair<std::int64_t, std::string>> counts;
  for (const char* facet : {"language", "aspect"}) {
    const auto found = result.facets.find(facet);
    counts.clear();
    if (found == result.facets.end()) continue;
    for (const auto& [value, count] : found->second) {
      counts.emplace_back(count, aspects.NameIn(value, context.ui_language));
    }
    if (facet == std::string_view("language")) {
      print("by language:", std::move(counts));
      counts.clear();
      for (const results::FacetConcept& one : result.conditions) {
        if (one.own == 0) continue;
        counts.emplace_back(one.own, plan::LabelIn(*one.concept_ptr, context.ui_language));
      }
      print("by condition:", std::move(counts));
    } else {
      print("by aspect:", std::move(counts));
    }
  }
}

}  // namespace

std::unique_ptr<Command> MakeSearch() { return std::make_unique<Search>(); }

}  // namespace sakuin::app
