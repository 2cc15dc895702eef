#include "query/contradictions/drafts/draft_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "indexer/text/near_duplicates.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/tensions.h"

namespace sakuin::contradictions {
namespace {

// Stands before every stored id, so that of many pairs of two positions the draft's are made first.
constexpr char kFirst = '\x01';

store::AdviceRecord RecordOf(const model::Document& draft, const model::Section& section,
                             const model::Advice& advice) {
  const std::string& in = advice.in_heading ? section.heading : section.text;
  store::AdviceRecord out;
  out.advice = advice;
  out.document_id = draft.id;
  out.uri = draft.uri;
  out.title = draft.title;
  out.site = draft.site;
  out.published = draft.published;
  out.language = section.language.empty() ? draft.language : section.language;
  out.section = section.number;
  out.path = section.path;
  out.quote = advice.quote.In(in);
  out.source = (advice.in_heading ? section.heading_map : section.text_map).ToSource(advice.quote);
  if (advice.when) out.when = advice.when->In(in);
  if (advice.reason) out.reason = advice.reason->In(in);
  const auto speaker = static_cast<std::size_t>(advice.speaker);
  if (advice.speaker >= 0 && speaker < section.speakers.size()) {
    out.speaker = section.speakers[speaker];
  }
  return out;
}

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
    TensionSet found = FindTensions(out_.list.witnesses, *known_.rules);
    const auto fresh = FindCopies(found);
    if (!fresh) return Pass(fresh);
    if (*fresh) {
      DropCopies();
      found = FindTensions(out_.list.witnesses, *known_.rules);
    }
    Decide(*known_.reviews, out_.list.witnesses, found.tensions);
    Collect(found, resolved);
    return std::move(out_);
  }

 private:
  void AddDraft() {
    for (const model::Section& section : draft_.sections) {
      for (const model::Advice& advice : section.advice) {
        out_.list.records.push_back(RecordOf(draft_, section, advice));
        Witness one = WitnessOf(out_.list.records.back(), draft_.id, *known_.folding);
        one.document_id.insert(one.document_id.begin(), kFirst);
        one.section_id.insert(one.section_id.begin(), kFirst);
        out_.list.witnesses.push_back(std::move(one));
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
      const std::string& action = witness.advice.action;
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
      out_.list.records.push_back(std::move(stored->records[i]));
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

  // Looks at the documents only that the draft disagrees with. True where one is a copy.
  Result<bool> FindCopies(const TensionSet& found) {
    const Wording own = Read(draft_);
    std::map<std::string, std::string> met;  // document -> source
    for (const Tension& t : found.tensions) {
      if ((t.a < own_) == (t.b < own_)) continue;
      const Witness& other = out_.list.witnesses[std::max(t.a, t.b)];
      met.emplace(other.document_id, other.source);
    }
    bool any = false;
    for (const auto& [id, source] : met) {
      const auto document = known_.reader->ReadDocument(id);
      if (!document) return Pass(document);
      if (!AreCopies(own, Read(*document))) continue;
      copies_.insert(source);
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
      kept.records.push_back(std::move(out_.list.records[i]));
    }
    out_.list = std::move(kept);
  }

  void Collect(const TensionSet& found, bool resolved) {
    for (const Finding& finding : found.findings) {
      std::map<std::pair<std::size_t, bool>, DraftFinding> best;  // by own statement and `within`
      std::map<std::size_t, std::set<std::string>> articles;
      for (const std::size_t at : finding.tensions) {
        const Tension& t = found.tensions[at];
        const bool explained = t.kind == Kind::kConditionalResolved && !resolved;
        if ((t.a >= own_ && t.b >= own_) || explained || !IsPending(t)) continue;
        const bool within = t.a < own_ && t.b < own_;
        const std::size_t own = t.a < own_ ? t.a : t.b;
        const std::size_t other = own == t.a ? t.b : t.a;
        best.emplace(std::pair(own, within), DraftFinding{t, own, other, within, 0});
        if (!within) articles[own].insert(out_.list.witnesses[other].source);
      }
      for (auto& [key, one] : best) {
        if (!one.within) one.articles = articles[one.own].size();
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
