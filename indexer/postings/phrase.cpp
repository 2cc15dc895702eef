#include "indexer/postings/phrase.h"

#include <algorithm>
#include <limits>
#include <string>

namespace sakuin::postings {
namespace {

struct Part {
  std::size_t offset = 0;  // in the phrase
  Term term;
};

// The grams of the phrase, looked up. `empty` where one of them stands nowhere.
struct Parts {
  std::vector<Part> parts;
  bool empty = false;
};

Result<Parts> LookUp(const Segment& segment, Field field, std::u32string_view phrase,
                     const std::vector<bool>& begins) {
  Parts out;
  for (std::size_t i = 0; i + 1 < phrase.size(); ++i) {
    if (!begins[i]) continue;
    auto term = segment.Find(GramKey(field, Gram(phrase[i], phrase[i + 1])));
    if (!term) return Pass(term);
    if (term->postings == 0) {
      out.empty = true;
      return out;
    }
    out.parts.push_back({i, std::move(*term)});
  }
  return out;
}

// The grams that cover the phrase and have the fewest postings together: a shortest path over its
// characters. What no gram covers is passed over and told in `unsure`.
std::vector<Part> Cover(std::vector<Part> parts, std::size_t length, bool& unsure) {
  std::vector<const Part*> at(length, nullptr);
  for (const Part& part : parts) at[part.offset] = &part;
  constexpr double kUncovered = 1e12;  // a character left out costs more than any gram
  std::vector<double> cost(length + 1, std::numeric_limits<double>::infinity());
  std::vector<const Part*> by(length + 1, nullptr);  // cheapest way to have covered [0, i)
  std::vector<std::size_t> from(length + 1, 0);
  cost[0] = 0;
  const auto reach = [&](std::size_t to, std::size_t before, double more, const Part* part) {
    if (cost[before] + more >= cost[to]) return;
    cost[to] = cost[before] + more;
    by[to] = part;
    from[to] = before;
  };
  for (std::size_t i = 0; i < length; ++i) {
    reach(i + 1, i, kUncovered, nullptr);
    if (at[i] != nullptr) {
      reach(i + 2, i, at[i]->term.postings, at[i]);
      if (i > 0) reach(i + 2, i + 1, at[i]->term.postings, at[i]);
    }
  }
  std::vector<Part> out;
  for (std::size_t i = length; i > 0; i = from[i]) {
    if (by[i] == nullptr) {
      unsure = true;
    } else {
      out.push_back(*by[i]);
    }
  }
  std::sort(out.begin(), out.end(), [](const Part& a, const Part& b) {
    return a.term.postings != b.term.postings ? a.term.postings < b.term.postings
                                              : a.offset < b.offset;
  });
  return out;
}

// How often all of the cursors' grams stand at their offsets. All stand in the same section.
class Aligner {
 public:
  std::uint32_t Count(const std::vector<Part>& parts, std::vector<Cursor>& cursors) {
    starts_.clear();
    Starts(parts[0], cursors[0], starts_);
    for (std::size_t i = 1; i < cursors.size() && !starts_.empty(); ++i) {
      others_.clear();
      Starts(parts[i], cursors[i], others_);
      const auto end = std::set_intersection(starts_.begin(), starts_.end(), others_.begin(),
                                             others_.end(), starts_.begin());
      starts_.erase(end, starts_.end());
    }
    return static_cast<std::uint32_t>(starts_.size());
  }

