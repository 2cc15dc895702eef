#include "indexer/thesaurus/label_matcher.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/digest.h"
#include "indexer/base/utf8.h"
#include "indexer/thesaurus/compiled/thesaurus_data.h"
#include "indexer/thesaurus/labels/label_form.h"
#include "indexer/thesaurus/labels/label_letters.h"
#include "indexer/thesaurus/labels/label_table.h"
#include "indexer/thesaurus/schemes.h"

namespace sakuin::thesaurus {
namespace {

// Words of spaced scripts are whole: `ice` does not stand in `service`.
bool BeginsWord(const std::u32string& chars, std::size_t begin) {
  return begin == 0 || !text::IsSpaced(chars[begin]) || !text::IsSpaced(chars[begin - 1]);
}

bool EndsWord(const std::u32string& chars, std::size_t end) {
  return end == chars.size() || !text::IsSpaced(chars[end - 1]) || !text::IsSpaced(chars[end]);
}

// The labels of the concepts [first, last), or of users alone.
void AddLabels(const ConceptSlots& concepts, std::size_t first, std::size_t last, bool only_users,
               std::vector<LabelTable::Source>& out) {
  for (std::size_t i = first; i < last; ++i) {
    const model::Concept& found = concepts.At(i);
    for (std::uint32_t n = 0; n < found.labels.size(); ++n) {
      if (only_users && !found.labels[n].is_users) continue;
      out.push_back({static_cast<std::uint32_t>(i), &found, n});
    }
  }
}

// Only a file that gives a concept a scheme can do this.
bool AreLookAlikesTheSame(const ThesaurusData& data) {
  return std::all_of(data.changed.begin(), data.changed.end(), [&data](std::uint32_t number) {
    return IsLookAlike(data.concepts->At(number)) == IsLookAlike(data.base->Concept(number));
  });
}

// The labels of what was compiled as they lie there, then those of users; or all in one table.
std::vector<LabelTable> TablesOf(const ThesaurusData& data, const text::Folding& folding) {
  std::vector<LabelTable> out;
  std::vector<LabelTable::Source> labels;
  const std::size_t size = data.concepts->size();
  auto compiled = data.base == nullptr ? nullptr : LabelTable::Load(data.base, folding);
  if (compiled == nullptr || !AreLookAlikesTheSame(data)) {
    AddLabels(*data.concepts, 0, size, false, labels);
    out.push_back(LabelTable::Build(labels, folding));
    return out;
  }
  out.push_back(std::move(*compiled));
  for (const std::uint32_t number : data.changed) {
    AddLabels(*data.concepts, number, number + std::size_t{1}, true, labels);
  }
  AddLabels(*data.concepts, data.base->size(), size, true, labels);
  if (!labels.empty()) out.push_back(LabelTable::Build(labels, folding));
  return out;
}

// A user's label stands for a shipped one of its concept and form.
bool IsReplaced(const LabelEntry& shipped, const LabelGroup& users) {
  return std::any_of(users.entries.begin(), users.entries.end(), [&](const LabelEntry& entry) {
    return entry.concept_number == shipped.concept_number && entry.Rules() == shipped.Rules();
  });
}

}  // namespace

struct LabelMatcher::Impl {
  const ConceptSlots* concepts = nullptr;
  std::vector<LabelTable> tables;  // one, or the shipped labels and then the users'
  KanaParticles particles;
  std::string digest;

  // Of a name at folded [begin, end), whose bytes are `span`.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
    model::Span span;
    bool gap = false;  // something was dropped between characters of no spaced script
  };

  bool MayStand(const LabelGroup& group, const Place& at, std::string_view original,
                const std::u32string& chars) const {
    if (group.one_han) {
      return (at.begin == 0 || !IsHan(chars[at.begin - 1])) &&
             (at.end == chars.size() || !IsHan(chars[at.end]));
    }
    return !group.short_kana || IsWholeRun(original, at.span);
  }

