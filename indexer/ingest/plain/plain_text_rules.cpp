#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestLine = 800;  // bytes
constexpr std::size_t kNone = std::string_view::npos;

// How a row's text must stand in the line.
enum class Place : std::uint8_t { kWhole, kLabel, kStart, kEnd, kInside, kSet };

constexpr std::pair<std::string_view, Place> kPlaces[] = {
    {"whole", Place::kWhole}, {"label", Place::kLabel},   {"start", Place::kStart},
    {"end", Place::kEnd},     {"inside", Place::kInside}, {"set", Place::kSet}};

// docs/formats/plain-text-rules.md says what each does.
constexpr std::string_view kKinds[] = {
    "abstract", "answer", "author",    "caption",  "chapter", "clinic",  "closing", "contents",
    "drop",     "end",    "faq",       "goes-on",  "grade",   "notice",  "numeral", "ordinal",
    "part",     "promo",  "published", "question", "site",    "speaker", "tail",    "title"};

char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  return utf8::IsSpace(c) ? U' ' : c;
}

// A line as rules see it, with the way back to its bytes.
struct Folded {
  std::u32string text;
  std::vector<std::size_t> bytes;  // of each character's beginning; one more at the end
  std::size_t begin = 0;           // of what is left without marks and brackets around it
  std::size_t end = 0;
  bool stops = false;  // the line ends in a full stop

  explicit Folded(std::string_view line) : stops(EndsInStop(line)) {
    text.reserve(line.size());
    bytes.reserve(line.size() + 1);
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t here = at;
      const char32_t c = Fold(utf8::Next(line, at));
      if (c == ' ' && !text.empty() && text.back() == ' ') continue;
      text += c;
      bytes.push_back(here);
    }
    bytes.push_back(line.size());
    end = text.size();
    while (begin < end && !IsWord(text[begin])) ++begin;
    while (end > begin && !IsWord(text[end - 1])) --end;
  }

  static bool IsWord(char32_t c) {
    return IsLetter(c) || IsAsciiDigit(c) || c == 0x3012 ||
           c == 0xA9;  // the postal mark, copyright
  }
};

struct Rule {
  Place place = Place::kWhole;
  std::u32string text;  // folded; '#' stands for a number
};

}  // namespace

struct PlainTextRules::Impl {
  std::map<std::string, std::vector<Rule>, std::less<>> rules;
  std::u32string numerals;
  DateWords dates;
  std::string digest;

  // Where a match of the pattern that begins at `at` ends; kNone where there is none.
  std::size_t Match(const std::u32string& pattern, const std::u32string& text,
                    std::size_t at) const {
    for (const char32_t p : pattern) {
      if (p != '#') {
        if (at >= text.size() || text[at] != p) return kNone;
        ++at;
        continue;
      }
      const std::size_t begin = at;
      while (at < text.size() && (IsNumber(text[at]) || (at > begin && IsGroup(text, at)))) ++at;
      if (at == begin) return kNone;
    }
    return at;
  }

  bool IsNumber(char32_t c) const {
    return IsAsciiDigit(c) || numerals.find(c) != std::u32string::npos;
  }
  // The comma of 9,039 and the point of 1.2.
  static bool IsGroup(const std::u32string& text, std::size_t at) {
    return (text[at] == ',' || text[at] == '.') && at + 1 < text.size() &&
           IsAsciiDigit(text[at + 1]);
  }

  // Behind a label stands no further letter: "source" is no label of "sources say".
  static bool EndsLabel(const std::u32string& text, std::size_t at) {
    if (at >= text.size()) return true;
    if (IsLetter(text[at])) return false;
    const bool latin = at > 0 && text[at - 1] < 0x80;
    return !(latin && text[at] == ' ' && at + 1 < text.size() && IsLetter(text[at + 1]));
  }

  // Where the row's text ends in the line, tried at the line's and at its first word's beginning.
  std::size_t MatchStart(const Rule& rule, const Folded& line) const {
    for (const std::size_t begin : {std::size_t{0}, line.begin}) {
      const std::size_t end = Match(rule.text, line.text, begin);
      if (end == kNone) continue;
      if (rule.place != Place::kLabel || EndsLabel(line.text, end)) return end;
    }
    return kNone;
  }

  bool Fits(const Rule& rule, const Folded& line) const {
    switch (rule.place) {
      case Place::kWhole: return Match(rule.text, line.text, line.begin) == line.end;
      // "Answer: yes, rest." says something; a label of the page never ends in a full stop.
      case Place::kLabel: return !line.stops && MatchStart(rule, line) != kNone;
      case Place::kStart: return MatchStart(rule, line) != kNone;
      case Place::kEnd:
        for (std::size_t at = line.begin; at < line.end; ++at) {
          if (Match(rule.text, line.text, at) == line.end) return true;
        }
        return false;
      case Place::kInside:
        for (std::size_t at = 0; at < line.text.size(); ++at) {
          if (Match(rule.text, line.text, at) != kNone) return true;
        }
        return false;
      case Place::kSet:
        return line.text.find_first_not_of(rule.text) == kNone && !line.text.empty();
    }
    return false;
  }

