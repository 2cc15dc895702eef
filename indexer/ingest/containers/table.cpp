// CSV and TSV with a row of names: declared in reading.h.

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/csv_rows.h"
#include "indexer/ingest/containers/reading.h"
#include "indexer/ingest/containers/table_columns.h"
#include "indexer/ingest/containers/table_record.h"
#include "indexer/ingest/encoding/charset.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kSample = std::size_t{1} << 18U;
constexpr std::size_t kTableBlock = std::size_t{1} << 18U;

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The lines beyond ASCII tell the encoding; a long table may begin with many that do not.
std::string Telling(std::string_view head) {
  std::string out;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size() - 1) + 1;
    const std::string_view line = head.substr(at, end - at);
    if (at == 0 || !IsAscii(line)) out += line;
    at = end;
  }
  return out;
}

// The delimiter that the row of names holds most often; the one that the ending promises if none.
char DelimiterOf(std::string_view first_line, const std::string& name, const std::string& format) {
  const bool tabs = format == "tsv" || name.ends_with(".tsv") || name.ends_with(".tab");
  char best = tabs ? '\t' : ',';
  auto most = std::count(first_line.begin(), first_line.end(), best);
  if (tabs && most > 0) return best;
  for (const char c : {'\t', ';', '|'}) {
    const auto count = std::count(first_line.begin(), first_line.end(), c);
    if (count > most) {
      most = count;
      best = c;
    }
  }
  return best;
}

class TableReader {
 public:
  TableReader(Reading& reading, const Item& item) : reading_(reading), item_(item) {}

  void Run(ByteReader& raw) {
    const auto head = raw.Peek(kSample);
    if (!head) return reading_.GiveUp(item_.uri, head.error());
    // Two bytes a character have line feeds of two bytes: judged as a whole.
    const auto sample = Decode(Telling(*head), reading_.options.encoding, false, reading_.detector);
    const auto whole = Decode(*head, reading_.options.encoding, false, reading_.detector);
    if (!sample) return reading_.Reject(item_.uri, sample.error());
    if (!whole) return reading_.Reject(item_.uri, whole.error());
    if (whole->encoding.starts_with("UTF-16")) {
      reason_ = whole->reason;
      return RunWide(raw, whole->encoding);
    }
    encoding_ = sample->encoding;
    reason_ = sample->reason;
    ByteReader text([&](char* to, std::size_t size) { return DecodedLines(raw, to, size); });
    Rows(text);
  }

 private:
  void RunWide(ByteReader& raw, const std::string& encoding) {
    const auto all = raw.TakeAll(reading_.limits.inside);
    if (!all) return reading_.GiveUp(item_.uri, all.error());
    const auto decoded = Decode(*all, encoding, false, reading_.detector);
    if (!decoded) return reading_.Reject(item_.uri, decoded.error());
    encoding_ = encoding;
    replaced_ = decoded->replaced;
    ByteReader text(decoded->text);
    Rows(text);
  }

  // Whole lines decoded, so that no character is cut in two.
  Result<std::size_t> DecodedLines(ByteReader& raw, char* to, std::size_t size) {
    if (decoded_at_ == decoded_.size()) {
      std::string block;
      while (block.size() < kTableBlock) {
        const auto line = raw.TakeLine(static_cast<std::size_t>(reading_.limits.article));
        if (!line && block.empty()) return Pass(line);
        if (!line || line->empty()) break;  // a failure comes again, behind these lines
        block += *line;
      }
      auto decoded = Decode(block, encoding_, false, reading_.detector);
      if (!decoded) return Pass(decoded);
      replaced_ += decoded->replaced;
      decoded_ = std::move(decoded->text);
      decoded_at_ = 0;
    }
    const std::size_t taken = decoded_.copy(to, size, decoded_at_);
    decoded_at_ += taken;
    return taken;
  }

