#include "indexer/store/sqlite/checksum.h"

#include "indexer/base/digest.h"
#include "indexer/base/mix.h"

namespace sakuin::store {
namespace {

using postings::Field;

template <typename Sum>
std::uint64_t OverFields(const SectionTerms& terms, const Sum& sum) {
  return sum(Field::kHeading, terms.heading) + sum(Field::kText, terms.text);
}

// All that is stored of it, in one string.
std::string AdviceKey(const model::Advice& a) {
  std::string out = a.id + " " + a.quote_key + " " + a.action + " " + a.population;
  const auto put = [&out](double value) { out += " " + std::to_string(value); };
  const auto maybe = [&](const std::optional<double>& value) {
    if (value) {
      put(*value);
    } else {
      out += " -";
    }
  };
  for (const double value :
       {static_cast<double>(a.stance), a.for_it ? 1.0 : 0.0, static_cast<double>(a.strength),
        static_cast<double>(a.phase), static_cast<double>(a.qualifier),
        static_cast<double>(a.attribution), a.implicit ? 1.0 : 0.0, static_cast<double>(a.speaker),
        a.in_heading ? 1.0 : 0.0, static_cast<double>(a.quote.begin),
        static_cast<double>(a.quote.end), static_cast<double>(a.conditions_from),
        static_cast<double>(a.phase_from), static_cast<double>(a.window_from)}) {
    put(value);
  }
  // An empty one is stored as none.
  const auto span = [&put](const std::optional<model::Span>& of) {
    const bool none = !of || of->begin >= of->end;
    put(none ? 0 : static_cast<double>(of->begin));
    put(none ? 0 : static_cast<double>(of->end));
  };
  span(a.action_words);
  span(a.when);
  span(a.reason);
  if (a.window) {
    maybe(a.window->from_hours);
    maybe(a.window->to_hours);
    put(static_cast<double>(a.window->anchor));
    put(a.window->approximate ? 1.0 : 0.0);
  }
  for (const model::DoseRange& range : a.dose) {
    put(static_cast<double>(range.part));
    maybe(range.low);
    maybe(range.high);
  }
  for (const std::string& condition : a.conditions) out += "\n" + condition;
  for (const std::string& cue : a.cues) out += "\n" + cue;
  return out;
}

}  // namespace

std::uint64_t GramChecksum(Field field, std::uint64_t gram, std::uint64_t place) {
  return Mix(Mix(gram * postings::kFields + static_cast<std::uint64_t>(field)) + place);
}

// FNV-1a (Fowler, Noll, Vo), then mixed, so that sums of many do not cancel out.
std::uint64_t WordChecksum(Field field, std::string_view word) {
  std::uint64_t h = 0xcbf29ce484222325ULL ^ static_cast<std::uint64_t>(field);
  for (const char c : word) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return Mix(h);
}

std::uint64_t GramChecksum(const SectionTerms& terms) {
  return OverFields(terms, [](Field field, const postings::FieldTerms& of) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < of.grams.size(); ++i) {
      if (of.grams[i] != 0) sum += GramChecksum(field, of.grams[i], i);
    }
    return sum;
  });
}

std::uint64_t WordChecksum(const SectionTerms& terms) {
  return OverFields(terms, [](Field field, const postings::FieldTerms& of) {
    std::uint64_t sum = 0;
    for (std::string_view rest = of.words; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      sum += WordChecksum(field, rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return sum;
  });
}

std::string ContentDigest(const model::Document& document) {
  std::string all;
  const auto put = [&all](std::string_view part) {
    all += std::to_string(part.size());
    all += ':';
    all += part;
  };
  for (const std::string* part :
       {&document.id, &document.uri, &document.title, &document.language, &document.encoding,
        &document.profile, &document.site, &document.author, &document.published}) {
    put(*part);
  }
  for (const model::Section& section : document.sections) {
    put(std::to_string(section.number) + " " + std::to_string(section.level) + " " +
        std::to_string(section.parent) + " " + std::to_string(section.source.begin) + " " +
        std::to_string(section.source.end));
    put(section.heading);
    put(section.language);
    put(section.text);
    for (const auto* readings : {&section.heading_readings, &section.text_readings}) {
      for (const model::Reading& reading : *readings) {
        put(std::to_string(reading.base.begin) + " " + std::to_string(reading.base.end));
        put(reading.text);
      }
    }
    for (const model::Speaker& s : section.speakers)
      put(s.name + "\n" + s.title + "\n" + s.affiliation);
    if (section.truncated) put("truncated");
    for (const std::string& step : section.path) put(step);
    put(section.text_map.Encode());
    put(section.heading_map.Encode());
    for (const model::Tag& tag : section.tags) put(tag.concept_id);
    for (const std::string& aspect : section.aspects) put(aspect);
    for (const model::Advice& advice : section.advice) put(AdviceKey(advice));
  }
  return Digest(all);
}

}  // namespace sakuin::store
