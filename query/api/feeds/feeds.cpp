#include "query/api/feeds/feeds.h"

#include <algorithm>

#include "query/api/answers/links.h"
#include "query/api/answers/parameters.h"
#include "query/api/feeds/atom.h"
#include "query/api/resources/finding_choice.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/reasons/reason.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using contradictions::Tension;
using server::Request;
using server::Response;
using server::Route;

Response AsAtom(const AtomFeed& feed) {
  Response out;
  out.type = "application/atom+xml; charset=utf-8";
  out.body = PrintAtom(feed);
  return out;
}

AtomFeed FeedOf(const Request& request, const std::string& version) {
  AtomFeed out;
  out.version = version;
  const std::string query = request.query.Print();
  const std::string path = request.path + (query.empty() ? "" : "?" + query);
  out.self = BaseOf(request) + path;
  // Where it was asked for from is no part of what it is.
  out.id = "urn:sakuin:feed:" + server::Encode(path);
  return out;
}

AtomEntry EntryOf(const results::Hit& hit, const std::string& base) {
  const backend::HitRecord& r = hit.record;
  AtomEntry out;
  const std::string id = r.section.Id(r.document_id);
  out.id = "urn:sakuin:section:" + server::Encode(id);
  out.title = r.title;
  if (r.section.number > 0) out.title += (r.title.empty() ? "" : " - ") + r.section.heading;
  out.updated = AtomDate(r.published);
  out.link = base + SectionPage(id);
  out.language = r.section.language.empty() ? r.language : r.section.language;
  out.author = r.author.empty() ? r.site : r.author;
  out.summary = hit.snippet.text;
  return out;
}

Response SearchFeed(const Request& request, service::Desk& desk, const std::string& version) {
  auto asked = ReadSearchRequest(request.query, UiLanguage(request.query));
  if (!asked) return server::Problem(asked.error());
  if (!request.query.Has("limit")) asked->limit = 50;
  asked->sort = results::Sort::kDate;
  asked->facets = false;
  if (const Status known = CheckFilters(*asked, desk); !known) {
    return server::Problem(known.error());
  }
  const auto result = desk.Search(*asked);
  if (!result) return server::Problem(result.error());
  AtomFeed feed = FeedOf(request, version);
  feed.title = "Sakuin: " + asked->query;
  feed.page = BaseOf(request) + SearchPage(asked->query);
  for (const results::Hit& hit : result->hits) {
    feed.entries.push_back(EntryOf(hit, BaseOf(request)));
  }
  return AsAtom(feed);
}

std::string Quoted(const store::AdviceRecord& record) {
  return record.title + " (" + record.uri + "): \"" + record.quote + "\"";
}

AtomEntry EntryOf(const service::Findings& now, const contradictions::SelectedFinding& finding,
                  const contradictions::ReasonWriter& writer, const std::string& base) {
  const Tension& top = *finding.tensions.front();
  const store::AdviceRecord& a = now.RecordA(top);
  const store::AdviceRecord& b = now.RecordB(top);
  AtomEntry out;
  out.id = "urn:sakuin:finding:" + finding.finding->id;
  out.title = writer.Subject(*finding.finding, top);
  if (!top.condition.empty()) out.title += " / " + writer.Label(top.condition);
  out.title += std::string(" (") +
               std::string(contradictions::kSeverities[static_cast<std::size_t>(top.severity)]) +
               ")";
  // As old as the newer of the two articles; a verdict is younger.
  out.updated = std::max(AtomDate(a.published), AtomDate(b.published));
  if (top.decided)
    out.updated = std::max(out.updated, AtomDate(top.decided->at.substr(0, 19) + "Z"));
  out.link = base + FindingPage(finding.finding->id);
  out.summary = writer.Write(top, a, b).Text() + "\n\n" + Quoted(a) + "\n\n" + Quoted(b);
  return out;
}

Response FindingFeed(const Request& request, service::Desk& desk, const std::string& version) {
  const auto filter = ReadFindingFilter(request.query, desk);
  if (!filter) return server::Problem(filter.error());
  const auto limit = ReadNumber(request.query, "limit", 50, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const auto selected =
      contradictions::SelectFindings((*now)->found, (*now)->list->witnesses, *filter);
  const std::string language = UiLanguage(request.query);
  const auto& writer = desk.library().Reasons(language);
  AtomFeed feed = FeedOf(request, version);
  feed.title = "Sakuin: contradictions";
  feed.page = BaseOf(request) + "/contradictions";
  for (const auto& finding : selected) {
    feed.entries.push_back(EntryOf(**now, finding, writer, BaseOf(request)));
    feed.entries.back().language = language;
  }
  // The newest first; of one moment, the more serious.
  std::stable_sort(feed.entries.begin(), feed.entries.end(),
                   [](const AtomEntry& x, const AtomEntry& y) { return x.updated > y.updated; });
  if (feed.entries.size() > *limit) feed.entries.resize(*limit);
  return AsAtom(feed);
}

// https://github.com/dewitt/opensearch: what a browser needs to have this as a search engine.
Response BrowserSearch(const Request& request, service::Desk&) {
  const std::string base = XmlText(BaseOf(request));
  Response out;
  out.type = "application/opensearchdescription+xml; charset=utf-8";
  out.body =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
      "<ShortName>Sakuin</ShortName>\n"
      "<Description>Health articles by section</Description>\n"
      "<InputEncoding>UTF-8</InputEncoding>\n";
  const auto add = [&](const char* type, const char* relation, const char* path) {
    out.body += std::string("<Url type=\"") + type + "\" rel=\"" + relation +
                "\" method=\"get\" template=\"" + base + path + "\"/>\n";
  };
  add("text/html", "results", "/?q={searchTerms}");
  add("application/x-suggestions+json", "suggestions",
      "/api/v1/suggest?format=opensearch&amp;q={searchTerms}");
  add("application/atom+xml", "collection", "/feed/search?q={searchTerms}");
  add("application/opensearchdescription+xml", "self", "/opensearch.xml");
  out.body += "</OpenSearchDescription>\n";
  return out;
}

}  // namespace

void AddFeeds(Endpoints& endpoints) {
  const std::string version = endpoints.version();
  Route search =
      MakeGet("/feed/search", "feedSearch", "Atom: what a query finds, the newest first",
              "application/atom+xml", [version](const Request& request, service::Desk& desk) {
                return SearchFeed(request, desk, version);
              });
  search.parameters = SearchFilterParameters();
  search.parameters.insert(search.parameters.begin(), Text("q", "Query, as of /api/v1/search"));
  search.parameters.insert(search.parameters.end(), {Limit(50), UiLanguages()});
  endpoints.Add(std::move(search), Depends::kOnIndex);

  Route findings =
      MakeGet("/feed/contradictions", "feedContradictions",
              "Atom: findings that are to be looked at, the newest articles' first",
              "application/atom+xml", [version](const Request& request, service::Desk& desk) {
                return FindingFeed(request, desk, version);
              });
  findings.parameters = FindingParameters();
  findings.parameters.insert(findings.parameters.end(), {Limit(50), UiLanguages()});
  endpoints.Add(std::move(findings), Depends::kOnVerdicts);

  endpoints.Add(MakeGet("/opensearch.xml", "describeSearch",
                        "The search for browsers, with suggestions: an OpenSearch description",
                        "application/opensearchdescription+xml", BrowserSearch),
                Depends::kOnNothing);
}

}  // namespace sakuin::api
