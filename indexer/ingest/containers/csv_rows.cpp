#include "indexer/ingest/containers/csv_rows.h"

#include <csv.h>

#include <utility>

#include "indexer/base/data_dir.h"

namespace sakuin::ingest {
namespace {

// Blanks belong to cells.
int IsNothing(unsigned char /*c*/) { return 0; }

}  // namespace

struct CsvRows::Impl {
  Impl(char separator, unsigned char mode) : delimiter(separator), options(mode) { Begin(); }
  ~Impl() { csv_free(&parser); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Begin() {
    csv_init(&parser, options);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
    csv_set_space_func(&parser, IsNothing);
    cells.clear();
    rows.clear();
    open = false;
  }

  static void OnCell(void* text, std::size_t size, void* self) {
    auto* const impl = static_cast<Impl*>(self);
    impl->cells.emplace_back(text == nullptr ? "" : static_cast<const char*>(text), size);
    impl->open = true;
  }

  static void OnRow(int /*end*/, void* self) {
    auto* const impl = static_cast<Impl*>(self);
    impl->rows.push_back(std::exchange(impl->cells, {}));
    impl->open = false;
  }

  bool Parse(std::string_view text) {
    return csv_parse(&parser, text.data(), text.size(), OnCell, OnRow, this) == text.size();
  }

  char delimiter;
  unsigned char options;
  csv_parser parser{};
  CsvRow cells;
  std::vector<CsvRow> rows;
  bool open = false;
};

CsvRows::CsvRows(char delimiter) : impl_(std::make_unique<Impl>(delimiter, CSV_STRICT)) {}

bool CsvRows::Feed(std::string_view line, std::vector<CsvRow>& rows) {
  const std::string_view rest = line.substr(0, line.find_last_not_of("\r\n") + 1);
  if (!rest.empty()) impl_->open = true;
  const bool good = impl_->Parse(line);
  for (CsvRow& row : impl_->rows) rows.push_back(std::move(row));
  impl_->rows.clear();
  return good;
}

CsvRow CsvRows::ReadLoosely(std::string_view line, char delimiter) {
  const std::string_view text = line.substr(0, line.find_last_not_of("\r\n") + 1);
  Impl loose(delimiter, 0);
  loose.Parse(text);
  csv_set_opts(&loose.parser, CSV_STRICT | CSV_STRICT_FINI);
  // A quotation mark that never closes is a mark like any other.
  const bool closed = csv_fini(&loose.parser, Impl::OnCell, Impl::OnRow, &loose) == 0;
  if (!closed) return Split(text, delimiter);
  return loose.rows.empty() ? CsvRow() : std::move(loose.rows.front());
}

bool CsvRows::Open() const { return impl_->open; }

void CsvRows::Reset() {
  csv_free(&impl_->parser);
  impl_->Begin();
}

CsvRows::CsvRows(CsvRows&&) noexcept = default;
CsvRows& CsvRows::operator=(CsvRows&&) noexcept = default;
CsvRows::~CsvRows() = default;

}  // namespace sakuin::ingest
