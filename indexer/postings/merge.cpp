#include "indexer/postings/merge.h"

#include <string>
#include <utility>
#include <vector>

namespace sakuin::postings {
namespace {

// The terms of one segment, one after another.
class Scanner {
 public:
  Scanner(const Segment& segment, std::vector<Local> moved)
      : segment_(&segment), moved_(std::move(moved)) {}

  bool done() const { return at_ == terms_.size(); }
  const std::string& key() const { return terms_[at_].key; }

  Status Next() {
    if (++at_ < terms_.size()) return {};
    return Fill();
  }

  Status Fill() {
    terms_.clear();
    at_ = 0;
    while (terms_.empty() && group_ < segment_->groups()) {
      const Status read = segment_->ReadGroup(group_++, [this](const Term& term) {
        terms_.push_back(term);
        return true;
      });
      if (!read) return read;
    }
    return {};
  }

  // Appends the term's postings under the sections' new numbers.
  void Append(PostingList& out) const {
    const Term& term = terms_[at_];
    const bool gram = IsGramKey(term.key);
    for (Cursor cursor = segment_->Open(term); cursor.section() != kEnd; cursor.Next()) {
      const Local section = moved_[cursor.section()];
      if (section == kEnd) continue;
      out.sections.push_back(section);
      out.counts.push_back(cursor.count());
      if (gram) cursor.Places(out.places);
    }
  }

 private:
  const Segment* segment_;
  std::vector<Local> moved_;  // old number -> new one, kEnd where it was taken out
  std::vector<Term> terms_;
  std::size_t at_ = 0;
  std::size_t group_ = 0;
};

}  // namespace

Result<SegmentParts> Merge(std::span<const Segment* const> segments,
                           const SegmentWriter::PutChunk& put) {
  SectionTable table;
  std::vector<Scanner> scanners;
  for (const Segment* segment : segments) {
    const SectionTable& from = segment->sections();
    std::vector<Local> moved(from.size(), kEnd);
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (segment->IsDeleted(static_cast<Local>(i))) continue;
      moved[i] = static_cast<Local>(table.size());
      table.numbers.push_back(from.numbers[i]);
      for (int field = 0; field < kFields; ++field) {
        table.lengths[field].push_back(from.lengths[field][i]);
      }
    }
    scanners.emplace_back(*segment, std::move(moved));
    if (const Status filled = scanners.back().Fill(); !filled) return Pass(filled);
  }
  SegmentWriter writer(std::move(table), put);
  PostingList list;
  std::string key;
  for (;;) {
    bool any = false;
    for (const Scanner& scanner : scanners) {
      if (scanner.done() || (any && scanner.key() >= key)) continue;
      key = scanner.key();
      any = true;
    }
    if (!any) return writer.Finish();
    list.Clear();
    for (Scanner& scanner : scanners) {
      if (scanner.done() || scanner.key() != key) continue;
      scanner.Append(list);
      if (const Status next = scanner.Next(); !next) return Pass(next);
    }
    if (list.sections.empty()) continue;
    if (const Status added = writer.Add(key, list); !added) return Pass(added);
  }
}

}  // namespace sakuin::postings
