#include "indexer/thesaurus/label_matcher.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/labels/double_array.h"
#include "indexer/thesaurus/labels/label_form.h"
#include "indexer/thesaurus/schemes.h"

namespace sakuin::thesaurus {
namespace {

// Raise it when the code of this folder finds other names in the same text with the same data.
constexpr const char* kVersion = "labels-3";

constexpr std::size_t kLongestAbbreviation = 5;
constexpr std::size_t kShortKana = 3;
constexpr std::size_t kLongestBorrowed = 4;
constexpr std::size_t kShortestAcrossGap = 4;

bool IsSpaced(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }

// Words of spaced scripts are whole: `ice` does not stand in `service`.
bool BeginsWord(const std::u32string& chars, std::size_t begin) {
  return begin == 0 || !IsSpaced(chars[begin]) || !IsSpaced(chars[begin - 1]);
}

bool EndsWord(const std::u32string& chars, std::size_t end) {
  return end == chars.size() || !IsSpaced(chars[end - 1]) || !IsSpaced(chars[end]);
}

// Half- and full-width forms too: these look at the original text.
bool IsSmallLatin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xFF41 && c <= 0xFF5A); }
bool IsCapital(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF3A); }
bool IsDigit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }
bool IsHiragana(char32_t c) { return c >= 0x3041 && c <= 0x309E && c != 0x309B && c != 0x309C; }
bool IsKatakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE) ||
         (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x31F0 && c <= 0x31FF);
}

// A short foreign word: nobody writes cholera in hiragana, and "these" is written so.
bool IsBorrowed(std::string_view label) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < label.size(); ++size) {
    if (!IsKatakana(utf8::Next(label, at))) return false;
  }
  return size <= kLongestBorrowed;
}

bool IsAbbreviation(std::string_view label) {
  std::size_t size = 0;
  bool capital = false;
  for (std::size_t at = 0; at < label.size(); ++size) {
    const char32_t c = utf8::Next(label, at);
    if (!IsCapital(c) && !IsDigit(c)) return false;
    capital = capital || IsCapital(c);
  }
  return capital && size <= kLongestAbbreviation;
}

// Which label of one form decides what it means: a user's before a shipped one.
bool IsBetter(const model::Label& a, const model::Label& b) {
  return a.is_users != b.is_users ? a.is_users : a.kind < b.kind;
}

struct Entry {
  const model::Concept* concept_ptr = nullptr;
  const model::Label* label = nullptr;
  bool abbreviation = false;
  bool hidden = false;
  bool across_gap = false;  // may stand across a dropped hyphen or dot
  bool borrowed = false;    // may not stand in hiragana
  bool anywhere = false;    // only looks like a name: it shields whatever stands beside it
};

// The labels of one form.
struct Group {
  std::uint32_t begin = 0;  // of entries
  std::uint32_t end = 0;
  bool short_kana = false;
  bool one_han = false;
};

}  // namespace

struct LabelMatcher::Impl {
  DoubleArray words;  // values are places in `groups`
  std::vector<Group> groups;
  std::vector<Entry> entries;
  std::vector<char> spaced;  // by code: does the character need a word's beginning?
  KanaParticles particles;
  std::string digest;

