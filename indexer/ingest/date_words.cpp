#include "indexer/ingest/date_words.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

constexpr int kTen = 10;
constexpr std::size_t kMostDigits = 4;

bool IsLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// The ASCII form of a character of full width, and of any blank.
char32_t Narrow(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  return utf8::IsSpace(c) && c != '\n' ? U' ' : c;
}

int DigitOf(char32_t c) { return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1; }

std::size_t Blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

}  // namespace

Result<DateWords> DateWords::Load(const std::string& data_dir, std::string& digest_input) {
  DateWords out;
  for (const std::string& file : files::WalkFolder(data_dir + "/language").files) {
    if (!file.ends_with("/dates.tsv")) continue;
    auto bytes = files::Read(file);
    if (!bytes) return Pass(bytes);
    digest_input += *bytes;
    auto rows = ReadTsv(file, 3, 3);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      const std::string& kind = row.fields[0];
      const std::string& text = row.fields[1];
      const std::string& number = row.fields[2];
      int value = 0;
      const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
      if (read.ec != std::errc() || read.ptr != number.data() + number.size() || text.empty()) {
        return Fail(ErrorCode::kBadData, "'" + number + "' is no number", row.where);
      }
      if (kind == "era") {
        out.eras_.push_back({text, value - 1});
      } else if (kind == "first") {
        out.firsts_ += utf8::Decode(text);
      } else if (kind == "unit") {
        out.units_ += utf8::Decode(text);
      } else if (kind == "digit") {
        out.digits_[utf8::Decode(text)[0]] = value;
      } else {
        return Fail(ErrorCode::kBadData, "'" + kind + "' is none of era, first, digit, unit",
                    row.where);
      }
    }
  }
  return out;
}

bool DateWords::IsUnit(std::string_view text, std::size_t at) const {
  return at < text.size() && units_.find(utf8::Next(text, at)) != std::u32string::npos;
}

// Up to three digits.
DateWords::Number DateWords::ReadDigits(std::string_view text, std::size_t at) const {
  constexpr int kLargest = 999;
  Number out;
  while (at < text.size()) {
    std::size_t next = at;
    const int digit = DigitOf(utf8::Next(text, next));
    if (digit < 0) break;
    out.value = std::max(out.value, 0) * kTen + digit;
    if (out.value > kLargest) return {};
    at = next;
  }
  out.end = at;
  return out;
}

// A number of Han digits with a unit behind it, by place or with tens.
DateWords::Number DateWords::ReadHan(std::string_view text, std::size_t at) const {
  Number out;
  int tens = 0;
  int rest = -1;
  for (std::size_t count = 0; at < text.size() && count <= kMostDigits; ++count) {
    std::size_t next = at;
    const auto digit = digits_.find(utf8::Next(text, next));
    if (digit == digits_.end()) break;
    if (digit->second == kTen) {
      tens = kTen * (rest < 0 ? 1 : rest);
      rest = 0;
    } else {
      rest = (rest < 0 || tens > 0 ? 0 : rest * kTen) + digit->second;
    }
    at = next;
  }
  if (rest < 0 || !IsUnit(text, Blanks(text, at))) return {};
  out.value = tens + rest;
  out.end = at;
  return out;
}

// The name of an era and a year of it, as a year of the common era.
DateWords::Number DateWords::ReadEra(std::string_view text, std::size_t at) const {
  for (const Era& era : eras_) {
    if (text.compare(at, era.name.size(), era.name) != 0) continue;
    const bool letters = IsLetterOrDigit(era.name[0]);
    if (letters && at > 0 && IsLetterOrDigit(text[at - 1])) continue;
    const std::size_t begin = Blanks(text, at + era.name.size());
    if (begin >= text.size()) continue;
    Number year = ReadDigits(text, begin);
    if (year.value < 0) year = ReadHan(text, begin);
    std::size_t next = begin;
    if (firsts_.find(utf8::Next(text, next)) != std::u32string::npos) year = {1, next};
    // "R5" is more often something else: a month must follow.
    const bool goes_on = year.end < text.size() && !IsLetterOrDigit(text[year.end]);
    if (year.value < 1 || (letters && !goes_on)) continue;
    return {era.before + year.value, year.end};
  }
  return {};
}

std::string DateWords::MakePlain(std::string_view wide) const {
  std::string text;
  for (std::size_t at = 0; at < wide.size();) utf8::Append(text, Narrow(utf8::Next(wide, at)));
  std::string out;
  bool in_number = false;
  for (std::size_t at = 0; at < text.size();) {
    Number number = in_number ? Number{} : ReadEra(text, at);
    if (number.value < 0 && !in_number) number = ReadHan(text, at);
    std::size_t next = at;
    const char32_t c = utf8::Next(text, next);
    if (number.value >= 0) {
      out += std::to_string(number.value);
      next = number.end;
    } else {
      utf8::Append(out, c);
    }
    in_number = number.value < 0 && c >= '0' && c <= '9';
    at = next;
  }
  return out;
}

}  // namespace sakuin::ingest