  Status Read(const std::string& path) {
    auto rows = ReadTsv(path, 4, 4);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      if (std::find(std::begin(kKinds), std::end(kKinds), row.fields[0]) == std::end(kKinds)) {
        return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no kind of rule", row.where);
      }
      const auto place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                      [&](const auto& p) { return p.first == row.fields[1]; });
      if (place == std::end(kPlaces)) {
        return Fail(ErrorCode::kBadData,
                    "'" + row.fields[1] + "' is none of whole, label, start, end, inside, set",
                    row.where);
      }
      Rule rule{place->second, Folded(row.fields[2]).text};
      if (row.fields[0] == "numeral") numerals += rule.text;
      if (rule.text.empty() || !Fits(rule, Folded(row.fields[3]))) {
        return Fail(ErrorCode::kBadData, "the rule does not fit its own example", row.where);
      }
      rules[row.fields[0]].push_back(std::move(rule));
    }
    return {};
  }

  const std::vector<Rule>& Of(std::string_view kind) const {
    static const std::vector<Rule> none;
    const auto found = rules.find(kind);
    return found == rules.end() ? none : found->second;
  }
};

Result<PlainTextRules> PlainTextRules::Load(const std::string& data_dir) {
  auto impl = std::make_unique<Impl>();
  for (const std::string& file : files::WalkFolder(data_dir + "/language").files) {
    if (!file.ends_with("/plain_text.tsv")) continue;
    if (const Status done = impl->Read(file); !done) return Pass(done);
    auto bytes = files::Read(file);
    if (!bytes) return Pass(bytes);
    impl->digest += *bytes;
  }
  auto dates = DateWords::Load(data_dir, impl->digest);
  if (!dates) return Pass(dates);
  impl->dates = std::move(*dates);
  return PlainTextRules(std::move(impl));
}

bool PlainTextRules::Is(std::string_view kind, std::string_view line) const {
  if (line.size() > kLongestLine) return false;
  const std::vector<Rule>& rules = impl_->Of(kind);
  if (rules.empty()) return false;
  const Folded folded(line);
  return std::any_of(rules.begin(), rules.end(),
                     [&](const Rule& rule) { return impl_->Fits(rule, folded); });
}

std::size_t PlainTextRules::Prefix(std::string_view kind, std::string_view line) const {
  if (line.size() > kLongestLine * 4)
    line = line.substr(0, utf8::FloorBoundary(line, kLongestLine));
  const Folded folded(line);
  const std::u32string& text = folded.text;
  for (const Rule& rule : impl_->Of(kind)) {
    std::size_t at = impl_->MatchStart(rule, folded);
    if (at == kNone) continue;
    const bool label = rule.place == Place::kLabel;
    const std::size_t number = at;
    while (label && at < text.size() && IsAsciiDigit(text[at])) ++at;
    const bool numbered = at > number;
    const std::size_t mark = at;
    constexpr std::u32string_view kMarks = U".:)\u3001\u3011\u3015";
    while (label && at < text.size() && kMarks.find(text[at]) != kNone) ++at;
    if (label && at == mark && !(numbered && at < text.size() && text[at] == ' ')) continue;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at < text.size()) return folded.bytes[at];
  }
  return 0;
}

std::string_view PlainTextRules::Behind(std::string_view kind, std::string_view line) const {
  if (line.size() > kLongestLine) return {};
  const Folded folded(line);
  const std::u32string& text = folded.text;
  for (const Rule& rule : impl_->Of(kind)) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
      const bool inside_word = begin > 0 && IsLetter(text[begin - 1]) && rule.text[0] < 0x80;
      std::size_t at = inside_word ? kNone : impl_->Match(rule.text, text, begin);
      if (at == kNone || (rule.place == Place::kLabel && !Impl::EndsLabel(text, at))) continue;
      while (at < text.size() && (text[at] == ' ' || text[at] == ':')) ++at;
      std::size_t end = at;
      while (end < text.size() && text[end] != '|' && text[end] != ' ' && text[end] != '/') ++end;
      // Names of Latin letters hold single blanks.
      while (end + 1 < text.size() && text[end] == ' ' && text[end - 1] < 0x80 &&
             IsLetter(text[end + 1]) && text[end + 1] < 0x250) {
        ++end;
        while (end < text.size() && text[end] != '|' && text[end] != ' ' && text[end] != '/') ++end;
      }
      return utf8::Trim(line.substr(folded.bytes[at], folded.bytes[end] - folded.bytes[at]));
    }
  }
  return {};
}

const DateWords& PlainTextRules::dates() const { return impl_->dates; }
const std::string& PlainTextRules::digest() const { return impl_->digest; }

PlainTextRules::PlainTextRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlainTextRules::PlainTextRules(PlainTextRules&&) noexcept = default;
PlainTextRules& PlainTextRules::operator=(PlainTextRules&&) noexcept = default;
PlainTextRules::~PlainTextRules() = default;

}  // namespace sakuin::ingest
