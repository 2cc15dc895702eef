#include "query/backend/sqlite/matcher.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "indexer/model/language.h"
#include "indexer/store/sqlite/rows.h"
#include "query/backend/sqlite/match_text.h"

namespace sakuin::backend {
namespace {

using plan::NodeKind;

bool BySection(const Posting& a, const Posting& b) { return a.section < b.section; }

// Two lists by section into one, adding what both have.
void MergePostings(std::vector<Posting>& into, std::vector<Posting> more) {
  if (into.empty()) {
    into = std::move(more);
    return;
  }
  std::vector<Posting> out;
  out.reserve(into.size() + more.size());
  std::merge(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(out),
             BySection);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].section != out[kept].section) {
      out[++kept] = out[i];
      continue;
    }
    out[kept].typed_heading += out[i].typed_heading;
    out[kept].typed_text += out[i].typed_text;
    out[kept].label_heading += out[i].label_heading;
    out[kept].label_text += out[i].label_text;
    out[kept].tagged = std::max(out[kept].tagged, out[i].tagged);
  }
  if (!out.empty()) out.resize(kept + 1);
  into = std::move(out);
}

// Robertson and Sparck Jones's weight without relevance information, kept above zero as in Lucene.
double Idf(std::int64_t sections, std::size_t with_it) {
  const auto n = static_cast<double>(sections);
  const auto df = static_cast<double>(with_it);
  return std::log(1.0 + (n - df + 0.5) / (df + 0.5));
}

}  // namespace

Matcher::Matcher(store::SqlLibrary& sql, RowCounts& counts, const plan::Plan& plan,
                 const plan::TextChecker& checker, std::int64_t section_count)
    : sql_(sql), counts_(counts), plan_(plan), checker_(checker), section_count_(section_count) {
  out_.leaves.resize(plan.leaves.size());
}

Result<Matches> Matcher::Run() {
  auto sections = Evaluate(plan_.root);
  if (!sections) return Pass(sections);
  out_.sections = std::move(*sections);
  return std::move(out_);
}

Result<Matcher::Sections> Matcher::Evaluate(const plan::Node& node) {
  switch (node.kind) {
    case NodeKind::kAll: return EvaluateAll(node);
    case NodeKind::kAny: return EvaluateAny(node);
    case NodeKind::kMost: return EvaluateMost(node);
    case NodeKind::kNear: return EvaluateNear(node);
    case NodeKind::kLeaf: return EvaluateLeaf(node.index);
    case NodeKind::kFilter: return EvaluateFilter(plan_.filters[node.index]);
    case NodeKind::kNot: break;  // only below kAll; alone it asks for nothing
  }
  return Sections{};
}

