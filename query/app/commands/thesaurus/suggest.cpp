#include "query/app/commands/thesaurus/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/json_text.h"
#include "indexer/model/language.h"
#include "indexer/store/open.h"
#include "query/app/summary.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

using json = nlohmann::ordered_json;
using thesaurus::MinedTerm;

// The sections of all documents, those in one of the languages, one after another.
using Take = std::function<Status(const std::string& language, const std::string& text,
                                  const std::string& id, std::size_t document)>;

Status ForSections(const Context& context, store::IndexReader& reader,
                   const std::vector<store::DocumentSummary>& documents,
                   const std::vector<std::string>& languages, const std::string& verb,
                   const Take& take) {
  Progress progress(context, verb);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (context.stop->load()) return {};
    const auto document = reader.ReadDocument(documents[i].id);
    if (!document) return Pass(document);
    for (const model::Section& section : document->sections) {
      const std::string& language =
          section.language.empty() ? document->language : section.language;
      const bool wanted =
          languages.empty() ||
          std::any_of(languages.begin(), languages.end(), [&](const std::string& one) {
            return model::LanguageMatches(one, language);
          });
      if (!wanted) continue;
      // The heading is a line of its own: nothing crosses a newline.
      const std::string text = section.heading + "\n" + section.text;
      bytes += text.size();
      if (const Status done = take(language, text, section.Id(document->id), i); !done) return done;
    }
    progress.Show({i + 1, i + 1, documents.size(), bytes, 0});
  }
  return {};
}

// An id to begin with: of Latin letters the term itself, else a short digest; the editor changes
// it.
std::string NewId(const MinedTerm& term) {
  std::string out;
  for (const char c : term.text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (!kept && static_cast<unsigned char>(c) >= 0x80)
      return "new-" + Digest(term.text).substr(0, 8);
    if (!kept && !out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "new-" + Digest(term.text).substr(0, 8) : out;
}

// A concept wants one; the editor changes it.
std::string SchemeOf(const MinedTerm& term) {
  return term.scheme.empty() ? "conditions" : term.scheme;
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  return text;
}

std::string Note(const MinedTerm& term) {
  return fmt::format("Suggested: {} places in {} documents, such as {}: {}{}{}", term.count,
                     term.documents, term.section, term.before, term.text, term.after);
}

std::string Xml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {  // others are not allowed in XML
      out += c;
    }
  }
  return out;
}

void PrintRdf(const std::vector<MinedTerm>& terms) {
  constexpr const char* kAddress = "https://sakuin.example.org/";
  Out("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n");
  for (const MinedTerm& term : terms) {
    const std::string id = NewId(term);
    Out(
        fmt::format("\n  <skos:Concept rdf:about=\"{0}concept/{1}\">\n"
                    "    <skos:notation>{1}</skos:notation>\n"
                    "    <skos:inScheme rdf:resource=\"{0}scheme/{2}\"/>\n"
                    "    <skos:prefLabel xml:lang=\"{3}\">{4}</skos:prefLabel>\n",
                    kAddress, id, SchemeOf(term), term.language, Xml(term.text)));
    if (!term.broader.empty()) {
      Out(fmt::format("    <skos:broader rdf:resource=\"{}concept/{}\"/>\n", kAddress,
                      Xml(term.broader)));
    }
    Out("    <skos:scopeNote xml:lang=\"en\">" + Xml(Note(term)) +
        "</skos:scopeNote>\n  </skos:Concept>\n");
  }
  Out("\n</rdf:RDF>\n");
}

void PrintTsv(const std::vector<MinedTerm>& terms) {
  Out("id\tscheme\tzh-Hans\tzh-Hant\tja\ten\tbroader\trelated\tnote\n");
  for (const MinedTerm& term : terms) {
    std::string labels;
    for (const std::string_view language : model::kLanguages) {
      labels += (term.language == language ? OneLine(term.text) : "") + "\t";
    }
    Out(NewId(term) + "\t" + SchemeOf(term) + "\t" + labels + term.broader + "\t\t" +
        OneLine(Note(term)) + "\n");
  }
}

