#include "indexer/advice/extractor.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/advice/action_words.h"
#include "indexer/advice/clauses.h"
#include "indexer/advice/cue_finder.h"
#include "indexer/advice/cue_table.h"
#include "indexer/advice/inner_names.h"
#include "indexer/advice/joints.h"
#include "indexer/advice/measuring/measures.h"
#include "indexer/advice/measuring/times.h"
#include "indexer/advice/named_things.h"
#include "indexer/advice/scope.h"
#include "indexer/advice/statements/action_traits.h"
#include "indexer/advice/statements/echoes.h"
#include "indexer/advice/statements/lead_ins.h"
#include "indexer/advice/statements/repeats.h"
#include "indexer/advice/statements/statement.h"
#include "indexer/advice/statements/surroundings.h"
#include "indexer/base/digest.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/context.h"

namespace sakuin::advice {
namespace {

// Raise it when this folder's code makes other advice of the same text and data.
constexpr const char* kVersion = "advice-5";

constexpr const char* kSeeDoctor = "see-doctor";
constexpr std::size_t kLoneLine = 90;
constexpr double kAcuteHours = 72;  // a heading of no more than that speaks of the first days

// A few words whose language nobody could tell: by their script.
std::string_view LanguageOf(const thesaurus::NamedText& text) {
  bool han = false;
  for (const char32_t c : text.folded.chars) {
    if (c >= 0x30A1 && c <= 0x30FA) return model::kJapanese;
    han = han || (c >= 0x4E00 && c <= 0x9FFF);
  }
  return han ? model::kZhHans : model::kEnglish;
}

// Of bare steps named in one clause the last is done, the others are its circumstances.
bool IsCircumstance(const SentenceInput& sentence,
                    const std::vector<std::optional<model::Advice>>& made, std::size_t at) {
  const Sentence& there = *sentence.sentence;
  if (sentence.text[sentence.actions[at].at.begin] < 0x80) return false;  // they stand behind
  const std::size_t clause = there.ClauseAt(sentence.actions[at].at.begin);
  for (std::size_t n = at + 1; n < made.size(); ++n) {
    if (there.ClauseAt(sentence.actions[n].at.begin) != clause) break;
    const bool touches =
        !sentence.japanese && sentence.actions[at].at.end == sentence.actions[n].at.begin;
    if (made[n] && made[n]->implicit && (touches || !AreJoined(sentence, at, n))) return true;
  }
  return false;
}

}  // namespace

struct Extractor::Impl {
  const thesaurus::Thesaurus* thesaurus = nullptr;
  CueTables cues;
  std::optional<ActionWords> words;
  std::optional<ActionTraits> traits;
  std::optional<TimeRules> times;
  std::optional<thesaurus::ContextRules> context;
  std::string digest;

  using Reasons = std::vector<SentenceReason>;

  // One text: a heading or a section's own.
  struct Reading {
    model::Section* section = nullptr;
    const std::string* original = nullptr;
    const thesaurus::NamedText* named = nullptr;
    const CueTable* table = nullptr;
    std::string_view language;
    bool in_heading = false;
    HeadingStance heading = HeadingStance::kNone;
    model::Phase phase = model::Phase::kUnstated;  // that the heading names
    std::string topic;                             // the action that the heading names
    std::vector<std::string> people;               // whom the heading or the title names
  };

  NamedThings NamesOf(const Reading& reading) const {
    NamedThings out = SortNames(reading.named->names, *thesaurus);
    FreeCues(reading.named->folded.chars, *reading.table, *words->Of(reading.language), out);
    words->AddTo(reading.language, reading.named->folded.chars, out);
    DropRest(*traits, out);
    FreeLists(reading.named->folded.chars, *reading.table, out);
    return out;
  }

