#include "indexer/store/sqlite/section_columns.h"

#include <unordered_map>

#include "indexer/postings/bits.h"

namespace sakuin::store {
namespace {

using postings::PutVarint;

tl::unexpected<Error> Damaged() {
  return Fail(ErrorCode::kDamaged, "the index is damaged; `sakuin rebuild` makes it anew");
}

// Strings by number, in order of first use.
class StringTable {
 public:
  explicit StringTable(bool with_empty) {
    if (with_empty) (void)NumberOf("");
  }
  std::uint64_t NumberOf(std::string_view text) {
    const auto [at, fresh] = numbers_.emplace(text, texts_.size());
    if (fresh) texts_.emplace_back(text);
    return at->second;
  }
  void Encode(std::string& out) const {
    PutVarint(out, texts_.size());
    for (const std::string& text : texts_) {
      PutVarint(out, text.size());
      out += text;
    }
  }

 private:
  std::unordered_map<std::string, std::uint64_t> numbers_;
  std::vector<std::string> texts_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t Number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      out |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return out;
    }
    broken_ = true;
    return 0;
  }
  std::uint32_t Below(std::size_t end) {
    const std::uint64_t out = Number();
    if (out < end) return static_cast<std::uint32_t>(out);
    broken_ = true;
    return 0;
  }
  std::vector<std::string> Strings() {
    std::vector<std::string> out(Below(bytes_.size() + 1));
    for (std::string& text : out) {
      const std::uint32_t size = Below(bytes_.size() - at_ + 1);
      text = bytes_.substr(at_, size);
      at_ += size;
    }
    return out;
  }
  bool sound() const { return !broken_ && at_ == bytes_.size(); }
  bool broken() const { return broken_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

// Calls `take` for the rows of a statement that takes a range of sections and has the section
// first, with the place of that section in `numbers`.
template <typename Take>
Status ForRows(SqlLibrary& sql, std::string_view name, const std::vector<std::int64_t>& numbers,
               const Take& take) {
  if (numbers.empty()) return {};
  const auto rows = sql.Get(name);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(numbers.front(), numbers.back());
  std::size_t at = 0;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    while (at < numbers.size() && numbers[at] < s.Int(0)) ++at;
    if (at == numbers.size()) break;
    if (numbers[at] == s.Int(0)) take(s, at);
  }
  s.Reset();
  return {};
}

}  // namespace

Result<std::string> MakeFacts(SqlLibrary& sql, const std::vector<std::int64_t>& numbers) {
  StringTable languages(true);
  StringTable sites(true);
  StringTable dates(true);
  std::string columns;
  std::int64_t document = 0;
  std::size_t found = 0;
  const Status read = ForRows(sql, "facts_between", numbers, [&](Statement& s, std::size_t) {
    // Documents ascend as sections do.
    PutVarint(columns, static_cast<std::uint64_t>(s.Int(1) - document));
    document = s.Int(1);
    PutVarint(columns, static_cast<std::uint64_t>(s.Int(2)));
    PutVarint(columns, languages.NumberOf(s.Text(3)));
    PutVarint(columns, sites.NumberOf(s.Text(4)));
    PutVarint(columns, dates.NumberOf(s.Text(5)));
    ++found;
  });
  if (!read) return Pass(read);
  if (found != numbers.size()) return Damaged();
  std::string out;
  for (const StringTable* table : {&languages, &sites, &dates}) table->Encode(out);
  return out + columns;
}

Result<FactColumns> DecodeFacts(std::string_view bytes, std::size_t sections) {
  Reader in(bytes);
  FactColumns out;
  out.languages = in.Strings();
  out.sites = in.Strings();
  out.dates = in.Strings();
  std::int64_t document = 0;
  out.document.reserve(sections);
  for (auto* column : {&out.ordinal, &out.language, &out.site, &out.published}) {
    column->reserve(sections);
  }
  for (std::size_t i = 0; i < sections && !in.broken(); ++i) {
    document += static_cast<std::int64_t>(in.Number());
    out.document.push_back(document);
    out.ordinal.push_back(static_cast<std::uint32_t>(in.Number()));
    out.language.push_back(in.Below(out.languages.size()));
    out.site.push_back(in.Below(out.sites.size()));
    out.published.push_back(in.Below(out.dates.size()));
  }
  if (!in.sound()) return Damaged();
  return out;
}

Result<std::string> MakeTopics(SqlLibrary& sql, const std::vector<std::int64_t>& numbers) {
  StringTable concepts(false);
  StringTable names(false);
  std::vector<std::vector<std::uint64_t>> tags(numbers.size());
  std::vector<std::vector<std::uint64_t>> aspects(numbers.size());
  Status read = ForRows(sql, "tags_between", numbers, [&](Statement& s, std::size_t at) {
    tags[at].push_back(concepts.NumberOf(s.Text(1)) * 2 + (s.Int(2) != 0 ? 1 : 0));
  });
  if (read) {
    read = ForRows(sql, "aspects_between", numbers, [&](Statement& s, std::size_t at) {
      aspects[at].push_back(names.NumberOf(s.Text(1)));
    });
  }
  if (!read) return Pass(read);
  std::string out;
  concepts.Encode(out);
  names.Encode(out);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    for (const auto* list : {&tags[i], &aspects[i]}) {
      PutVarint(out, list->size());
      for (const std::uint64_t value : *list) PutVarint(out, value);
    }
  }
  return out;
}

Result<TopicColumns> DecodeTopics(std::string_view bytes, std::size_t sections) {
  Reader in(bytes);
  TopicColumns out;
  out.concepts = in.Strings();
  out.aspect_names = in.Strings();
  for (std::size_t i = 0; i < sections && !in.broken(); ++i) {
    out.tag_begin.push_back(static_cast<std::uint32_t>(out.tags.size()));
    for (std::uint32_t n = in.Below(bytes.size()); n > 0; --n) {
      out.tags.push_back(in.Below(out.concepts.size() * 2));
    }
    out.aspect_begin.push_back(static_cast<std::uint32_t>(out.aspects.size()));
    for (std::uint32_t n = in.Below(bytes.size()); n > 0; --n) {
      out.aspects.push_back(in.Below(out.aspect_names.size()));
    }
  }
  out.tag_begin.push_back(static_cast<std::uint32_t>(out.tags.size()));
  out.aspect_begin.push_back(static_cast<std::uint32_t>(out.aspects.size()));
  if (!in.sound()) return Damaged();
  return out;
}

}  // namespace sakuin::store
