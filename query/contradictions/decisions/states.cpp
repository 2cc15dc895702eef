#include "query/contradictions/decisions/states.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/store/finding_index.h"
#include "query/contradictions/decisions/moved_pairs.h"

namespace sakuin::contradictions {
namespace {

constexpr std::string_view kOpen = "open";
constexpr std::string_view kChanged = "changed";

using store::Review;
using store::ReviewedPair;

// What a pair is known again by when its words were edited.
std::string PlaceKey(std::string_view a, std::string_view b, std::string_view action) {
  const auto [low, high] = std::minmax(a, b);
  return std::string(low) + "\n" + std::string(high) + "\n" + std::string(action);
}

class Decider {
 public:
  Decider(const std::vector<Review>& log, const std::vector<Witness>& witnesses,
          std::vector<Tension>& tensions, const text::Folding* folding)
      : witnesses_(witnesses), tensions_(tensions), moved_(folding) {
    FindQuotes(log);
    for (const Review* const review : Standing(log)) Learn(*review);
  }

  void Run() {
    for (Tension& t : tensions_) {
      t.decided = nullptr;
      if (const auto exact = by_tension_.find(t.id); exact != by_tension_.end()) {
        t.decided = Make(*exact->second.review, exact->second.review->state, nullptr, t);
      } else if (const auto same = by_words_.find(WordsKey(t)); same != by_words_.end()) {
        t.decided = Make(*same->second, same->second->state, nullptr, t);
      } else if (const Finding* const found = DecidedFinding(t); found != nullptr) {
        DecideByFinding(*found->review, found->quotes, t);
      } else {
        DecideByPlace(t);
      }
    }
  }

 private:
  struct Finding {
    const Review* review = nullptr;
    std::unordered_set<std::string> quotes;  // keys
  };

  // The pair's own finding; else the narrower one that it was of before actions were joined to
  // classes.
  const Finding* DecidedFinding(const Tension& t) const {
    auto found = by_finding_.find(t.cluster);
    if (found == by_finding_.end() && !t.narrow_cluster.empty()) {
      found = by_finding_.find(t.narrow_cluster);
    }
    return found == by_finding_.end() ? nullptr : &found->second;
  }

  // That another article says the same makes no edited sentence stand.
  static std::string StandKey(const std::string& document, const std::string& quote) {
    return document + "\n" + quote;
  }
  static std::string StandKey(const store::ReviewedSide& side) {
    return StandKey(side.document, side.quote_key);
  }

  // Which of the sentences under verdicts still stand in their articles.
  void FindQuotes(const std::vector<Review>& log) {
    std::unordered_set<std::string> wanted;
    for (const Review& review : log) {
      for (const ReviewedPair& pair : review.pairs) {
        wanted.insert(StandKey(pair.a));
        wanted.insert(StandKey(pair.b));
      }
    }
    if (wanted.empty()) return;
    for (const Witness& witness : witnesses_) {
      std::string key = StandKey(witness.document_id, QuoteKey(witness));
      if (wanted.contains(key)) stands_.insert(std::move(key));
      moved_.Stands(witness.document_id);
    }
  }

  void Learn(const Review& review) {
    bool on_pair = false;
    for (const ReviewedPair& pair : review.pairs) {
      by_tension_[pair.tension] = {&review, &pair};
      by_words_[WordsKey(pair.a.quote_key, pair.b.quote_key, pair.action)] = &review;
      on_pair = on_pair || pair.tension == review.target;
      const bool a_stands = stands_.contains(StandKey(pair.a));
      const bool b_stands = stands_.contains(StandKey(pair.b));
      if (a_stands && b_stands) continue;
      gone_[PlaceKey(pair.a.document, pair.b.document, pair.action)].push_back({&review, &pair});
      moved_.Add({&review, &pair}, a_stands, b_stands);
    }
    if (on_pair) return;
    Finding& finding = by_finding_[review.target];
    finding.review = &review;
    finding.quotes.insert(review.quotes.begin(), review.quotes.end());
    for (const ReviewedPair& pair : review.pairs) {
      finding.quotes.insert(pair.a.quote_key);
      finding.quotes.insert(pair.b.quote_key);
    }
  }

  std::pair<std::string, std::string> Quotes(const Tension& t) const {
    return {QuoteKey(witnesses_[t.a]), QuoteKey(witnesses_[t.b])};
  }

  // Both sentences and the action: newer rules may call the pair by another kind.
  static std::string WordsKey(std::string_view a, std::string_view b, std::string_view action) {
    return PlaceKey(a, b, action);
  }
  std::string WordsKey(const Tension& t) const {
    const Witness& a = witnesses_[t.a];
    const Witness& b = witnesses_[t.b];
    return WordsKey(QuoteKey(a), QuoteKey(b), std::min(a.advice->action, b.advice->action));
  }

