#include "indexer/thesaurus/aspects.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

constexpr double kHeadingWeight = 3.0;  // against one cue of the same weight in the text
constexpr double kParentWeight = 1.5;
constexpr double kLeast = 0.5;    // below it a cue is noise
constexpr double kShare = 0.3;    // of the strongest, for others
constexpr std::size_t kMost = 3;  // aspects of a section

struct Cue {
  std::size_t aspect = 0;
  double heading_weight = 0;  // 0: does not count there
  double text_weight = 0;
};

using Scores = std::array<double, kAspects.size()>;

bool IsSpaced(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }

// The cues of one language.
struct CueTable {
  std::string language;  // "zh", "ja", "en"
  WordTrie trie;
  std::vector<std::vector<Cue>> cues;  // of a word; the trie's values are places in here

  // Calls hit(value) for every cue's word in `text`. Of a spaced script the word's end is free.
  template <typename Hit>
  void Scan(std::u32string_view text, Hit&& hit) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!trie.MayBegin(text[at])) continue;
      if (at > 0 && IsSpaced(text[at]) && IsSpaced(text[at - 1])) continue;
      trie.At(text, at, [&hit](std::size_t, std::uint32_t value) { hit(value); });
    }
  }

  void AddHeading(std::u32string_view heading, double factor, Scores& scores) const {
    std::set<std::uint32_t> seen;
    Scan(heading, [&](std::uint32_t value) {
      if (!seen.insert(value).second) return;
      for (const Cue& cue : cues[value]) scores[cue.aspect] += cue.heading_weight * factor;
    });
  }

  void AddText(std::u32string_view text, Scores& scores) const {
    std::vector<int> counts(cues.size(), 0);
    Scan(text, [&counts](std::uint32_t value) { ++counts[value]; });
    for (std::size_t value = 0; value < cues.size(); ++value) {
      if (counts[value] == 0) continue;
      const double often = std::log2(1.0 + std::min(counts[value], 3));
      for (const Cue& cue : cues[value]) scores[cue.aspect] += cue.text_weight * often;
    }
  }

  Status AddRow(const TsvRow& row, const text::Folding& folding) {
    const auto known = std::find(kAspects.begin(), kAspects.end(), row.fields[0]);
    if (known == kAspects.end()) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no aspect", row.where);
    }
    const std::u32string word = folding.Fold(row.fields[1]).chars;
    const std::string& where = row.fields[2];
    if (where != "heading" && where != "text" && where != "both") {
      return Fail(ErrorCode::kBadData, "'" + where + "' is none of heading, text, both", row.where);
    }
    char* end = nullptr;
    const double weight = std::strtod(row.fields[3].c_str(), &end);
    if (word.empty() || *end != '\0' || !(weight > 0)) {
      return Fail(ErrorCode::kBadData, "wants a cue and a weight above 0", row.where);
    }
    if (folding.Fold(row.fields[4]).chars.find(word) == std::u32string::npos) {
      return Fail(ErrorCode::kBadData, "the example does not hold the cue", row.where);
    }
    const std::uint32_t at = trie.Add(word, static_cast<std::uint32_t>(cues.size()));
    if (at == cues.size()) cues.emplace_back();
    Cue cue{static_cast<std::size_t>(known - kAspects.begin()), where == "text" ? 0 : weight,
            where == "heading" ? 0 : weight};
    for (Cue& other : cues[at]) {
      if (other.aspect != cue.aspect) continue;
      if ((cue.heading_weight > 0 && other.heading_weight > 0) ||
          (cue.text_weight > 0 && other.text_weight > 0)) {
        return Fail(ErrorCode::kBadData, "the cue stands twice for this aspect", row.where);
      }
      other.heading_weight += cue.heading_weight;
      other.text_weight += cue.text_weight;
      return {};
    }
    cues[at].push_back(cue);
    return {};
  }
};

std::vector<std::string> Ranked(const Scores& scores) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] >= kLeast) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&scores](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  if (order.empty()) return {};
  const double least = scores[order[0]] * kShare;
  while (scores[order.back()] < least) order.pop_back();
  if (order.size() > kMost) order.resize(kMost);
  // A question is the form; what it is about comes first.
  std::stable_partition(order.begin(), order.end(),
                        [](std::size_t i) { return kAspects[i] != "faq"; });
  std::vector<std::string> out;
  for (const std::size_t i : order) out.emplace_back(kAspects[i]);
  return out;
}

}  // namespace

struct AspectRules::Impl {
  std::vector<CueTable> tables;
  std::string digest;
};

Result<AspectRules> AspectRules::Load(const std::string& data_dir, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  for (const char* const language : {"zh", "ja", "en"}) {
    const std::string path = data_dir + "/language/" + language + "/aspects.tsv";
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    const auto rows = ReadTsv(path, 5, 5);
    if (!rows) return Pass(rows);
    CueTable& table = impl->tables.emplace_back();
    table.language = language;
    for (const TsvRow& row : *rows) {
      if (const Status done = table.AddRow(row, folding); !done) return Pass(done);
    }
  }
  impl->digest = Digest(digests);
  return AspectRules(std::move(impl));
}

std::vector<std::string> AspectRules::Find(const AspectInput& input) const {
  const auto speaks = [&input](const CueTable& table) {
    return input.language.substr(0, 2) == table.language;
  };
  const std::vector<CueTable>& all = impl_->tables;
  const bool known = std::any_of(all.begin(), all.end(), speaks);
  Scores scores{};
  for (const CueTable& table : all) {
    if (known && !speaks(table)) continue;
    Scores heading{};
    table.AddHeading(input.heading, kHeadingWeight, heading);
    if (*std::max_element(heading.begin(), heading.end()) <= 0) {
      table.AddHeading(input.parent_heading, kParentWeight, heading);
    }
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += heading[i];
    table.AddText(input.text, scores);
  }
  return Ranked(scores);
}

const std::string& AspectRules::digest() const { return impl_->digest; }

AspectRules::AspectRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AspectRules::AspectRules(AspectRules&&) noexcept = default;
AspectRules& AspectRules::operator=(AspectRules&&) noexcept = default;
AspectRules::~AspectRules() = default;

}  // namespace sakuin::thesaurus
