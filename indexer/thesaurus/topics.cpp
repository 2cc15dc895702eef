#include "indexer/thesaurus/topics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "indexer/thesaurus/section_topics.h"

namespace sakuin::thesaurus {
namespace {

double Rounded(double score) { return std::round(score * 1000) / 1000; }

class TopicTagger {
 public:
  TopicTagger(model::Document& document, const std::vector<SectionEvidence>& evidence,
              const TopicTools& tools)
      : document_(document),
        thesaurus_(*tools.thesaurus),
        general_(*tools.general),
        manifestations_(*tools.manifestations),
        weights_(*tools.weights) {
    message_ = IsMessage(document);
    for (const SectionEvidence& one : evidence)
      own_.push_back(CollectTopics(one, weights_, message_));
  }

  std::vector<std::vector<TagReason>> Run() {
    std::vector<std::vector<TagReason>> out;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      MarkAbove(i);
      const Subject subject = SubjectOf(i);
      out.push_back(Reasons(i, subject));
      std::vector<model::Tag>& tags = document_.sections[i].tags;
      tags = Tags(out.back(), i);
      Inherit(i, subject, out.back());
      if (message_) Imply(tags, out.back());
      if (!tags.empty()) tags[0].primary = true;
    }
    return out;
  }

 private:
  // What a section is about that says only "this" or "there".
  struct Subject {
    const model::Concept* concept_ptr = nullptr;
    bool single = false;  // the heading that gives it names nothing else
  };

  // Headings above that name it too bear a concept out.
  void MarkAbove(std::size_t i) {
    for (int up = document_.sections[i].parent; up >= 0;) {
      const auto above = static_cast<std::size_t>(up);
      for (auto& [id, topic] : own_[i]) {
        const auto named = own_[above].find(id);
        if (named != own_[above].end() && named->second.heading > 0) topic.above = true;
      }
      up = document_.sections[above].parent;
    }
  }

  std::size_t NamedInHeading(std::size_t i) const {
    return static_cast<std::size_t>(std::count_if(
        own_[i].begin(), own_[i].end(), [](const auto& one) { return one.second.heading > 0; }));
  }

  // The primary concept of the nearest heading above that names one. Where that heading names
  // several, or the title none, what the section before went on about.
  Subject SubjectOf(std::size_t i) const {
    const std::vector<model::Section>& all = document_.sections;
    for (int up = all[i].parent; up >= 0;) {
      const auto above = static_cast<std::size_t>(up);
      const std::size_t named = NamedInHeading(above);
      for (std::size_t before = i; named != 1 && before-- > above + 1;) {
        if (all[before].parent != up || all[before].tags.empty()) continue;
        return {thesaurus_.Find(all[before].tags[0].concept_id), false};
      }
      if (!all[above].tags.empty()) {
        return {thesaurus_.Find(all[above].tags[0].concept_id), named == 1};
      }
      up = all[above].parent;
    }
    return {};
  }

  TagReason Reason(const Topic& topic) const {
    TagReason out;
    out.concept_id = topic.concept_ptr->id;
    out.clues = topic.clues;
    const auto add = [&out](const char* name, double value) {
      if (value <= 0) return;
      out.parts.emplace_back(name, value);
      out.score += value;
    };
    add(topic.heading_part, topic.heading);
    if (topic.first) add("first-in-heading", weights_.first_in_heading);
    add("log2(1+mentions)", topic.Count());
    if (topic.early) add("early", weights_.early);
    if (topic.above && topic.heading + topic.names + topic.descriptions > 0) {
      add("named-above", weights_.named_above);
    }
    return out;
  }

  void Multiply(TagReason& reason, const char* name, double factor) const {
    reason.factors.emplace_back(name, factor);
    reason.score *= factor;
  }

  static bool IsCondition(const Topic& topic) { return !IsSymptom(*topic.concept_ptr); }

  bool IsGeneral(const Topic& topic) const { return general_.Has(*topic.concept_ptr); }

  template <typename Test>
  bool AnyTopic(std::size_t i, Test&& test) const {
    return std::any_of(own_[i].begin(), own_[i].end(),
                       [&test](const auto& one) { return test(one.second); });
  }

  // Pain, inflammation: nothing beside anything else that the section is about.
  double GeneralFactor(std::size_t i, const Topic& general, const Subject& subject) const {
    const auto heads = [&](const Topic& other) {
      return &other != &general && !IsGeneral(other) && other.heading > 0;
    };
    const auto tells = [&](const Topic& other) {
      return IsCondition(other) && !IsGeneral(other) && other.alone && other.Own(weights_) > 0;
    };
    const bool has_subject = subject.concept_ptr != nullptr && !general_.Has(*subject.concept_ptr);
    const bool title = i == 0 && general.heading > 0;
    const bool beside = has_subject || AnyTopic(i, heads) || (!title && AnyTopic(i, tells));
    return beside ? weights_.symptom_of_topic : 1;
  }