  void DecideByFinding(const Review& review, const std::unordered_set<std::string>& quotes,
                       Tension& t) const {
    if (review.state == kOpen) return;
    const auto [a, b] = Quotes(t);
    if (quotes.contains(a) && quotes.contains(b)) {
      t.decided = Make(review, review.state, nullptr, t);
      return;
    }
    const Covered old = Edited(t);
    if (old.pair != nullptr) {
      t.decided = Make(*old.review, kChanged, old.pair, t);
      return;
    }
    t.decided = Make(review, kChanged, nullptr, t);
  }

  void DecideByPlace(Tension& t) const {
    const Covered old = Edited(t);
    if (old.pair == nullptr || old.review->state == kOpen) return;
    t.decided = Make(*old.review, kChanged, old.pair, t);
  }

  // The decided pair that this one was, before somebody edited a sentence; the newest verdict of
  // those that fit best.
  Covered Edited(const Tension& t) const {
    if (gone_.empty()) return {};
    const Witness& a = witnesses_[t.a];
    const Witness& b = witnesses_[t.b];
    const auto found = gone_.find(PlaceKey(a.document_id.str(), b.document_id.str(),
                                           std::min(a.advice->action, b.advice->action)));
    const auto [key_a, key_b] = Quotes(t);
    if (found == gone_.end()) return moved_.Find(a, key_a, b, key_b);
    const std::string_view kind = kKinds[static_cast<std::size_t>(t.kind)];
    Covered best;
    int most = 0;
    for (const Covered& one : found->second) {
      const ReviewedPair& pair = *one.pair;
      const bool stands = pair.a.quote_key == key_a || pair.b.quote_key == key_b ||
                          pair.a.quote_key == key_b || pair.b.quote_key == key_a;
      const bool same_kind = pair.kind == kind;
      const int fit = (stands ? 1 : 0) + (same_kind ? 2 : 0);
      if (fit == 0 || fit < most) continue;
      most = fit;
      best = one;
    }
    return best;
  }

  std::shared_ptr<const Decided> Make(const Review& review, std::string_view state,
                                      const ReviewedPair* was, const Tension& t) const {
    auto out = std::make_shared<Decided>();
    out->state = state;
    out->verdict = review.state;
    out->reason = review.reason;
    out->note = review.note;
    out->by = review.by;
    out->at = review.at;
    out->entry = review.id;
    if (was == nullptr) return out;
    // Sides may have changed places: an edited stance, another order of articles.
    const auto [key_a, key_b] = Quotes(t);
    const bool turned =
        was->a.quote_key == key_b || was->b.quote_key == key_a ||
        (was->a.document != was->b.document && was->a.document == witnesses_[t.b].document_id);
    out->quote_a = turned ? was->b.quote : was->a.quote;
    out->quote_b = turned ? was->a.quote : was->b.quote;
    return out;
  }

  const std::vector<Witness>& witnesses_;
  std::vector<Tension>& tensions_;
  std::unordered_set<std::string> stands_;               // keys of quotes under verdicts
  std::unordered_map<std::string, Covered> by_tension_;  // the newest verdict
  std::unordered_map<std::string, const Review*> by_words_;
  std::unordered_map<std::string, Finding> by_finding_;  // the newest; quotes of all
  std::map<std::string, std::vector<Covered>> gone_;     // decided pairs whose words were edited
  MovedPairs moved_;
};

}  // namespace

std::string StateOf(const Tension& tension) {
  return tension.decided ? tension.decided->state : std::string(kOpen);
}

bool IsPending(const Tension& tension) {
  return !tension.decided || tension.decided->state == kOpen || tension.decided->state == kChanged;
}

std::vector<const Review*> Standing(const std::vector<Review>& log) {
  std::set<std::string_view> undone;
  for (const Review& entry : log) {
    if (entry.state == store::kUndo) undone.insert(entry.undoes);
  }
  std::vector<const Review*> out;
  for (const Review& entry : log) {
    if (entry.state != store::kUndo && !undone.contains(entry.id)) out.push_back(&entry);
  }
  std::sort(out.begin(), out.end(), [](const Review* x, const Review* y) {
    return std::tie(x->at, x->id) < std::tie(y->at, y->id);
  });
  return out;
}

void Decide(const std::vector<Review>& log, const std::vector<Witness>& witnesses,
            std::vector<Tension>& tensions, const text::Folding* folding) {
  if (log.empty()) return;
  Decider(log, witnesses, tensions, folding).Run();
}

std::string QuoteKey(const Witness& witness) {
  return witness.quote_key == 0 ? Digest(witness.folded_quote.str()).substr(0, 16)
                                : store::NumberToId(witness.quote_key);
}

std::string DecisionText(const Tension& tension) {
  if (!tension.decided) return {};
  const Decided& d = *tension.decided;
  std::string out = d.state;
  if (d.state != d.verdict) out += "; was " + d.verdict;
  if (!d.reason.empty()) out += " (" + d.reason + ")";
  out += " by " + d.by + " at " + d.at;
  if (!d.note.empty()) out += ": " + d.note;
  if (!d.quote_a.empty()) out += "; then \"" + d.quote_a + "\" and \"" + d.quote_b + "\"";
  return out;
}

}  // namespace sakuin::contradictions
