// Verdicts that a form sends, and their undoing.

#include "query/contradictions/decisions/states.h"
#include "query/contradictions/decisions/verdicts.h"
#include "query/server/problem.h"
#include "query/web/contradictions/finding_page.h"
#include "query/web/contradictions/parts.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

using contradictions::SelectedFinding;

// After a POST the browser asks for this by GET.
server::Response SeeOther(const Asked& asked, const std::string& path, const char* name,
                          const std::string& entry) {
  server::Parameters query = server::Parameters::Parse(asked.Query());
  query.Set(name, entry);
  server::Response out;
  out.status = 303;
  out.type = "text/html; charset=utf-8";
  out.Set("Location", path + "?" + query.Print());
  return out;
}

contradictions::Ground GroundOf(const View& view, const service::Findings& findings) {
  return {*findings.list, findings.found, findings.log, view.desk.library().rules()->thesaurus()};
}

// The next finding of the list that is still to be decided, from the beginning again at its end; ""
// where none is left.
std::string NextOpen(const View& view, const service::Findings& findings, Asked asked,
                     const std::string& from) {
  asked.state.clear();
  const auto list = Select(view, findings, asked);
  const auto at = findings.finding_of.find(from);
  const contradictions::Finding* const here =
      at == findings.finding_of.end() ? nullptr : &findings.found.findings[at->second];
  const SelectedFinding* first = nullptr;
  for (const SelectedFinding& one : list) {
    if (one.finding == here) continue;
    if (first == nullptr) first = &one;
    if (here == nullptr || one.finding > here) return one.finding->id;
  }
  return first == nullptr ? std::string() : first->finding->id;
}

// What is wrong with a verdict, in the page's language; "" where nothing is.
std::string ErrorOf(const View& view, const contradictions::Opinion& verdict) {
  if (verdict.note.size() > kMostNote || verdict.by.size() > kMostName) {
    return view.say("decide.error.long");
  }
  if (contradictions::CheckVerdict(verdict)) return {};
  return view.say(verdict.state == "false-positive" ? "decide.error.reason" : "decide.error.state");
}

server::Response Decide(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const server::Parameters form = server::Parameters::Parse(request.body);
  const Asked asked = Asked::Read(server::Parameters::Parse(form.Get("in")));
  const std::string& id = request.captured.at("id");
  contradictions::Opinion verdict{form.Get("as"), "", form.Get("note"), form.Get("by")};
  // A reason that was chosen for another verdict says nothing of this one.
  if (verdict.state == "false-positive") verdict.reason = form.Get("reason");
  const Draft draft{ErrorOf(view, verdict), form.Get("reason"), verdict.note, verdict.by};
  if (!draft.error.empty()) return FindingPage(view, id, asked, draft);

  const auto before = desk.FindingsNow();
  if (!before) return server::Problem(before.error());
  const service::Findings& findings = **before;
  const auto pair = findings.tension_of.find(id);
  const std::string finding =
      pair == findings.tension_of.end() ? id : findings.found.tensions[pair->second].cluster;
  if (!findings.finding_of.contains(finding)) {
    return FindingPage(view, id, asked, draft);  // which says so
  }
  if (verdict.by.empty()) verdict.by = "web";
  const store::Review entry = contradictions::MakeReview(GroundOf(view, findings), id, verdict);
  const auto added = store::AddReviews(desk.library().place().kb, {entry});
  if (!added) return server::Problem(added.error());
  const auto after = desk.FindingsNow();
  if (!after) return server::Problem(after.error());
  const std::string next = NextOpen(view, **after, asked, finding);
  server::Response out =
      SeeOther(asked, next.empty() ? "/contradictions" : FindingAddress(next), "done", entry.id);
  out.Set("Set-Cookie", "sakuin-by=" + server::Encode(form.Get("by")) +
                            "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict" +
                            (request.encrypted ? "; Secure" : ""));
  return out;
}

server::Response Undo(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const server::Parameters form = server::Parameters::Parse(request.body);
  const Asked asked = Asked::Read(server::Parameters::Parse(form.Get("in")));
  const std::string& id = request.captured.at("id");
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  const store::Review* const last = contradictions::LastVerdict((*findings)->log, id);
  if (last == nullptr) return server::Problem(404, "no verdict here holds any more", "not-found");
  const std::string name = RememberedName(request);
  const store::Review entry =
      contradictions::MakeUndo((*findings)->log, *last, "", name.empty() ? "web" : name);
  const auto added = store::AddReviews(desk.library().place().kb, {entry});
  if (!added) return server::Problem(added.error());
  const bool is_there =
      (*findings)->finding_of.contains(id) || (*findings)->tension_of.contains(id);
  return SeeOther(asked, is_there ? FindingAddress(id) : "/contradictions", "undone", entry.id);
}

}  // namespace

void AddVerdicts(server::Site& site, const Web& web) {
  const char* const form = "application/x-www-form-urlencoded";
  site.router().Add({"POST",
                     "/contradictions/{id}/decide",
                     "decidePage",
                     "A verdict from the page's form",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return Decide(request, desk, web);
                     },
                     form});
  site.router().Add({"POST",
                     "/contradictions/{id}/undo",
                     "undoPage",
                     "Takes the last verdict back",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return Undo(request, desk, web);
                     },
                     form});
}

}  // namespace sakuin::web
