#include "query/backend/sqlite/leaf_finder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/postings/phrase.h"
#include "indexer/store/sqlite/rows.h"
#include "indexer/text/analyzer.h"
#include "query/plan/occurrences.h"

namespace sakuin::backend {
namespace {

using postings::Field;
using postings::Match;

bool BySection(const Posting& a, const Posting& b) { return a.section < b.section; }

void Add(const Posting& from, Posting& to) {
  to.typed_heading += from.typed_heading;
  to.typed_text += from.typed_text;
  to.label_heading += from.label_heading;
  to.label_text += from.label_text;
  to.tagged = std::max(to.tagged, from.tagged);
}

// Sorted by section, one posting each.
void Join(std::vector<Posting>& postings) {
  if (!std::is_sorted(postings.begin(), postings.end(), BySection)) {
    std::stable_sort(postings.begin(), postings.end(), BySection);
  }
  std::size_t kept = 0;
  for (std::size_t i = 1; i < postings.size(); ++i) {
    if (postings[i].section == postings[kept].section) {
      Add(postings[i], postings[kept]);
    } else {
      postings[++kept] = postings[i];
    }
  }
  if (!postings.empty()) postings.resize(kept + 1);
}

// Which of a posting's counts an alternative adds to.
std::uint32_t Posting::*CountOf(const plan::Alternative& alternative, Field field) {
  const bool typed = alternative.origin == plan::Origin::kTyped;
  if (field == Field::kText) return typed ? &Posting::typed_text : &Posting::label_text;
  return typed ? &Posting::typed_heading : &Posting::label_heading;
}

// What is found in the text and in the headings stands in order; together it is joined later.
void Append(const std::vector<Match>& matches, SectionKey begin, SectionKey end,
            std::uint32_t Posting::*count, std::vector<Posting>& out) {
  if (out.empty()) out.reserve(matches.size());  // of the first segment, most often the largest
  for (const Match& match : matches) {
    const SectionKey section = begin + match.section;
    if (section >= end) break;
    Posting& posting = out.emplace_back();
    posting.section = section;
    posting.*count = match.count;
  }
}

bool InField(plan::Scope scope, Field field) {
  return scope == plan::Scope::kAnywhere || field == Field::kHeading;
}

constexpr Field kBoth[] = {Field::kHeading, Field::kText};

}  // namespace

Result<model::Section> ReadWordingOf(store::SqlLibrary& sql, std::int64_t number) {
  const auto rows = sql.Get("section_text");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind(number).Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a section is gone; run `sakuin verify`");
  model::Section out;
  out.heading = (*rows)->Copy(0);
  out.text = (*rows)->Copy(1);
  store::DetailsFromJson((*rows)->Text(2), out);
  (*rows)->Reset();
  return out;
}

Result<std::vector<Posting>> LeafFinder::Find(const plan::Leaf& leaf) {
  if (leaf.raw) return FindBytes(leaf);
  std::vector<Posting> out;
  for (const plan::Alternative& alternative : leaf.alternatives) {
    if (const Status in_time = deadline_.Check(); !in_time) return Pass(in_time);
    const Status done = FindAlternative(leaf, alternative, out);
    if (!done) return Pass(done);
  }
  Join(out);
  if (leaf.exact) {
    if (const Status kept = Verify(leaf, out); !kept) return Pass(kept);
  }
  if (const Status added = AddTagged(leaf, out); !added) return Pass(added);
  if (leaf.scope == plan::Scope::kTitle) {
    if (const Status spread = SpreadOverDocuments(out); !spread) return Pass(spread);
  }
  return out;
}

Status LeafFinder::FindAlternative(const plan::Leaf& leaf, const plan::Alternative& alternative,
                                   std::vector<Posting>& out) {
  using plan::MatchKind;
  const bool word =
      alternative.match != MatchKind::kSubstring && plan::IsSpacedWord(alternative.text);
  Found found;
  Status done = word ? FindWords(leaf, alternative, found) : FindGrams(leaf, alternative, found);
  if (!done) return done;
  std::vector<Posting> postings = std::move(found.in_text);
  if (!found.in_heading.empty()) {
    std::vector<Posting> both;
    both.reserve(postings.size() + found.in_heading.size());
    std::merge(postings.begin(), postings.end(), found.in_heading.begin(), found.in_heading.end(),
               std::back_inserter(both), BySection);
    Join(both);
    postings = std::move(both);
  }
  const bool boundary =
      alternative.match != MatchKind::kSubstring && !word && plan::HasSpacedEdge(alternative.text);
  if (boundary || alternative.match == MatchKind::kCapitals || found.unsure) {
    plan::Leaf part = leaf;
    part.alternatives = {alternative};
    done = Verify(part, postings);
  }
  if (out.empty()) {
    out = std::move(postings);
  } else {
    out.insert(out.end(), postings.begin(), postings.end());
  }
  return done;
}

Status LeafFinder::FindGrams(const plan::Leaf& leaf, const plan::Alternative& alternative,
                             Found& out) {
  std::vector<bool> begins;
  begins.reserve(alternative.text.size());
  for (const char32_t c : alternative.text) begins.push_back(text::BeginsGram(c));
  for (const store::OpenSegment& segment : postings_.segments()) {
    for (const Field field : kBoth) {
      if (!InField(leaf.scope, field)) continue;
      auto found = postings::FindPhrase(*segment.postings, field, alternative.text, begins);
      if (!found) return Pass(found);
      if (found->everywhere) {
        for (postings::Local i = 0; i < segment.end - segment.begin; ++i) {
          if (!segment.postings->IsDeleted(i)) found->matches.push_back({i, 1});
        }
      }
      Append(found->matches, segment.begin, end_, CountOf(alternative, field), out.Of(field));
      out.unsure = out.unsure || found->unsure || found->everywhere;
    }
  }
  return {};
}

Status LeafFinder::FindWords(const plan::Leaf& leaf, const plan::Alternative& alternative,
                             Found& out) {
  const std::string word = utf8::Encode(alternative.text);
  for (const store::OpenSegment& segment : postings_.segments()) {
    for (const Field field : kBoth) {
      if (!InField(leaf.scope, field)) continue;
      const auto found = alternative.match == plan::MatchKind::kPrefix
                             ? postings::FindWordPrefix(*segment.postings, field, word)
                             : postings::FindWord(*segment.postings, field, word);
      if (!found) return Pass(found);
      Append(*found, segment.begin, end_, CountOf(alternative, field), out.Of(field));
    }
  }
  return {};
}

Result<std::vector<Posting>> LeafFinder::FindBytes(const plan::Leaf& leaf) {
  std::vector<Posting> out;
  const auto rows = sql_.Get("match_bytes");
  if (!rows) return Pass(rows);
  store::Statement& s = (*rows)->Bind(leaf.typed);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    const auto key = postings_.KeyOf(s.Int(0));
    if (!key || *key >= end_) continue;
    Posting& posting = out.emplace_back();
    posting.section = *key;
    posting.typed_text = 1;
  }
}

