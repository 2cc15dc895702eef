#include "indexer/pipeline/pipeline.h"

#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/utf8.h"
#include "indexer/model/language.h"
#include "indexer/pipeline/advice_ids.h"
#include "indexer/text/near_duplicates.h"
#include "indexer/text/readings.h"

namespace sakuin::pipeline {
namespace {

// "zh-CN", "zh_TW", "ja-JP" and the like as one of our tags; empty where it is none of them.
std::string KnownLanguage(std::string tag) {
  for (char& c : tag) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto begins = [&tag](std::string_view head) {
    return tag.starts_with(head) && (tag.size() == head.size() || tag[head.size()] == '-');
  };
  if (begins("ja")) return std::string(model::kJapanese);
  if (begins("en")) return std::string(model::kEnglish);
  if (!begins("zh")) return {};
  for (const char* part : {"hant", "-tw", "-hk", "-mo"}) {
    if (tag.find(part) != std::string::npos) return std::string(model::kZhHant);
  }
  return std::string(model::kZhHans);
}

std::string WholeText(const model::Document& document) {
  std::string all = document.title;
  for (const model::Section& section : document.sections) {
    all += '\n' + section.heading + '\n' + section.text;
  }
  return all;
}

}  // namespace

Pipeline::Pipeline(const Rules& rules, text::Analyzer analyzer)
    : rules_(&rules), analyzer_(std::move(analyzer)) {}

Result<Pipeline> Pipeline::Create(const Rules& rules) {
  auto analyzer = rules.MakeAnalyzer();
  if (!analyzer) return Pass(analyzer);
  return Pipeline(rules, std::move(*analyzer));
}

Result<model::Document> Pipeline::Extract(const model::Source& source) const {
  if (utf8::Trim(source.bytes).empty()) {
    return Fail(ErrorCode::kBadInput, "is empty: there is nothing to read", source.uri);
  }
  return rules_->extractor().Extract(source);
}

Result<model::Document> Pipeline::Read(const model::Source& source) const {
  auto document = Extract(source);
  if (document) Describe(*document, source.language_hint);
  return document;
}

Result<Made> Pipeline::Make(const model::Source& source) {
  auto document = Extract(source);
  if (!document) return Pass(document);
  GuessLanguages(*document, source.language_hint);
  std::vector<thesaurus::NamedText> texts = rules_->tagger().ReadTexts(*document);
  if (rules_->tags()) {
    rules_->tagger().TagDocument(*document, texts);
    rules_->advice().Extract(*document, texts);
    GiveIds(*document, rules_->folding());
  }
  auto indexed = Index(*document, std::move(texts));
  if (!indexed) return Pass(indexed);
  return Made{std::move(*document), std::move(*indexed)};
}

void Pipeline::Describe(model::Document& document, const std::string& language_hint) const {
  GuessLanguages(document, language_hint);
  if (!rules_->tags()) return;
  const std::vector<thesaurus::NamedText> texts = rules_->tagger().ReadTexts(document);
  rules_->tagger().TagDocument(document, texts);
  rules_->advice().Extract(document, texts);
  GiveIds(document, rules_->folding());
}

void Pipeline::GuessLanguages(model::Document& document, const std::string& language_hint) const {
  // A page's own declaration only breaks ties: templates declare "en" over Chinese text.
  const std::string declared = KnownLanguage(document.language);
  document.language = language_hint.empty()
                          ? rules_->language().Guess(WholeText(document), declared)
                          : language_hint;
  for (model::Section& section : document.sections) {
    const std::string text = section.heading + "\n" + section.text;
    std::string own = KnownLanguage(section.language);
    if (own.empty()) own = rules_->language().GuessPart(text, document.language);
    section.language = own == document.language ? std::string() : own;
  }
}

Result<text::Analysis> Pipeline::Analyze(const std::string& text, thesaurus::NamedText& read) {
  std::vector<model::Span> lexicon;
  lexicon.reserve(read.names.size());
  for (const thesaurus::Mention& name : read.names) lexicon.push_back(name.span);
  return analyzer_.Analyze(text, std::move(read.folded), lexicon);
}

namespace {

void AppendTerms(const text::Analysis& analysis, postings::FieldTerms& out) {
  const std::u32string& chars = analysis.folded.chars;
  out.grams.reserve(out.grams.size() + chars.size());
  for (std::size_t i = 0; i < chars.size(); ++i) {
    const bool begins = text::BeginsGram(chars[i]);
    const bool last = i + 1 == chars.size() || chars[i + 1] == '\n';
    const char32_t next = last ? U'\0' : chars[i + 1];
    out.grams.push_back(begins ? postings::Gram(chars[i], next) : 0);
  }
  out.words += text::WordTerms(analysis);
}

}  // namespace

Result<Indexed> Pipeline::Index(const model::Document& document) {
  return Index(document, rules_->tagger().ReadTexts(document));
}

Result<Indexed> Pipeline::Index(const model::Document& document,
                                std::vector<thesaurus::NamedText> texts) {
  Indexed out;
  out.terms.reserve(document.sections.size());
  text::GramCollector grams;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const model::Section& section = document.sections[i];
    store::SectionTerms& terms = out.terms.emplace_back();
    const auto heading = Analyze(section.heading, texts[2 * i]);
    if (!heading) return Pass(heading);
    AppendTerms(*heading, terms.heading);
    const auto text = Analyze(section.text, texts[2 * i + 1]);
    if (!text) return Pass(text);
    AppendTerms(*text, terms.text);
    if (section.number > 0) grams.Add(heading->folded.chars);
    grams.Add(text->folded.chars);
    const Status spoken = AddReadings(section, terms);
    if (!spoken) return Pass(spoken);
  }
  out.fingerprint = grams.Fingerprint(rules_->folding().Fold(document.title).chars);
  return out;
}

// Readings stand behind the text, in a line of their own: no phrase runs from one into the other.
Status Pipeline::AddReadings(const model::Section& section, store::SectionTerms& terms) {
  const auto add = [this](const std::vector<model::Reading>& readings,
                          postings::FieldTerms& to) -> Status {
    if (readings.empty()) return {};
    const auto spoken = analyzer_.Analyze(text::Speak(readings).text);
    if (!spoken) return Pass(spoken);
    to.grams.push_back(0);  // the end of a line
    AppendTerms(*spoken, to);
    return {};
  };
  const Status done = add(section.heading_readings, terms.heading);
  return done ? add(section.text_readings, terms.text) : done;
}

std::string SourceDigest(const model::Source& source) {
  return Digest(source.format + "\n" + source.encoding_hint + "\n" + source.language_hint + "\n" +
                source.uri + "\n" + source.bytes);
}

}  // namespace sakuin::pipeline
