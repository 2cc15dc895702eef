#include <utility>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text_structure.h"

// Questions and who answers them: "Q1. ...", and the groups of question-and-answer pages.

namespace sakuin::ingest {
namespace {

// A short line that says who answers, or where that person works.
bool IsSpeaker(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongest = 32;
  if (!dump.Free(i)) return false;
  const std::string_view line = dump.Text(i).substr(dump.lines[i].skip);
  return Characters(line) <= kLongest && !EndsSentence(line) &&
         (dump.rules.Is("speaker", line) || dump.rules.Is("grade", line));
}

// Below a speaker: a few words that lead to a much longer answer are where that person works.
bool IsPlace(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongest = 24;
  if (!dump.Free(i) || !dump.Free(i + 1)) return false;
  const std::size_t length = Characters(dump.Text(i));
  return length <= kLongest && !HasSentencePunctuation(dump.Text(i)) &&
         BulletLength(dump.Text(i)) == 0 && Characters(dump.Text(i + 1)) >= 2 * length &&
         !dump.lines[i].blank_before && !dump.lines[i].blank_after;
}

void Take(const PlainTextRules& rules, std::string_view word, model::Speaker& out) {
  const auto add = [](std::string& to, std::string_view what) {
    if (!to.empty()) to += ' ';
    to += what;
  };
  if (rules.Is("speaker", word)) {
    // "Dr Li, chief physician": the first of two titles is the name.
    if (!out.title.empty() && out.name.empty()) out.name = std::exchange(out.title, {});
    return add(out.title, word);
  }
  const bool first = out.name.empty() && out.title.empty() && out.affiliation.empty();
  if (first && !rules.Is("grade", word)) return add(out.name, word);
  add(out.affiliation, word);
}

// "name title" and "hospital grade", on one line or two, with blanks, bars or commas between.
model::Speaker ReadSpeaker(const Dump& dump, std::size_t begin, std::size_t end) {
  model::Speaker out;
  for (std::size_t i = begin; i < end; ++i) {
    std::string_view line = dump.Text(i).substr(dump.lines[i].skip);
    for (const std::string_view colon : {":", "\xEF\xBC\x9A"}) {  // "answered by: a pharmacist"
      const std::size_t at = line.find(colon);
      if (at != std::string_view::npos) line.remove_prefix(at + colon.size());
    }
    std::size_t word = 0;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t here = at;
      const char32_t c = at < line.size() ? utf8::Next(line, at) : U' ';
      const bool gap = utf8::IsSpace(c) || c == '|' || c == 0xFF5C || c == ',' || c == 0xFF0C ||
                       c == '/' || c == 0xFF0F;
      if (gap && here > word) Take(dump.rules, line.substr(word, here - word), out);
      if (gap) word = at;
      if (here == line.size()) break;
    }
  }
  return out;
}

// "Q1. ..." is a heading; "A. " goes out, and with it a line that holds nothing but the speaker.
void FindQuestionMarks(Dump& dump) {
  constexpr std::size_t kLongest = 90;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Free(i)) continue;
    const std::string_view line = dump.Text(i);
    const std::size_t question = dump.rules.Prefix("question", line);
    if (question > 0 && Characters(line) <= kLongest && dump.HasBody(i)) {
      dump.MakeHeading(i, "question", question);
      continue;
    }
    dump.lines[i].skip = dump.rules.Prefix("answer", line);
    if (dump.lines[i].skip == 0 || !IsSpeaker(dump, i) || !dump.Free(i + 1)) continue;
    dump.speakers[i + 1] = ReadSpeaker(dump, i, i + 1);
    dump.Drop(i);
  }
}

// "question / name title / hospital / answer": two such groups at least. Several may answer one
// question.
void FindSpeakers(Dump& dump) {
  constexpr std::size_t kFewest = 2;
  struct Group {
    std::size_t begin = 0;  // of the speaker's lines
    std::size_t end = 0;
  };
  std::vector<Group> groups;
  for (std::size_t i = 1; i < dump.size(); ++i) {
    if (!IsSpeaker(dump, i) || IsSpeaker(dump, i - 1)) continue;
    if (!dump.rules.Is("speaker", dump.Text(i))) continue;
    const std::size_t end = IsSpeaker(dump, i + 1) || IsPlace(dump, i + 1) ? i + 2 : i + 1;
    if (dump.PreviousKept(i) < dump.size() && dump.Free(end)) groups.push_back({i, end});
  }
  if (groups.size() < kFewest) return;
  for (const Group& group : groups) {
    const std::size_t above = group.begin - 1;
    const std::string_view line = dump.Text(above);
    if (dump.Free(above) && dump.IsShort(line) && !EndsInStop(line) && !EndsOpen(line)) {
      dump.MakeHeading(above, "question", 0);
    }
    dump.speakers[group.end] = ReadSpeaker(dump, group.begin, group.end);
    for (std::size_t i = group.begin; i < group.end; ++i) dump.Drop(i);
  }
}

}  // namespace

void FindQuestions(Dump& dump) {
  FindQuestionMarks(dump);
  FindSpeakers(dump);
}

}  // namespace sakuin::ingest
