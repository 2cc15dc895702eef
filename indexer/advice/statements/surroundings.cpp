#include "indexer/advice/statements/surroundings.h"

#include <algorithm>
#include <array>

namespace sakuin::advice {
namespace {

constexpr std::size_t kLongestItem = 70;
constexpr std::size_t kMostItems = 15;

std::vector<Range> LinesOf(std::u32string_view text) {
  std::vector<Range> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != U'\n') continue;
    Range line{begin, at};
    while (line.begin < line.end && text[line.begin] == U' ') ++line.begin;
    while (line.end > line.begin && text[line.end - 1] == U' ') --line.end;
    out.push_back(line);
    begin = at + 1;
  }
  return out;
}

bool EndsWith(std::u32string_view text, const Range& line, char32_t mark) {
  return line.size() > 0 && text[line.end - 1] == mark;
}

// How the items of a list look: with a full stop or without, with a mark in front or without.
struct Shape {
  bool stops = false;
  bool marked = false;
  friend bool operator==(const Shape&, const Shape&) = default;
};

Shape ShapeOf(std::u32string_view text, const Range& line) {
  Shape out;
  out.stops = EndsWith(text, line, 0x3002) || EndsWith(text, line, U'.');
  const char32_t first = line.size() > 0 ? text[line.begin] : 0;
  const char32_t second = line.size() > 1 ? text[line.begin + 1] : 0;
  const bool number = (first >= U'0' && first <= U'9') || (first >= U'a' && first <= U'z');
  const bool numbered = number && (second == U'.' || second == U')' || second == 0x3001);
  const bool sign = first == U'-' || first == U'*' || first == U'(' || first == 0x00B7 ||
                    first == 0x2022 || first == 0x30FB || (first >= 0x2460 && first <= 0x2473) ||
                    (first >= 0x25A0 && first <= 0x25FF) || (first >= 0x2713 && first <= 0x2718);
  out.marked = numbered || sign;
  return out;
}

bool HasDigit(std::u32string_view text, const Range& clause) {
  for (std::size_t at = clause.begin; at < clause.end; ++at) {
    if (text[at] >= U'0' && text[at] <= U'9') return true;
  }
  return false;
}

// Does a cue in the action's clause say to see a doctor?
bool IsSeekCue(const SentenceInput& sentence, const ActionMention& action) {
  const std::size_t clause = sentence.sentence->ClauseAt(action.at.begin);
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& cue) {
    return cue.row->kind == CueKind::kSeek && cue.counts &&
           sentence.sentence->ClauseAt(cue.at.begin) == clause;
  });
}

// Do words of the characters tell a fact, as no order does?
bool TellsFact(const SentenceInput& sentence, const Range& where) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTells && where.Has(one.at);
  });
}

// A clause that is no reason and no advice stands before the action and its cue: in Chinese often
// the signs, without an "if".
bool HasClauseBefore(const SentenceInput& sentence, std::size_t begin) {
  const Sentence& there = *sentence.sentence;
  const Range& clause = there.clauses[there.ClauseAt(begin)];
  const auto is_other = [&clause](const FoundCue& one) {
    const CueKind kind = one.row->kind;
    const bool advises = one.counts && (kind == CueKind::kDo || kind == CueKind::kDont ||
                                        kind == CueKind::kMay || kind == CueKind::kStop);
    return (kind == CueKind::kReason || advises) && one.at.begin < clause.begin;
  };
  const std::size_t own = there.ClauseAt(begin);
  // What is done before is no sign.
  const bool behind_step = !sentence.japanese && own > 0 &&
                           !Within(sentence.actions, there.clauses[own - 1]).empty() &&
                           !TellsFact(sentence, there.clauses[own - 1]);
  return clause.begin > there.clauses.front().begin && !behind_step &&
         std::none_of(sentence.cues.begin(), sentence.cues.end(), is_other);
}

// Does another clause say in so many words what to do, and none takes anything away?
bool IsBesideAdvice(const SentenceInput& sentence, const Range& clause) {
  if (sentence.text[clause.begin] < 0x3000) return false;  // English steps have their verbs
  bool advises = false;
  for (const FoundCue& one : sentence.cues) {
    const CueKind kind = one.row->kind;
    if (!one.counts || !Competes(kind) || kind == CueKind::kSeek) continue;
    const bool takes = kind == CueKind::kHarm || kind == CueKind::kReject ||
                       kind == CueKind::kRefute || kind == CueKind::kPartial;
    if (takes) return false;
    const bool orders = kind == CueKind::kDo || kind == CueKind::kDont || kind == CueKind::kStop ||
                        kind == CueKind::kManner;
    advises = advises || (orders && !clause.Has(one.at.begin));
  }
  return advises;
}

