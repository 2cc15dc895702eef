#include "indexer/thesaurus/tagger.h"

#include <utility>
#include <vector>

#include "indexer/base/digest.h"
#include "indexer/thesaurus/aspects.h"
#include "indexer/thesaurus/tag_weights.h"
#include "indexer/thesaurus/topics.h"

namespace sakuin::thesaurus {
namespace {

// Raise it when the code of this folder tags the same text with the same data differently.
constexpr const char* kVersion = "tagger-2";

}  // namespace

struct Tagger::Impl {
  const Thesaurus* thesaurus = nullptr;
  const LabelMatcher* matcher = nullptr;
  const text::Folding* folding = nullptr;
  std::unique_ptr<Descriptions> descriptions;
  std::unique_ptr<ContextRules> context;
  std::unique_ptr<AspectRules> aspects;
  TagWeights weights;
  std::string digest;

  void TagAspects(model::Document& document, const std::vector<SectionEvidence>& evidence) const {
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
      model::Section& section = document.sections[i];
      AspectInput input;
      input.language = section.language.empty() ? document.language : section.language;
      input.heading = evidence[i].heading.chars;
      input.text = evidence[i].text.chars;
      if (section.parent > 0) {
        input.parent_heading = evidence[static_cast<std::size_t>(section.parent)].heading.chars;
      }
      section.aspects = aspects->Find(input);
    }
  }
};

Result<Tagger> Tagger::Create(const std::string& data_dir, const Thesaurus& thesaurus,
                              const LabelMatcher& matcher, const text::Folding& folding) {
  auto descriptions = Descriptions::Load(data_dir, thesaurus, matcher, folding);
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
  impl->digest = Digest(std::string(kVersion) + thesaurus.digest() + folding.digest() +
                        impl->descriptions->digest() + impl->context->digest() +
                        impl->aspects->digest() + impl->weights.digest);
  return Tagger(std::move(impl));
}

std::vector<std::vector<TagReason>> Tagger::Explain(model::Document& document) const {
  if (document.sections.empty()) return {};
  const EvidenceTools tools{impl_->thesaurus, impl_->matcher, impl_->descriptions.get(),
                            impl_->context.get(), impl_->folding};
  const std::vector<SectionEvidence> evidence =
      ReadEvidence(document, tools, static_cast<std::size_t>(impl_->weights.list_names));
  auto reasons = TagTopics(document, evidence, *impl_->thesaurus, impl_->weights);
  impl_->TagAspects(document, evidence);
  return reasons;
}

void Tagger::TagDocument(model::Document& document) const { Explain(document); }

const std::string& Tagger::digest() const { return impl_->digest; }

Tagger::Tagger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

}  // namespace sakuin::thesaurus