  void Add(const std::vector<std::u32string_view>& forms, const std::vector<Entry>& all) {
    std::vector<std::uint32_t> values;
    words = DoubleArray::Build(forms, values);
    std::vector<std::uint32_t> group_of(all.size(), DoubleArray::kNone);
    std::vector<std::uint32_t> next(all.size(), DoubleArray::kNone);  // of the same form
    std::vector<std::uint32_t> last(all.size(), DoubleArray::kNone);
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (values[i] == DoubleArray::kNone) continue;
      if (values[i] != i) next[last[values[i]]] = i;
      last[values[i]] = i;
    }
    entries.reserve(all.size());
    groups.reserve(all.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (values[i] != i) continue;
      group_of[i] = static_cast<std::uint32_t>(groups.size());
      OpenGroup(forms[i]);
      for (std::uint32_t n = i; n != DoubleArray::kNone; n = next[n]) AddToGroup(all[n]);
      if (entries.size() - groups.back().begin > 1) {
        std::stable_sort(entries.begin() + groups.back().begin, entries.end(),
                         [](const auto& a, const auto& b) { return IsBetter(*a.label, *b.label); });
      }
      groups.back().end = static_cast<std::uint32_t>(entries.size());
    }
    words.Renumber(group_of);
    MarkSpaced(forms);
  }

  // A form that a concept has twice is kept twice only where other rules hold for each.
  void AddToGroup(const Entry& entry) {
    for (auto other = entries.begin() + groups.back().begin; other != entries.end(); ++other) {
      if (other->concept_ptr != entry.concept_ptr || other->abbreviation != entry.abbreviation ||
          other->across_gap != entry.across_gap || other->borrowed != entry.borrowed) {
        continue;
      }
      if (IsBetter(*entry.label, *other->label)) *other = entry;
      return;
    }
    entries.push_back(entry);
  }

  void OpenGroup(std::u32string_view form) {
    const auto begin = static_cast<std::uint32_t>(entries.size());
    const bool kana = std::all_of(form.begin(), form.end(), IsKana);
    groups.push_back(
        {begin, begin, kana && form.size() <= kShortKana, form.size() == 1 && IsHan(form[0])});
  }

  void MarkSpaced(const std::vector<std::u32string_view>& forms) {
    spaced.assign(words.alphabet(), 0);
    std::vector<char> known(words.alphabet(), 0);
    for (const std::u32string_view form : forms) {
      if (form.empty() || known[words.Code(form[0])] != 0) continue;
      known[words.Code(form[0])] = 1;
      spaced[words.Code(form[0])] = IsSpaced(form[0]) ? 1 : 0;
    }
  }

  // Of a name at folded [begin, end), whose bytes are `span`.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
    model::Span span;
    bool gap = false;  // something was dropped between characters of no spaced script
  };

  bool MayStand(const Group& group, const Place& at, std::string_view original,
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

  bool MayStand(const Entry& entry, const Place& at, std::string_view original) const {
    if (at.gap && !entry.across_gap) return false;
    const std::string_view name = at.span.In(original);
    if (entry.borrowed && IsAllHiragana(name)) return false;
    if (!entry.abbreviation) return true;
    for (std::size_t i = 0; i < name.size();) {
      if (IsSmallLatin(utf8::Next(name, i))) return false;
    }
    return true;
  }

  // Appends the mention if a label of the group may stand there. Without `original`: a query.
  bool Put(const Group& group, const Place& at, const std::string_view* original,
           const std::u32string& chars, std::vector<Mention>& out) const {
    const bool stands = original == nullptr || MayStand(group, at, *original, chars);
    const Entry* first = nullptr;
    for (std::uint32_t i = group.begin; i < group.end; ++i) {
      const Entry& entry = entries[i];
      if (!stands && !entry.anywhere) continue;
      if (original != nullptr && !MayStand(entry, at, *original)) continue;
      if (first == nullptr) {
        first = &entry;
        out.push_back({entry.concept_ptr, entry.label, at.begin, at.end, at.span, {}});
        if (!entry.hidden) return true;
      } else if (entry.hidden && entry.concept_ptr != first->concept_ptr) {
        std::vector<const model::Concept*>& also = out.back().also;
        if (std::find(also.begin(), also.end(), entry.concept_ptr) == also.end()) {
          also.push_back(entry.concept_ptr);
        }
      }
    }
    return first != nullptr;
  }

  static bool HasGap(const LabelForm& form, std::size_t begin, std::size_t end) {
    if (end - begin < 2 || form.from[end - 1] - form.from[begin] == end - 1 - begin) return false;
    for (std::size_t i = begin + 1; i < end; ++i) {
      if (form.from[i] != form.from[i - 1] + 1 && !IsSpaced(form.chars[i]) &&
          !IsSpaced(form.chars[i - 1])) {
        return true;
      }
    }
    return false;
  }

  std::vector<Mention> Match(const std::string_view* original, const text::Folded& folded) const {
    struct Candidate {
      std::size_t end = 0;
      std::uint32_t value = 0;
    };
    std::vector<Mention> out;
    std::vector<Candidate> found;
    const LabelForm form = FormOf(folded.chars);
    std::vector<std::uint32_t> codes(form.chars.size());
    for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = words.Code(form.chars[i]);
    for (std::size_t begin = 0; begin < codes.size();) {
      std::size_t next = begin + 1;
      const bool may = codes[begin] != 0 &&
                       (spaced[codes[begin]] == 0 || BeginsWord(folded.chars, form.from[begin]));
      found.clear();
      if (may) {
        words.At(codes, begin, [&](std::size_t end, std::uint32_t value) {
          if (EndsWord(folded.chars, form.from[end - 1] + 1)) found.push_back({end, value});
        });
      }
      for (; !found.empty(); found.pop_back()) {
        const std::size_t end = found.back().end;
        Place at;
        at.begin = form.from[begin];
        at.end = form.from[end - 1] + 1;
        at.span = folded.Original(at.begin, at.end);
        at.gap = HasGap(form, begin, end);
        if (!Put(groups[found.back().value], at, original, folded.chars, out)) continue;
        next = end;
        break;
      }
      begin = next;
    }
    return out;
  }
};