  // What the heading says of the text below.
  void ReadHeading(Reading& reading, Reasons* reasons) const {
    const std::u32string& chars = reading.named->folded.chars;
    const NamedThings things = NamesOf(reading);
    const auto found = FindCues(*reading.table, chars, {0, chars.size()}, {});
    reading.heading = StanceOfHeading(found, !things.actions.empty());
    // The title is not advice of its own, and a heading with a stance speaks of its list.
    if (reading.section->number > 0 && reading.heading == HeadingStance::kNone) {
      ReadText(reading, reasons);
      const std::vector<std::string>& aspects = reading.section->aspects;
      const bool asks = std::find(aspects.begin(), aspects.end(), "faq") != aspects.end();
      if (reading.section->advice.empty() && !things.actions.empty() && !asks) {
        reading.topic = things.actions[0].id;
      }
    }
    for (const TimeExpression& one : times->Find(reading.language, chars)) {
      if (one.phase != model::Phase::kUnstated) reading.phase = one.phase;
      if (one.window && !one.seeks &&
          one.window->to_hours.value_or(kAcuteHours + 1) <= kAcuteHours) {
        reading.phase = model::Phase::kAcute;
      }
    }
  }

  // A heading that says what to do above a list of signs holds where these are there.
  void TieToSigns(Reading& text) const {
    std::vector<model::Advice>& advice = text.section->advice;
    if (advice.empty()) return;
    const std::u32string& chars = text.named->folded.chars;
    if (!IsListOfSigns(chars, times->Find(text.language, chars), NamesOf(text))) return;
    text.heading = HeadingStance::kSigns;
    for (model::Advice& one : advice) one.stance = model::Stance::kConditional;
  }

  void ReadSection(model::Document& document, std::size_t n,
                   const std::vector<thesaurus::NamedText>& texts, Reasons* reasons) const {
    model::Section& section = document.sections[n];
    Reading reading;
    reading.section = &section;
    reading.language = section.language.empty() ? document.language : section.language;
    if (reading.language == model::kUndetermined) reading.language = LanguageOf(texts[2 * n + 1]);
    reading.table = cues.Of(reading.language);
    if (reading.table == nullptr) return;
    reading.original = &section.heading;
    reading.named = &texts[2 * n];
    reading.in_heading = true;
    ReadHeading(reading, reasons);
    reading.people = PeopleOf(texts, n, *thesaurus);
    reading.original = &section.text;
    reading.named = &texts[2 * n + 1];
    reading.in_heading = false;
    TieToSigns(reading);
    ReadText(reading, reasons);
  }

  void ReadText(const Reading& reading, Reasons* reasons) const {
    NamedThings things = NamesOf(reading);
    const text::Folded& folded = reading.named->folded;
    if (reading.section->tags.size() > 1)
      MarkUnmeant(*context, reading.language, *reading.named, things);
    Surroundings around;
    around.folded = &folded;
    around.in_heading = reading.in_heading;
    around.people = &reading.people;
    around.how_to = IsHowTo(*reading.section);
    around.speaker = reading.section->speakers.size() == 1 ? 0 : -1;
    TakeConditions(*reading.section, *thesaurus, around);
    std::vector<LeadIn> leads = FindLeadIns(folded.chars);
    const bool is_lone =
        folded.chars.size() <= kLoneLine && folded.chars.find(U'\n') == std::u32string::npos;
    // A heading that warns speaks of a lone line too.
    const bool warns =
        reading.heading == HeadingStance::kDont || reading.heading == HeadingStance::kMyths;
    std::size_t lead = 0;
    std::size_t line = static_cast<std::size_t>(-1);
    const auto sentences = CutSentences(*reading.original, folded, reading.table->japanese());
    ResolveEchoes(sentences, reading.topic, reading.table->japanese(), things.actions);
    for (const Sentence& one : sentences) {
      while (lead < leads.size() && leads[lead].last < one.line) ++lead;
      Surroundings here = around;
      here.opens_line = one.line != line;
      line = one.line;
      const bool is_listed = one.in_list || (warns && is_lone);
      here.heading = is_listed ? reading.heading : HeadingStance::kNone;
      LookAround(things, one.range, *reading.section, here);
      ReadSentence(reading, things, one, lead < leads.size() ? &leads[lead] : nullptr, here,
                   reasons);
    }
  }

