#include "query/contradictions/records.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

namespace sakuin::contradictions {

using store::AdviceRecord;

RecordList::RecordList(std::shared_ptr<store::IndexReader> reader)
    : source_(std::make_shared<Source>()) {
  source_->reader = std::move(reader);
}

void RecordList::push_back(AdviceRecord record) {
  entries_.push_back({std::make_shared<const AdviceRecord>(std::move(record)), 0});
}

void RecordList::push_back_id(const std::string& id) {
  constexpr int kHex = 16;
  entries_.push_back({nullptr, std::strtoull(id.c_str(), nullptr, kHex)});
}

void RecordList::Move(RecordList& from, std::size_t place) {
  if (!source_) source_ = from.source_;
  entries_.push_back(std::move(from.entries_[place]));
}

Result<const AdviceRecord*> RecordList::Get(std::size_t place) const {
  Entry& entry = entries_[place];
  if (!source_) return entry.record.get();
  const std::lock_guard<std::mutex> lock(source_->mutex);
  if (!entry.record) {
    auto read = source_->reader->ReadAdvice(fmt::format("{:016x}", entry.id));
    if (!read) return Pass(read);
    entry.record = std::make_shared<const AdviceRecord>(std::move(*read));
  }
  return entry.record.get();
}

const AdviceRecord& RecordList::operator[](std::size_t place) const {
  static const AdviceRecord kNone;
  const auto got = Get(place);
  return got && *got != nullptr ? **got : kNone;
}

}  // namespace sakuin::contradictions
