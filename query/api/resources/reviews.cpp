#include "indexer/store/reviews.h"

#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/finding_choice.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/decisions/review_lines.h"
#include "query/contradictions/decisions/verdicts.h"
#include "query/server/problem.h"
#include "query/service/id_choice.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;
using store::Review;

constexpr std::size_t kMostNote = 4000;
constexpr std::size_t kMostName = 200;
constexpr const char* kNobody = "api";  // who decides where the request names nobody

const std::vector<std::string> kColumns = {"at",   "target", "state", "reason",
                                           "note", "by",     "id",    "undoes"};

contradictions::Ground GroundOf(const service::Findings& now, service::Desk& desk) {
  return {*now.list, now.found, now.log, desk.library().rules()->thesaurus()};
}

// One page of `items`, whose cursor is a place in them: both lists only grow at their ends, or
// are short.
Response Page(const Request& request, const char* key, std::vector<ordered_json> items,
              const std::string& name, const std::vector<std::string>& columns) {
  const auto limit = ReadNumber(request.query, "limit", 100, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  std::size_t begin = 0;
  if (const std::string& after = request.query.Get("after"); !after.empty()) {
    const auto at = ReadNumber(request.query, "after", 0, 0, 999'999'999);
    if (!at) return server::Problem(422, "that is no cursor; `next` of an answer is one", "usage");
    begin = std::min(*at, items.size());
  }
  List list;
  list.head["total"] = items.size();
  list.key = key;
  const std::size_t end = std::min(items.size(), begin + *limit);
  if (end < items.size() && end > begin) list.next = std::to_string(end);
  for (std::size_t i = begin; i < end; ++i) list.items.push_back(std::move(items[i]));
  if (FormatOf(request) == "csv") list.csv = CsvOf(list.items, columns);
  return Answer(request, std::move(list), name);
}

Response Held(const Request& request, service::Desk& desk) {
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  std::vector<ordered_json> items;
  for (const auto& [review, state] : contradictions::HeldVerdicts(GroundOf(**now, desk))) {
    items.push_back(ordered_json::parse(contradictions::ReviewLine(*review)));
    items.back()["now"] = state;
  }
  std::vector<std::string> columns = kColumns;
  columns.back() = "now";
  return Page(request, "reviews", std::move(items), "reviews", columns);
}

Response Log(const Request& request, service::Desk& desk) {
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const std::string& target = request.query.Get("target");
  std::vector<ordered_json> items;
  for (const Review& review : (*now)->log) {
    if (!target.empty() && !contradictions::IsAbout(review, {target})) continue;
    items.push_back(ordered_json::parse(contradictions::ReviewLine(review)));
  }
  return Page(request, "log", std::move(items), "review-log", kColumns);
}

// The texts of a JSON object that has no other keys than these.
class Body {
 public:
  Body(const std::string& text, const std::vector<std::string>& keys) {
    object_ = ordered_json::parse(text, nullptr, false);
    if (!object_.is_object()) {
      problem_ = "the body is no JSON object";
      return;
    }
    for (const auto& [key, value] : object_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        problem_ = "the body has a key that is not known: " + key;
      } else if (!value.is_string()) {
        problem_ = key + " is a text";
      }
    }
  }

  // Control characters other than tab and newline are left out, as of parameters.
  std::string Get(const char* key, std::size_t most) {
    const auto found = object_.find(key);
    if (!problem_.empty() || found == object_.end()) return {};
    std::string value = found->get<std::string>();
    std::erase_if(value, [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f;
    });
    if (value.size() > most) {
      problem_ = std::string(key) + " has more than " + std::to_string(most) + " bytes";
    }
    return value;
  }
  const std::string& problem() const { return problem_; }

 private:
  ordered_json object_;
  std::string problem_;
};

Response WrongType() {
  return server::Problem(415, "the body is JSON: Content-Type: application/json", "media-type");
}

bool IsJson(const Request& request) {
  return request.Header("content-type").starts_with("application/json");
}

Response Added(const Review& entry, service::Desk& desk) {
  const auto added = store::AddReviews(desk.library().place().kb, {entry});
  if (!added) return server::Problem(added.error());
  Response out;
  out.status = 201;
  out.body = contradictions::ReviewLine(entry);
  out.Set("Cache-Control", "no-store");
  return out;
}

Response Decide(const Request& request, service::Desk& desk) {
  if (!IsJson(request)) return WrongType();
  Body body(request.body, {"target", "as", "reason", "note", "by"});
  const std::string target = body.Get("target", kMostName);
  contradictions::Opinion verdict{body.Get("as", kMostName), body.Get("reason", kMostName),
                                  body.Get("note", kMostNote), body.Get("by", kMostName)};
  if (!body.problem().empty()) return server::Problem(422, body.problem(), "bad-input");
  if (target.empty()) return server::Problem(422, "target is needed: a finding or pair", "usage");
  if (verdict.by.empty()) verdict.by = kNobody;
  if (const Status good = contradictions::CheckVerdict(verdict); !good) {
    return server::Problem(good.error());
  }
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const auto chosen = ChooseFinding(**now, target);
  if (!chosen) return server::Problem(chosen.error());
  const std::string& id = chosen->pair != nullptr ? chosen->pair->id : chosen->finding->id;
  return Added(contradictions::MakeReview(GroundOf(**now, desk), id, verdict), desk);
}

Response Undo(const Request& request, service::Desk& desk) {
  if (!IsJson(request)) return WrongType();
  Body body(request.body, {"target", "note", "by"});
  const std::string target = body.Get("target", kMostName);
  const std::string note = body.Get("note", kMostNote);
  const std::string by = body.Get("by", kMostName);
  if (!body.problem().empty()) return server::Problem(422, body.problem(), "bad-input");
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const Review* const last = contradictions::LastVerdict((*now)->log, target);
  if (last == nullptr) {
    return server::Problem(404, "no verdict on '" + target + "' holds", "not-found");
  }
  return Added(contradictions::MakeUndo((*now)->log, *last, note, by.empty() ? kNobody : by), desk);
}

}  // namespace

void AddReviews(Endpoints& endpoints) {
  constexpr const char* kPlace = "^[0-9]{0,9}$";
  Route held = MakeGet("/api/v1/reviews", "listReviews",
                       "The verdicts that hold, and whether what they are about still stands",
                       "ReviewList", Held);
  held.parameters = {Limit(100), After(kPlace), Fields(), Formats({"json", "jsonl", "csv"})};
  endpoints.Add(std::move(held), Depends::kOnVerdicts);
  Route log = MakeGet("/api/v1/reviews/log", "listReviewLog",
                      "Every entry, the oldest first; JSON Lines as `sakuin review --import` reads",
                      "ReviewLog", Log);
  log.parameters = {Text("target", "Only those about this finding or pair (id)"), Limit(100),
                    After(kPlace), Fields(), Formats({"json", "jsonl", "csv"})};
  endpoints.Add(std::move(log), Depends::kOnVerdicts);
  Route decide =
      MakeGet("/api/v1/reviews", "decide", "Decide on a finding or a pair", "Review", Decide);
  decide.method = "POST";
  decide.body = "ReviewRequest";
  endpoints.Add(std::move(decide), Depends::kOnNothing);
  Route undo =
      MakeGet("/api/v1/reviews/undo", "undoReview",
              "Take the last verdict on a target back, which is an entry too", "Review", Undo);
  undo.method = "POST";
  undo.body = "UndoRequest";
  endpoints.Add(std::move(undo), Depends::kOnNothing);
}

}  // namespace sakuin::api