  // `over`: the lead-in that the sentence belongs to or stands before.
  void ReadSentence(const Reading& reading, const NamedThings& things, const Sentence& one,
                    LeadIn* over, Surroundings& here, Reasons* reasons) const {
    const std::u32string& chars = reading.named->folded.chars;
    SentenceInput sentence;
    sentence.text = chars;
    sentence.sentence = &one;
    sentence.japanese = reading.table->japanese();
    sentence.actions = Within(things.actions, one.range);
    sentence.cues = FindCues(*reading.table, chars, one.range, things.names);
    AddSeeking(*traits, kSeeDoctor, sentence);
    const bool is_item = over != nullptr && one.line >= over->first;
    const bool is_lead = over != nullptr && one.line == over->line;
    if (is_item) TakeLeadIn(*over, here);
    const std::string& topic = is_item && !over->topic.empty() ? over->topic : reading.topic;
    const bool may_be_step = MayBeStep(topic, here, sentence);
    const bool explained = reasons != nullptr && !sentence.cues.empty();
    if (sentence.actions.empty() && !may_be_step && !is_lead && !explained) return;
    Measures measures(*times, reading.language, sentence);
    if (may_be_step) AddTopic(topic, measures, sentence);
    if (sentence.actions.empty() && !is_lead && !explained) return;
    if (is_item && over->window) measures.Inherit(*over->window, model::StatedIn::kLeadIn);
    if (is_item) measures.Inherit(over->phase, model::StatedIn::kLeadIn);
    measures.Inherit(reading.phase, model::StatedIn::kHeading);
    const std::size_t before = reading.section->advice.size();
    Judge(sentence, measures, here, *reading.section, reasons);
    if (!is_lead) return;
    ReadLeadIn(sentence, things, measures.found(), *over);
    std::vector<model::Advice>& said = reading.section->advice;
    if (said.size() == before && !sentence.actions.empty()) {
      over->topic = sentence.actions.back().id;
    }
    // What it says holds where one of its signs is there.
    for (std::size_t n = before; n < said.size() && over->stance == HeadingStance::kSigns; ++n) {
      said[n].stance = model::Stance::kConditional;
    }
  }

  // "20 seconds, twice on each side" below the name of an exercise: a step of it.
  static bool MayBeStep(const std::string& topic, const Surroundings& here,
                        const SentenceInput& sentence) {
    if (topic.empty() || here.in_heading || !here.how_to || !sentence.actions.empty()) return false;
    if (here.heading == HeadingStance::kSigns || sentence.sentence->asks) return false;
    return std::none_of(sentence.cues.begin(), sentence.cues.end(), [](const FoundCue& cue) {
      return cue.row->kind == CueKind::kCond ||
             (cue.counts && Competes(cue.row->kind) && cue.row->kind != CueKind::kStep);
    });
  }

  static void AddTopic(const std::string& topic, const Measures& measures,
                       SentenceInput& sentence) {
    for (const TimeExpression& one : measures.found()) {
      if (one.dose.empty()) continue;
      sentence.actions.push_back({topic, {one.begin, one.end}});
      return;
    }
  }

  // A sentence's actions and what becomes of each.
  struct Judged {
    std::vector<Governed> governed;
    std::vector<std::optional<model::Advice>> made;
    std::vector<const char*> why;  // nullptr: it is advice
  };

  void Judge(const SentenceInput& sentence, Measures& measures, Surroundings& around,
             model::Section& section, Reasons* reasons) const {
    const std::size_t count = sentence.actions.size();
    Judged all;
    all.made.resize(count);
    all.why.resize(count);
    for (std::size_t n = 0; n < count; ++n) {
      all.governed.push_back(Govern(sentence, n));
      LookAtAction(sentence, n, all.governed[n], *traits, measures, around);
      all.made[n] = MakeStatement(sentence, n, all.governed[n], around, all.why[n]);
    }
    measures.SetOwners(Sift(sentence, section, all));
    SentenceReason reason;
    for (std::size_t n = 0; n < count; ++n) {
      ActionReason one;
      one.action = sentence.actions[n].id;
      one.words = around.folded->Original(sentence.actions[n].at.begin, sentence.actions[n].at.end);
      if (all.why[n] == nullptr) {
        Finish(measures, n, *all.made[n]);
        one.outcome = model::kStances[static_cast<std::size_t>(all.made[n]->stance)];
        one.cues = all.made[n]->cues;
        one.advice = static_cast<int>(section.advice.size());
        section.advice.push_back(std::move(*all.made[n]));
      } else {
        one.outcome = all.why[n];
        for (const FoundCue* cue : {all.governed[n].none_by, all.governed[n].cue}) {
          if (cue != nullptr && one.cues.empty()) one.cues.push_back(cue->row->id);
        }
      }
      reason.actions.push_back(std::move(one));
    }
    if (reasons != nullptr) Explain(sentence, around, section, std::move(reason), *reasons);
  }