 private:
  // Where the phrase would begin.
  static void Starts(const Part& part, Cursor& cursor, std::vector<std::uint32_t>& out) {
    cursor.Places(out);
    const auto offset = static_cast<std::uint32_t>(part.offset);
    std::size_t kept = 0;
    for (const std::uint32_t place : out) {
      if (place >= offset) out[kept++] = place - offset;
    }
    out.resize(kept);
  }

  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> others_;
};

void Collect(const Segment& segment, Cursor cursor, std::vector<Match>& out) {
  for (; cursor.section() != kEnd; cursor.NextBlock()) {
    const auto sections = cursor.BlockSections();
    const auto counts = cursor.BlockCounts();
    for (std::size_t i = 0; i < sections.size(); ++i) {
      if (!segment.IsDeleted(sections[i])) out.push_back({sections[i], counts[i]});
    }
  }
}

void Intersect(const Segment& segment, const std::vector<Part>& parts, std::vector<Match>& out) {
  std::vector<Cursor> cursors;
  cursors.reserve(parts.size());
  for (const Part& part : parts) cursors.push_back(segment.Open(part.term));
  Aligner aligner;
  for (Local target = cursors[0].section(); target != kEnd;) {
    bool all = true;
    for (std::size_t i = 1; all && i < cursors.size(); ++i) {
      cursors[i].Seek(target);
      if (cursors[i].section() == target) continue;
      if (cursors[i].section() == kEnd) return;
      cursors[0].Seek(cursors[i].section());
      all = false;
    }
    if (all) {
      if (!segment.IsDeleted(target)) {
        const std::uint32_t count = aligner.Count(parts, cursors);
        if (count > 0) out.push_back({target, count});
      }
      cursors[0].Next();
    }
    target = cursors[0].section();
  }
}

// The sections with a count. Which have one is as good as random, so the loop takes no branch by
// section: stretches of zeros are passed over, in the others every section is written and the
// place is kept only where it counts.
std::vector<Match> Present(const Segment& segment, const std::vector<std::uint32_t>& counts) {
  constexpr std::size_t kStretch = 8;
  const auto absent = std::count(counts.begin(), counts.end(), 0U);
  std::vector<Match> out(counts.size() - static_cast<std::size_t>(absent) + 1);  // one to spare
  std::size_t kept = 0;
  for (std::size_t begin = 0; begin < counts.size(); begin += kStretch) {
    const std::size_t end = std::min(begin + kStretch, counts.size());
    std::uint32_t any = 0;
    for (std::size_t i = begin; i < end; ++i) any |= counts[i];
    if (any == 0) continue;
    for (std::size_t i = begin; i < end; ++i) {
      out[kept] = {static_cast<Local>(i), counts[i]};
      kept += counts[i] > 0 ? 1 : 0;
    }
  }
  out.pop_back();
  if (segment.has_deleted()) {
    std::erase_if(out, [&](const Match& match) { return segment.IsDeleted(match.section); });
  }
  return out;
}

// The sum over many terms: a table of all sections, for the terms are many and short.
Result<std::vector<Match>> SumPrefix(const Segment& segment, std::string_view prefix) {
  std::vector<std::uint32_t> counts(segment.sections().size(), 0);
  bool any = false;
  const Status read = segment.ForEach(prefix, [&](const Term& term) {
    any = true;
    if (term.is_inline) {
      ++counts[term.section];
      return true;
    }
    for (Cursor cursor = segment.Open(term); cursor.section() != kEnd; cursor.NextBlock()) {
      const auto sections = cursor.BlockSections();
      const auto found = cursor.BlockCounts();
      for (std::size_t i = 0; i < sections.size(); ++i) counts[sections[i]] += found[i];
    }
    return true;
  });
  if (!read) return Pass(read);
  return any ? Present(segment, counts) : std::vector<Match>();
}

}  // namespace

Result<PhraseMatches> FindPhrase(const Segment& segment, Field field, std::u32string_view phrase,
                                 const std::vector<bool>& begins) {
  PhraseMatches out;
  if (phrase.size() == 1 && begins[0]) {
    auto found = SumPrefix(segment, GramPrefix(field, phrase[0]));
    if (!found) return Pass(found);
    out.matches = std::move(*found);
    return out;
  }
  auto looked_up = LookUp(segment, field, phrase, begins);
  if (!looked_up) return Pass(looked_up);
  if (looked_up->empty) return out;
  const std::vector<Part> parts = Cover(std::move(looked_up->parts), phrase.size(), out.unsure);
  if (!parts.empty()) {
    if (parts.size() == 1) {
      Collect(segment, segment.Open(parts[0].term), out.matches);
    } else {
      Intersect(segment, parts, out.matches);
    }
    return out;
  }
  // A mark and the line's last character, or marks alone.
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (!begins[i]) continue;
    auto found = SumPrefix(segment, GramPrefix(field, phrase[i]));
    if (!found) return Pass(found);
    out.matches = std::move(*found);
    return out;
  }
  out.everywhere = true;
  return out;
}

Result<std::vector<Match>> FindWord(const Segment& segment, Field field, std::string_view word) {
  const auto term = segment.Find(WordKey(field, word));
  if (!term) return Pass(term);
  std::vector<Match> out;
  if (term->postings > 0) Collect(segment, segment.Open(*term), out);
  return out;
}

Result<std::vector<Match>> FindWordPrefix(const Segment& segment, Field field,
                                          std::string_view prefix) {
  return SumPrefix(segment, WordKey(field, prefix));
}

}  // namespace sakuin::postings
