#include "query/contradictions/drafts/draft_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "indexer/text/near_duplicates.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/tensions.h"

namespace sakuin::contradictions {
namespace {

class Checker {
 public:
  Checker(const model::Document& draft, const Known& known) : draft_(draft), known_(known) {}

  Result<DraftCheck> Run(bool resolved) {
    const auto representatives = known_.reader->ReadRepresentatives();
    if (!representatives) return Pass(representatives);
    AddDraft();
    if (out_.list.witnesses.empty()) return std::move(out_);
    own_ = out_.list.witnesses.size();
    copies_.insert(model::SourceOf(*representatives, draft_.id));
    if (const Status read = AddStored(); !read) return Pass(read);
    TensionSet found = FindTensionsOf(out_.list.witnesses, own_, *known_.rules);
    const auto fresh = FindCopies(found);
    if (!fresh) return Pass(fresh);
    if (*fresh) {
      DropCopies();
      found = FindTensionsOf(out_.list.witnesses, own_, *known_.rules);
    }
    Decide(*known_.reviews, out_.list.witnesses, found.tensions, known_.folding);
    Collect(found, resolved);
    return std::move(out_);
  }

 private:
  void AddDraft() {
    for (const model::Section& section : draft_.sections) {
      for (store::AdviceRecord& record : store::RecordsOf(draft_, section)) {
        out_.list.witnesses.push_back(WitnessOf(record, draft_.id, *known_.folding));
        out_.list.records.push_back(std::move(record));
      }
    }
  }

  // Of the draft's actions, of what is above, below, and what excludes them.
  std::vector<std::string> Actions() const {
    std::set<std::string> out;
    const auto with_narrower = [&](const std::string& id) {
      for (const model::Concept* one : known_.thesaurus->WithNarrower(id)) out.insert(one->id);
    };
    for (const Witness& witness : out_.list.witnesses) {
      const std::string& action = witness.advice->action;
      for (const std::string& id : known_.rules->WithBroader(action)) out.insert(id);
      with_narrower(action);
      for (const auto& other : known_.rules->AlternativesOf(action)) with_narrower(other.action);
    }
    return {out.begin(), out.end()};
  }

  bool IsCopy(const Witness& witness) const { return copies_.contains(witness.source); }

  Status AddStored() {
    store::AdviceQuery query;
    query.actions = Actions();
    auto stored = ReadWitnesses(*known_.reader, *known_.folding, query);
    if (!stored) return Pass(stored);
    for (std::size_t i = 0; i < stored->witnesses.size(); ++i) {
      if (IsCopy(stored->witnesses[i])) {
        Remember(stored->witnesses[i].document_id);
        continue;
      }
      out_.list.witnesses.push_back(std::move(stored->witnesses[i]));
      out_.list.records.Move(stored->records, i);
    }
    return {};
  }

  void Remember(const std::string& copy) {
    const auto at = std::lower_bound(out_.copies.begin(), out_.copies.end(), copy);
    if (at == out_.copies.end() || *at != copy) out_.copies.insert(at, copy);
  }

  struct Wording {
    text::Grams grams;
    model::Fingerprint print;
  };
  Wording Read(const model::Document& document) const {
    text::GramCollector grams;
    for (const model::Section& section : document.sections) {
      if (section.number > 0) grams.Add(known_.folding->Fold(section.heading).chars);
      grams.Add(known_.folding->Fold(section.text).chars);
    }
    return {grams.Collect(), grams.Fingerprint(known_.folding->Fold(document.title).chars)};
  }

  static bool AreCopies(const Wording& a, const Wording& b) {
    text::Verdict verdict = text::Compare(a.print, b.print);
    if (verdict == text::Verdict::kUnsure) verdict = text::Compare(a.grams, b.grams);
    return verdict == text::Verdict::kDuplicate;
  }

