#include "query/contradictions/decisions/review_lines.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"
#include "indexer/base/utf8.h"
#include "query/contradictions/decisions/moment.h"
#include "query/contradictions/decisions/states.h"

namespace sakuin::contradictions {
namespace {

using nlohmann::ordered_json;
using store::Review;
using store::ReviewedPair;
using store::ReviewedSide;

std::string Line(const ordered_json& object) { return JsonText(object) + "\n"; }

ordered_json SideObject(const ReviewedSide& side) {
  return {{"document", side.document},
          {"section", side.section},
          {"quote", side.quote},
          {"quote_key", side.quote_key}};
}

ordered_json PairObject(const ReviewedPair& pair) {
  ordered_json out{{"id", pair.tension}, {"kind", pair.kind}, {"action", pair.action}};
  if (!pair.condition.empty()) out["condition"] = pair.condition;
  out["a"] = SideObject(pair.a);
  out["b"] = SideObject(pair.b);
  return out;
}

// Reads the keys of one object; says of the first that is missing or of another type what it is.
class Fields {
 public:
  explicit Fields(const ordered_json& object) : object_(object) {
    if (!object.is_object()) problem_ = "is no JSON object";
  }
  std::string Text(const char* key, bool required = true) {
    if (!problem_.empty()) return {};
    const auto found = object_.find(key);
    if (found != object_.end() && found->is_string()) return found->get<std::string>();
    if (required || found != object_.end()) problem_ = std::string("has no text \"") + key + "\"";
    return {};
  }
  const ordered_json& Part(const char* key) {
    static const ordered_json kNone;
    if (!problem_.empty()) return kNone;
    const auto found = object_.find(key);
    return found == object_.end() ? kNone : *found;
  }
  void Fail(const std::string& problem) {
    if (problem_.empty()) problem_ = problem;
  }
  const std::string& problem() const { return problem_; }

