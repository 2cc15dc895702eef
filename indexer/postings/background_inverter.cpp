#include "indexer/postings/background_inverter.h"

#include <span>
#include <string_view>
#include <utility>

namespace sakuin::postings {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 20U;

}  // namespace

void BackgroundInverter::Batch::Clear() {
  sections.clear();
  grams.clear();
  words.clear();
}

void BackgroundInverter::Add(SectionNumber number, const FieldView& heading,
                             const FieldView& text) {
  Waiting& section = filling_.sections.emplace_back();
  section.number = number;
  for (const auto& [field, terms] : {std::pair(Field::kText, &text), {Field::kHeading, &heading}}) {
    section.grams[static_cast<int>(field)] = terms->grams.size();
    section.words[static_cast<int>(field)] = terms->words.size();
    filling_.grams.insert(filling_.grams.end(), terms->grams.begin(), terms->grams.end());
    filling_.words += terms->words;
  }
  ++sections_;
  const std::size_t bytes = filling_.grams.size() * sizeof(std::uint64_t) + filling_.words.size();
  if (bytes >= kBatchBytes) Send();
}

void BackgroundInverter::Wait() {
  if (busy_.valid()) busy_.get();
}

void BackgroundInverter::Send() {
  Wait();
  memory_ = inverter_.memory();
  std::swap(filling_, inverting_);
  filling_.Clear();
  busy_ = std::async(std::launch::async, [this] {
    std::span<const std::uint64_t> grams(inverting_.grams);
    std::string_view words(inverting_.words);
    for (const Waiting& section : inverting_.sections) {
      FieldView fields[kFields];
      for (const Field field : {Field::kText, Field::kHeading}) {
        const auto at = static_cast<int>(field);
        fields[at] = {grams.first(section.grams[at]), words.substr(0, section.words[at])};
        grams = grams.subspan(section.grams[at]);
        words.remove_prefix(section.words[at]);
      }
      inverter_.Add(section.number, fields[static_cast<int>(Field::kHeading)],
                    fields[static_cast<int>(Field::kText)]);
    }
  });
}

Result<SegmentParts> BackgroundInverter::Write(const SegmentWriter::PutChunk& put) {
  Send();
  Wait();
  sections_ = 0;
  memory_ = 0;
  return inverter_.Write(put);
}

void BackgroundInverter::Clear() {
  Wait();
  filling_.Clear();
  inverter_ = Inverter();
  sections_ = 0;
  memory_ = 0;
}

}  // namespace sakuin::postings
