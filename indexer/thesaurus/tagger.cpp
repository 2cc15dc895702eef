#include "indexer/thesaurus/tagger.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/digest.h"
#include "indexer/base/utf8.h"
#include "indexer/thesaurus/tag_weights.h"
#include "indexer/thesaurus/topics.h"

namespace sakuin::thesaurus {
namespace {

// Raise it when the code of this folder tags the same text with the same data differently.
constexpr const char* kTaggerVersion = "tagger-2";

}  // namespace

struct Tagger::Impl {
  const Thesaurus* thesaurus = nullptr;
  const LabelMatcher* matcher = nullptr;
  const text::Folding* folding = nullptr;
  std::unique_ptr<Descriptions> descriptions;
  std::unique_ptr<ContextRules> context;
  std::unique_ptr<AspectRules> aspects;
  TagWeights weights;
  GeneralConcepts general;
  Manifestations manifestations;
  std::string digest;

  // No condition is the primary one of more than three in five of the sections that have one.
  static bool HasSeveralTopics(const model::Document& document) {
    std::map<std::string, std::size_t> counts;
    std::size_t all = 0;
    std::size_t most = 0;
    for (const model::Section& section : document.sections) {
      if (section.number == 0 || section.tags.empty()) continue;
      most = std::max(most, ++counts[section.tags[0].concept_id]);
      ++all;
    }
    return all >= 2 && most * 5 <= all * 3;
  }

  static SectionRole RoleOf(const model::Document& document, std::size_t i, bool asks) {
    if (i == 0) return HasSeveralTopics(document) ? SectionRole::kOverview : SectionRole::kLead;
    if (asks || !document.sections[i].speakers.empty()) return SectionRole::kAnswer;
    const auto inside = [i](const model::Section& section) {
      return section.parent == static_cast<int>(i);
    };
    const auto next = document.sections.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    return std::any_of(next, document.sections.end(), inside) ? SectionRole::kChapter
                                                              : SectionRole::kSection;
  }

  // `asks`: the document is one of questions and answers.
  static AspectInput InputOf(const model::Document& document,
                             const std::vector<SectionEvidence>& evidence, std::size_t i,
                             bool asks) {
    const model::Section& section = document.sections[i];
    AspectInput input;
    input.language = section.language.empty() ? document.language : section.language;
    input.heading = evidence[i].heading->chars;
    input.text = evidence[i].text->chars;
    if (section.parent > 0) {
      input.parent_heading = evidence[static_cast<std::size_t>(section.parent)].heading->chars;
    }
    input.role = RoleOf(document, i, asks);
    return input;
  }

  bool Asks(const model::Document& document, const std::vector<SectionEvidence>& evidence) const {
    std::vector<std::u32string_view> headings;
    for (std::size_t i = 1; i < evidence.size(); ++i)
      headings.push_back(evidence[i].heading->chars);
    return aspects->AsksQuestions(document.language, headings);
  }

  std::vector<NamedText> ReadTexts(const model::Document& document) const {
    std::vector<NamedText> out;
    out.reserve(2 * document.sections.size());
    for (const model::Section& section : document.sections) {
      for (const std::string* text : {&section.heading, &section.text}) {
        NamedText& one = out.emplace_back();
        one.folded = folding->Fold(*text);
        one.names = matcher->Match(*text, one.folded);
      }
    }
    return out;
  }

  std::vector<SectionReasons> Tag(model::Document& document, const std::vector<NamedText>& texts,
                                  bool explain) const {
    const EvidenceTools tools{thesaurus, descriptions.get(), context.get(), folding};
    const std::vector<SectionEvidence> evidence =
        ReadEvidence(document, texts, tools, static_cast<std::size_t>(weights.list_names));
    std::vector<SectionReasons> out(document.sections.size());
    auto tags = TagTopics(document, evidence, {thesaurus, &general, &manifestations, &weights});
    const bool asks = Asks(document, evidence);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const AspectInput input = InputOf(document, evidence, i, asks);
      document.sections[i].aspects = aspects->Find(input);
      if (!explain) continue;
      out[i].tags = std::move(tags[i]);
      out[i].aspects = ExplainAspects(document.sections[i], evidence[i], input);
    }
    return out;
  }

  std::vector<AspectReason> ExplainAspects(const model::Section& section,
                                           const SectionEvidence& evidence,
                                           const AspectInput& input) const {
    std::vector<AspectReason> out;
    for (const AspectEvidence& one : aspects->Explain(input)) {
      AspectReason& reason = out.emplace_back();
      reason.aspect = std::string(one.aspect);
      reason.score = one.score;
      reason.prior = one.prior;
      reason.found = one.found;
      for (const AspectCue& cue : one.cues) {
        std::string words;
        if (cue.place == CuePlace::kHeading) {
          words = evidence.heading->Original(cue.begin, cue.end).In(section.heading);
        } else if (cue.place == CuePlace::kText) {
          words = evidence.text->Original(cue.begin, cue.end).In(section.text);
        } else {
          words = utf8::Encode(input.parent_heading.substr(cue.begin, cue.end - cue.begin));
        }
        reason.cues.push_back({std::string(cue.kind), cue.place, std::move(words), cue.weight});
      }
    }
    return out;
  }
};

Result<Tagger> Tagger::Create(const std::string& data_dir, const Thesaurus& thesaurus,
                              const LabelMatcher& matcher, const text::Folding& folding) {
  auto general = GeneralConcepts::Load(data_dir, thesaurus);
  if (!general) return Pass(general);
  auto manifestations = Manifestations::Load(data_dir, thesaurus);
  if (!manifestations) return Pass(manifestations);
  auto descriptions = Descriptions::Load(data_dir, thesaurus, *general, folding);
  if (!descriptions) return Pass(descriptions);
  auto context = ContextRules::Load(data_dir, folding);
  if (!context) return Pass(context);
  auto aspects = AspectRules::Load(data_dir, folding);
  if (!aspects) return Pass(aspects);
  auto weights = TagWeights::Load(data_dir);
  if (!weights) return Pass(weights);
  auto impl = std::make_unique<Impl>();
  impl->thesaurus = &thesaurus;
  impl->matcher = &matcher;
  impl->folding = &folding;
  impl->descriptions = std::make_unique<Descriptions>(std::move(*descriptions));
  impl->context = std::make_unique<ContextRules>(std::move(*context));
  impl->aspects = std::make_unique<AspectRules>(std::move(*aspects));
  impl->weights = std::move(*weights);
  impl->general = std::move(*general);
  impl->manifestations = std::move(*manifestations);
  impl->digest =
      Digest(std::string(kTaggerVersion) + thesaurus.digest() + folding.digest() +
             impl->descriptions->digest() + impl->context->digest() + impl->aspects->digest() +
             impl->weights.digest + impl->general.digest() + impl->manifestations.digest());
  return Tagger(std::move(impl));
}

std::vector<SectionReasons> Tagger::Explain(model::Document& document) const {
  if (document.sections.empty()) return {};
  return impl_->Tag(document, impl_->ReadTexts(document), true);
}

std::vector<NamedText> Tagger::ReadTexts(const model::Document& document) const {
  return impl_->ReadTexts(document);
}

void Tagger::TagDocument(model::Document& document) const {
  TagDocument(document, impl_->ReadTexts(document));
}

void Tagger::TagDocument(model::Document& document, const std::vector<NamedText>& texts) const {
  if (!document.sections.empty()) impl_->Tag(document, texts, false);
}

const std::string& Tagger::digest() const { return impl_->digest; }

Tagger::Tagger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

}  // namespace sakuin::thesaurus