  // Documents that may be copies: they say one of the draft's sentences, or one that the draft
  // disagrees with. Those that share most with it first; the others are none.
  std::vector<const Witness*> Candidates(const TensionSet& found) const {
    constexpr std::size_t kMost = 200;
    std::set<std::string_view> said;
    for (std::size_t i = 0; i < own_; ++i) said.insert(out_.list.witnesses[i].folded_quote.str());
    for (const Tension& t : found.tensions) {
      said.insert(out_.list.witnesses[t.a].folded_quote.str());
      said.insert(out_.list.witnesses[t.b].folded_quote.str());
    }
    std::map<std::string_view, std::pair<int, const Witness*>> shared;  // by document
    for (std::size_t i = own_; i < out_.list.witnesses.size(); ++i) {
      const Witness& one = out_.list.witnesses[i];
      if (!said.contains(one.folded_quote.str())) continue;
      auto& [count, witness] = shared[one.document_id.str()];
      --count;
      witness = &one;
    }
    std::vector<std::tuple<int, std::string_view, const Witness*>> order;
    for (const auto& [document, one] : shared) order.emplace_back(one.first, document, one.second);
    std::sort(order.begin(), order.end());
    std::vector<const Witness*> out;
    for (const auto& [count, document, witness] : order) {
      if (out.size() < kMost) out.push_back(witness);
    }
    return out;
  }

  // True where there is one.
  Result<bool> FindCopies(const TensionSet& found) {
    const Wording own = Read(draft_);
    bool any = false;
    for (const Witness* const witness : Candidates(found)) {
      if (IsCopy(*witness)) continue;
      const auto document = known_.reader->ReadDocument(witness->document_id);
      if (!document) return Pass(document);
      if (!AreCopies(own, Read(*document))) continue;
      copies_.insert(witness->source);
      any = true;
    }
    return any;
  }

  void DropCopies() {
    WitnessList kept;
    for (std::size_t i = 0; i < out_.list.witnesses.size(); ++i) {
      if (i >= own_ && IsCopy(out_.list.witnesses[i])) {
        Remember(out_.list.witnesses[i].document_id);
        continue;
      }
      kept.witnesses.push_back(std::move(out_.list.witnesses[i]));
      kept.records.Move(out_.list.records, i);
    }
    out_.list = std::move(kept);
  }

  void Collect(const TensionSet& found, bool resolved) {
    std::set<std::pair<std::size_t, std::string>> told;  // what is within stands on both sides
    for (const Finding& finding : found.findings) {
      std::map<std::pair<std::size_t, bool>, DraftFinding> best;  // by own statement and `within`
      bool any_within = false;
      for (const std::size_t at : finding.tensions) {
        const Tension& t = found.tensions[at];
        const bool within = t.a < own_ && t.b < own_;
        any_within = any_within || within;
        const bool explained = t.kind == Kind::kConditionalResolved && !resolved;
        if (explained || !IsPending(t)) continue;
        const std::size_t own = t.a < own_ ? t.a : t.b;
        const std::size_t other = own == t.a ? t.b : t.a;
        const std::size_t sources = own == t.a ? finding.sources_against : finding.sources_for;
        best.emplace(std::pair(own, within), DraftFinding{t, own, other, within, sources});
      }
      for (auto& [key, one] : best) {
        if (one.within && !told.emplace(one.own, finding.id).second) continue;
        // The draft itself is no article yet.
        one.articles = one.within ? 0 : one.articles - (any_within && one.articles > 1 ? 1 : 0);
        out_.findings.push_back(std::move(one));
      }
    }
    std::stable_sort(out_.findings.begin(), out_.findings.end(),
                     [this](const DraftFinding& x, const DraftFinding& y) {
                       const auto& a = out_.list.records[x.own].source.begin;
                       const auto& b = out_.list.records[y.own].source.begin;
                       return std::tuple(a, -static_cast<int>(x.tension.severity)) <
                              std::tuple(b, -static_cast<int>(y.tension.severity));
                     });
  }

  const model::Document& draft_;
  const Known& known_;
  DraftCheck out_;
  std::size_t own_ = 0;           // the draft's statements stand first in the list
  std::set<std::string> copies_;  // sources that are not compared
};

}  // namespace

Result<DraftCheck> CheckDraft(const model::Document& draft, const Known& known, bool resolved) {
  return Checker(draft, known).Run(resolved);
}

}  // namespace sakuin::contradictions