  // The cough of a cold is the cold's: what a symptom counts where something else is the topic.
  double SymptomFactor(std::size_t i, const Topic& symptom, const Subject& subject) const {
    if (symptom.above) return 1;
    const bool subject_is_condition =
        subject.concept_ptr != nullptr && !IsSymptom(*subject.concept_ptr) &&
        (symptom.heading <= 0 ||
         (subject.single && Tied(thesaurus_, *symptom.concept_ptr, *subject.concept_ptr)));
    const bool condition = subject_is_condition || AnyTopic(i, [&](const Topic& other) {
                             return IsCondition(other) && !IsGeneral(other) &&
                                    (other.heading > 0 || other.Own(weights_) >= weights_.passing);
                           });
    if (symptom.heading > 0) {
      if (!condition) return 1;
      const bool beside =
          AnyTopic(i, [](const Topic& other) { return IsCondition(other) && other.first; });
      return beside ? weights_.symptom_of_topic : weights_.symptom_in_heading;
    }
    const bool topic = condition || subject.concept_ptr != nullptr || NamedInHeading(i) > 0 ||
                       AnyTopic(i, [&](const Topic& other) {
                         return IsCondition(other) && other.Own(weights_) > 0;
                       });
    return topic ? weights_.symptom_of_topic : 1;
  }

  std::vector<TagReason> Reasons(std::size_t i, const Subject& subject) const {
    std::vector<TagReason> out;
    std::map<std::string, double> plain;
    for (const auto& [id, topic] : own_[i]) plain[id] = Reason(topic).score;
    for (const auto& [id, topic] : own_[i]) {
      TagReason reason = Reason(topic);
      for (const model::Concept* below : thesaurus_.WithNarrower(id)) {
        const auto kind = plain.find(below->id);
        if (below->id == id || kind == plain.end() || message_) continue;
        if (kind->second < reason.score * weights_.narrower_share) continue;
        Multiply(reason, "beside-narrower", weights_.beside_narrower);
        break;
      }
      if (!message_ && (IsSymptom(*topic.concept_ptr) || IsGeneral(topic))) {
        const double factor =
            IsGeneral(topic) ? GeneralFactor(i, topic, subject) : SymptomFactor(i, topic, subject);
        if (factor < 1) Multiply(reason, "symptom-of-topic", factor);
      }
      out.push_back(std::move(reason));
    }
    std::stable_sort(out.begin(), out.end(), [&](const TagReason& a, const TagReason& b) {
      if (a.score != b.score) return a.score > b.score;
      return own_[i].at(a.concept_id).place < own_[i].at(b.concept_id).place;
    });
    if (!message_) DropPassing(i, subject, out);
    for (TagReason& reason : out) {
      const bool weak = !message_ && reason.score < out[0].score * weights_.least_share;
      reason.outcome = reason.score > 0 ? (weak ? "too weak" : "kept") : WhyNone(reason);
    }
    return out;
  }

  static const char* WhyNone(const TagReason& reason) {
    if (reason.factors.empty()) return "not said to be there";
    const std::string_view last = reason.factors.back().first;
    return last == "in-passing"           ? "named in passing"
           : last == "broader-than-topic" ? "a short name of the topic"
                                          : "a sign of the topic";
  }

  // A condition that the text names once, in no list, and that nothing ties to the topic; and what
  // is broader than the topic, for its narrower concepts are found with it.
  void DropPassing(std::size_t i, const Subject& subject, std::vector<TagReason>& reasons) const {
    const model::Concept* topic = subject.concept_ptr;
    if (topic == nullptr || HasOwnTopic(i, subject)) {
      if (reasons.empty()) return;
      topic = own_[i].at(reasons[0].concept_id).concept_ptr;
    }
    const auto above = Ancestors(thesaurus_, *topic);
    for (TagReason& reason : reasons) {
      const Topic& one = own_[i].at(reason.concept_id);
      if (one.heading <= 0 && reason.score > 0 &&
          std::find(above.begin(), above.end(), one.concept_ptr) != above.end()) {
        Multiply(reason, "broader-than-topic", weights_.broader_than_topic);
        continue;
      }
      const bool once = one.heading <= 0 && !one.above && one.names + one.descriptions <= 1;
      const bool listed = std::any_of(one.clues.begin(), one.clues.end(),
                                      [](const Clue& clue) { return clue.in_list; });
      if (!once || listed || one.concept_ptr == topic || reason.score <= 0) continue;
      if (!Tied(thesaurus_, *one.concept_ptr, *topic))
        Multiply(reason, "in-passing", weights_.in_passing);
    }
    std::stable_partition(reasons.begin(), reasons.end(),
                          [](const TagReason& reason) { return reason.score > 0; });
  }

  std::vector<model::Tag> Tags(const std::vector<TagReason>& reasons, std::size_t i) const {
    const Factors& factors = message_ ? weights_.message : weights_.article;
    std::vector<model::Tag> out;
    for (const TagReason& reason : reasons) {
      if (std::string_view(reason.outcome) != "kept") continue;
      model::Tag tag;
      tag.concept_id = reason.concept_id;
      tag.score = std::max(Rounded(reason.score / reasons[0].score), 0.001);
      for (const Clue& clue : own_[i].at(reason.concept_id).clues) {
        if (clue.label == nullptr) continue;
        if (factors[static_cast<std::size_t>(clue.assertion)] <= 0) continue;
        (clue.place == Place::kHeading ? tag.heading_spans : tag.text_spans).push_back(clue.span);
      }
      out.push_back(std::move(tag));
    }
    return out;
  }

