#include "indexer/thesaurus/section_topics.h"

#include <algorithm>
#include <cmath>

namespace sakuin::thesaurus {
namespace {

bool InFirstWords(const Clue& clue, const std::u32string& text, const TagWeights& weights) {
  return static_cast<double>(clue.begin) < weights.early_characters &&
         std::none_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(clue.begin),
                      MayEndSentence);
}

}  // namespace

double Topic::Count() const { return std::log2(1.0 + names + descriptions); }

double Topic::Own(const TagWeights& weights) const {
  return heading + (first ? weights.first_in_heading : 0) + Count() + (early ? weights.early : 0);
}

Topics CollectTopics(const SectionEvidence& evidence, const TagWeights& weights, bool message) {
  Topics out;
  const Factors& factors = message ? weights.message : weights.article;
  const std::size_t heading_size = evidence.heading->chars.size();
  Topic* first = nullptr;
  for (const Clue& clue : evidence.clues) {
    Topic& topic = out[clue.concept_ptr->id];
    topic.concept_ptr = clue.concept_ptr;
    topic.clues.push_back(clue);
    double factor = factors[static_cast<std::size_t>(clue.assertion)];
    if (factor <= 0) continue;
    if (clue.place == Place::kHeading) {
      const bool named = clue.label != nullptr;
      const double weight =
          factor * (named ? weights.named_in_heading : weights.described_in_heading);
      if (first == nullptr && factor >= 1) {
        first = &topic;
        topic.first = true;
      }
      topic.place = std::min(topic.place, clue.begin);
      if (weight <= topic.heading) continue;
      topic.heading = weight;
      topic.heading_part = named ? "named-in-heading" : "described-in-heading";
      continue;
    }
    const bool early = factor >= 1 && InFirstWords(clue, evidence.text->chars, weights);
    topic.early = topic.early || (early && !clue.in_list);
    topic.alone = topic.alone || !clue.in_list;
    if (clue.in_list) factor *= weights.list_item;
    (clue.label != nullptr ? topic.names : topic.descriptions) +=
        clue.label != nullptr ? factor : factor * weights.described;
    topic.place = std::min(topic.place, heading_size + clue.begin);
  }
  return out;
}

}  // namespace sakuin::thesaurus
