#include "indexer/thesaurus/tagger.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::thesaurus {
namespace {

// Raise it when the code below tags the same text differently.
constexpr const char* kVersion = "tagger-1";

constexpr double kHeadingWeight = 3.0;
constexpr double kPathWeight = 0.8;      // a heading above, or the title, names it too
constexpr double kFirstWeight = 0.5;     // named in the first hundred characters
constexpr double kLeastScore = 0.15;     // of the strongest
constexpr double kInheritedScore = 0.6;
constexpr double kHeadingCue = 4.0;      // an aspect's cue in the heading against one in the text
constexpr double kLeastAspect = 1.5;
constexpr double kAspectShare = 0.5;     // of the strongest

constexpr std::array<std::string_view, 10> kAspects = {
    "definition", "cause",    "symptom",    "diagnosis",            "treatment",
    "self-care",  "exercise", "prevention", "when-to-see-a-doctor", "faq"};

struct Cue {
  std::string aspect;
  std::u32string text;  // folded
  bool in_heading = true;
  bool in_text = true;
  double weight = 1;
};

Result<std::vector<Cue>> ReadCues(const std::string& path, const text::Folding& folding) {
  auto rows = ReadTsv(path, 5, 5);
  if (!rows) return Pass(rows);
  std::vector<Cue> out;
  for (const TsvRow& row : *rows) {
    Cue cue;
    cue.aspect = row.fields[0];
    if (std::find(kAspects.begin(), kAspects.end(), cue.aspect) == kAspects.end()) {
      return Fail(ErrorCode::kBadData, "'" + cue.aspect + "' is no aspect", row.where);
    }
    cue.text = folding.Fold(row.fields[1]).chars;
    const std::string& where = row.fields[2];
    if (where != "heading" && where != "text" && where != "both") {
      return Fail(ErrorCode::kBadData, "'" + where + "' is none of heading, text, both", row.where);
    }
    cue.in_heading = where != "text";
    cue.in_text = where != "heading";
    char* end = nullptr;
    cue.weight = std::strtod(row.fields[3].c_str(), &end);
    if (cue.text.empty() || *end != '\0' || !(cue.weight > 0)) {
      return Fail(ErrorCode::kBadData, "wants a cue and a weight above 0", row.where);
    }
    if (folding.Fold(row.fields[4]).chars.find(cue.text) == std::u32string::npos) {
      return Fail(ErrorCode::kBadData, "the example does not hold the cue", row.where);
    }
    out.push_back(std::move(cue));
  }
  return out;
}

struct Evidence {
  double score = 0;
  std::vector<model::Span> text_spans;
  std::vector<model::Span> heading_spans;
};

using Evidences = std::map<std::string, Evidence>;

bool IsCondition(const model::Concept& found) {
  return found.scheme == "conditions" || found.scheme == "symptoms" || found.scheme.empty();
}

}  // namespace

struct Tagger::Impl {
  const Thesaurus* thesaurus = nullptr;
  const LabelMatcher* matcher = nullptr;
  const text::Folding* folding = nullptr;
  std::vector<Cue> cues;
  std::string digest;

  void AddMentions(const text::Folded& text, bool heading, Evidences& out) const {
    std::map<std::string, int> counts;
    constexpr std::size_t kFirst = 100;
    for (const Mention& mention : matcher->Match(text)) {
      if (!IsCondition(*mention.concept_ptr)) continue;
      Evidence& evidence = out[mention.concept_ptr->id];
      (heading ? evidence.heading_spans : evidence.text_spans).push_back(mention.span);
      const int before = counts[mention.concept_ptr->id]++;
      if (heading && before == 0) evidence.score += kHeadingWeight;
      if (heading) continue;
      // The first counts one, the next ones less and less: log2(1 + n).
      evidence.score += std::log2(2.0 + before) - std::log2(1.0 + before);
      if (before == 0 && mention.begin < kFirst) evidence.score += kFirstWeight;
    }
  }

  // A broader concept that is named beside one of its own kinds says less than that kind.
  void PreferNarrower(Evidences& evidences) const {
    for (auto& [id, evidence] : evidences) {
      for (const model::Concept* below : thesaurus->WithNarrower(id)) {
        const auto named = evidences.find(below->id);
        if (below->id == id || named == evidences.end()) continue;
        if (named->second.score >= evidence.score * 0.8) evidence.score *= 0.7;
      }
    }
  }