  static bool IsAllHiragana(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
      const char32_t c = utf8::Next(name, at);
      if (!IsHiragana(c) && c != 0x30FC) return false;
    }
    return true;
  }

  bool IsWholeRun(std::string_view original, model::Span span) const {
    const std::string_view name = span.In(original);
    bool katakana = true;
    bool hiragana = true;
    for (std::size_t at = 0; at < name.size();) {
      const char32_t c = utf8::Next(name, at);
      katakana = katakana && IsKatakana(c);
      hiragana = hiragana && (IsHiragana(c) || c == 0x30FC);
    }
    std::size_t left = span.begin;
    std::size_t right = span.end;
    const char32_t before = left > 0 ? utf8::Previous(original, left) : 0;
    const char32_t after = right < original.size() ? utf8::Next(original, right) : 0;
    if (katakana) return !IsKatakana(before) && !IsKatakana(after);
    if (!hiragana || before == 0x30FC || after == 0x30FC) return false;
    // Behind a Han character they are more often the end of a verb.
    if (IsHan(before) && utf8::Count(name) < kShortKana) return false;
    return (!IsHiragana(before) || particles.EndsBefore(original, span.begin)) &&
           (!IsHiragana(after) || particles.BeginsAfter(original, span.end));
  }

  static bool MayStand(const LabelEntry& entry, const Place& at, std::string_view original) {
    if (at.gap && !entry.Has(LabelEntry::kAcrossGap)) return false;
    const std::string_view name = at.span.In(original);
    if (entry.Has(LabelEntry::kBorrowed) && IsAllHiragana(name)) return false;
    if (!entry.Has(LabelEntry::kAbbreviation)) return true;
    for (std::size_t i = 0; i < name.size();) {
      if (IsSmallLatin(utf8::Next(name, i))) return false;
    }
    return true;
  }

  // Appends the mention if a label of one form may stand there; `users` come before `shipped`.
  // Without `original`: a query.
  bool Put(const LabelGroup* users, const LabelGroup* shipped, const Place& at,
           const std::string_view* original, const std::u32string& chars,
           std::vector<Mention>& out) const {
    const model::Concept* first = nullptr;
    for (const LabelGroup* group : {users, shipped}) {
      if (group == nullptr) continue;
      const bool stands = original == nullptr || MayStand(*group, at, *original, chars);
      for (const LabelEntry& entry : group->entries) {
        if (!stands && !entry.Has(LabelEntry::kAnywhere)) continue;
        if (original != nullptr && !MayStand(entry, at, *original)) continue;
        if (group == shipped && users != nullptr && IsReplaced(entry, *users)) continue;
        const model::Concept& found = concepts->At(entry.concept_number);
        if (entry.Label() >= found.labels.size()) continue;
        if (first == nullptr) {
          first = &found;
          out.push_back({first, &found.labels[entry.Label()], at.begin, at.end, at.span, {}});
          if (!entry.IsHidden()) return true;
        } else if (entry.IsHidden() && &found != first) {
          std::vector<const model::Concept*>& also = out.back().also;
          if (std::find(also.begin(), also.end(), &found) == also.end()) also.push_back(&found);
        }
      }
    }
    return first != nullptr;
  }

  struct Candidate {
    std::size_t end = 0;
    std::size_t table = 0;
    std::uint32_t value = 0;
    friend bool operator<(const Candidate& a, const Candidate& b) { return a.end < b.end; }
  };

  // Appends the words of a table that begin there and end where a word may, the longest last.
  void Find(std::size_t table, const std::vector<std::uint32_t>& codes, const LabelForm& form,
            const std::u32string& chars, std::size_t begin, std::vector<Candidate>& out) const {
    const std::uint32_t code = codes[begin];
    if (code == 0) return;
    if (tables[table].IsSpaced(code) && !BeginsWord(chars, form.from[begin])) return;
    tables[table].words().At(codes, begin, [&](std::size_t end, std::uint32_t value) {
      if (EndsWord(chars, form.from[end - 1] + 1)) out.push_back({end, table, value});
    });
  }

  static std::vector<std::uint32_t> CodesOf(const LabelForm& form, const DoubleArray& words) {
    std::vector<std::uint32_t> out(form.chars.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = words.Code(form.chars[i]);
    return out;
  }

  // Appends the longest name that may stand at `begin`, and gives its end there; 0 where none may.
  std::size_t PutLongest(std::vector<Candidate>& found, const LabelForm& form, std::size_t begin,
                         const std::string_view* original, const text::Folded& folded,
                         std::vector<Mention>& out) const {
    while (!found.empty()) {
      const std::size_t end = found.back().end;
      Place at;
      at.begin = form.from[begin];
      at.end = form.from[end - 1] + 1;
      at.span = folded.Original(at.begin, at.end);
      at.gap = HasGap(form, begin, end);
      std::optional<LabelGroup> users;
      std::optional<LabelGroup> shipped;
      for (; !found.empty() && found.back().end == end; found.pop_back()) {
        (found.back().table > 0 ? users : shipped) =
            tables[found.back().table].GroupAt(found.back().value);
      }
      if (Put(users ? &*users : nullptr, shipped ? &*shipped : nullptr, at, original, folded.chars,
              out)) {
        return end;
      }
    }
    return 0;
  }

  std::vector<Mention> Match(const std::string_view* original, const text::Folded& folded) const {
    std::vector<Mention> out;
    std::vector<Candidate> found;
    const LabelForm form = FormOf(folded.chars);
    std::vector<std::vector<std::uint32_t>> codes;
    for (const LabelTable& table : tables) codes.push_back(CodesOf(form, table.words()));
    for (std::size_t begin = 0; begin < form.chars.size();) {
      for (std::size_t n = 0; n < tables.size(); ++n) {
        Find(n, codes[n], form, folded.chars, begin, found);
      }
      if (tables.size() > 1) std::stable_sort(found.begin(), found.end());
      const std::size_t end =
          found.empty() ? 0 : PutLongest(found, form, begin, original, folded, out);
      found.clear();
      begin = end > 0 ? end : begin + 1;
    }
    return out;
  }
};

