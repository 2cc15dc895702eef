#include "indexer/thesaurus/descriptions.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/schemes.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

// Folded characters that a description's words may span, by the script of its first one.
constexpr std::size_t kReach = 20;
constexpr std::size_t kSpacedReach = 40;
constexpr std::size_t kWholeWord = 3;  // letters

struct Row {
  const model::Concept* concept_ptr = nullptr;
  std::set<const model::Concept*> kin;  // its broader concepts, all levels, and its siblings
  bool in_heading = true;
  bool in_text = true;
  std::size_t groups = 0;
};

// A word that stands in the text, for one group of one row.
struct Hit {
  std::uint32_t row = 0;
  std::size_t group = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool EndsSentence(const std::u32string& chars, std::size_t at) {
  const char32_t c = chars[at];
  if (c == U'\n' || c == 0x3002 || c == U'!' || c == U'?') return true;
  return c == U'.' && (at + 1 == chars.size() || chars[at + 1] == U' ' || chars[at + 1] == U'\n');
}

// Does a mark of lists stand beside chars [begin, end)?
bool InList(const std::u32string& chars, std::size_t begin, std::size_t end) {
  const auto joins = [](char32_t c) { return c == 0x3001 || c == 0x30FB || c == U'/'; };
  return (begin > 0 && joins(chars[begin - 1])) || (end < chars.size() && joins(chars[end]));
}

void AddKin(const Thesaurus& thesaurus, const model::Concept& from,
            std::set<const model::Concept*>& out) {
  for (const model::Concept& other : thesaurus.concepts()) {
    for (const std::string& id : from.broader) {
      const auto& broader = other.broader;
      if (&other != &from && std::find(broader.begin(), broader.end(), id) != broader.end()) {
        out.insert(&other);
      }
    }
  }
  std::vector<const model::Concept*> open{&from};
  while (!open.empty()) {
    const model::Concept* const at = open.back();
    open.pop_back();
    for (const std::string& id : at->broader) {
      const model::Concept* const above = thesaurus.Find(id);
      if (out.insert(above).second) open.push_back(above);
    }
  }
}

// The narrowest place that has a word of every group around `first`; an empty one if too wide.
Description Narrowest(const std::vector<Hit>& hits, const Hit& first, const Row& row,
                      std::size_t reach) {
  Description out{row.concept_ptr, first.begin, first.end};
  for (std::size_t group = 1; group < row.groups; ++group) {
    Description best;
    std::size_t best_size = reach + 1;
    for (const Hit& hit : hits) {
      if (hit.row != first.row || hit.group != group) continue;
      if (hit.begin < first.end && first.begin < hit.end) continue;  // one word is not two
      const std::size_t begin = std::min(out.begin, hit.begin);
      const std::size_t end = std::max(out.end, hit.end);
      if (end - begin >= best_size) continue;
      best_size = end - begin;
      best = {row.concept_ptr, begin, end};
    }
    if (best.concept_ptr == nullptr) return {};
    out = best;
  }
  return out;
}

}  // namespace

struct Descriptions::Impl {
  struct Use {
    std::uint32_t row = 0;
    std::size_t group = 0;
  };

  WordTrie trie;
  std::vector<std::vector<Use>> uses;  // of a word; the trie's values are places in here
  std::vector<Row> rows;
  GeneralConcepts general;
  std::string digest;

  Status AddRow(const TsvRow& fields, const Thesaurus& thesaurus, const text::Folding& folding) {
    Row row;
    row.concept_ptr = thesaurus.Find(fields.fields[0]);
    if (row.concept_ptr == nullptr) {
      return Fail(ErrorCode::kBadData, "there is no concept " + fields.fields[0], fields.where);
    }
    const std::string& where = fields.fields[2];
    if (where != "heading" && where != "text" && where != "both") {
      return Fail(ErrorCode::kBadData, "'" + where + "' is none of heading, text, both",
                  fields.where);
    }
    row.in_heading = where != "text";
    row.in_text = where != "heading";
    AddKin(thesaurus, *row.concept_ptr, row.kin);
    const auto number = static_cast<std::uint32_t>(rows.size());
    for (const std::string& group : Split(fields.fields[1], '+')) {
      for (const std::string& word : Split(group, '|')) {
        const std::u32string folded = folding.Fold(word).chars;
        const std::uint32_t at = trie.Add(folded, static_cast<std::uint32_t>(uses.size()));
        if (at == WordTrie::kNone) return Fail(ErrorCode::kBadData, "has no word", fields.where);
        if (at == uses.size()) uses.emplace_back();
        uses[at].push_back({number, row.groups});
      }
      ++row.groups;
    }
    rows.push_back(row);
    return {};
  }