Status LeafFinder::Verify(const plan::Leaf& leaf, std::vector<Posting>& postings) {
  std::vector<Posting> kept;
  for (const Posting& posting : postings) {
    if (const Status in_time = deadline_.Check(); !in_time) return in_time;
    const auto section = ReadWordingOf(sql_, postings_.NumberOf(posting.section));
    if (!section) return Pass(section);
    if (checker_.Holds(leaf, *section)) kept.push_back(posting);
  }
  postings = std::move(kept);
  return {};
}

Status LeafFinder::AddTagged(const plan::Leaf& leaf, std::vector<Posting>& postings) {
  const std::size_t before = postings.size();
  for (const std::string& id : leaf.tagged) {
    const auto rows = sql_.Get("tagged_with");
    if (!rows) return Pass(rows);
    store::Statement& s = (*rows)->Bind(id);
    for (;;) {
      const auto row = s.Step();
      if (!row) return Pass(row);
      if (!*row) break;
      const auto key = postings_.KeyOf(s.Int(0));
      if (!key || *key >= end_) continue;
      Posting& posting = postings.emplace_back();
      posting.section = *key;
      posting.tagged = static_cast<float>(s.Real(1));
    }
  }
  if (postings.size() > before) Join(postings);
  return {};
}

Status LeafFinder::SpreadOverDocuments(std::vector<Posting>& postings) {
  std::vector<Posting> out;
  for (const Posting& lead : postings) {
    const store::OpenSegment* segment = &postings_.SegmentOf(lead.section);
    auto facts = postings_.Facts(*segment);
    if (!facts) return Pass(facts);
    const SectionKey local = lead.section - segment->begin;
    if ((*facts)->ordinal[local] != 0) continue;
    const std::int64_t document = (*facts)->document[local];
    // A document's sections stand together, if not in one segment.
    for (SectionKey key = lead.section; key < end_; ++key) {
      if (key >= segment->end) {
        segment = &postings_.SegmentOf(key);
        facts = postings_.Facts(*segment);
        if (!facts) return Pass(facts);
      }
      if ((*facts)->document[key - segment->begin] != document) break;
      if (segment->postings->IsDeleted(key - segment->begin)) continue;
      out.push_back(lead);
      out.back().section = key;
    }
  }
  postings = std::move(out);
  return {};
}

}  // namespace sakuin::backend
