#include "query/backend/sqlite/column_scan.h"

#include <strings.h>

#include <algorithm>
#include <functional>

#include "indexer/model/language.h"

namespace sakuin::backend {
namespace {

using plan::FilterField;
using store::FactColumns;
using store::OpenSegment;
using store::TopicColumns;
using Local = postings::Local;

// For each string of a table: does it pass?
std::vector<bool> PassingStrings(const std::vector<std::string>& table,
                                 const std::function<bool(const std::string&)>& passes) {
  std::vector<bool> out;
  out.reserve(table.size());
  for (const std::string& text : table) out.push_back(passes(text));
  return out;
}

bool InDates(const std::string& published, const plan::Filter& filter) {
  if (published.empty()) return false;
  for (std::size_t i = 0; i + 1 < filter.values.size(); i += 2) {
    const std::string& from = filter.values[i];
    const std::string& to = filter.values[i + 1];
    const bool inside =
        (from.empty() || published >= from) && (to.empty() || published.substr(0, to.size()) <= to);
    if (inside) return true;
  }
  return false;
}

bool StringPasses(const plan::Filter& filter, const std::string& text) {
  if (filter.field == FilterField::kPublished) return InDates(text, filter);
  return std::any_of(filter.values.begin(), filter.values.end(), [&](const std::string& value) {
    switch (filter.field) {
      case FilterField::kLanguage: return model::LanguageMatches(value, text);
      case FilterField::kSite: return strcasecmp(value.c_str(), text.c_str()) == 0;
      default: return value == text;
    }
  });
}

// Calls `take` for every section of the segment that `has` passes and that is there.
void Collect(const OpenSegment& segment, SectionKey end, const std::function<bool(Local)>& has,
             std::vector<SectionKey>& out) {
  const SectionKey stop = std::min(end, segment.end);
  for (SectionKey key = segment.begin; key < stop; ++key) {
    const Local local = key - segment.begin;
    if (has(local) && !segment.postings->IsDeleted(local)) out.push_back(key);
  }
}

Status FilterFacts(store::PostingReader& postings, const OpenSegment& segment,
                   const plan::Filter& filter, SectionKey end, std::vector<SectionKey>& out) {
  const auto facts = postings.Facts(segment);
  if (!facts) return Pass(facts);
  const FactColumns& f = **facts;
  const bool language = filter.field == FilterField::kLanguage;
  const bool site = filter.field == FilterField::kSite;
  const auto& table = language ? f.languages : site ? f.sites : f.dates;
  const auto& column = language ? f.language : site ? f.site : f.published;
  const std::vector<bool> passes =
      PassingStrings(table, [&](const std::string& text) { return StringPasses(filter, text); });
  Collect(
      segment, end, [&](Local at) { return passes[column[at]]; }, out);
  return {};
}

Status FilterTopics(store::PostingReader& postings, const OpenSegment& segment,
                    const plan::Filter& filter, SectionKey end, std::vector<SectionKey>& out) {
  const auto topics = postings.Topics(segment);
  if (!topics) return Pass(topics);
  const TopicColumns& t = **topics;
  const bool condition = filter.field == FilterField::kCondition;
  const std::vector<bool> passes =
      PassingStrings(condition ? t.concepts : t.aspect_names,
                     [&](const std::string& text) { return StringPasses(filter, text); });
  if (std::find(passes.begin(), passes.end(), true) == passes.end()) return {};
  const auto has = [&](Local at) {
    const auto& begin = condition ? t.tag_begin : t.aspect_begin;
    for (std::uint32_t i = begin[at]; i < begin[at + 1]; ++i) {
      if (passes[condition ? t.tags[i] / 2 : t.aspects[i]]) return true;
    }
    return false;
  };
  Collect(segment, end, has, out);
  return {};
}

// Calls `take` with each segment and its part of `sections`.
Status ForSegments(
    const store::PostingReader& postings, const std::vector<SectionKey>& sections,
    const std::function<Status(const OpenSegment&, const SectionKey*, const SectionKey*)>& take) {
  const SectionKey* at = sections.data();
  const SectionKey* const end = at + sections.size();
  for (const OpenSegment& segment : postings.segments()) {
    const SectionKey* const stop = std::lower_bound(at, end, segment.end);
    if (stop != at) {
      if (const Status done = take(segment, at, stop); !done) return done;
    }
    at = stop;
  }
  return {};
}

// Adds what was counted by number under its strings; "" is no value.
void AddCounts(const std::vector<std::int64_t>& counts, const std::vector<std::string>& table,
               std::map<std::string, std::int64_t>& to) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0 && !table[i].empty()) to[table[i]] += counts[i];
  }
}

}  // namespace

Result<std::vector<SectionKey>> FindFiltered(store::PostingReader& postings,
                                             const plan::Filter& filter, SectionKey end) {
  const bool topics =
      filter.field == FilterField::kCondition || filter.field == FilterField::kAspect;
  std::vector<SectionKey> out;
  for (const OpenSegment& segment : postings.segments()) {
    const Status done = topics ? FilterTopics(postings, segment, filter, end, out)
                               : FilterFacts(postings, segment, filter, end, out);
    if (!done) return Pass(done);
  }
  return out;
}

std::vector<SectionKey> FindAll(const store::PostingReader& postings, SectionKey end) {
  std::vector<SectionKey> out;
  for (const OpenSegment& segment : postings.segments()) {
    Collect(
        segment, end, [](Local) { return true; }, out);
  }
  return out;
}

