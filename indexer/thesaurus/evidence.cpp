#include "indexer/thesaurus/evidence.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "indexer/base/characters.h"

namespace sakuin::thesaurus {
namespace {

using Counts = std::map<const model::Concept*, std::size_t>;

// How near a concept is to those around it.
double Nearness(const Thesaurus& thesaurus, const model::Concept& candidate, const Counts& around) {
  const std::vector<const model::Concept*> above = Ancestors(thesaurus, candidate);
  const auto holds = [](const std::vector<std::string>& ids, const model::Concept& wanted) {
    return std::find(ids.begin(), ids.end(), wanted.id) != ids.end();
  };
  double sum = 0;
  for (const auto& [other, count] : around) {
    double near = 0;
    if (other == &candidate) {
      near = 3;
    } else if (std::find(above.begin(), above.end(), other) != above.end() ||
               holds(other->broader, candidate)) {
      near = 2;
    } else if (holds(candidate.related, *other) || holds(other->related, candidate)) {
      near = 1;
    } else if (std::any_of(candidate.broader.begin(), candidate.broader.end(),
                           [&](const std::string& id) {
                             return std::find(other->broader.begin(), other->broader.end(), id) !=
                                    other->broader.end();
                           })) {
      near = 0.5;
    }
    sum += near * static_cast<double>(count);
  }
  return sum;
}

// The names of one text, and which of them have one meaning only.
struct HeldNames {
  std::vector<Mention> all;
  Counts plain;
};

HeldNames Read(const NamedText& text) {
  HeldNames out{text.names, {}};
  for (const Mention& name : out.all) {
    if (name.also.empty()) ++out.plain[name.concept_ptr];
  }
  return out;
}

// Gives names of several concepts one of them, or takes them out.
class Decider {
 public:
  Decider(const Thesaurus& thesaurus, const std::vector<HeldNames>& names) : thesaurus_(thesaurus) {
    for (const HeldNames& one : names) {
      for (const auto& [found, count] : one.plain) document_[found] += count;
    }
  }

  void Decide(const Counts& section, std::vector<Mention>& names, std::set<std::size_t>& decided) {
    for (Mention& name : names) {
      if (name.also.empty()) continue;
      const model::Concept* best = Best(name, section);
      if (best == nullptr) best = Best(name, document_);
      name.concept_ptr = best;
      decided.insert(name.begin);
    }
    names.erase(std::remove_if(names.begin(), names.end(),
                               [](const Mention& name) { return name.concept_ptr == nullptr; }),
                names.end());
  }

 private:
  const model::Concept* Best(const Mention& name, const Counts& around) const {
    const model::Concept* best = nullptr;
    double most = 0;
    bool tied = false;
    std::vector<const model::Concept*> candidates{name.concept_ptr};
    candidates.insert(candidates.end(), name.also.begin(), name.also.end());
    for (const model::Concept* candidate : candidates) {
      const double near = Nearness(thesaurus_, *candidate, around);
      if (near > most) {
        most = near;
        best = candidate;
        tied = false;
      } else if (near == most) {
        tied = true;
      }
    }
    return tied ? nullptr : best;
  }