  // The words in chars [begin, end) of one sentence.
  std::vector<Hit> Words(const std::u32string& chars, std::size_t begin, std::size_t end,
                         const std::vector<Mention>& mentions, Place place) const {
    std::vector<Hit> out;
    auto name = std::lower_bound(mentions.begin(), mentions.end(), begin,
                                 [](const Mention& m, std::size_t at) { return m.end <= at; });
    for (std::size_t at = begin; at < end; ++at) {
      while (name != mentions.end() && name->end <= at) ++name;
      if (!trie.MayBegin(chars[at])) continue;
      // A word of a spaced script begins where such a word begins; its end is free ("strained").
      if (at > 0 && text::IsSpaced(chars[at]) && text::IsSpaced(chars[at - 1])) continue;
      trie.At(chars, at, [&](std::size_t word_end, std::uint32_t value) {
        if (word_end > end) return;
        // A short one is whole: a car is no cartoon.
        if (word_end - at <= kWholeWord && word_end < chars.size() && text::IsSpaced(chars[at]) &&
            text::IsSpaced(chars[word_end])) {
          return;
        }
        const bool in_name = name != mentions.end() && name->begin < word_end;
        for (const Use& use : uses[value]) {
          const Row& row = rows[use.row];
          if (place == Place::kHeading ? !row.in_heading : !row.in_text) continue;
          // A word that only looks like this one.
          if (in_name && IsLookAlike(*name->concept_ptr)) continue;
          // The tendon in "Achilles tendon stretch" is not what hurts.
          // One of several, as in "joints, menisci, ligaments": examples.
          if (row.groups == 1 && InList(chars, at, word_end)) continue;
          const bool exact = in_name && name->begin == at && name->end == word_end;
          if (in_name && !exact && row.groups == 1 && IsAction(*name->concept_ptr)) continue;
          const bool whole = exact || (in_name && general.Has(*name->concept_ptr));
          if (in_name && !whole && name->concept_ptr->scheme == row.concept_ptr->scheme &&
              row.kin.count(name->concept_ptr) == 0) {
            continue;
          }
          out.push_back({use.row, use.group, at, word_end});
        }
      });
    }
    return out;
  }

  void FindInSentence(const std::u32string& chars, const std::vector<Hit>& hits,
                      std::vector<Description>& out) const {
    const std::size_t before = out.size();
    for (const Hit& hit : hits) {
      if (hit.group != 0) continue;
      const std::size_t reach = text::IsSpaced(chars[hit.begin]) ? kSpacedReach : kReach;
      const Description found = Narrowest(hits, hit, rows[hit.row], reach);
      if (found.concept_ptr == nullptr) continue;
      const bool known = std::any_of(
          out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
          [&found](const Description& other) { return other.concept_ptr == found.concept_ptr; });
      if (!known) out.push_back(found);
    }
  }
};

Result<Descriptions> Descriptions::Load(const std::string& data_dir, const Thesaurus& thesaurus,
                                        const GeneralConcepts& general,
                                        const text::Folding& folding) {
  const std::string path = data_dir + "/thesaurus/descriptions.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto table = ReadTsv(path, 4, 4);
  if (!table) return Pass(table);
  auto impl = std::make_unique<Impl>();
  for (const TsvRow& row : *table) {
    if (const Status done = impl->AddRow(row, thesaurus, folding); !done) return Pass(done);
  }
  impl->general = general;
  impl->digest = Digest(*bytes);
  Descriptions out(std::move(impl));
  for (const TsvRow& row : *table) {
    const text::Folded example = folding.Fold(row.fields[3]);
    const Place place = row.fields[2] == "heading" ? Place::kHeading : Place::kText;
    // By itself: a label that somebody adds must not stop the program.
    const auto found = out.Find(example, {}, place);
    const bool holds = std::any_of(found.begin(), found.end(), [&row](const Description& one) {
      return one.concept_ptr->id == row.fields[0];
    });
    if (holds) continue;
    return Fail(ErrorCode::kBadData, "the example does not describe " + row.fields[0], row.where);
  }
  return out;
}

std::vector<Description> Descriptions::Find(const text::Folded& text,
                                            const std::vector<Mention>& mentions,
                                            Place place) const {
  std::vector<Description> out;
  const std::u32string& chars = text.chars;
  for (std::size_t begin = 0; begin < chars.size();) {
    std::size_t end = begin;
    while (end < chars.size() && !EndsSentence(chars, end)) ++end;
    impl_->FindInSentence(chars, impl_->Words(chars, begin, end, mentions, place), out);
    begin = end + 1;
  }
  return out;
}

const std::string& Descriptions::digest() const { return impl_->digest; }

Descriptions::Descriptions(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Descriptions::Descriptions(Descriptions&&) noexcept = default;
Descriptions& Descriptions::operator=(Descriptions&&) noexcept = default;
Descriptions::~Descriptions() = default;

}  // namespace sakuin::thesaurus
