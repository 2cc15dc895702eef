#include "indexer/thesaurus/labels/label_table.h"

#include <algorithm>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/labels/label_form.h"
#include "indexer/thesaurus/labels/label_letters.h"
#include "indexer/thesaurus/schemes.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kLongestAbbreviation = 5;
constexpr std::size_t kLongestBorrowed = 4;
constexpr std::size_t kShortestAcrossGap = 4;

// Of a group, below its beginning among the entries.
constexpr std::uint32_t kShortKanaBit = 1;
constexpr std::uint32_t kOneHanBit = 2;
constexpr std::uint32_t kGroupBits = 2;

constexpr std::uint32_t Id(SectionId id) { return static_cast<std::uint32_t>(id); }

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

LabelEntry EntryOf(const LabelTable::Source& source, const LabelForm& form) {
  const model::Label& label = source.concept_ptr->labels[source.label];
  std::uint32_t bits = static_cast<std::uint32_t>(label.kind) << LabelEntry::kKindShift;
  if (label.is_users) bits |= LabelEntry::kUsers;
  if (IsAbbreviation(label.text)) bits |= LabelEntry::kAbbreviation;
  if (form.chars.size() >= kShortestAcrossGap || HasGap(form, 0, form.chars.size())) {
    bits |= LabelEntry::kAcrossGap;
  }
  if (IsBorrowed(label.text)) bits |= LabelEntry::kBorrowed;
  if (IsLookAlike(*source.concept_ptr)) bits |= LabelEntry::kAnywhere;
  return {source.concept_number, (source.label << LabelEntry::kBits) | bits};
}

// What the saved table depends on beside the SKOS files.
std::string About(const text::Folding& folding) {
  return std::string(kLabelsVersion) + " " + folding.digest();
}

}  // namespace

struct LabelTable::Built {
  std::vector<std::uint32_t> groups;
  std::vector<LabelEntry> entries;
  std::vector<char> spaced;
};

class LabelTable::Builder {
 public:
  Builder(DoubleArray& words, Built& out) : words_(words), out_(out) {}

  void Run(const std::vector<std::u32string_view>& forms, const std::vector<LabelEntry>& all,
           DoubleArray::Packing packing) {
    std::vector<std::uint32_t> values;
    words_ = DoubleArray::Build(forms, values, packing);
    std::vector<std::uint32_t> group_of(all.size(), DoubleArray::kNone);
    std::vector<std::uint32_t> next(all.size(), DoubleArray::kNone);  // of the same form
    std::vector<std::uint32_t> last(all.size(), DoubleArray::kNone);
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (values[i] == DoubleArray::kNone) continue;
      if (values[i] != i) next[last[values[i]]] = i;
      last[values[i]] = i;
    }
    out_.entries.reserve(all.size());
    out_.groups.reserve(all.size() + 1);
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (values[i] != i) continue;
      group_of[i] = static_cast<std::uint32_t>(out_.groups.size());
      begin_ = out_.entries.size();
      OpenGroup(forms[i]);
      for (std::uint32_t n = i; n != DoubleArray::kNone; n = next[n]) AddToGroup(all[n]);
      if (out_.entries.size() - begin_ < 2) continue;
      std::stable_sort(out_.entries.begin() + static_cast<std::ptrdiff_t>(begin_),
                       out_.entries.end(),
                       [](const auto& a, const auto& b) { return a.IsBetter(b); });
    }
    out_.groups.push_back(static_cast<std::uint32_t>(out_.entries.size() << kGroupBits));
    words_.Renumber(group_of);
    MarkSpaced(forms);
  }

 private:
  // A form that a concept has twice is kept twice only where other rules hold for each.
  void AddToGroup(const LabelEntry& entry) {
    for (std::size_t i = begin_; i < out_.entries.size(); ++i) {
      LabelEntry& other = out_.entries[i];
      if (other.concept_number != entry.concept_number || other.Rules() != entry.Rules()) continue;
      if (entry.IsBetter(other)) other = entry;
      return;
    }
    out_.entries.push_back(entry);
  }

  void OpenGroup(std::u32string_view form) {
    const bool kana = std::all_of(form.begin(), form.end(), IsKatakana);
    const bool one_han = form.size() == 1 && IsHan(form[0]);
    out_.groups.push_back(static_cast<std::uint32_t>(begin_ << kGroupBits) |
                          (kana && form.size() <= kShortKana ? kShortKanaBit : 0) |
                          (one_han ? kOneHanBit : 0));
  }

  void MarkSpaced(const std::vector<std::u32string_view>& forms) {
    out_.spaced.assign(words_.alphabet(), 0);
    std::vector<char> known(words_.alphabet(), 0);
    for (const std::u32string_view form : forms) {
      if (form.empty() || known[words_.Code(form[0])] != 0) continue;
      known[words_.Code(form[0])] = 1;
      out_.spaced[words_.Code(form[0])] = text::IsSpaced(form[0]) ? 1 : 0;
    }
  }

  DoubleArray& words_;
  Built& out_;
  std::size_t begin_ = 0;  // of the open group's entries
};