  const Thesaurus& thesaurus_;
  Counts document_;
};

// Several conditions in one sentence are a list of examples or possibilities.
void MarkLists(const std::u32string& chars, std::size_t list_names, std::size_t first,
               std::vector<Clue>& clues) {
  for (std::size_t begin = first; begin < clues.size();) {
    std::size_t end = begin + 1;
    std::set<const model::Concept*> distinct{clues[begin].concept_ptr};
    while (end < clues.size() &&
           std::none_of(chars.begin() + static_cast<std::ptrdiff_t>(clues[end - 1].begin),
                        chars.begin() + static_cast<std::ptrdiff_t>(clues[end].begin),
                        MayEndSentence)) {
      distinct.insert(clues[end++].concept_ptr);
    }
    if (distinct.size() >= list_names) {
      for (std::size_t i = begin; i < end; ++i) clues[i].in_list = true;
    }
    begin = end;
  }
}

struct Input {
  std::string_view language;
  Place place = Place::kText;
  std::size_t list_names = 0;
  bool message = false;  // people name what they have: words apart are too weak a sign
};

// Two Han characters that are a Chinese name may be another word in Japanese, and the other way
// round: bodily discomfort in one is "unsuitable" in the other. They count if the concept bears
// them in the text's language too. Longer ones mean the same.
bool IsForeign(const EvidenceTools& tools, const text::Folded& text, const Mention& name,
               std::string_view language) {
  if (name.end - name.begin != 2 || name.label == nullptr) return false;
  const std::string_view own = language.substr(0, 2);
  if ((own != "zh" && own != "ja") || name.label->language.substr(0, 2) == own) return false;
  const std::u32string_view form = std::u32string_view(text.chars).substr(name.begin, 2);
  if (!std::all_of(form.begin(), form.end(), IsHan)) return false;
  return std::none_of(name.concept_ptr->labels.begin(), name.concept_ptr->labels.end(),
                      [&](const model::Label& label) {
                        return label.language.substr(0, 2) == own &&
                               tools.folding->Fold(label.text).chars == form;
                      });
}

void AddClues(const EvidenceTools& tools, const text::Folded& text,
              const std::vector<Mention>& names, const std::set<std::size_t>& decided,
              const Input& input, std::vector<Clue>& out) {
  const std::size_t first = out.size();
  std::vector<Mention> conditions;
  std::copy_if(
      names.begin(), names.end(), std::back_inserter(conditions), [&](const Mention& name) {
        return IsTaggable(*name.concept_ptr) && !IsForeign(tools, text, name, input.language);
      });
  const std::vector<Judgement> judged = tools.context->Judge(input.language, text, conditions);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const Mention& name = conditions[i];
    Clue clue;
    clue.concept_ptr = name.concept_ptr;
    clue.label = name.label;
    clue.place = input.place;
    clue.begin = name.begin;
    clue.end = name.end;
    clue.span = name.span;
    clue.assertion = judged[i].assertion;
    clue.cue = text.Original(judged[i].begin, judged[i].end);
    clue.decided = decided.count(name.begin) > 0;
    out.push_back(clue);
  }
  // What describes a kind of what it names counts for the kind: "a blood clot in the leg".
  std::vector<Description> described;
  if (!input.message) described = tools.descriptions->Find(text, names, input.place);
  const auto covered = [&](const Clue& name) {
    return std::any_of(described.begin(), described.end(), [&](const Description& found) {
      if (found.begin > name.begin || name.end > found.end) return false;
      const auto above = Ancestors(*tools.thesaurus, *found.concept_ptr);
      return std::find(above.begin(), above.end(), name.concept_ptr) != above.end();
    });
  };
  out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), covered),
            out.end());
  // A description is judged as a name that stands in its place would be.
  for (const Description& found : described) {
    Clue clue;
    clue.concept_ptr = found.concept_ptr;
    clue.place = input.place;
    clue.begin = found.begin;
    clue.end = found.end;
    clue.span = text.Original(found.begin, found.end);
    Mention as_name;
    as_name.begin = found.begin;
    as_name.end = found.end;
    const Judgement judgement = tools.context->Judge(input.language, text, {as_name})[0];
    clue.assertion = judgement.assertion;
    clue.cue = text.Original(judgement.begin, judgement.end);
    out.push_back(clue);
  }
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                   [](const Clue& a, const Clue& b) { return a.begin < b.begin; });
  if (input.place == Place::kText) MarkLists(text.chars, input.list_names, first, out);
}

// "Cramp" below a heading "calf cramp" is short for it.
class Shortener {
 public:
  Shortener(const model::Document& document, const Thesaurus& thesaurus)
      : document_(document), thesaurus_(thesaurus) {}

  // Sections in order: headings are asked once they have been shortened themselves.
  void Shorten(std::size_t i, std::vector<SectionEvidence>& all) {
    const std::u32string* const texts[] = {&all[i].heading->chars, &all[i].text->chars};
    for (const Place place : {Place::kHeading, Place::kText}) {
      for (Clue& clue : all[i].clues) {
        if (clue.place != place || clue.label == nullptr) continue;
        const std::u32string& chars = *texts[place == Place::kHeading ? 0 : 1];
        const std::u32string_view name =
            std::u32string_view(chars).substr(clue.begin, clue.end - clue.begin);
        const model::Concept* const meant = Meant(i, place, *clue.concept_ptr, name, all);
        if (meant == nullptr) continue;
        clue.concept_ptr = meant;
        clue.shortened = true;
      }
    }
  }