  // Leaves out what is said already. The result: which action has each one's amounts.
  static std::vector<std::size_t> Sift(const SentenceInput& sentence, const model::Section& section,
                                       Judged& all) {
    std::vector<std::size_t> owners(all.made.size(), Measures::kNone);
    for (std::size_t n = 0; n < all.made.size(); ++n) {
      if (!all.made[n]) continue;
      if (IsBare(*all.made[n], all.governed[n]) && IsCircumstance(sentence, all.made, n)) {
        all.why[n] = "a circumstance";
        continue;
      }
      owners[n] = FirstToSay(sentence, section.advice, all.made, owners, n);
      if (owners[n] != n) all.why[n] = "said already";
    }
    return owners;
  }

  static bool IsBare(const model::Advice& made, const Governed& governed) {
    return made.implicit && (governed.cue == nullptr || governed.cue->row->kind == CueKind::kStep);
  }

  void Finish(const Measures& measures, std::size_t n, model::Advice& made) const {
    measures.Attach(n, traits->IsWatching(made.action), made);
    // "Only when the swelling is gone": some event must be over, at a time that nobody knows.
    if (made.qualifier == model::Qualifier::kGate && !made.window &&
        made.phase == model::Phase::kUnstated) {
      made.phase = model::Phase::kAfterRelief;
      made.phase_from = model::StatedIn::kSentence;
    }
  }

  static void Explain(const SentenceInput& sentence, const Surroundings& around,
                      const model::Section& section, SentenceReason reason, Reasons& out) {
    reason.section = section.number;
    reason.in_heading = around.in_heading;
    const Range& range = sentence.sentence->range;
    reason.words = around.folded->Original(range.begin, range.end);
    for (const FoundCue& cue : sentence.cues) {
      reason.cues.push_back({cue.row->id, std::string(NameOf(cue.row->kind)),
                             around.folded->Original(cue.at.begin, cue.at.end), cue.counts});
    }
    out.push_back(std::move(reason));
  }

  void Run(model::Document& document, const std::vector<thesaurus::NamedText>& texts,
           Reasons* reasons) const {
    for (std::size_t n = 0; n < document.sections.size(); ++n) {
      document.sections[n].advice.clear();
      ReadSection(document, n, texts, reasons);
    }
  }
};

Result<Extractor> Extractor::Create(const std::string& data_dir,
                                    const thesaurus::Thesaurus& thesaurus,
                                    const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  impl->thesaurus = &thesaurus;
  auto cues = LoadCues(data_dir, folding);
  if (!cues) return Pass(cues);
  impl->cues = std::move(*cues);
  auto words = ActionWords::Load(data_dir, folding, thesaurus);
  if (!words) return Pass(words);
  impl->words.emplace(std::move(*words));
  auto traits = ActionTraits::Load(data_dir, thesaurus);
  if (!traits) return Pass(traits);
  impl->traits.emplace(std::move(*traits));
  auto times = TimeRules::Load(data_dir, folding);
  if (!times) return Pass(times);
  impl->times.emplace(std::move(*times));
  auto context = thesaurus::ContextRules::Load(data_dir, folding);
  if (!context) return Pass(context);
  impl->context.emplace(std::move(*context));
  impl->digest = Digest(std::string(kVersion) + impl->cues.digest + impl->words->digest() +
                        impl->traits->digest() + impl->times->digest() + impl->context->digest());
  return Extractor(std::move(impl));
}

void Extractor::Extract(model::Document& document,
                        const std::vector<thesaurus::NamedText>& texts) const {
  impl_->Run(document, texts, nullptr);
}

std::vector<SentenceReason> Extractor::Explain(
    model::Document& document, const std::vector<thesaurus::NamedText>& texts) const {
  std::vector<SentenceReason> out;
  impl_->Run(document, texts, &out);
  return out;
}

const std::string& Extractor::digest() const { return impl_->digest; }

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

}  // namespace sakuin::advice