// What must be there first, then what must not: an exclusion alone finds nothing. A group without
// a positive part (an empty phrase) does not count.
Result<Matcher::Sections> Matcher::EvaluateAll(const plan::Node& node) {
  Sections out;
  bool first = true;
  for (const plan::Node& child : node.children) {
    const bool empty = child.kind == NodeKind::kAll && child.children.empty();
    if (child.kind == NodeKind::kNot || empty) continue;
    auto found = Evaluate(child);
    if (!found) return found;
    if (first) {
      out = std::move(*found);
      first = false;
      continue;
    }
    Sections both;
    std::set_intersection(out.begin(), out.end(), found->begin(), found->end(),
                          std::back_inserter(both));
    out = std::move(both);
  }
  for (const plan::Node& child : node.children) {
    if (child.kind != NodeKind::kNot || out.empty()) continue;
    for (const plan::Node& excluded : child.children) {
      auto found = Evaluate(excluded);
      if (!found) return found;
      Sections left;
      std::set_difference(out.begin(), out.end(), found->begin(), found->end(),
                          std::back_inserter(left));
      out = std::move(left);
    }
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateAny(const plan::Node& node) {
  Sections out;
  for (const plan::Node& child : node.children) {
    auto found = Evaluate(child);
    if (!found) return found;
    Sections both;
    std::set_union(out.begin(), out.end(), found->begin(), found->end(), std::back_inserter(both));
    out = std::move(both);
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateMost(const plan::Node& node) {
  std::unordered_map<SectionKey, double> weights;
  double total = 0;
  for (const plan::Node& child : node.children) {
    const auto found = Evaluate(child);
    if (!found) return found;
    const double weight = Idf(section_count_, found->size());
    total += weight;
    for (const SectionKey section : *found) weights[section] += weight;
  }
  Sections out;
  constexpr double kRounding = 1e-9;
  for (const auto& [section, weight] : weights) {
    if (weight + kRounding >= total * node.share) out.push_back(section);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateNear(const plan::Node& node) {
  plan::Node all;
  std::vector<const plan::Leaf*> leaves;
  for (const plan::Node& child : node.children) {
    if (child.kind != NodeKind::kLeaf) continue;
    all.children.push_back(child);
    leaves.push_back(&plan_.leaves[child.index]);
  }
  const auto candidates = EvaluateAll(all);
  if (!candidates) return candidates;
  const auto text = sql_.Get("section_text");
  if (!text) return Pass(text);
  Sections out;
  for (const SectionKey section : *candidates) {
    const auto row = (*text)->Bind(section).Step();
    if (!row) return Pass(row);
    if (*row && checker_.HoldsNear(leaves, node.distance, (*text)->Text(0), (*text)->Text(1))) {
      out.push_back(section);
    }
  }
  (*text)->Reset();
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateLeaf(std::size_t index) {
  auto postings = Lookup(plan_.leaves[index]);
  if (!postings) return Pass(postings);
  Sections out;
  out.reserve(postings->size());
  for (const Posting& posting : *postings) out.push_back(posting.section);
  out_.leaves[index] = std::move(*postings);
  return out;
}

Result<std::vector<Posting>> Matcher::Lookup(const plan::Leaf& leaf) {
  if (leaf.raw) return LookupBytes(leaf);
  std::vector<Posting> out;
  for (const Route route :
       {Route::kGrams, Route::kWords, Route::kGramsThenText, Route::kWordsThenText}) {
    std::vector<Posting> found;
    const Status done = LookupRoute(leaf, static_cast<unsigned char>(route), found);
    if (!done) return Pass(done);
    const bool then_text = route == Route::kGramsThenText || route == Route::kWordsThenText;
    if (then_text && !found.empty()) {
      plan::Leaf part = leaf;
      std::erase_if(part.alternatives, [route](const auto& a) { return RouteOf(a) != route; });
      if (const Status kept = KeepVerified(part, found); !kept) return Pass(kept);
    }
    MergePostings(out, std::move(found));
  }
  if (leaf.exact) {
    if (const Status kept = KeepVerified(leaf, out); !kept) return Pass(kept);
  }
  if (const Status added = AddTagged(leaf, out); !added) return Pass(added);
  if (leaf.scope == plan::Scope::kTitle) {
    if (const Status spread = SpreadOverDocuments(out); !spread) return Pass(spread);
  }
  return out;
}

Status Matcher::LookupRoute(const plan::Leaf& leaf, unsigned char route,
                            std::vector<Posting>& out) {
  const auto kind = static_cast<Route>(route);
  std::vector<const plan::Alternative*> phrases;
  for (const plan::Alternative& a : leaf.alternatives) {
    if (RouteOf(a) == kind) phrases.push_back(&a);
  }
  const std::string match = MatchText(phrases, kind, leaf.scope);
  if (match.empty()) return {};
  const bool words = kind == Route::kWords || kind == Route::kWordsThenText;
  const auto rows = sql_.Get(words ? "match_words" : "match_grams");
  if (!rows) return Pass(rows);
  store::Statement& s = (*rows)->Bind(match);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    Posting posting;
    posting.section = s.Int(0);
    (void)s.Int(1);
    for (std::size_t i = 0; i < phrases.size() && i < counts_.size(); ++i) {
      const bool typed = phrases[i]->origin == plan::Origin::kTyped;
      (typed ? posting.typed_heading : posting.label_heading) += counts_[i].heading;
      (typed ? posting.typed_text : posting.label_text) += counts_[i].text;
    }
    out.push_back(posting);
  }
}

Result<bool> Matcher::Verify(SectionKey section, const plan::Leaf& leaf) {
  const auto text = sql_.Get("section_text");
  if (!text) return Pass(text);
  const auto row = (*text)->Bind(section).Step();
  if (!row) return Pass(row);
  bool holds = false;
  if (*row) {
    model::Section read;
    read.heading = (*text)->Copy(0);
    read.text = (*text)->Copy(1);
    store::DetailsFromJson((*text)->Text(2), read);
    holds = checker_.Holds(leaf, read);
  }
  (*text)->Reset();
  return holds;
}

Status Matcher::KeepVerified(const plan::Leaf& leaf, std::vector<Posting>& postings) {
  std::vector<Posting> kept;
  for (const Posting& posting : postings) {
    const auto holds = Verify(posting.section, leaf);
    if (!holds) return Pass(holds);
    if (*holds) kept.push_back(posting);
  }
  postings = std::move(kept);
  return {};
}

Status Matcher::AddTagged(const plan::Leaf& leaf, std::vector<Posting>& postings) {
  std::vector<Posting> found;
  for (const std::string& id : leaf.tagged) {
    const auto rows = sql_.Get("tagged_with");
    if (!rows) return Pass(rows);
    store::Statement& s = (*rows)->Bind(id);
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) break;
      Posting posting;
      posting.section = s.Int(0);
      posting.tagged = s.Real(1);
      found.push_back(posting);
    }
  }
  if (found.empty()) return {};
  std::stable_sort(found.begin(), found.end(), BySection);
  std::vector<Posting> merged{found[0]};
  for (const Posting& posting : found) {
    if (posting.section != merged.back().section) merged.push_back(posting);
    merged.back().tagged = std::max(merged.back().tagged, posting.tagged);
  }
  MergePostings(postings, std::move(merged));
  return {};
}

Result<std::vector<Posting>> Matcher::LookupBytes(const plan::Leaf& leaf) {
  const auto sections = Column("match_bytes", leaf.typed);
  if (!sections) return Pass(sections);
  std::vector<Posting> out;
  for (const SectionKey section : *sections) {
    Posting posting;
    posting.section = section;
    posting.typed_text = 1;
    out.push_back(posting);
  }
  return out;
}

// title: asks the lead section's heading and answers with the whole document.
Status Matcher::SpreadOverDocuments(std::vector<Posting>& postings) {
  std::vector<Posting> out;
  for (const Posting& lead : postings) {
    const auto sections = Column("title_sections", lead.section);
    if (!sections) return Pass(sections);
    for (const SectionKey section : *sections) {
      out.push_back(lead);
      out.back().section = section;
    }
  }
  std::sort(out.begin(), out.end(), BySection);
  postings = std::move(out);
  return {};
}

template <typename... Args>
Result<Matcher::Sections> Matcher::Column(std::string_view statement, const Args&... args) {
  const auto rows = sql_.Get(statement);
  if (!rows) return Pass(rows);
  store::Statement& s = (*rows)->Bind(args...);
  Sections out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(s.Int(0));
  }
}

Result<Matcher::Sections> Matcher::EvaluateFilter(const plan::Filter& filter) {
  using plan::FilterField;
  if (filter.field == FilterField::kPublished) {
    return Column("filter_published", filter.values.at(0), filter.values.at(1));
  }
  if (filter.field == FilterField::kLanguage) {
    const auto rows = sql_.Get("filter_language");
    if (!rows) return Pass(rows);
    store::Statement& s = (*rows)->Bind();
    Sections out;
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) return out;
      const bool wanted = std::any_of(
          filter.values.begin(), filter.values.end(),
          [&](const std::string& value) { return model::LanguageMatches(value, s.Text(1)); });
      if (wanted) out.push_back(s.Int(0));
    }
  }
  const char* const statement = filter.field == FilterField::kCondition ? "filter_condition"
                                : filter.field == FilterField::kAspect  ? "filter_aspect"
                                                                        : "filter_site";
  Sections out;
  for (const std::string& value : filter.values) {
    auto found = Column(statement, value);
    if (!found) return found;
    out.insert(out.end(), found->begin(), found->end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace sakuin::backend