 private:
  // The one narrower concept that the headings give a longer name; nullptr: none, or several.
  const model::Concept* Meant(std::size_t i, Place place, const model::Concept& broader,
                              std::u32string_view name,
                              const std::vector<SectionEvidence>& all) const {
    const model::Concept* found = nullptr;
    int at = place == Place::kText ? static_cast<int>(i) : document_.sections[i].parent;
    for (; at >= 0; at = document_.sections[static_cast<std::size_t>(at)].parent) {
      const SectionEvidence& above = all[static_cast<std::size_t>(at)];
      for (const Clue& clue : above.clues) {
        if (clue.place != Place::kHeading || clue.label == nullptr) continue;
        const std::u32string_view longer =
            std::u32string_view(above.heading->chars).substr(clue.begin, clue.end - clue.begin);
        if (!longer.ends_with(name)) continue;
        if (clue.concept_ptr == &broader) return found;  // the heading means the broader one
        const auto kinds = Ancestors(thesaurus_, *clue.concept_ptr);
        if (std::find(kinds.begin(), kinds.end(), &broader) == kinds.end()) continue;
        if (found != nullptr && found != clue.concept_ptr) return nullptr;
        found = clue.concept_ptr;
      }
      if (found != nullptr) return found;
    }
    return found;
  }

  const model::Document& document_;
  const Thesaurus& thesaurus_;
};

}  // namespace

bool IsMessage(const model::Document& document) {
  return document.sections.size() == 1 && document.sections[0].heading.empty();
}

std::vector<const model::Concept*> Ancestors(const Thesaurus& thesaurus,
                                             const model::Concept& from) {
  std::vector<const model::Concept*> out;
  for (std::size_t next = 0; next <= out.size(); ++next) {
    const model::Concept& at = next == 0 ? from : *out[next - 1];
    for (const std::string& id : at.broader) {
      const model::Concept* const above = thesaurus.Find(id);
      if (above == nullptr || above == &from) continue;
      if (std::find(out.begin(), out.end(), above) == out.end()) out.push_back(above);
    }
  }
  return out;
}

bool Tied(const Thesaurus& thesaurus, const model::Concept& a, const model::Concept& b) {
  return Nearness(thesaurus, a, {{&b, 1}}) > 0 || Nearness(thesaurus, b, {{&a, 1}}) > 0;
}

std::vector<SectionEvidence> ReadEvidence(const model::Document& document,
                                          const std::vector<NamedText>& texts,
                                          const EvidenceTools& tools, std::size_t list_names) {
  const std::size_t count = document.sections.size();
  std::vector<SectionEvidence> out(count);
  std::vector<HeldNames> names;  // a heading's, its text's, the next heading's, ...
  for (std::size_t i = 0; i < count; ++i) {
    out[i].heading = &texts[2 * i].folded;
    out[i].text = &texts[2 * i + 1].folded;
    names.push_back(Read(texts[2 * i]));
    names.push_back(Read(texts[2 * i + 1]));
  }
  Decider decider(*tools.thesaurus, names);
  Shortener shortener(document, *tools.thesaurus);
  for (std::size_t i = 0; i < count; ++i) {
    const model::Section& section = document.sections[i];
    Counts around = names[2 * i].plain;
    for (const auto& [found, times] : names[2 * i + 1].plain) around[found] += times;
    Input input;
    input.language = section.language.empty() ? document.language : section.language;
    input.message = IsMessage(document);
    input.list_names = input.message ? SIZE_MAX : list_names;
    for (const Place place : {Place::kHeading, Place::kText}) {
      const bool heading = place == Place::kHeading;
      std::vector<Mention>& mentions = names[2 * i + (heading ? 0 : 1)].all;
      std::set<std::size_t> decided;
      decider.Decide(around, mentions, decided);
      input.place = place;
      AddClues(tools, heading ? *out[i].heading : *out[i].text, mentions, decided, input,
               out[i].clues);
    }
    shortener.Shorten(i, out);
  }
  return out;
}

}  // namespace sakuin::thesaurus