 private:
  const ordered_json& object_;
  std::string problem_;
};

ReviewedSide ReadSide(const ordered_json& object, std::string& problem) {
  Fields fields(object);
  ReviewedSide out{fields.Text("document"), fields.Text("section"), fields.Text("quote"),
                   fields.Text("quote_key")};
  if (problem.empty()) problem = fields.problem();
  return out;
}

ReviewedPair ReadPair(const ordered_json& object, std::string& problem) {
  Fields fields(object);
  ReviewedPair out{fields.Text("id"),
                   fields.Text("kind"),
                   fields.Text("action"),
                   fields.Text("condition", false),
                   {},
                   {}};
  problem = fields.problem();
  if (!problem.empty()) return out;
  out.a = ReadSide(fields.Part("a"), problem);
  out.b = ReadSide(fields.Part("b"), problem);
  return out;
}

void CheckState(const Review& review, Fields& fields) {
  const auto& states = store::kReviewStates;
  const bool undo = review.state == store::kUndo;
  if (!undo && std::find(states.begin(), states.end(), review.state) == states.end()) {
    fields.Fail("'" + review.state + "' is no state");
  }
  if (undo == review.undoes.empty()) fields.Fail("\"undoes\" belongs to the state undo alone");
  const bool reason = review.reason.size() == 2 && review.reason[0] == 'N' &&
                      review.reason[1] >= '1' && review.reason[1] <= '8';
  if (!review.reason.empty() && !reason) fields.Fail("'" + review.reason + "' is none of N1 to N8");
  if (review.state == "false-positive" && !reason) fields.Fail("false-positive needs a \"reason\"");
}

void ReadQuotes(const ordered_json& list, std::vector<std::string>& out, std::string& problem) {
  const bool known = list.is_null() || list.is_array();
  if (!known && problem.empty()) problem = "\"quotes\" is no list";
  for (std::size_t i = 0; problem.empty() && i < list.size(); ++i) {
    if (list[i].is_string()) {
      out.push_back(list[i].get<std::string>());
    } else {
      problem = "\"quotes\" holds something that is no text";
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

Review ReadEntry(const ordered_json& object, std::string& problem) {
  Fields fields(object);
  Review out;
  const std::string id = fields.Text("id", false);
  out.target = fields.Text("target");
  out.state = fields.Text("state");
  out.reason = fields.Text("reason", false);
  out.note = fields.Text("note", false);
  out.by = fields.Text("by");
  const std::string at = fields.Text("at");
  out.undoes = fields.Text("undoes", false);
  if (fields.problem().empty()) CheckState(out, fields);
  const auto moment = ReadMoment(at);
  if (moment) {
    out.at = Print(*moment);
  } else {
    fields.Fail("\"at\" is no time such as 2026-11-29T08:05:00Z");
  }
  const ordered_json& pairs = fields.Part("pairs");
  if (!pairs.is_null() && !pairs.is_array()) fields.Fail("\"pairs\" is no list");
  problem = fields.problem();
  for (std::size_t i = 0; problem.empty() && i < pairs.size(); ++i) {
    out.pairs.push_back(ReadPair(pairs[i], problem));
  }
  ReadQuotes(fields.Part("quotes"), out.quotes, problem);
  out.id = store::ReviewId(out);
  if (problem.empty() && !id.empty() && id != out.id) {
    problem = "its id does not belong to what it says: somebody edited it; a new entry has no id";
  }
  return out;
}

// Calls `take` with every line's object; it gives what is wrong with it, or "".
template <typename Take>
Status ForEachLine(std::string_view text, const std::string& name, const Take& take) {
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = utf8::Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const auto object = ParseOrderedJson(line);
    const std::string problem = object.is_discarded() ? "is no JSON" : take(object);
    if (problem.empty()) continue;
    return Fail(ErrorCode::kBadData, problem, name + ":" + std::to_string(number));
  }
  return {};
}

}  // namespace

ReviewedPair PairOf(const Tension& t, const WitnessList& list) {
  const auto side = [&list](std::size_t at) {
    const Witness& witness = list.witnesses[at];
    return ReviewedSide{witness.document_id, witness.section_id, list.records[at].quote,
                        QuoteKey(witness)};
  };
  return {t.id,
          std::string(kKinds[static_cast<std::size_t>(t.kind)]),
          std::min(list.witnesses[t.a].advice->action, list.witnesses[t.b].advice->action),
          t.condition,
          side(t.a),
          side(t.b)};
}

std::string ReviewLine(const Review& review) {
  ordered_json out{{"id", review.id}, {"target", review.target}, {"state", review.state}};
  const auto put = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("reason", review.reason);
  put("note", review.note);
  out["by"] = review.by;
  out["at"] = review.at;
  put("undoes", review.undoes);
  for (const ReviewedPair& pair : review.pairs) out["pairs"].push_back(PairObject(pair));
  if (!review.quotes.empty()) out["quotes"] = review.quotes;
  return Line(out);
}

Result<std::vector<Review>> ReadReviewLines(std::string_view text, const std::string& name) {
  std::vector<Review> out;
  const Status read = ForEachLine(text, name, [&out](const ordered_json& object) {
    std::string problem;
    out.push_back(ReadEntry(object, problem));
    return problem;
  });
  if (!read) return Pass(read);
  return out;
}

std::string BaselineText(const std::vector<const Tension*>& tensions, const WitnessList& list) {
  std::map<std::string, std::string> lines;  // a pair of sentences in several places is one
  for (const Tension* const t : tensions) {
    lines.emplace(t->id, Line(PairObject(PairOf(*t, list))));
  }
  std::string out;
  for (const auto& [id, line] : lines) out += line;
  return out;
}

Result<std::set<std::string>> ReadBaseline(std::string_view text, const std::string& name) {
  std::set<std::string> out;
  const Status read = ForEachLine(text, name, [&out](const ordered_json& object) {
    Fields fields(object);
    out.insert(fields.Text("id"));
    return fields.problem();
  });
  if (!read) return Pass(read);
  return out;
}

}  // namespace sakuin::contradictions
