#include "indexer/advice/extractor.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/advice/action_words.h"
#include "indexer/advice/clauses.h"
#include "indexer/advice/cue_finder.h"
#include "indexer/advice/cue_table.h"
#include "indexer/advice/inner_names.h"
#include "indexer/advice/measuring/measures.h"
#include "indexer/advice/measuring/times.h"
#include "indexer/advice/named_things.h"
#include "indexer/advice/scope.h"
#include "indexer/advice/statement.h"
#include "indexer/base/digest.h"
#include "indexer/model/language.h"

namespace sakuin::advice {
namespace {

// Raise it when this folder's code makes other advice of the same text and data.
constexpr const char* kVersion = "advice-3";

constexpr const char* kSeeDoctor = "see-doctor";
constexpr const char* kAmbulance = "ambulance";

bool IsHowTo(const model::Section& section) {
  static constexpr std::array<std::string_view, 5> kHowTo = {"treatment", "self-care", "exercise",
                                                             "prevention", "when-to-see-a-doctor"};
  return std::any_of(section.aspects.begin(), section.aspects.end(), [](const std::string& aspect) {
    return std::find(kHowTo.begin(), kHowTo.end(), aspect) != kHowTo.end();
  });
}

// The conditions that the section is about, the primary one first.
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

// A short clause that ends with the action, as steps are written in Chinese and English.
bool IsBareStep(const SentenceInput& sentence, const ActionMention& action, const Range& clause) {
  if (sentence.japanese || action.at.end + 1 < clause.end) return false;
  return action.at.begin - clause.begin <= 6 && action.at.size() >= 3;
}

bool HasDigit(std::u32string_view text, const Range& clause) {
  for (std::size_t at = clause.begin; at < clause.end; ++at) {
    if (text[at] >= U'0' && text[at] <= U'9') return true;
  }
  return false;
}

// A few words whose language nobody could tell: by their script.
std::string_view LanguageOf(const thesaurus::NamedText& text) {
  bool han = false;
  for (const char32_t c : text.folded.chars) {
    if (c >= 0x30A1 && c <= 0x30FA) return model::kJapanese;
    han = han || (c >= 0x4E00 && c <= 0x9FFF);
  }
  return han ? model::kZhHans : model::kEnglish;
}

template <typename Thing>
std::vector<Thing> Within(const std::vector<Thing>& things, const Range& range) {
  std::vector<Thing> out;
  auto next =
      std::lower_bound(things.begin(), things.end(), range.begin,
                       [](const Thing& one, std::size_t place) { return one.at.begin < place; });
  for (; next != things.end() && next->at.end <= range.end; ++next) out.push_back(*next);
  return out;
}

// Adds "see a doctor" where a cue says so and nothing in its clause does.
std::size_t AddSeeking(SentenceInput& out) {
  std::size_t added = 0;
  for (const FoundCue& cue : out.cues) {
    if (cue.row->kind != CueKind::kSeek || !cue.counts) continue;
    const std::size_t clause = out.sentence->ClauseAt(cue.at.begin);
    const bool named =
        std::any_of(out.actions.begin(), out.actions.end(), [&](const ActionMention& one) {
          return (one.id == kSeeDoctor || one.id == kAmbulance) &&
                 out.sentence->ClauseAt(one.at.begin) == clause;
        });
    if (named) continue;
    out.actions.push_back({kSeeDoctor, cue.at});
    ++added;
  }
  std::stable_sort(
      out.actions.begin(), out.actions.end(),
      [](const ActionMention& a, const ActionMention& b) { return a.at.begin < b.at.begin; });
  return added;
}

bool IsSeekCue(const SentenceInput& sentence, const ActionMention& action) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& cue) {
    return cue.row->kind == CueKind::kSeek && cue.counts && cue.at == action.at;
  });
}

}  // namespace

