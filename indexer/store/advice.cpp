#include "indexer/store/advice.h"

#include <algorithm>

namespace sakuin::store {
namespace {

// A damaged span gives what there is of it.
std::string Words(const model::Span& span, const std::string& text) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::min<std::size_t>(std::max(span.begin, span.end), text.size());
  return text.substr(begin, end - begin);
}

}  // namespace

void FillWords(const model::Section& section, AdviceRecord& out) {
  const model::Advice& a = out.advice;
  const std::string& in = a.in_heading ? section.heading : section.text;
  out.quote = Words(a.quote, in);
  out.source = (a.in_heading ? section.heading_map : section.text_map).ToSource(a.quote);
  if (a.when) out.when = Words(*a.when, in);
  if (a.reason) out.reason = Words(*a.reason, in);
  const bool inside = a.quote.begin <= a.action_words.begin && a.action_words.end <= a.quote.end;
  if (inside && a.action_words.begin < a.action_words.end) {
    out.action_in_quote = {a.action_words.begin - a.quote.begin,
                           a.action_words.end - a.quote.begin};
  }
  const auto speaker = static_cast<std::size_t>(a.speaker);
  if (a.speaker >= 0 && speaker < section.speakers.size()) out.speaker = section.speakers[speaker];
}

std::vector<AdviceRecord> RecordsOf(const model::Document& document,
                                    const model::Section& section) {
  std::vector<AdviceRecord> out;
  for (const model::Advice& advice : section.advice) {
    AdviceRecord& record = out.emplace_back();
    record.advice = advice;
    record.document_id = document.id;
    record.uri = document.uri;
    record.title = document.title;
    record.site = document.site;
    record.published = document.published;
    record.language = section.language.empty() ? document.language : section.language;
    record.section = section.number;
    record.path = section.path;
    FillWords(section, record);
  }
  return out;
}

}  // namespace sakuin::store
