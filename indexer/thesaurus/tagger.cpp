#include "indexer/thesaurus/tagger.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/digest.h"
#include "indexer/thesaurus/aspects.h"
#include "indexer/thesaurus/descriptions.h"

namespace sakuin::thesaurus {
namespace {

// Raise it when the code of this folder tags the same text with the same data differently.
constexpr const char* kVersion = "tagger-1";

constexpr double kNamedInHeading = 3.0;
constexpr double kDescribedInHeading = 2.0;
constexpr double kFirstInHeading = 0.5;  // "hay fever and bee stings" is first about the first
constexpr double kDescribed = 0.7;       // a description in the text against a name
constexpr double kEarly = 0.5;           // named in the first characters of the text
constexpr std::size_t kEarlyCharacters = 100;
constexpr double kNamedAbove = 0.8;    // the title or a heading above names it too
constexpr double kLeastScore = 0.15;   // of the strongest
constexpr double kInherited = 0.6;     // score of a tag that nothing in the section bears out
constexpr double kPassingMention = 2;  // in the text alone, that is not yet the section's topic

// What the section says of one concept.
struct Evidence {
  double heading = 0;
  double text_count = 0;
  bool early = false;
  bool above = false;
  std::size_t first = SIZE_MAX;  // where it is named first; headings stand before the text
  std::vector<model::Span> text_spans;
  std::vector<model::Span> heading_spans;

  double Own() const {
    return heading + std::log2(1.0 + text_count) + (early && text_count > 0 ? kEarly : 0);
  }
  double Score() const { return Own() + (above ? kNamedAbove : 0); }
};

using Evidences = std::map<std::string, Evidence>;

bool IsCondition(const model::Concept& found) {
  return found.scheme == "conditions" || found.scheme.empty();
}

model::Tag InheritedTag(const std::string& id) {
  model::Tag tag;
  tag.concept_id = id;
  tag.score = kInherited;
  tag.inherited = true;
  return tag;
}

}  // namespace

struct Tagger::Impl {
  const Thesaurus* thesaurus = nullptr;
  const LabelMatcher* matcher = nullptr;
  const text::Folding* folding = nullptr;
  std::unique_ptr<Descriptions> descriptions;
  std::unique_ptr<AspectRules> aspects;
  std::string digest;

  // A document while it is tagged.
  struct Work {
    std::vector<Evidences> own;          // one a section: what its own words say
    std::vector<text::Folded> headings;  // folded once
    std::vector<text::Folded> texts;
  };

  void AddHeading(const text::Folded& heading, Evidences& out) const {
    const std::vector<Mention> mentions = matcher->Match(heading);
    for (const Mention& mention : mentions) {
      if (!IsCondition(*mention.concept_ptr)) continue;
      Evidence& evidence = out[mention.concept_ptr->id];
      evidence.heading = kNamedInHeading;
      evidence.first = std::min(evidence.first, mention.begin);
      evidence.heading_spans.push_back(mention.span);
    }
    for (const Description& found : descriptions->Find(heading, mentions, Place::kHeading)) {
      Evidence& evidence = out[found.concept_ptr->id];
      evidence.heading = std::max(evidence.heading, kDescribedInHeading);
      evidence.first = std::min(evidence.first, found.begin);
    }
    const auto first = std::min_element(out.begin(), out.end(), [](const auto& a, const auto& b) {
      return a.second.first < b.second.first;
    });
    if (first != out.end()) first->second.heading += kFirstInHeading;
  }

  void AddText(const text::Folded& text, std::size_t offset, Evidences& out) const {
    const std::vector<Mention> mentions = matcher->Match(text);
    const auto add = [&](const model::Concept& found, std::size_t begin, double count) {
      Evidence& evidence = out[found.id];
      evidence.text_count += count;
      evidence.early = evidence.early || begin < kEarlyCharacters;
      evidence.first = std::min(evidence.first, offset + begin);
      return &evidence;
    };
    for (const Mention& mention : mentions) {
      if (!IsCondition(*mention.concept_ptr)) continue;
      add(*mention.concept_ptr, mention.begin, 1)->text_spans.push_back(mention.span);
    }
    for (const Description& found : descriptions->Find(text, mentions, Place::kText)) {
      add(*found.concept_ptr, found.begin, kDescribed);
    }
  }

  Work Read(const model::Document& document) const {
    Work work;
    for (const model::Section& section : document.sections) {
      work.headings.push_back(folding->Fold(section.heading));
      work.texts.push_back(folding->Fold(section.text));
      Evidences own;
      AddHeading(work.headings.back(), own);
      AddText(work.texts.back(), work.headings.back().chars.size(), own);
      work.own.push_back(std::move(own));
    }
    return work;
  }

  // Headings above that name it too bear a concept out.
  static void MarkAbove(const model::Document& document, const Work& work, std::size_t i,
                        Evidences& out) {
    for (int up = document.sections[i].parent; up >= 0;) {
      const auto above = static_cast<std::size_t>(up);
      for (auto& [id, evidence] : out) {
        const auto named = work.own[above].find(id);
        if (named != work.own[above].end() && named->second.heading > 0) evidence.above = true;
      }
      up = document.sections[above].parent;
    }
  }

  // A broader concept that is named beside one of its own kinds says less than that kind.
  double Score(const Evidences& all, const std::string& id) const {
    double score = all.at(id).Score();
    for (const model::Concept* below : thesaurus->WithNarrower(id)) {
      const auto named = all.find(below->id);
      if (below->id == id || named == all.end()) continue;
      if (named->second.Score() >= all.at(id).Score() * 0.8) return score * 0.7;
    }
    return score;
  }