struct Extractor::Impl {
  const thesaurus::Thesaurus* thesaurus = nullptr;
  CueTables cues;
  std::optional<ActionWords> words;
  std::optional<TimeRules> times;
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
  };

  NamedThings NamesOf(const Reading& reading) const {
    NamedThings out = SortNames(reading.named->names, *thesaurus);
    FreeCues(reading.named->folded.chars, *reading.table, *words->Of(reading.language), out);
    words->AddTo(reading.language, reading.named->folded.chars, out);
    return out;
  }

  // The stance that a heading gives the list below it.
  HeadingStance StanceOf(const Reading& heading) const {
    const std::u32string& chars = heading.named->folded.chars;
    for (const FoundCue& cue : FindCues(*heading.table, chars, {0, chars.size()}, {})) {
      switch (cue.row->kind) {
        case CueKind::kHeadingDo: return HeadingStance::kDo;
        case CueKind::kHeadingDont: return HeadingStance::kDont;
        case CueKind::kHeadingQuestion: return HeadingStance::kQuestion;
        default: break;
      }
    }
    return HeadingStance::kNone;
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
    const HeadingStance stance = StanceOf(reading);
    // The title is not advice of its own, and a heading with a stance speaks of its list.
    if (n > 0 && stance == HeadingStance::kNone) ReadText(reading, reasons);
    for (const TimeExpression& one : times->Find(reading.language, reading.named->folded.chars)) {
      if (one.phase != model::Phase::kUnstated) reading.phase = one.phase;
    }
    reading.original = &section.text;
    reading.named = &texts[2 * n + 1];
    reading.in_heading = false;
    reading.heading = stance;
    ReadText(reading, reasons);
  }

  void ReadText(const Reading& reading, Reasons* reasons) const {
    const NamedThings things = NamesOf(reading);
    const text::Folded& folded = reading.named->folded;
    Surroundings around;
    around.folded = &folded;
    around.in_heading = reading.in_heading;
    around.how_to = IsHowTo(*reading.section);
    around.speaker = reading.section->speakers.size() == 1 ? 0 : -1;
    TakeConditions(*reading.section, around);
    for (const Sentence& one : CutSentences(*reading.original, folded, reading.table->japanese())) {
      SentenceInput sentence;
      sentence.text = folded.chars;
      sentence.sentence = &one;
      sentence.japanese = reading.table->japanese();
      sentence.actions = Within(things.actions, one.range);
      sentence.cues = FindCues(*reading.table, folded.chars, one.range, things.names);
      AddSeeking(sentence);
      if (sentence.actions.empty() && (reasons == nullptr || sentence.cues.empty())) continue;
      Surroundings here = around;
      here.heading = one.in_list ? reading.heading : HeadingStance::kNone;
      LookAround(things, one.range, *reading.section, here);
      Measures measures(*times, reading.language, sentence);
      measures.Inherit(reading.phase, model::StatedIn::kHeading);
      Judge(sentence, measures, here, *reading.section, reasons);
    }
  }

  static void LookAround(const NamedThings& things, const Range& range,
                         const model::Section& section, Surroundings& out) {
    const auto populations = Within(things.populations, range);
    if (!populations.empty()) out.population = populations.front().id;
    out.names_signs = !Within(things.signs, range).empty();
    for (const Named& one : Within(things.conditions, range)) {
      out.names_signs = true;
      const bool is_topic =
          std::any_of(section.tags.begin(), section.tags.end(),
                      [&one](const model::Tag& tag) { return tag.concept_id == one.id; });
      if (!is_topic) continue;
      out.conditions = {one.id};
      out.conditions_from = model::StatedIn::kSentence;
    }
  }

  void Judge(const SentenceInput& sentence, const Measures& measures, Surroundings& around,
             model::Section& section, Reasons* reasons) const {
    SentenceReason reason;
    for (std::size_t n = 0; n < sentence.actions.size(); ++n) {
      const ActionMention& action = sentence.actions[n];
      const Governed governed = Govern(sentence, n);
      around.is_seeking = action.id == kSeeDoctor || action.id == kAmbulance;
      around.is_seek_cue = IsSeekCue(sentence, action);
      const Sentence& there = *sentence.sentence;
      const Range& clause = there.clauses[there.ClauseAt(action.at.begin)];
      around.has_measure = HasDigit(sentence.text, clause) || measures.In(clause);
      around.after_signs = clause.begin > there.clauses.front().begin;
      around.bare_step = IsBareStep(sentence, action, clause);
      const char* why = nullptr;
      auto made = MakeStatement(sentence, n, governed, around, why);
      if (made) measures.Attach(n, *made);
      ActionReason one;
      one.action = action.id;
      one.words = around.folded->Original(action.at.begin, action.at.end);
      if (made && !Keep(section, *made)) why = "said already";
      if (made && why == nullptr) {
        one.outcome = model::kStances[static_cast<std::size_t>(made->stance)];
        one.cues = made->cues;
        one.advice = static_cast<int>(section.advice.size());
        section.advice.push_back(std::move(*made));
      } else {
        one.outcome = why;
        for (const FoundCue* cue : {governed.none_by, governed.cue}) {
          if (cue != nullptr && one.cues.empty()) one.cues.push_back(cue->row->id);
        }
      }
      reason.actions.push_back(std::move(one));
    }
    if (reasons != nullptr) Explain(sentence, around, section, std::move(reason), *reasons);
  }

  // The same action in the same words is one statement; what it is good for adds none to what the
  // section has recommended.
  static bool Keep(const model::Section& section, const model::Advice& made) {
    return std::none_of(
        section.advice.begin(), section.advice.end(), [&made](const model::Advice& other) {
          if (other.action != made.action || other.in_heading != made.in_heading) return false;
          const bool apart =
              other.quote.end <= made.quote.begin || made.quote.end <= other.quote.begin;
          return !apart || (made.implicit && other.stance == made.stance);
        });
  }

  static void Explain(const SentenceInput& sentence, const Surroundings& around,
                      const model::Section& section, SentenceReason reason, Reasons& out) {
    reason.section = section.number;
    reason.in_heading = around.in_heading;
    const Range& range = sentence.sentence->range;
    reason.words = around.folded->Original(range.begin, range.end);
    for (const FoundCue& cue : sentence.cues) {
      reason.cues.push_back({cue.row->id,
                             std::string(kCueKinds[static_cast<std::size_t>(cue.row->kind)]),
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
  auto times = TimeRules::Load(data_dir, folding);
  if (!times) return Pass(times);
  impl->times.emplace(std::move(*times));
  impl->digest = Digest(std::string(kVersion) + impl->cues.digest + impl->words->digest() +
                        impl->times->digest());
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
