#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/plain_text.h"

namespace sakuin::ingest {
namespace {

// How a row's text must stand in the line.
enum class Where : std::uint8_t { kWhole, kStart, kEnd, kInside };

struct Rule {
  Where where = Where::kWhole;
  std::string text;

  bool Fits(std::string_view line) const {
    switch (where) {
      case Where::kWhole: return line == text;
      case Where::kStart: return line.starts_with(text);
      case Where::kEnd: return line.ends_with(text);
      case Where::kInside: return line.find(text) != std::string_view::npos;
    }
    return false;
  }
};

constexpr std::pair<std::string_view, Where> kPlaces[] = {{"whole", Where::kWhole},
                                                          {"start", Where::kStart},
                                                          {"end", Where::kEnd},
                                                          {"inside", Where::kInside}};
constexpr std::string_view kKinds[] = {"contents", "end", "drop", "speaker", "grade", "continues"};

}  // namespace

struct PlainTextRules::Impl {
  std::map<std::string, std::vector<Rule>, std::less<>> rules;
  std::string digest;

  Status Read(const std::string& path) {
    auto rows = ReadTsv(path, 4, 4);
    if (!rows) return Pass(rows);
    for (const TsvRow& row : *rows) {
      const auto kind = std::find(std::begin(kKinds), std::end(kKinds), row.fields[0]);
      if (kind == std::end(kKinds)) {
        return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no kind of rule", row.where);
      }
      const auto place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                      [&](const auto& p) { return p.first == row.fields[1]; });
      if (place == std::end(kPlaces)) {
        return Fail(ErrorCode::kBadData,
                    "'" + row.fields[1] + "' is none of whole, start, end, inside", row.where);
      }
      Rule rule{place->second, row.fields[2]};
      if (rule.text.empty() || !rule.Fits(row.fields[3])) {
        return Fail(ErrorCode::kBadData, "the rule does not fit its own example", row.where);
      }
      rules[row.fields[0]].push_back(std::move(rule));
    }
    return {};
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
  return PlainTextRules(std::move(impl));
}

bool PlainTextRules::Is(std::string_view kind, std::string_view line) const {
  const auto found = impl_->rules.find(kind);
  if (found == impl_->rules.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [line](const Rule& rule) { return rule.Fits(line); });
}

const std::string& PlainTextRules::digest() const { return impl_->digest; }

PlainTextRules::PlainTextRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlainTextRules::PlainTextRules(PlainTextRules&&) noexcept = default;
PlainTextRules& PlainTextRules::operator=(PlainTextRules&&) noexcept = default;
PlainTextRules::~PlainTextRules() = default;

}  // namespace sakuin::ingest
