#include "query/app/tag_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "query/app/terminal.h"

namespace sakuin::app {
namespace {

std::string Sum(const thesaurus::TagReason& reason) {
  std::string out;
  for (const auto& [name, value] : reason.parts) {
    out += fmt::format("{}{} {:.2f}", out.empty() ? "" : " + ", name, value);
  }
  if (reason.parts.size() > 1 && !reason.factors.empty()) out = "(" + out + ")";
  for (const auto& [name, value] : reason.factors) out += fmt::format(" * {} {:.2f}", name, value);
  return out.empty() ? "nothing here" : out + fmt::format(" = {:.2f}", reason.score);
}

std::string Place(const model::Section& section, const thesaurus::Clue& clue) {
  const bool heading = clue.place == thesaurus::Place::kHeading;
  const std::string& in = heading ? section.heading : section.text;
  std::string out = fmt::format("  {} {}-{} \"{}\"", heading ? "heading" : "text   ",
                                clue.span.begin, clue.span.end, clue.span.In(in));
  if (clue.label == nullptr) {
    out += ", described";
  } else {
    out += fmt::format(", the label \"{}\" ({})", clue.label->text, clue.label->language);
  }
  const auto value = static_cast<std::size_t>(clue.assertion);
  out += ", " + std::string(thesaurus::kAssertions[value]);
  if (clue.cue.begin < clue.cue.end) out += fmt::format(" by \"{}\"", clue.cue.In(in));
  if (clue.in_list) out += ", in a list";
  if (clue.shortened) out += ", short for a heading's name";
  if (clue.decided) out += ", one of its meanings, by the concepts around it";
  return out;
}

// What is neither found nor near it, or has no cue, is left out.
std::string Aspect(const thesaurus::AspectReason& reason) {
  if (!reason.found && (reason.score < 0.2 || reason.cues.empty())) return {};
  std::string out =
      fmt::format("{} {} {:.2f}\n  score   prior {:.2f}", reason.found ? "aspect   " : "no aspect",
                  reason.aspect, reason.score, reason.prior);
  for (const auto& cue : reason.cues) {
    const char* const place = cue.place == thesaurus::CuePlace::kHeading ? "heading"
                              : cue.place == thesaurus::CuePlace::kAbove ? "heading above"
                                                                         : "text";
    out += fmt::format(" {} {:.2f} {} ({} \"{}\")", cue.weight < 0 ? "-" : "+",
                       std::abs(cue.weight), cue.kind, place, Printable(cue.words));
  }
  return out + "\n";
}

const char* Origin(const model::Tag& tag, const thesaurus::TagReason& reason) {
  if (!tag.inherited) return "";
  return std::string_view(reason.outcome) == "implied" ? ", implied by another"
                                                       : ", inherited from above or before";
}

}  // namespace

std::string TagReport(const model::Section& section, const thesaurus::SectionReasons& reasons) {
  std::string out;
  for (const thesaurus::TagReason& reason : reasons.tags) {
    const auto tag = std::find_if(
        section.tags.begin(), section.tags.end(),
        [&reason](const model::Tag& one) { return one.concept_id == reason.concept_id; });
    if (tag == section.tags.end()) {
      out += fmt::format("no tag    {}: {}\n", reason.concept_id, reason.outcome);
    } else {
      out += fmt::format("concept   {} {:.2f}{}{}\n", reason.concept_id, tag->score,
                         tag->primary ? " primary" : "", Origin(*tag, reason));
    }
    out += "  score   " + Sum(reason) + "\n";
    for (const thesaurus::Clue& clue : reason.clues) out += Printable(Place(section, clue)) + "\n";
  }
  for (const thesaurus::AspectReason& reason : reasons.aspects) out += Aspect(reason);
  return out;
}

}  // namespace sakuin::app