std::string CsvField(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

void PrintCsv(const std::vector<MinedTerm>& terms) {
  Out("term,language,score,count,documents,scheme,broader,section,before,after\n");
  for (const MinedTerm& t : terms) {
    Out(fmt::format("{},{},{:.3f},{},{},{},{},{},{},{}\n", CsvField(t.text), t.language, t.score,
                    t.count, t.documents, t.scheme, t.broader, CsvField(t.section),
                    CsvField(t.before), CsvField(t.after)));
  }
}

void PrintJson(const std::vector<MinedTerm>& terms) {
  json out = json::array();
  for (const MinedTerm& t : terms) {
    json one{{"term", t.text},
             {"language", t.language},
             {"score", t.score},
             {"count", t.count},
             {"documents", t.documents}};
    if (!t.scheme.empty()) one["scheme"] = t.scheme;
    if (!t.broader.empty()) one["broader"] = t.broader;
    one["section"] = t.section;
    one["context"] = {{"before", t.before}, {"after", t.after}};
    out.push_back(std::move(one));
  }
  Out(JsonText(out) + "\n");
}

}  // namespace

void SuggestTerms::Define(Options& thesaurus) {
  app_ = thesaurus.AddCommand("suggest", "Frequent terms of your articles that no concept has");
  app_.Add("--language", languages_, "Only of sections in this language").Repeated();
  app_.Add("--limit", options_.limit, "Terms to show").Between(1, 10000);
  app_.Add("--min-count", options_.min_count, "Only terms that stand this often")
      .Between(1, 1000000);
  app_.Add("--format", format_, "text, json, csv, tsv or rdf (both for thesaurus import)")
      .OneOf({"text", "json", "csv", "tsv", "rdf"});
  app_.Flag("--json", json_, "The same as --format json");
}

bool SuggestTerms::Parsed() const { return app_.IsGiven(); }

Result<std::vector<MinedTerm>> SuggestTerms::Mine(const Context& context) {
  const auto rules = service::LoadRules(context);
  if (!rules) return Pass(rules);
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  const auto reader = store::OpenReader(context.kb);
  if (!reader) return Pass(reader);
  const auto documents = (*reader)->ListDocuments();
  if (!documents) return Pass(documents);
  auto analyzer = (*rules)->MakeAnalyzer();
  if (!analyzer) return Pass(analyzer);
  auto miner = thesaurus::TermMiner::Create(*folder, (*rules)->folding(), (*rules)->thesaurus(),
                                            (*rules)->matcher(), *analyzer, options_);
  if (!miner) return Pass(miner);
  Status done =
      ForSections(context, **reader, *documents, languages_, "counted",
                  [&](const std::string& language, const std::string& text, const std::string&,
                      std::size_t) { return miner->Count(language, text); });
  if (done) {
    done = ForSections(
        context, **reader, *documents, languages_, "collected",
        [&](const std::string& language, const std::string& text, const std::string& id,
            std::size_t document) { return miner->Collect(language, text, id, document); });
  }
  if (!done) return Pass(done);
  if (miner->PossiblyMissed() >= options_.min_count) {
    Warn(context, fmt::format("so many different terms that some of at most {} places may be "
                              "missing; --language takes one language at a time",
                              miner->PossiblyMissed()));
  }
  std::vector<MinedTerm> out = miner->Best();
  if (out.size() > options_.limit) out.resize(options_.limit);
  return out;
}

void SuggestTerms::PrintText(const std::vector<MinedTerm>& terms) const {
  for (const MinedTerm& t : terms) {
    Out(fmt::format("{:>8.1f} {:>5} in {:<4} {:<8}{}{}\n", t.score, t.count, t.documents,
                    t.language, FitWidth(Printable(t.text), 24, true),
                    t.broader.empty() ? t.scheme : "under " + t.broader));
    Out("         " + Printable(t.section) + "  " + Printable(OneLine(t.before)) + "[" +
        Printable(t.text) + "]" + Printable(OneLine(t.after)) + "\n");
  }
  if (terms.empty()) Out("no frequent term is without a concept\n");
}

int SuggestTerms::Run(const Context& context) {
  if (json_) format_ = "json";
  const auto terms = Mine(context);
  if (!terms) return Complain(terms.error());
  if (context.stop->load()) return kInterrupted;
  if (format_ == "json") PrintJson(*terms);
  if (format_ == "csv") PrintCsv(*terms);
  if (format_ == "tsv") PrintTsv(*terms);
  if (format_ == "rdf") PrintRdf(*terms);
  if (format_ == "text") PrintText(*terms);
  return terms->empty() ? kSomething : kDone;
}

}  // namespace sakuin::app