  // Does the section's own text have a topic that the subject must not push aside?
  bool HasOwnTopic(std::size_t i, const Subject& subject) const {
    const bool symptom_subject = IsSymptom(*subject.concept_ptr);
    if (AnyTopic(i, [&](const Topic& topic) {
          if (topic.heading <= 0) return false;
          if (IsGeneral(topic)) return general_.Has(*subject.concept_ptr);
          return IsCondition(topic) || symptom_subject || topic.above || !subject.single ||
                 !Tied(thesaurus_, *topic.concept_ptr, *subject.concept_ptr);
        })) {
      return true;
    }
    const auto above = Ancestors(thesaurus_, *subject.concept_ptr);
    for (const auto& [id, topic] : own_[i]) {
      const double own = topic.Own(weights_);
      if (own <= 0 || std::find(above.begin(), above.end(), topic.concept_ptr) != above.end()) {
        continue;
      }
      if (!IsCondition(topic) || IsGeneral(topic)) continue;
      if (own >= weights_.passing) return true;
      // Where the title names several or none, a word is enough to say which of them it is now.
      if (!subject.single && (topic.above || (topic.early && topic.names > 0))) return true;
    }
    return false;
  }

  void Inherit(std::size_t i, const Subject& subject, std::vector<TagReason>& reasons) {
    std::vector<model::Tag>& tags = document_.sections[i].tags;
    const model::Concept* topic = subject.concept_ptr;
    if (i == 0 && tags.empty() && !message_) topic = Dominant();
    if (topic == nullptr) return;
    if (i > 0) {
      if (HasOwnTopic(i, subject)) return;
      for (const model::Concept* same : thesaurus_.WithNarrower(topic->id)) {
        const auto own = own_[i].find(same->id);
        if (own != own_[i].end() && own->second.Own(weights_) > 0) return;
      }
    }
    // What is mentioned in passing is then weaker than the topic.
    for (model::Tag& tag : tags) {
      tag.score = std::max(Rounded(tag.score * weights_.inherited / 2), 0.001);
    }
    model::Tag tag;
    tag.concept_id = topic->id;
    tag.score = weights_.inherited;
    tag.inherited = true;
    tags.insert(tags.begin(), tag);
    const auto known = std::find_if(reasons.begin(), reasons.end(), [topic](const TagReason& one) {
      return one.concept_id == topic->id;
    });
    TagReason reason;
    if (known != reasons.end()) {
      reason = std::move(*known);
      reasons.erase(known);
    }
    reason.concept_id = topic->id;
    reason.outcome = "inherited";
    reasons.insert(reasons.begin(), std::move(reason));
  }

  // Who has the flu has a fever.
  void Imply(std::vector<model::Tag>& tags, std::vector<TagReason>& reasons) const {
    const std::size_t named = tags.size();
    for (std::size_t n = 0; n < named; ++n) {
      for (const model::Concept* shown : manifestations_.Of(*thesaurus_.Find(tags[n].concept_id))) {
        const auto is = [shown](const auto& one) { return one.concept_id == shown->id; };
        // Said of it, also that it is not there: the message knows better.
        if (std::any_of(reasons.begin(), reasons.end(), is)) continue;
        model::Tag tag;
        tag.concept_id = shown->id;
        tag.score = std::max(Rounded(tags.back().score * weights_.inherited), 0.001);
        tag.inherited = true;
        tags.push_back(std::move(tag));
        TagReason reason;
        reason.concept_id = shown->id;
        reason.outcome = "implied";
        reasons.insert(reasons.begin() + static_cast<std::ptrdiff_t>(tags.size()) - 1,
                       std::move(reason));
      }
    }
  }

  // A lead whose title and text name nothing is about what its article is mostly about.
  const model::Concept* Dominant() const {
    std::map<std::string, double> all;
    for (const Topics& own : own_) {
      for (const auto& [id, topic] : own) all[id] += topic.Own(weights_);
    }
    const auto most = std::max_element(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == all.end() || most->second <= 0 ? nullptr : thesaurus_.Find(most->first);
  }

  model::Document& document_;
  const Thesaurus& thesaurus_;
  const GeneralConcepts& general_;
  const Manifestations& manifestations_;
  const TagWeights& weights_;
  bool message_ = false;  // without title and headings: what is named is what somebody has
  std::vector<Topics> own_;
};

}  // namespace

std::vector<std::vector<TagReason>> TagTopics(model::Document& document,
                                              const std::vector<SectionEvidence>& evidence,
                                              const TopicTools& tools) {
  return TopicTagger(document, evidence, tools).Run();
}

}  // namespace sakuin::thesaurus
