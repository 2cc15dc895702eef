#include "indexer/thesaurus/aspect_cues.h"

#include <algorithm>
#include <cstdlib>

#include "indexer/base/data_dir.h"
#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kNone = kCueKinds.size() - 1;
static_assert(kCueKinds[kNone] == "none");

}  // namespace

bool EndsSentence(std::u32string_view text, std::size_t at) {
  switch (text[at]) {
    case U'\n':
    case U'!':
    case U'?':
    case U';':
    case 0x3002:  // ideographic full stop
      return true;
    case U'.': return at + 1 == text.size() || text[at + 1] == U' ' || text[at + 1] == U'\n';
    default: return false;
  }
}

std::size_t CountSentences(std::u32string_view text) {
  std::size_t count = 0;
  bool said = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (EndsSentence(text, at)) {
      count += said ? 1 : 0;
      said = false;
    } else {
      said = said || text[at] != U' ';
    }
  }
  return count + (said ? 1 : 0);
}

Status CueTable::Read(const std::string& path, const text::Folding& folding) {
  const auto rows = ReadTsv(path, 5, 5);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    const auto fail = [&row](std::string what) {
      return Fail(ErrorCode::kBadData, std::move(what), row.where);
    };
    const auto kind = std::find(kCueKinds.begin(), kCueKinds.end(), row.fields[0]);
    if (kind == kCueKinds.end()) return fail("'" + row.fields[0] + "' is no kind of cue");
    const std::u32string word = folding.Fold(row.fields[1]).chars;
    const std::string& place = row.fields[2];
    if (place != "heading" && place != "text" && place != "both") {
      return fail("'" + place + "' is none of heading, text, both");
    }
    char* end = nullptr;
    const double strength = std::strtod(row.fields[3].c_str(), &end);
    if (word.empty() || *end != '\0' || !(strength > 0) || strength > 1) {
      return fail("wants a cue and a strength above 0 and at most 1");
    }
    if (folding.Fold(row.fields[4]).chars.find(word) == std::u32string::npos) {
      return fail("the example does not hold the cue");
    }
    const Cue cue{static_cast<std::size_t>(kind - kCueKinds.begin()),
                  place == "text" ? 0 : strength, place == "heading" ? 0 : strength};
    if (const Status done = Add(word, cue, row.where); !done) return Pass(done);
  }
  return {};
}

Status CueTable::Add(std::u32string_view word, const Cue& cue, const std::string& where) {
  const std::uint32_t at = trie_.Add(word, static_cast<std::uint32_t>(cues_.size()));
  if (at == cues_.size()) cues_.emplace_back();
  for (Cue& other : cues_[at]) {
    if (other.kind != cue.kind) continue;
    if ((cue.in_heading > 0 && other.in_heading > 0) || (cue.in_text > 0 && other.in_text > 0)) {
      return Fail(ErrorCode::kBadData, "the cue stands twice for this kind", where);
    }
    other.in_heading += cue.in_heading;
    other.in_text += cue.in_text;
    return {};
  }
  cues_[at].push_back(cue);
  return {};
}

void CueTable::Find(std::u32string_view text, CuePlace place, std::vector<CueHit>& out) const {
  const auto counts = [place](const Cue& cue) { return cue.At(place) > 0; };
  std::size_t covered = 0;  // up to where the cues found so far reach
  std::size_t sentence = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || !text::IsSpaced(text[at]) || !text::IsSpaced(text[at - 1]);
    if (at >= covered && begins && trie_.MayBegin(text[at])) {
      const std::vector<Cue>* word = nullptr;
      trie_.At(text, at, [&](std::size_t end, std::uint32_t value) {
        if (!std::any_of(cues_[value].begin(), cues_[value].end(), counts)) return;
        covered = end;
        word = &cues_[value];
      });
      if (word != nullptr) {
        for (const Cue& cue : *word) {
          if (!counts(cue) || cue.kind == kNone) continue;
          out.push_back({cue.kind, place, cue.At(place), at, covered, sentence});
        }
      }
    }
    if (EndsSentence(text, at)) ++sentence;
  }
}

}  // namespace sakuin::thesaurus
