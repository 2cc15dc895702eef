#include "query/results/highlighter.h"

#include <algorithm>
#include <set>
#include <string>

#include "indexer/base/utf8.h"
#include "indexer/text/readings.h"
#include "indexer/text/sentences.h"

namespace sakuin::results {
namespace {

constexpr std::size_t kSnippetLength = 160;    // characters that are aimed at
constexpr std::size_t kLongestSentence = 220;  // beyond it a sentence is cut

std::size_t Length(std::string_view text, model::Span span) { return utf8::Count(span.In(text)); }

std::vector<Mark> FindRaw(const plan::Leaf& leaf, std::size_t index, std::string_view original) {
  std::vector<Mark> out;
  for (std::size_t at = original.find(leaf.typed); at != std::string_view::npos;
       at = original.find(leaf.typed, at + leaf.typed.size())) {
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(at + leaf.typed.size());
    out.push_back({{begin, end}, index, nullptr, nullptr});
  }
  return out;
}

// How many different leaves stand in a range; ties go to the earlier one.
std::size_t Richness(const std::vector<Mark>& marks, model::Span span) {
  std::set<std::size_t> leaves;
  for (const Mark& mark : marks) {
    if (mark.span.begin >= span.begin && mark.span.begin < span.end) leaves.insert(mark.leaf);
  }
  return leaves.size();
}

// A piece of a long sentence around `at`: from a comma before it to one behind it where there is
// one within reach.
model::Span CutSentence(std::string_view text, model::Span sentence, std::uint32_t at) {
  const auto is_comma = [](char32_t c) {
    return c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == ',' || c == ';' || c == 0x2014;
  };
  std::size_t begin = std::clamp(at, sentence.begin, sentence.end);
  for (std::size_t n = 0; begin > sentence.begin && n < kSnippetLength / 3; ++n) {
    std::size_t before = begin;
    if (is_comma(utf8::Previous(text, before)) && n > 10) break;
    begin = before;
  }
  std::size_t end = begin;
  for (std::size_t n = 0; end < sentence.end; ++n) {
    if (n >= kSnippetLength) break;
    const bool comma = is_comma(utf8::Next(text, end));
    if (comma && n > kSnippetLength * 2 / 3) break;
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Whole sentences from number `best` on, then before it, as long as they fit.
model::Span Grow(std::string_view text, const std::vector<model::Span>& sentences,
                 std::size_t best) {
  model::Span out = sentences[best];
  std::size_t length = Length(text, out);
  std::size_t first = best;
  std::size_t last = best;
  for (bool grown = true; grown;) {
    grown = false;
    if (last + 1 < sentences.size()) {
      const std::size_t more = Length(text, sentences[last + 1]);
      if (length + more <= kSnippetLength) {
        out.end = sentences[++last].end;
        length += more;
        grown = true;
      }
    }
    if (!grown && first > 0) {
      const std::size_t more = Length(text, sentences[first - 1]);
      if (length + more <= kSnippetLength) {
        out.begin = sentences[--first].begin;
        length += more;
        grown = true;
      }
    }
  }
  return out;
}

}  // namespace

std::vector<Mark> FindMarks(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                            const text::Folding& folding, std::string_view original,
                            const std::vector<model::Reading>& readings) {
  std::vector<Mark> out;
  const text::Folded folded = folding.Fold(original);
  const text::SpokenText spoken = text::Speak(readings);
  const text::Folded spoken_folded = folding.Fold(spoken.text);
  const plan::TextChecker checker(folding);
  for (const std::size_t index : leaves) {
    const plan::Leaf& leaf = plan.leaves[index];
    if (leaf.raw) {
      const auto raw = FindRaw(leaf, index, original);
      out.insert(out.end(), raw.begin(), raw.end());
      continue;
    }
    for (const plan::Alternative& alternative : leaf.alternatives) {
      for (const plan::Occurrence& o : checker.Find(leaf, alternative, folded, original)) {
        out.push_back({folded.Original(o.begin, o.end), index, &alternative, nullptr});
      }
      if (leaf.exact || readings.empty()) continue;
      for (const plan::Occurrence& o :
           checker.Find(leaf, alternative, spoken_folded, spoken.text)) {
        const model::Span base = spoken.Original(spoken_folded.Original(o.begin, o.end));
        out.push_back({base, index, &alternative, nullptr});
      }
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
  return out;
}

std::vector<model::Span> Highlights(const std::vector<Mark>& marks) {
  std::vector<model::Span> out;
  for (const Mark& mark : marks) {
    if (!out.empty() && mark.span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, mark.span.end);
    } else {
      out.push_back(mark.span);
    }
  }
  return out;
}

Snippet CutSnippet(std::string_view text, const std::vector<Mark>& marks) {
  Snippet out;
  const std::vector<model::Span> sentences = text::Sentences(text);
  if (sentences.empty()) return out;
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < sentences.size() && !marks.empty(); ++i) {
    const std::size_t rich = Richness(marks, sentences[i]);
    if (rich > most) {
      most = rich;
      best = i;
    }
  }
  model::Span span = sentences[best];
  if (Length(text, span) > kLongestSentence) {
    std::uint32_t at = span.begin;
    for (const Mark& mark : marks) {
      if (mark.span.begin >= span.begin && mark.span.begin < span.end) {
        at = mark.span.begin;
        break;
      }
    }
    span = CutSentence(text, span, at);
  } else {
    span = Grow(text, sentences, best);
  }
  // A phrase may run over the cut (it may cross a sentence's end): the snippet follows it.
  for (const model::Span& mark : Highlights(marks)) {
    if (mark.begin < span.end && mark.end > span.end) span.end = mark.end;
    if (mark.begin < span.begin && mark.end > span.begin) span.begin = mark.begin;
  }
  while (span.begin < span.end && text[span.begin] == ' ') ++span.begin;
  out.text = std::string(span.In(text));
  out.begin = span.begin;
  for (const model::Span& mark : Highlights(marks)) {
    if (mark.begin < span.begin || mark.end > span.end) continue;
    out.highlights.push_back({mark.begin - span.begin, mark.end - span.begin});
  }
  return out;
}

void AddTagMarks(const plan::Plan& plan, const std::vector<std::size_t>& leaves,
                 const std::vector<model::Tag>& tags, bool heading, std::vector<Mark>& marks) {
  for (const std::size_t index : leaves) {
    const auto& wanted = plan.leaves[index].tagged;
    for (const model::Tag& tag : tags) {
      if (std::find(wanted.begin(), wanted.end(), tag.concept_id) == wanted.end()) continue;
      for (const model::Span& span : heading ? tag.heading_spans : tag.text_spans) {
        marks.push_back({span, index, nullptr, &tag});
      }
    }
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
}

namespace {

// Of labels that several languages write alike, the one of this language.
void TakeTwin(const plan::Alternative& alternative, std::string_view language, Reason& reason) {
  for (const auto& [twin_language, twin] : alternative.twins) {
    if (twin_language != language || reason.language == language) continue;
    reason.language = twin_language;
    reason.label = twin;
  }
}

}  // namespace

std::vector<Reason> Reasons(const plan::Plan& plan, const std::vector<Mark>& heading_marks,
                            std::string_view heading, const std::vector<Mark>& text_marks,
                            std::string_view text, std::string_view language) {
  std::vector<Reason> out;
  const auto add = [&](const Mark& mark, std::string_view original) {
    const plan::Leaf& leaf = plan.leaves[mark.leaf];
    Reason reason;
    reason.typed = leaf.typed;
    reason.found = std::string(mark.span.In(original));
    reason.count = 1;
    if (mark.tag != nullptr) {
      reason.kind = "tag";
      reason.concept_id = mark.tag->concept_id;
    } else if (mark.alternative != nullptr && mark.alternative->origin == plan::Origin::kLabel) {
      reason.kind = "label";
      reason.concept_id = mark.alternative->concept_id;
      reason.label = mark.alternative->label;
      reason.language = mark.alternative->language;
      TakeTwin(*mark.alternative, language, reason);
    } else {
      reason.kind = reason.found == leaf.typed ? "literal" : "variant";
      if (mark.alternative != nullptr && !mark.alternative->twins.empty()) {
        reason.concept_id = mark.alternative->concept_id;
        reason.language = mark.alternative->twins[0].first;
        reason.label = mark.alternative->twins[0].second;
        TakeTwin(*mark.alternative, language, reason);
      }
    }
    for (Reason& there : out) {
      if (there.typed == reason.typed && there.kind == reason.kind && there.found == reason.found &&
          there.label == reason.label && there.concept_id == reason.concept_id) {
        ++there.count;
        return;
      }
    }
    out.push_back(std::move(reason));
  };
  for (const Mark& mark : heading_marks) add(mark, heading);
  for (const Mark& mark : text_marks) add(mark, text);
  return out;
}

}  // namespace sakuin::results