LabelTable LabelTable::Build(const std::vector<Source>& labels, const text::Folding& folding,
                             DoubleArray::Packing packing) {
  std::u32string all;
  std::vector<LabelEntry> entries;
  std::vector<std::size_t> begins;
  entries.reserve(labels.size());
  begins.reserve(labels.size() + 1);
  text::Folded folded;
  LabelForm form;
  for (const Source& source : labels) {
    folding.Fold(source.concept_ptr->labels[source.label].text, folded);
    FormOf(folded.chars, form);
    entries.push_back(EntryOf(source, form));
    begins.push_back(all.size());
    all += form.chars;
  }
  begins.push_back(all.size());
  std::vector<std::u32string_view> forms;
  forms.reserve(labels.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    forms.push_back(std::u32string_view(all).substr(begins[i], begins[i + 1] - begins[i]));
  }
  LabelTable out;
  auto built = std::make_shared<Built>();
  Builder(out.words_, *built).Run(forms, entries, packing);
  out.groups_ = built->groups;
  out.entries_ = built->entries;
  out.spaced_ = built->spaced;
  out.owner_ = std::move(built);
  return out;
}

void LabelTable::Save(const text::Folding& folding, ContainerWriter& to) const {
  const DoubleArray::Tables& words = words_.tables();
  to.Add(Id(SectionId::kLabelsAbout), About(folding));
  to.AddArray(Id(SectionId::kAlphabet), words.bmp);
  to.AddArray(Id(SectionId::kFarAlphabet), words.beyond);
  to.AddArray(Id(SectionId::kCells), words.cells);
  to.AddArray(Id(SectionId::kValues), words.values);
  to.AddArray(Id(SectionId::kRests), words.rests);
  to.AddArray(Id(SectionId::kRestCodes), words.rest_codes);
  to.AddArray(Id(SectionId::kGroups), groups_);
  to.AddArray(Id(SectionId::kEntries), entries_);
  to.AddArray(Id(SectionId::kSpaced), spaced_);
}

std::unique_ptr<LabelTable> LabelTable::Load(const std::shared_ptr<const CompiledThesaurus>& base,
                                             const text::Folding& folding) {
  const Container& from = base->container();
  if (from.Section(Id(SectionId::kLabelsAbout)) != About(folding)) return nullptr;
  auto out = std::make_unique<LabelTable>();
  bool whole = true;
  const auto read = [&](SectionId id, auto& to) {
    using T = typename std::remove_reference_t<decltype(to)>::element_type;
    const auto array = from.Array<std::remove_const_t<T>>(Id(id));
    whole = whole && array;
    if (array) to = *array;
  };
  DoubleArray::Tables words;
  read(SectionId::kAlphabet, words.bmp);
  read(SectionId::kFarAlphabet, words.beyond);
  read(SectionId::kCells, words.cells);
  read(SectionId::kValues, words.values);
  read(SectionId::kRests, words.rests);
  read(SectionId::kRestCodes, words.rest_codes);
  read(SectionId::kGroups, out->groups_);
  read(SectionId::kEntries, out->entries_);
  read(SectionId::kSpaced, out->spaced_);
  if (!whole || out->groups_.empty()) return nullptr;
  auto array = DoubleArray::Over(words, out->groups_.size() - 1, base);
  if (array == nullptr || out->spaced_.size() != array->alphabet() ||
      !std::is_sorted(out->groups_.begin(), out->groups_.end()) ||
      out->groups_.back() >> kGroupBits != out->entries_.size() ||
      !std::all_of(out->entries_.begin(), out->entries_.end(),
                   [&base](const auto& entry) { return entry.concept_number < base->size(); })) {
    return nullptr;
  }
  out->words_ = std::move(*array);
  out->owner_ = base;
  return out;
}

LabelGroup LabelTable::GroupAt(std::uint32_t value) const {
  const std::uint32_t group = groups_[value];
  const std::uint32_t begin = group >> kGroupBits;
  const std::uint32_t end = groups_[value + 1] >> kGroupBits;
  return {entries_.subspan(begin, end - begin), (group & kShortKanaBit) != 0,
          (group & kOneHanBit) != 0};
}

std::size_t LabelTable::MemoryBytes() const {
  return words_.MemoryBytes() + groups_.size_bytes() + entries_.size_bytes() + spaced_.size_bytes();
}

}  // namespace sakuin::thesaurus
