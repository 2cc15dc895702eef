#include "indexer/advice/statements/surroundings.h"

#include <algorithm>
#include <array>

namespace sakuin::advice {
namespace {

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
  const bool behind_step = own > 0 && !Within(sentence.actions, there.clauses[own - 1]).empty() &&
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

// Does a cue in the clause say what is to be done with something, or not?
bool HasStance(const SentenceInput& sentence, const Range& clause) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.counts && Competes(one.row->kind) && clause.Has(one.at);
  });
}

// A short clause that ends with the action, as steps are written in Chinese and English.
bool IsBareStep(const SentenceInput& sentence, const ActionMention& action, const Range& clause) {
  if (action.at.end + 1 < clause.end) return false;
  if (sentence.japanese) {  // what stands behind a verb may deny it
    const bool is_item = sentence.sentence->in_list && action.at.end == clause.end;
    if (!is_item || HasStance(sentence, clause)) return false;
  }
  return action.at.begin - clause.begin <= 6 && action.at.size() >= 3;
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

// "Pollen [no] ...": a particle joins it to what is no action.
bool IsModifier(const SentenceInput& sentence, const ActionMention& action) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    if (one.row->kind != CueKind::kJoin || one.at.begin != action.at.end) return false;
    return std::none_of(sentence.actions.begin(), sentence.actions.end(),
                        [&one](const ActionMention& next) { return next.at.begin == one.at.end; });
  });
}

// "For children", "of children", "those who ...": a particle behind the population says whom the
// sentence speaks of. Whom something is given to is none of it, nor whom the whole section is for.
bool IsMarked(const SentenceInput& sentence, const Surroundings& around) {
  if (around.own_population.empty() || around.population.empty()) return false;
  const std::size_t end = around.own_population_end;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [end](const FoundCue& one) {
    const CueKind kind = one.row->kind;
    const bool marks = kind == CueKind::kTopic || kind == CueKind::kCond || kind == CueKind::kWhom;
    return (marks && end <= one.at.begin && one.at.begin <= end + 1) ||
           (kind == CueKind::kJoin && one.at.begin == end);
  });
}

// A symptom that the thesaurus relates to the condition.
bool IsSymptomOf(const std::string& symptom, const std::string& condition,
                 const thesaurus::Thesaurus& thesaurus) {
  const model::Concept* const a = thesaurus.Find(symptom);
  const model::Concept* const b = thesaurus.Find(condition);
  if (a == nullptr || b == nullptr || a->scheme != "symptoms") return false;
  const auto names = [](const model::Concept& one, const std::string& other) {
    return std::find(one.related.begin(), one.related.end(), other) != one.related.end();
  };
  return names(*a, condition) || names(*b, symptom);
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

void TakeLeadIn(const LeadIn& lead, Surroundings& out) {
  if (lead.stance != HeadingStance::kNone) out.heading = lead.stance;
  out.under_signs = lead.has_signs;
  if (out.population.empty()) out.population = lead.population;
  if (!lead.conditions.empty()) {
    out.conditions = lead.conditions;
    out.conditions_from = model::StatedIn::kLeadIn;
  }
}

void TakeConditions(const model::Section& section, const thesaurus::Thesaurus& thesaurus,
                    Surroundings& out) {
  for (const model::Tag& tag : section.tags) {
    if (!tag.primary && !out.conditions.empty()) continue;
    out.conditions.insert(out.conditions.begin(), tag.concept_id);
    out.conditions.resize(1);
    out.conditions_from = tag.inherited                ? model::StatedIn::kTitle
                          : !tag.heading_spans.empty() ? model::StatedIn::kHeading
                                                       : model::StatedIn::kLeadIn;
  }
  if (out.conditions_from != model::StatedIn::kTitle) return;
  const std::string& primary = out.conditions[0];
  for (const model::Tag& tag : section.tags) {
    if (tag.text_spans.empty() || !IsSymptomOf(tag.concept_id, primary, thesaurus)) continue;
    out.conditions.push_back(tag.concept_id);
    return;  // the strongest: they stand in such an order
  }
}

void LookAround(const NamedThings& things, const Range& range, const model::Section& section,
                Surroundings& out) {
  const auto populations = Within(things.populations, range);
  if (!populations.empty()) {
    out.population = out.own_population = populations.front().id;
    out.own_population_at = populations.front().at.begin;
    out.own_population_end = populations.front().at.end;
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
    const bool meant =
        !std::binary_search(things.unmeant.begin(), things.unmeant.end(), one.at.begin);
    if (meant) out.own_conditions.push_back(one);
  }
}

namespace {

// Chinese and Japanese name a trouble before they say what to do for it; what they name in a clause
// behind is its reason or its outcome, and what they fear behind an action is that one's.
void StateConditions(const SentenceInput& sentence, const ActionMention& action,
                     const Range& clause, Surroundings& out) {
  out.stated_conditions = out.conditions;
  out.stated_from = out.conditions_from;
  const bool anywhere = sentence.text[action.at.begin] < 0x80;
  for (const Named& one : out.own_conditions) {
    if (!anywhere && one.at.begin >= clause.end) break;
    if (!anywhere && one.feared && sentence.actions[0].at.begin < one.at.begin) continue;
    out.stated_conditions = {one.id};
    out.stated_from = model::StatedIn::kSentence;
  }
}

}  // namespace

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
  StateConditions(sentence, action, clause, out);
  out.narrows = sentence.japanese ? IsMarked(sentence, out) : !out.population.empty();
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
  const bool is_around = traits.IsAround(action.id);
  const bool may_be_order = !out.is_habit && !is_around;
  out.is_modifier = sentence.japanese && is_around && IsModifier(sentence, action);
  out.bare_step =
      IsBareStep(sentence, action, clause) && !out.is_habit && (!sentence.japanese || may_be_order);
  out.is_order = may_be_order && IsOrder(sentence, action, clause);
}

}  // namespace sakuin::advice