// Or words of its own clause do: "urine like soy sauce: go at once".
bool HasWordsBefore(const SentenceInput& sentence, std::size_t begin, const Governed& governed) {
  constexpr std::size_t kWords = 4;
  const std::size_t first = sentence.sentence->range.begin;
  return !sentence.japanese && governed.cue != nullptr && begin >= first + kWords &&
         sentence.text[first] >= 0x3000;
}

// A short clause that ends with the action, as steps are written in Chinese and English.
bool IsBareStep(const SentenceInput& sentence, const ActionMention& action, const Range& clause) {
  if (sentence.japanese || action.at.end + 1 < clause.end) return false;
  return action.at.begin - clause.begin <= 6 && action.at.size() >= 3;
}

// Does a cue in the clause say what is to be done with something, or not?
bool HasStance(const SentenceInput& sentence, const Range& clause) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.counts && Competes(one.row->kind) && clause.Has(one.at);
  });
}

// A verb phrase without a subject, in Chinese: the action stands near the clause's begin, little
// follows, and no word of the sentence tells a fact.
bool IsOrder(const SentenceInput& sentence, const ActionMention& action, const Range& clause) {
  constexpr std::size_t kBefore = 4;
  constexpr std::size_t kBehind = 8;
  if (sentence.japanese || sentence.text[action.at.begin] < 0x3000 || action.opposite) return false;
  if (action.at.begin > clause.begin + kBefore || clause.end > action.at.end + kBehind)
    return false;
  if (action.at.size() < 2) return false;
  if (TellsFact(sentence, clause) || HasStance(sentence, clause)) return false;
  // "Lying on it, [one wakes with pain]": the clause is the fact's circumstance.
  const std::vector<Range>& clauses = sentence.sentence->clauses;
  const std::size_t next = sentence.sentence->ClauseAt(clause.begin) + 1;
  return next >= clauses.size() || !Within(sentence.actions, clauses[next]).empty() ||
         HasStance(sentence, clauses[next]) || !TellsFact(sentence, clauses[next]);
}

}  // namespace

std::vector<std::string> PeopleOf(const std::vector<thesaurus::NamedText>& texts,
                                  std::size_t section, const thesaurus::Thesaurus& thesaurus) {
  std::vector<std::string> out;
  for (const std::size_t at : {std::size_t{0}, 2 * section}) {
    for (const Named& one : SortNames(texts[at].names, thesaurus).populations) {
      out.push_back(one.id);
    }
  }
  return out;
}

bool IsHowTo(const model::Section& section) {
  static constexpr std::array<std::string_view, 5> kHowTo = {"treatment", "self-care", "exercise",
                                                             "prevention", "when-to-see-a-doctor"};
  return std::any_of(section.aspects.begin(), section.aspects.end(), [](const std::string& aspect) {
    return std::find(kHowTo.begin(), kHowTo.end(), aspect) != kHowTo.end();
  });
}

std::vector<LeadIn> FindLeadIns(std::u32string_view text) {
  std::vector<LeadIn> out;
  if (text.find(U'\n') == std::u32string_view::npos) return out;
  const std::vector<Range> lines = LinesOf(text);
  for (std::size_t n = 0; n + 1 < lines.size(); ++n) {
    LeadIn one;
    one.has_colon = EndsWith(text, lines[n], U':');
    const Shape own = ShapeOf(text, lines[n]);
    if (lines[n + 1].size() > kLongestItem || (!one.has_colon && !own.stops)) continue;
    one.line = n;
    one.first = n + 1;
    one.last = n;
    const Shape shape = ShapeOf(text, lines[n + 1]);
    if (!one.has_colon && shape == own) continue;
    for (std::size_t k = n + 1; k < lines.size() && k - n <= kMostItems; ++k) {
      const Range& line = lines[k];
      if (line.size() > kLongestItem || EndsWith(text, line, U':')) break;
      if (ShapeOf(text, line) != shape) break;
      one.last = k;
    }
    if (one.last < one.first) continue;
    n = one.last - 1;
    out.push_back(std::move(one));
  }
  return out;
}

bool IsListOfSigns(std::u32string_view text, const std::vector<TimeExpression>& times,
                   const std::vector<ActionMention>& actions) {
  const std::vector<Range> lines = LinesOf(text);
  std::size_t items = 0;
  std::size_t naming = 0;
  for (const Range& line : lines) {
    const Shape shape = ShapeOf(text, line);
    if (line.size() > kLongestItem / 2 || (items == 0 && shape.stops)) break;
    if (shape.stops) break;
    ++items;
    naming += Within(actions, line).empty() ? 0 : 1;
    const bool measured =
        std::any_of(times.begin(), times.end(), [&line](const TimeExpression& one) {
          return !one.dose.empty() && line.begin <= one.begin && one.end <= line.end;
        });
    if (measured) return false;
  }
  return items >= 2 && 2 * naming < items;
}

