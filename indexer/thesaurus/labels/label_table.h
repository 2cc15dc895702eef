#pragma once

// Labels by the form in which they are compared, with what decides where each may stand.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"
#include "indexer/thesaurus/labels/double_array.h"

namespace sakuin::thesaurus {

// Raise it when the code of this folder finds other names in the same text with the same data.
inline constexpr const char* kLabelsVersion = "labels-3";

// A label of a concept, both by number, and its rules.
struct LabelEntry {
  enum Bit : std::uint32_t {
    kUsers = 1,
    kAbbreviation = 2,  // only in capitals
    kAcrossGap = 4,     // may stand across a dropped hyphen or dot
    kBorrowed = 8,      // may not stand in hiragana
    kAnywhere = 16,     // only looks like a name: it shields whatever stands beside it
    kKindShift = 5,     // two bits of model::LabelKind
  };
  // Of a concept, a form that differs in these alone is kept twice.
  static constexpr std::uint32_t kRules = kAbbreviation | kAcrossGap | kBorrowed;
  static constexpr std::uint32_t kBits = 7;

  std::uint32_t concept_number = 0;
  std::uint32_t label_and_bits = 0;

  bool Has(Bit bit) const { return (label_and_bits & bit) != 0; }
  std::uint32_t Rules() const { return label_and_bits & kRules; }
  std::size_t Label() const { return label_and_bits >> kBits; }
  model::LabelKind Kind() const {
    return static_cast<model::LabelKind>((label_and_bits >> kKindShift) & 3U);
  }
  bool IsHidden() const { return Kind() == model::LabelKind::kHidden; }
  // Which label of one form decides what it means: a user's before a shipped one.
  bool IsBetter(const LabelEntry& other) const {
    return Has(kUsers) != other.Has(kUsers) ? Has(kUsers) : Kind() < other.Kind();
  }
};

// The labels of one form; the best first.
struct LabelGroup {
  std::span<const LabelEntry> entries;
  bool short_kana = false;
  bool one_han = false;
};

// Immutable; copies share their tables. Thread-safe.
class LabelTable {
 public:
  struct Source {
    std::uint32_t concept_number = 0;
    const model::Concept* concept_ptr = nullptr;
    std::uint32_t label = 0;
  };
  // In order of concepts and their labels.
  static LabelTable Build(const std::vector<Source>& labels, const text::Folding& folding,
                          DoubleArray::Packing packing = DoubleArray::Packing::kFast);

  // What is kept in `base`; nullptr where it holds none that this code made with this folding.
  static std::unique_ptr<LabelTable> Load(const std::shared_ptr<const CompiledThesaurus>& base,
                                          const text::Folding& folding);
  void Save(const text::Folding& folding, ContainerWriter& to) const;

  const DoubleArray& words() const { return words_; }  // values are for GroupAt()
  // Does the character with this code need a word's beginning where a label begins with it?
  bool IsSpaced(std::uint32_t code) const { return spaced_[code] != 0; }
  LabelGroup GroupAt(std::uint32_t value) const;
  std::size_t size() const { return entries_.size(); }
  std::size_t MemoryBytes() const;

 private:
  class Builder;
  struct Built;

  DoubleArray words_;
  std::span<const std::uint32_t> groups_;  // begin in entries_ and two bits; one more at the end
  std::span<const LabelEntry> entries_;
  std::span<const char> spaced_;  // by code
  std::shared_ptr<const void> owner_;
};

}  // namespace sakuin::thesaurus