  std::vector<model::Tag> TagsOf(Evidences evidences) const {
    PreferNarrower(evidences);
    double most = 0;
    for (const auto& [id, evidence] : evidences) most = std::max(most, evidence.score);
    std::vector<model::Tag> out;
    for (auto& [id, evidence] : evidences) {
      if (evidence.score < most * kLeastScore) continue;
      model::Tag tag;
      tag.concept_id = id;
      tag.score = std::round(evidence.score / most * 1000) / 1000;
      tag.text_spans = std::move(evidence.text_spans);
      tag.heading_spans = std::move(evidence.heading_spans);
      out.push_back(std::move(tag));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    if (!out.empty()) out[0].primary = true;
    return out;
  }

  void TagSection(const model::Document& document, model::Section& section) const {
    Evidences evidences;
    AddMentions(folding->Fold(section.heading), true, evidences);
    AddMentions(folding->Fold(section.text), false, evidences);
    for (std::size_t i = 0; i + 1 < section.path.size(); ++i) {
      for (const Mention& mention : matcher->Match(folding->Fold(section.path[i]))) {
        const auto named = evidences.find(mention.concept_ptr->id);
        if (named != evidences.end()) named->second.score += kPathWeight;
      }
    }
    section.tags = TagsOf(std::move(evidences));
    if (section.tags.empty()) Inherit(document, section);
  }

  // A section that says only "this" or "there" is about what stands above it.
  static void Inherit(const model::Document& document, model::Section& section) {
    for (int up = section.parent; up >= 0;) {
      const model::Section& above = document.sections[static_cast<std::size_t>(up)];
      if (!above.tags.empty()) {
        model::Tag tag;
        tag.concept_id = above.tags[0].concept_id;
        tag.score = kInheritedScore;
        tag.primary = true;
        tag.inherited = true;
        section.tags.push_back(std::move(tag));
        return;
      }
      up = above.parent;
    }
  }

  std::vector<std::string> AspectsOf(const model::Document& document,
                                     const model::Section& section) const {
    std::map<std::string, double> scores;
    const std::u32string heading = folding->Fold(section.heading).chars;
    const std::u32string text = folding->Fold(section.text).chars;
    std::u32string above;
    if (section.parent > 0) {
      above = folding->Fold(document.sections[static_cast<std::size_t>(section.parent)].heading).chars;
    }
    for (const Cue& cue : cues) {
      if (cue.in_heading && heading.find(cue.text) != std::u32string::npos) {
        scores[cue.aspect] += cue.weight * kHeadingCue;
      }
      if (cue.in_heading && above.find(cue.text) != std::u32string::npos) {
        scores[cue.aspect] += cue.weight * kHeadingCue / 3;
      }
      if (!cue.in_text) continue;
      int count = 0;
      for (std::size_t at = text.find(cue.text); at != std::u32string::npos && count < 3;
           at = text.find(cue.text, at + 1)) {
        ++count;
      }
      scores[cue.aspect] += cue.weight * std::log2(1.0 + count);
    }
    double most = kLeastAspect;
    for (const auto& [aspect, score] : scores) most = std::max(most, score);
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [aspect, score] : scores) {
      if (score >= kLeastAspect && score >= most * kAspectShare) ranked.emplace_back(-score, aspect);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (auto& [score, aspect] : ranked) out.push_back(std::move(aspect));
    return out;
  }
};

Result<Tagger> Tagger::Create(const std::string& data_dir, const Thesaurus& thesaurus,
                              const LabelMatcher& matcher, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  impl->thesaurus = &thesaurus;
  impl->matcher = &matcher;
  impl->folding = &folding;
  std::string all = std::string(kVersion) + thesaurus.digest() + folding.digest();
  for (const std::string& file : files::WalkFolder(data_dir + "/language").files) {
    if (!file.ends_with("/aspects.tsv")) continue;
    auto cues = ReadCues(file, folding);
    if (!cues) return Pass(cues);
    std::move(cues->begin(), cues->end(), std::back_inserter(impl->cues));
    const auto bytes = files::Read(file);
    if (!bytes) return Pass(bytes);
    all += *bytes;
  }
  impl->digest = Digest(all);
  return Tagger(std::move(impl));
}

void Tagger::TagDocument(model::Document& document) const {
  for (model::Section& section : document.sections) impl_->TagSection(document, section);
  // A lead that names nothing is about what its article is mostly about.
  if (!document.sections.empty() && document.sections[0].tags.empty()) {
    std::map<std::string, double> all;
    for (const model::Section& section : document.sections) {
      for (const model::Tag& tag : section.tags) {
        if (!tag.inherited) all[tag.concept_id] += tag.score;
      }
    }
    const auto most = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.second < b.second;
    });
    if (most != all.end()) {
      model::Tag tag;
      tag.concept_id = most->first;
      tag.score = kInheritedScore;
      tag.primary = true;
      tag.inherited = true;
      document.sections[0].tags.push_back(std::move(tag));
      for (model::Section& section : document.sections) {
        if (section.tags.empty()) Impl::Inherit(document, section);
      }
    }
  }
  for (model::Section& section : document.sections) {
    section.aspects = impl_->AspectsOf(document, section);
  }
}

const std::string& Tagger::digest() const { return impl_->digest; }

Tagger::Tagger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

}  // namespace sakuin::thesaurus