Result<FacetCounts> CountFacetsOf(store::PostingReader& postings,
                                  const std::vector<SectionKey>& sections) {
  FacetCounts out{{"language", {}}, {"condition", {}}, {"aspect", {}}, {"site", {}}, {"year", {}}};
  const Status done = ForSegments(
      postings, sections,
      [&](const OpenSegment& segment, const SectionKey* at, const SectionKey* end) -> Status {
        const auto facts = postings.Facts(segment);
        if (!facts) return Pass(facts);
        const auto topics = postings.Topics(segment);
        if (!topics) return Pass(topics);
        const FactColumns& f = **facts;
        const TopicColumns& t = **topics;
        std::vector<std::int64_t> languages(f.languages.size(), 0);
        std::vector<std::int64_t> sites(f.sites.size(), 0);
        std::vector<std::int64_t> dates(f.dates.size(), 0);
        std::vector<std::int64_t> concepts(t.concepts.size(), 0);
        std::vector<std::int64_t> aspects(t.aspect_names.size(), 0);
        for (; at < end; ++at) {
          const Local i = *at - segment.begin;
          ++languages[f.language[i]];
          ++sites[f.site[i]];
          ++dates[f.published[i]];
          for (std::uint32_t n = t.tag_begin[i]; n < t.tag_begin[i + 1]; ++n)
            ++concepts[t.tags[n] / 2];
          for (std::uint32_t n = t.aspect_begin[i]; n < t.aspect_begin[i + 1]; ++n) {
            ++aspects[t.aspects[n]];
          }
        }
        AddCounts(languages, f.languages, out["language"]);
        AddCounts(sites, f.sites, out["site"]);
        AddCounts(concepts, t.concepts, out["condition"]);
        AddCounts(aspects, t.aspect_names, out["aspect"]);
        std::vector<std::string> years = f.dates;
        for (std::string& date : years) date.resize(std::min<std::size_t>(date.size(), 4));
        AddCounts(dates, years, out["year"]);
        return {};
      });
  if (!done) return Pass(done);
  return out;
}

Result<std::vector<SectionTag>> ReadTagsOf(store::PostingReader& postings,
                                           const std::vector<SectionKey>& sections) {
  std::vector<SectionTag> out;
  const Status done = ForSegments(
      postings, sections,
      [&](const OpenSegment& segment, const SectionKey* at, const SectionKey* end) -> Status {
        const auto topics = postings.Topics(segment);
        if (!topics) return Pass(topics);
        const TopicColumns& t = **topics;
        for (; at < end; ++at) {
          const Local i = *at - segment.begin;
          for (std::uint32_t n = t.tag_begin[i]; n < t.tag_begin[i + 1]; ++n) {
            out.push_back({*at, t.concepts[t.tags[n] / 2], t.tags[n] % 2 == 1});
          }
        }
        return {};
      });
  if (!done) return Pass(done);
  return out;
}

Result<std::map<std::string, std::int64_t>> CountAspectsOf(
    store::PostingReader& postings, const std::vector<SectionKey>& sections) {
  auto facets = CountFacetsOf(postings, sections);
  if (!facets) return Pass(facets);
  return std::move((*facets)["aspect"]);
}

Result<std::vector<std::string_view>> ReadStringsOf(store::PostingReader& postings,
                                                    const std::vector<SectionKey>& sections,
                                                    FactString which) {
  std::vector<std::string_view> out;
  out.reserve(sections.size());
  const Status done = ForSegments(
      postings, sections,
      [&](const OpenSegment& segment, const SectionKey* at, const SectionKey* end) -> Status {
        const auto facts = postings.Facts(segment);
        if (!facts) return Pass(facts);
        const bool language = which == FactString::kLanguage;
        const auto& table = language ? (*facts)->languages : (*facts)->dates;
        const auto& column = language ? (*facts)->language : (*facts)->published;
        for (; at < end; ++at) out.push_back(table[column[*at - segment.begin]]);
        return {};
      });
  if (!done) return Pass(done);
  return out;
}

Result<std::vector<Fact>> ReadFactsOf(store::PostingReader& postings,
                                      const std::vector<SectionKey>& sections,
                                      const std::vector<std::string>& concepts,
                                      const std::vector<std::int64_t>& groups) {
  std::vector<Fact> out;
  out.reserve(sections.size());
  const Status done = ForSegments(
      postings, sections,
      [&](const OpenSegment& segment, const SectionKey* at, const SectionKey* end) -> Status {
        const auto facts = postings.Facts(segment);
        if (!facts) return Pass(facts);
        const FactColumns& f = **facts;
        const auto& lengths =
            segment.postings->sections().lengths[static_cast<int>(postings::Field::kText)];
        const std::size_t first = out.size();
        for (const SectionKey* key = at; key < end; ++key) {
          const Local i = *key - segment.begin;
          const auto document = static_cast<std::size_t>(f.document[i]);
          const std::int64_t group = document < groups.size() ? groups[document] : 0;
          out.push_back({*key, f.document[i], group, f.ordinal[i], lengths[i], false});
        }
        if (concepts.empty()) return {};
        const auto topics = postings.Topics(segment);
        if (!topics) return Pass(topics);
        const TopicColumns& t = **topics;
        const std::vector<bool> named = PassingStrings(t.concepts, [&](const std::string& id) {
          return std::find(concepts.begin(), concepts.end(), id) != concepts.end();
        });
        for (std::size_t n = first; n < out.size(); ++n) {
          const Local i = out[n].section - segment.begin;
          for (std::uint32_t tag = t.tag_begin[i]; tag < t.tag_begin[i + 1]; ++tag) {
            if (t.tags[tag] % 2 == 1 && named[t.tags[tag] / 2]) out[n].names_concept = true;
          }
        }
        return {};
      });
  if (!done) return Pass(done);
  return out;
}

}  // namespace sakuin::backend
