#include "indexer/thesaurus/context.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {
namespace {

enum class Side : std::uint8_t { kBefore, kBehind };

struct Use {
  Assertion assertion = Assertion::kAffirmed;
  Side side = Side::kBefore;  // where the cue stands, seen from the name
  std::size_t reach = 0;      // folded characters between cue and name, at most
};

// What one folded cue does. None of them: it only covers shorter cues inside it.
struct Cue {
  std::vector<Use> uses;
  bool joins = false;  // a comma of lists, "and": what is said of one name holds for the next
};

struct CueTable {
  std::string_view language;
  WordTrie trie;  // values are places in `cues`
  std::vector<Cue> cues;

  Status AddRow(const TsvRow& row, const text::Folding& folding);
};

Status CueTable::AddRow(const TsvRow& row, const text::Folding& folding) {
  const std::u32string word = folding.Fold(row.fields[1]).chars;
  const auto next = static_cast<std::uint32_t>(cues.size());
  const std::uint32_t at = trie.Add(word, next);
  if (at == WordTrie::kNone) return Fail(ErrorCode::kBadData, "has no cue", row.where);
  if (at == next) cues.emplace_back();
  if (row.fields[0] == "cover") return {};
  if (row.fields[0] == "join") {
    cues[at].joins = true;
    return {};
  }
  const auto known = std::find(kAssertions.begin(), kAssertions.end(), row.fields[0]);
  if (known == kAssertions.end()) {
    return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no value", row.where);
  }
  Use use;
  use.assertion = static_cast<Assertion>(known - kAssertions.begin());
  if (row.fields[2] != "before" && row.fields[2] != "behind") {
    return Fail(ErrorCode::kBadData, "'" + row.fields[2] + "' is neither before nor behind",
                row.where);
  }
  use.side = row.fields[2] == "before" ? Side::kBefore : Side::kBehind;
  const std::string& reach = row.fields[3];
  const auto [end, error] = std::from_chars(reach.data(), reach.data() + reach.size(), use.reach);
  if (error != std::errc() || end != reach.data() + reach.size()) {
    return Fail(ErrorCode::kBadData, "the reach '" + reach + "' is no number", row.where);
  }
  cues[at].uses.push_back(use);
  return {};
}

// A clause ends with a sentence, and at a comma. Folding makes ASCII of the wide ones.
bool EndsClause(const std::u32string& chars, std::size_t at) {
  const char32_t c = chars[at];
  if (c == U'\n' || c == 0x3002 || c == U'!' || c == U'?' || c == U';' || c == U',') return true;
  return c == U'.' && (at + 1 == chars.size() || chars[at + 1] == U' ' || chars[at + 1] == U'\n');
}

bool OneClause(const std::u32string& chars, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (EndsClause(chars, i)) return false;
  }
  return true;
}

struct Found {
  const Cue* cue = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// All cues outside of names, leftmost-longest, in order.
std::vector<Found> FindCues(const CueTable& table, const std::u32string& chars,
                            const std::vector<Mention>& mentions) {
  std::vector<Found> out;
  auto name = mentions.begin();
  for (std::size_t at = 0; at < chars.size();) {
    while (name != mentions.end() && name->end <= at) ++name;
    if (name != mentions.end() && name->begin <= at) {
      at = name->end;
      continue;
    }
    const std::size_t limit = name == mentions.end() ? chars.size() : name->begin;
    std::size_t best = 0;
    std::uint32_t value = WordTrie::kNone;
    if (at == 0 || !text::IsSpaced(chars[at]) || !text::IsSpaced(chars[at - 1])) {
      table.trie.At(chars, at, [&](std::size_t end, std::uint32_t hit) {
        if (end > limit) return;
        if (end < chars.size() && text::IsSpaced(chars[end - 1]) && text::IsSpaced(chars[end]))
          return;
        best = end;
        value = hit;
      });
    }
    if (value == WordTrie::kNone) {
      ++at;
      continue;
    }
    out.push_back({&table.cues[value], at, best});
    at = best;
  }
  return out;
}

// Which of two cues counts: a nearer one, and of the equally near the stronger value, which stands
// first in the enumeration.
struct Choice {
  Judgement judgement;
  std::size_t gap = SIZE_MAX;