  std::vector<model::Tag> TagsOf(Evidences evidences) const {
    std::map<std::string, double> scores;
    double most = 0;
    for (const auto& [id, evidence] : evidences) {
      most = std::max(most, scores[id] = Score(evidences, id));
    }
    std::vector<std::pair<std::size_t, model::Tag>> found;
    for (auto& [id, evidence] : evidences) {
      if (scores[id] < most * kLeastScore) continue;
      model::Tag tag;
      tag.concept_id = id;
      tag.score = std::round(scores[id] / most * 1000) / 1000;
      tag.text_spans = std::move(evidence.text_spans);
      tag.heading_spans = std::move(evidence.heading_spans);
      found.emplace_back(evidence.first, std::move(tag));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      if (a.second.score != b.second.score) return a.second.score > b.second.score;
      return a.first < b.first;
    });
    std::vector<model::Tag> out;
    for (auto& [first, tag] : found) out.push_back(std::move(tag));
    return out;
  }

  struct Topic {
    std::string id;       // empty: none
    bool single = false;  // the heading that gives it names nothing else
  };

  static std::size_t NamedInHeading(const Evidences& own) {
    return static_cast<std::size_t>(std::count_if(
        own.begin(), own.end(), [](const auto& one) { return one.second.heading > 0; }));
  }

  // Where a section says only "this" or "there": what is its topic? The primary concept of the
  // nearest heading above that names one. Where that heading names several, the one that the
  // section before it went on about.
  static Topic TopicOf(const model::Document& document, const Work& work, std::size_t i) {
    const std::vector<model::Section>& all = document.sections;
    for (int up = all[i].parent; up >= 0;) {
      const auto above = static_cast<std::size_t>(up);
      const std::size_t named = NamedInHeading(work.own[above]);
      for (std::size_t before = i; named > 1 && before-- > above + 1;) {
        if (all[before].parent != up || all[before].tags.empty()) continue;
        return {all[before].tags[0].concept_id, false};
      }
      if (!all[above].tags.empty()) return {all[above].tags[0].concept_id, named == 1};
      up = all[above].parent;
    }
    return {};
  }

  // Adds the topic, unless the section's own words already say it or have a topic of their own.
  void AddTopic(const Topic& topic, const Evidences& own, std::vector<model::Tag>& tags) const {
    if (topic.id.empty() || NamedInHeading(own) > 0) return;
    for (const auto& [id, evidence] : own) {
      if (!topic.single || evidence.Own() >= kPassingMention) return;
    }
    for (const model::Concept* same : thesaurus->WithNarrower(topic.id)) {
      if (own.count(same->id) > 0) return;
    }
    // What is mentioned in passing is then weaker than the topic.
    for (model::Tag& tag : tags) tag.score = std::round(tag.score * kInherited * 500) / 1000;
    tags.insert(tags.begin(), InheritedTag(topic.id));
  }

  // A lead whose title and text name nothing is about what its article is mostly about.
  static void TagLead(model::Document& document, const Work& work) {
    if (!document.sections[0].tags.empty()) return;
    std::map<std::string, double> all;
    for (const Evidences& own : work.own) {
      for (const auto& [id, evidence] : own) all[id] += evidence.Own();
    }
    const auto most = std::max_element(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != all.end()) document.sections[0].tags.push_back(InheritedTag(most->first));
  }

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

  void TagAspects(model::Document& document, const Work& work) const {
    std::vector<std::u32string_view> headings;
    for (std::size_t i = 1; i < work.headings.size(); ++i) {
      headings.push_back(work.headings[i].chars);
    }
    const bool asks = aspects->AsksQuestions(document.language, headings);
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
      model::Section& section = document.sections[i];
      AspectInput input;
      input.language = section.language.empty() ? document.language : section.language;
      input.heading = work.headings[i].chars;
      input.text = work.texts[i].chars;
      if (section.parent > 0) {
        input.parent_heading = work.headings[static_cast<std::size_t>(section.parent)].chars;
      }
      input.role = RoleOf(document, i, asks);
      section.aspects = aspects->Find(input);
    }
  }
};

Result<Tagger> Tagger::Create(const std::string& data_dir, const Thesaurus& thesaurus,
                              const LabelMatcher& matcher, const text::Folding& folding) {
  auto descriptions = Descriptions::Load(data_dir, thesaurus, matcher, folding);
  if (!descriptions) return Pass(descriptions);
  auto aspects = AspectRules::Load(data_dir, folding);
  if (!aspects) return Pass(aspects);
  auto impl = std::make_unique<Impl>();
  impl->thesaurus = &thesaurus;
  impl->matcher = &matcher;
  impl->folding = &folding;
  impl->descriptions = std::make_unique<Descriptions>(std::move(*descriptions));
  impl->aspects = std::make_unique<AspectRules>(std::move(*aspects));
  impl->digest = Digest(std::string(kVersion) + thesaurus.digest() + folding.digest() +
                        impl->descriptions->digest() + impl->aspects->digest());
  return Tagger(std::move(impl));
}

void Tagger::TagDocument(model::Document& document) const {
  if (document.sections.empty()) return;
  const Impl::Work work = impl_->Read(document);
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    Evidences evidences = work.own[i];
    Impl::MarkAbove(document, work, i, evidences);
    document.sections[i].tags = impl_->TagsOf(std::move(evidences));
    if (i == 0) Impl::TagLead(document, work);
    if (i > 0) {
      impl_->AddTopic(Impl::TopicOf(document, work, i), work.own[i], document.sections[i].tags);
    }
    if (!document.sections[i].tags.empty()) document.sections[i].tags[0].primary = true;
  }
  impl_->TagAspects(document, work);
}

const std::string& Tagger::digest() const { return impl_->digest; }

Tagger::Tagger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

}  // namespace sakuin::thesaurus
