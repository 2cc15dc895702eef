#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "indexer/base/files.h"
#include "indexer/base/json_text.h"
#include "query/app/commands/commands.h"
#include "query/app/commands/editing/today.h"
#include "query/contradictions/decisions/review_lines.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/decisions/verdicts.h"
#include "query/service/concept_choice.h"
#include "query/service/id_choice.h"

namespace sakuin::app {
namespace {

using contradictions::Tension;
using store::Review;
using json = nlohmann::ordered_json;

std::vector<std::string> States() {
  return {store::kReviewStates.begin(), store::kReviewStates.end()};
}

std::string UserName() {
  for (const char* name : {"USER", "LOGNAME"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  const passwd* const entry = getpwuid(getuid());
  return entry == nullptr || entry->pw_name == nullptr ? "unknown" : entry->pw_name;
}

std::string StateText(const Review& review) {
  return review.state + (review.reason.empty() ? "" : " (" + review.reason + ")");
}

class ReviewCommand : public Command {
 public:
  const char* Name() const override { return "review"; }
  const char* Summary() const override { return "Decide on what `contradictions` found"; }
  const char* Examples() const override {
    return "  sakuin review 3f2a9c0d --as confirmed --note \"ask Dr. Kim\"\n"
           "  sakuin review 3f2a9c0d --as false-positive --reason N2\n"
           "  sakuin review --list                          what holds, and whether it still "
           "stands\n"
           "  sakuin review --undo 3f2a9c0d                 takes the last verdict back\n"
           "  sakuin review --export team.jsonl             and --import: share decisions\n";
  }
  void Define(Options& app) override {
    app.Add("ID", ids_, "Findings or pairs, or the beginnings of their ids");
    app.Add("--as", state_, "The verdict").OneOf(States());
    app.Add("--reason", reason_, "Why it is no conflict: N1 to N8 (docs/contradictions.md)")
        .OneOf({"N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"});
    app.Add("--note", note_, "A word for those who read it later");
    app.Add("--by", by_, "Who decides (default: you, as the system knows you)");
    app.Flag("--list", list_, "The verdicts that hold");
    app.Flag("--log", log_, "Every entry, or those on ID");
    app.Flag("--undo", undo_, "Take the last verdict on ID back");
    app.Add("--export", export_, "Write every entry as JSON Lines; - for standard output")
        .Called("FILE");
    app.Add("--import", import_, "Add the entries of such a file; - for standard input")
        .Called("FILE");
    app.Flag("--json", json_, "One JSON object");
  }
  int Run(const Context& context) override {
    const int ways = int{!state_.empty()} + int{list_} + int{log_} + int{undo_} +
                     int{!export_.empty()} + int{!import_.empty()};
    if (ways != 1) {
      return Usage(
          "one of: ID --as STATE, --list, --log [ID], --undo ID, --export FILE, "
          "--import FILE; `sakuin contradictions` shows ids");
    }
    if (list_) return List(context);
    if (!export_.empty()) return Export(context);
    if (!import_.empty()) return Import(context);
    if (!log_ && ids_.empty()) return Usage("name the finding or the pair by its id");
    if (!log_ && !undo_) return Decide(context);
    if (ids_.size() > 1) return Usage("one id at a time, please");
    return log_ ? Log(context) : Undo(context);
  }

 private:
  static int Usage(const std::string& message) {
    return Complain({ErrorCode::kUsage, message, {}});
  }

  int Decide(const Context& context) const {
    const contradictions::Opinion verdict{state_, reason_, note_, Who()};
    if (const Status good = contradictions::CheckVerdict(verdict); !good) {
      return Complain(good.error());
    }
    const auto targets = FindTargets(context, ids_);
    if (!targets) return Complain(WithHint(context, targets.error()));
    const Today& today = targets->today;
    std::vector<Review> entries;
    for (const std::string& id : targets->ids) {
      if (const Status read = ReadWords(today, id); !read) return Complain(read.error());
      entries.push_back(contradictions::MakeReview(today.Ground(), id, verdict));
    }
    if (const auto added = store::AddReviews(context.kb, entries); !added) {
      return Complain(added.error());
    }
    for (const Review& entry : entries) {
      Out(json_ ? contradictions::ReviewLine(entry)
                : fmt::format("{}: {}, {}\n", StateText(entry), entry.target,
                              About(*today.rules, context, entry)));
    }
    return kDone;
  }

  std::string Who() const { return by_.empty() ? UserName() : by_; }

  // So that no entry is written without them.
  static Status ReadWords(const Today& today, const std::string& id) {
    for (const Tension& t : today.found.tensions) {
      if (t.id != id && t.cluster != id) continue;
      for (const std::size_t side : {t.a, t.b}) {
        const auto record = today.list.records.Get(side);
        if (!record) return Pass(record);
      }
    }
    return {};
  }

  // One that is unknown now may have been decided once.
  Error WithHint(const Context& context, Error error) const {
    if (error.code != ErrorCode::kNotFound) return error;
    const auto log = store::ReadReviews(context.kb);
    if (!log) return log.error();
    for (const std::string& typed : ids_) {
      if (error.message.find("'" + typed + "'") == std::string::npos) continue;
      const bool decided = std::any_of(log->begin(), log->end(), [&](const Review& one) {
        return contradictions::IsAbout(one, {typed});
      });
      error.message +=
          decided ? "; it was decided, and is there no more: `sakuin review --log " + typed + "`"
                  : "; `sakuin contradictions` shows findings, with --format jsonl "
                    "every pair";
      break;
    }
    return error;
  }

  // "3 pairs: ice / ankle sprain".
  static std::string About(const pipeline::TextRules& rules, const Context& context,
                           const Review& review) {
    std::string out =
        fmt::format("{} pair{}", review.pairs.size(), review.pairs.size() == 1 ? "" : "s");
    if (review.pairs.empty()) return out;
    const store::ReviewedPair& pair = review.pairs.front();
    out += ": " + pair.kind + ", " + service::LabelOf(rules, pair.action, context.ui_language);
    if (!pair.condition.empty()) {
      out += " / " + service::LabelOf(rules, pair.condition, context.ui_language);
    }
    return Printable(out);
  }

  int List(const Context& context) const {
    const auto today = FindToday(context);
    if (!today) return Complain(today.error());
    const auto held = contradictions::HeldVerdicts(today->Ground());
    json list = json::array();
    for (const auto& [review, now] : held) {
      if (json_) {
        list.push_back(ParseOrderedJson(contradictions::ReviewLine(*review)));
        list.back()["now"] = now;
      } else {
        Out(fmt::format("{}  {}  {}{}\n", Entry(*review), now,
                        About(*today->rules, context, *review), Note(*review)));
      }
    }
    return Finish("reviews", std::move(list), held.size(),
                  held.size() == 1 ? "verdict holds" : "verdicts hold");
  }

  static std::string Note(const Review& review) {
    return review.note.empty() ? "" : "  \"" + Printable(review.note) + "\"";
  }

  static std::string Entry(const Review& review) {
    return fmt::format("{}  {:<19} {}  by {}", review.at.substr(0, 10), StateText(review),
                       review.target, Printable(review.by));
  }

  int Finish(const char* key, json list, std::size_t count, const char* nouns) const {
    if (json_) {
      const json out{{"total", count}, {key, std::move(list)}};
      Out(JsonText(out) + "\n");
    } else {
      Out(fmt::format("{} {}\n", count, nouns));
    }
    return kDone;
  }

  int Log(const Context& context) const {
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    std::set<std::string> wanted;
    if (!ids_.empty()) {
      std::vector<std::string> ids;
      for (const Review& review : *log) {
        ids.push_back(review.target);
        for (const store::ReviewedPair& pair : review.pairs) ids.push_back(pair.tension);
      }
      const auto id = service::ChooseId(ids, ids_[0], "decided finding or pair");
      if (!id) return Complain(id.error());
      wanted.insert(*id);
    }
    json list = json::array();
    std::size_t count = 0;
    for (const Review& review : *log) {
      if (!wanted.empty() && !contradictions::IsAbout(review, wanted)) continue;
      ++count;
      if (json_) {
        list.push_back(ParseOrderedJson(contradictions::ReviewLine(review)));
      } else {
        Out(Entry(review) + Note(review) + "\n");
      }
    }
    return Finish("log", std::move(list), count, count == 1 ? "entry" : "entries");
  }

  int Undo(const Context& context) const {
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    const auto standing = contradictions::Standing(*log);
    std::vector<std::string> ids;
    for (const Review* const review : standing) ids.push_back(review->target);
    const auto id = service::ChooseId(ids, ids_[0], "verdict");
    if (!id) {
      for (const Review* const review : standing) {
        if (!contradictions::IsAbout(*review, {ids_[0]})) continue;
        return Complain({ErrorCode::kNotFound,
                         "it was decided with its finding; undo that: " + review->target,
                         {}});
      }
      return Complain(id.error());
    }
    const Review* const last = contradictions::LastVerdict(*log, *id);
    const Review entry = contradictions::MakeUndo(*log, *last, note_, Who());
    if (const auto added = store::AddReviews(context.kb, {entry}); !added) {
      return Complain(added.error());
    }
    if (json_) {
      Out(contradictions::ReviewLine(entry));
    } else {
      Out(fmt::format("took back: {}, {} by {}\n", StateText(*last), *id, Printable(last->by)));
    }
    return kDone;
  }

  int Export(const Context& context) const {
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    std::string text;
    for (const Review& review : *log) text += contradictions::ReviewLine(review);
    if (export_ == "-") return Out(text) ? kDone : kFailed;
    if (const Status done = files::WriteAtomically(export_, text); !done) {
      return Complain(done.error());
    }
    Out(fmt::format("wrote {} entr{} to {}\n", log->size(), log->size() == 1 ? "y" : "ies",
                    Printable(export_)));
    return kDone;
  }

  int Import(const Context& context) const {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 30U;
    const auto text =
        import_ == "-" ? files::ReadStandardInput(kMost) : files::Read(import_, kMost);
    if (!text) return Complain(text.error());
    const auto entries =
        contradictions::ReadReviewLines(*text, import_ == "-" ? "standard input" : import_);
    if (!entries) return Complain(entries.error());
    const auto added = store::AddReviews(context.kb, *entries);
    if (!added) return Complain(added.error());
    if (json_) {
      const json out{{"added", *added}, {"known", entries->size() - *added}};
      Out(JsonText(out) + "\n");
    } else {
      Out(fmt::format("{} added, {} known already\n", *added, entries->size() - *added));
    }
    return kDone;
  }

  std::vector<std::string> ids_;
  std::string state_;
  std::string reason_;
  std::string note_;
  std::string by_;
  std::string export_;
  std::string import_;
  bool list_ = false;
  bool log_ = false;
  bool undo_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeReview() { return std::make_unique<ReviewCommand>(); }

}  // namespace sakuin::app