LabelMatcher LabelMatcher::Build(const Thesaurus& thesaurus, const text::Folding& folding,
                                 KanaParticles particles) {
  std::size_t count = 0;
  for (const model::Concept& found : thesaurus.concepts()) count += found.labels.size();
  std::u32string all;
  std::vector<Entry> entries;
  std::vector<std::size_t> begins;
  entries.reserve(count);
  begins.reserve(count + 1);
  text::Folded folded;
  LabelForm form;
  for (const model::Concept& found : thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      folding.Fold(label.text, folded);
      FormOf(folded.chars, form);
      const bool own_gap = Impl::HasGap(form, 0, form.chars.size());
      entries.push_back({&found, &label, IsAbbreviation(label.text),
                         label.kind == model::LabelKind::kHidden,
                         own_gap || form.chars.size() >= kShortestAcrossGap, IsBorrowed(label.text),
                         IsLookAlike(found)});
      begins.push_back(all.size());
      all += form.chars;
    }
  }
  begins.push_back(all.size());
  std::vector<std::u32string_view> forms;
  forms.reserve(count);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    forms.push_back(std::u32string_view(all).substr(begins[i], begins[i + 1] - begins[i]));
  }
  auto impl = std::make_unique<Impl>();
  impl->Add(forms, entries);
  impl->particles = std::move(particles);
  impl->digest =
      Digest(kVersion + thesaurus.digest() + folding.digest() + impl->particles.digest());
  return LabelMatcher(std::move(impl));
}

std::vector<Mention> LabelMatcher::Match(std::string_view original,
                                         const text::Folded& folded) const {
  return impl_->Match(&original, folded);
}

std::vector<Mention> LabelMatcher::Match(const text::Folded& folded) const {
  return impl_->Match(nullptr, folded);
}

std::size_t LabelMatcher::size() const { return impl_->entries.size(); }

std::size_t LabelMatcher::MemoryBytes() const {
  return impl_->words.MemoryBytes() + impl_->groups.size() * sizeof(Group) +
         impl_->entries.size() * sizeof(Entry) + impl_->spaced.size();
}

const std::string& LabelMatcher::digest() const { return impl_->digest; }

LabelMatcher::LabelMatcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LabelMatcher::LabelMatcher(LabelMatcher&&) noexcept = default;
LabelMatcher& LabelMatcher::operator=(LabelMatcher&&) noexcept = default;
LabelMatcher::~LabelMatcher() = default;

}  // namespace sakuin::thesaurus