void TakeLeadIn(const LeadIn& lead, Surroundings& out) {
  if (lead.stance != HeadingStance::kNone) out.heading = lead.stance;
  out.under_signs = lead.has_signs;
  if (out.population.empty()) out.population = lead.population;
  if (!lead.conditions.empty() && out.conditions_from != model::StatedIn::kSentence) {
    out.conditions = lead.conditions;
    out.conditions_from = model::StatedIn::kLeadIn;
  }
}

void TakeConditions(const model::Section& section, Surroundings& out) {
  for (const model::Tag& tag : section.tags) {
    if (!tag.primary && !out.conditions.empty()) continue;
    out.conditions.insert(out.conditions.begin(), tag.concept_id);
    out.conditions.resize(1);
    out.conditions_from = tag.inherited                ? model::StatedIn::kTitle
                          : !tag.heading_spans.empty() ? model::StatedIn::kHeading
                                                       : model::StatedIn::kLeadIn;
  }
}

void LookAround(const NamedThings& things, const Range& range, const model::Section& section,
                Surroundings& out) {
  const auto populations = Within(things.populations, range);
  if (!populations.empty()) {
    out.population = out.own_population = populations.front().id;
    out.own_population_at = populations.front().at.begin;
  }
  out.is_topic =
      out.people != nullptr && !out.own_population.empty() &&
      std::find(out.people->begin(), out.people->end(), out.own_population) != out.people->end();
  out.names_signs = !Within(things.signs, range).empty();
  for (const Named& one : Within(things.conditions, range)) {
    out.names_signs = true;
    const bool is_topic =
        std::any_of(section.tags.begin(), section.tags.end(),
                    [&one](const model::Tag& tag) { return tag.concept_id == one.id; });
    if (!is_topic) continue;
    out.is_topic |=
        std::any_of(section.tags.begin(), section.tags.end(), [&one](const model::Tag& tag) {
          return tag.concept_id == one.id && (tag.inherited || !tag.heading_spans.empty());
        });
    out.conditions = {one.id};
    out.conditions_from = model::StatedIn::kSentence;
  }
}

void AddSeeking(const ActionTraits& traits, const std::string& seeing, SentenceInput& out) {
  for (const FoundCue& cue : out.cues) {
    if (cue.row->kind != CueKind::kSeek || !cue.counts) continue;
    const std::size_t clause = out.sentence->ClauseAt(cue.at.begin);
    const bool named =
        std::any_of(out.actions.begin(), out.actions.end(), [&](const ActionMention& one) {
          return traits.IsSeeking(one.id) && out.sentence->ClauseAt(one.at.begin) == clause;
        });
    if (!named) out.actions.push_back({seeing, cue.at});
  }
  std::stable_sort(
      out.actions.begin(), out.actions.end(),
      [](const ActionMention& a, const ActionMention& b) { return a.at.begin < b.at.begin; });
}

void LookAtAction(const SentenceInput& sentence, std::size_t at, const Governed& governed,
                  const ActionTraits& traits, const Measures& measures, Surroundings& out) {
  const ActionMention& action = sentence.actions[at];
  out.is_seeking = traits.IsSeeking(action.id);
  out.is_habit = traits.IsHabit(action.id);
  out.is_limiting = traits.IsLimiting(action.id);
  out.is_procedure = traits.IsProcedure(action.id);
  out.is_seek_cue = out.is_seeking && IsSeekCue(sentence, action);
  out.is_event = sentence.japanese && measures.IsEvent(action.at);
  const Sentence& there = *sentence.sentence;
  const Range& clause = there.clauses[there.ClauseAt(action.at.begin)];
  // Japanese names whom it speaks of before it says what they are to do.
  if (sentence.japanese && !out.own_population.empty()) {
    out.population = out.own_population_at < clause.end ? out.own_population : "";
  }
  out.tells_signs = measures.TellsSigns(clause);
  out.has_measure = HasDigit(sentence.text, clause) || measures.In(clause);
  if (governed.cue != nullptr && governed.cue->row->kind == CueKind::kStep && sentence.japanese) {
    out.has_measure |= measures.In(there.clauses[there.ClauseAt(governed.cue->at.begin)]);
  }
  out.beside_advice = !sentence.japanese && IsBesideAdvice(sentence, clause);
  std::size_t begin = action.at.begin;
  if (governed.cue != nullptr) begin = std::min(begin, governed.cue->at.begin);
  out.after_clause = HasClauseBefore(sentence, begin);
  out.after_words = HasWordsBefore(sentence, begin, governed);
  out.bare_step = IsBareStep(sentence, action, clause);
  out.is_order = !out.is_habit && !traits.IsAround(action.id) && IsOrder(sentence, action, clause);
}

}  // namespace sakuin::advice