  void Offer(const Use& use, const Found& cue, std::size_t distance) {
    if (distance > gap) return;
    if (distance == gap && judgement.assertion <= use.assertion) return;
    gap = distance;
    judgement = {use.assertion, cue.begin, cue.end};
  }
};

// Only blanks and one joining cue stand in chars [begin, end).
bool Joined(const std::vector<Found>& cues, const std::u32string& chars, std::size_t begin,
            std::size_t end) {
  std::size_t joints = 0;
  for (std::size_t i = begin; i < end;) {
    const auto cue =
        std::lower_bound(cues.begin(), cues.end(), i,
                         [](const Found& one, std::size_t at) { return one.begin < at; });
    if (cue != cues.end() && cue->begin == i && cue->cue->joins) {
      ++joints;
      i = cue->end;
    } else if (chars[i] == U' ') {
      ++i;
    } else {
      return false;
    }
  }
  return joints > 0;
}

// Cues of one table. A cue says something of the names next to it alone: not across another name,
// unless names are joined.
void JudgeBy(const CueTable& table, const std::u32string& chars,
             const std::vector<Mention>& mentions, std::vector<Choice>& out) {
  const std::vector<Found> cues = FindCues(table, chars, mentions);
  if (cues.empty()) return;
  const std::size_t count = mentions.size();
  std::vector<Choice> before(count);
  std::vector<Choice> behind(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Mention& name = mentions[i];
    const std::size_t floor = i == 0 ? 0 : mentions[i - 1].end;
    const std::size_t ceiling = i + 1 == count ? chars.size() : mentions[i + 1].begin;
    const auto first =
        std::lower_bound(cues.begin(), cues.end(), floor,
                         [](const Found& cue, std::size_t at) { return cue.begin < at; });
    for (auto cue = first; cue != cues.end() && cue->end <= ceiling; ++cue) {
      const bool is_before = cue->end <= name.begin;
      const std::size_t gap = is_before ? name.begin - cue->end : cue->begin - name.end;
      for (const Use& use : cue->cue->uses) {
        if ((use.side == Side::kBefore) != is_before || gap > use.reach) continue;
        const bool near = is_before ? OneClause(chars, cue->end, name.begin)
                                    : OneClause(chars, name.end, cue->begin);
        if (near) (is_before ? before : behind)[i].Offer(use, *cue, gap);
      }
    }
  }
  for (std::size_t i = 1; i < count; ++i) {
    if (before[i].gap != SIZE_MAX || before[i - 1].gap == SIZE_MAX) continue;
    if (Joined(cues, chars, mentions[i - 1].end, mentions[i].begin)) before[i] = before[i - 1];
  }
  for (std::size_t i = count; i-- > 1;) {
    if (behind[i - 1].gap != SIZE_MAX || behind[i].gap == SIZE_MAX) continue;
    if (Joined(cues, chars, mentions[i - 1].end, mentions[i].begin)) behind[i - 1] = behind[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    for (const Choice& one : {before[i], behind[i]}) {
      if (one.gap == SIZE_MAX) continue;
      // Of a cue on either side, the stronger value counts.
      const bool none = out[i].gap == SIZE_MAX;
      if (none || one.judgement.assertion < out[i].judgement.assertion) out[i] = one;
    }
  }
}

}  // namespace

struct ContextRules::Impl {
  std::vector<CueTable> tables;
  std::string digest;
};

Result<ContextRules> ContextRules::Load(const std::string& data_dir, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  for (const char* const language : {"zh", "ja", "en"}) {
    const std::string path = data_dir + "/language/" + language + "/context.tsv";
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    const auto rows = ReadTsv(path, 6, 6);
    if (!rows) return Pass(rows);
    CueTable& table = impl->tables.emplace_back();
    table.language = language;
    for (const TsvRow& row : *rows) {
      if (const Status done = table.AddRow(row, folding); !done) return Pass(done);
    }
  }
  impl->digest = Digest(digests);
  return ContextRules(std::move(impl));
}

std::vector<Judgement> ContextRules::Judge(std::string_view language, const text::Folded& text,
                                           const std::vector<Mention>& mentions) const {
  std::vector<Judgement> out(mentions.size());
  if (mentions.empty()) return out;
  const auto speaks = [&language](const CueTable& table) {
    return language.substr(0, 2) == table.language;
  };
  const std::vector<CueTable>& all = impl_->tables;
  const bool known = std::any_of(all.begin(), all.end(), speaks);
  std::vector<Choice> choices(mentions.size());
  for (const CueTable& table : all) {
    if (!known || speaks(table)) JudgeBy(table, text.chars, mentions, choices);
  }
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = choices[i].judgement;
  return out;
}

const std::string& ContextRules::digest() const { return impl_->digest; }

ContextRules::ContextRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContextRules::ContextRules(ContextRules&&) noexcept = default;
ContextRules& ContextRules::operator=(ContextRules&&) noexcept = default;
ContextRules::~ContextRules() = default;

}  // namespace sakuin::thesaurus