LabelMatcher LabelMatcher::Build(const Thesaurus& thesaurus, const text::Folding& folding,
                                 KanaParticles particles) {
  auto impl = std::make_unique<Impl>();
  impl->concepts = thesaurus.data().concepts.get();
  impl->tables = TablesOf(thesaurus.data(), folding);
  impl->particles = std::move(particles);
  impl->digest =
      Digest(kLabelsVersion + thesaurus.digest() + folding.digest() + impl->particles.digest());
  return LabelMatcher(std::move(impl));
}

std::vector<Mention> LabelMatcher::Match(std::string_view original,
                                         const text::Folded& folded) const {
  return impl_->Match(&original, folded);
}

std::vector<Mention> LabelMatcher::Match(const text::Folded& folded) const {
  return impl_->Match(nullptr, folded);
}

std::size_t LabelMatcher::size() const {
  std::size_t out = 0;
  for (const LabelTable& table : impl_->tables) out += table.size();
  return out;
}

std::size_t LabelMatcher::MemoryBytes() const {
  std::size_t out = 0;
  for (const LabelTable& table : impl_->tables) out += table.MemoryBytes();
  return out;
}

const std::string& LabelMatcher::digest() const { return impl_->digest; }

LabelMatcher::LabelMatcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LabelMatcher::LabelMatcher(LabelMatcher&&) noexcept = default;
LabelMatcher& LabelMatcher::operator=(LabelMatcher&&) noexcept = default;
LabelMatcher::~LabelMatcher() = default;

}  // namespace sakuin::thesaurus