  void Rows(ByteReader& text) {
    const auto first = text.Peek(kSample);
    if (!first) return reading_.GiveUp(item_.uri, first.error());
    delimiter_ =
        DelimiterOf(first->substr(0, first->find('\n')), item_.name, reading_.options.format);
    // A spreadsheet's own note.
    if (first->size() > 4 && first->starts_with("sep=")) {
      delimiter_ = (*first)[4];
      const auto note = text.TakeLine(kSample);
      if (!note) return reading_.GiveUp(item_.uri, note.error());
    }
    CsvRows csv(delimiter_);
    const std::size_t before = reading_.taken() + reading_.rejected();
    while (!reading_.Over() && !failed_) {
      auto line = NextLine(text);
      if (!line) return reading_.GiveUp(item_.uri, line.error());
      if (!line->empty()) {
        FeedLine(csv, std::move(*line));
      } else if (!csv.Open() || pending_.empty()) {
        break;
      } else {
        TakeFirstAlone(csv);  // a quotation mark that never closes
      }
    }
    if (failed_ || reading_.Over()) return;
    const bool none = reading_.taken() + reading_.rejected() == before;
    if (none) reading_.Reject(item_.uri, "holds no row");
    if (replaced_ > 0) {
      reading_.Note(item_.uri, std::to_string(replaced_) +
                                   " malformed byte sequences became U+FFFD (read as " + encoding_ +
                                   "; --encoding NAME reads it another way)");
    }
  }

  // Lines that were read as part of another row come first.
  Result<std::string> NextLine(ByteReader& text) {
    if (again_.empty()) return text.TakeLine(static_cast<std::size_t>(reading_.limits.article));
    std::string out = std::move(again_.front());
    again_.pop_front();
    return out;
  }

  void FeedLine(CsvRows& csv, std::string line) {
    pending_bytes_ += line.size();
    pending_.push_back(std::move(line));
    std::vector<CsvRow> rows;
    const bool good = csv.Feed(pending_.back(), rows) && pending_bytes_ <= reading_.limits.article;
    if (!good) return TakeFirstAlone(csv);
    for (const CsvRow& row : rows) TakeRow(row);
    if (!csv.Open()) Forget();
  }

  // A stray quotation mark would swallow every row behind it. The row's first line is read by
  // itself, and the lines behind it anew.
  void TakeFirstAlone(CsvRows& csv) {
    TakeRow(CsvRows::ReadLoosely(pending_.front(), delimiter_));
    pending_.erase(pending_.begin());
    again_.insert(again_.begin(), std::make_move_iterator(pending_.begin()),
                  std::make_move_iterator(pending_.end()));
    Forget();
    csv.Reset();
  }

  void Forget() {
    pending_.clear();
    pending_bytes_ = 0;
  }

  void TakeRow(const CsvRow& row) {
    const bool blank = std::all_of(
        row.begin(), row.end(), [](const std::string& cell) { return utf8::Trim(cell).empty(); });
    if (blank || failed_ || reading_.Over()) return;
    ++number_;
    if (!columns_) {
      auto chosen = TableColumns::Choose(row, reading_.options.columns, reading_.words);
      failed_ = !chosen;
      if (!chosen) return reading_.Reject(item_.uri, chosen.error());
      columns_ = std::move(*chosen);
      return;
    }
    auto source = MakeTableRecord({item_.uri, number_, encoding_, reason_}, *columns_, row,
                                  reading_.words.dates());
    if (source) {
      reading_.Take(std::move(*source));
    } else {
      reading_.Reject(item_.uri, source.error());
    }
  }

  Reading& reading_;
  const Item& item_;
  std::string encoding_;
  std::string reason_;  // for the encoding
  std::uint64_t replaced_ = 0;
  std::string decoded_;
  std::size_t decoded_at_ = 0;
  char delimiter_ = ',';
  std::optional<TableColumns> columns_;
  std::size_t number_ = 0;            // of the row; the row of names is 1
  std::vector<std::string> pending_;  // lines of the row that is open
  std::uint64_t pending_bytes_ = 0;
  std::deque<std::string> again_;
  bool failed_ = false;
};

}  // namespace

void ReadTable(Reading& reading, const Item& item, ByteReader& bytes) {
  TableReader(reading, item).Run(bytes);
}

}  // namespace sakuin::ingest
