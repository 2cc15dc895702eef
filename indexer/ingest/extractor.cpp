#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/digest.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/block.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/html/html_reader.h"
#include "indexer/ingest/html/html_sniff.h"
#include "indexer/ingest/html/profile.h"
#include "indexer/ingest/ingest.h"
#include "indexer/ingest/markdown/markdown.h"
#include "indexer/ingest/plain/plain_text.h"
#include "indexer/ingest/records/jsonl.h"
#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {
namespace {

// Raise it when the readers' code changes what the same bytes and profiles give.
constexpr const char* kVersion = "ingest-6";

constexpr std::size_t kSniffed = 65536;

// NUL bytes, or more than one control character in ten, are no text in any encoding that is
// read without a byte order mark.
bool LooksBinary(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return false;
  const std::string_view head = bytes.substr(0, kSniffed);
  std::size_t nul = 0;
  std::size_t control = 0;
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) ++nul;
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1B;
    if (byte < 0x20 && !blank) ++control;
  }
  return nul * 100 > head.size() || control * 10 > head.size();
}

const char* KindName(BlockKind kind) {
  if (kind == BlockKind::kHeading) return "heading";
  return kind == BlockKind::kItem ? "list item" : "paragraph";
}

// Lines of the text that no block holds.
void AddOtherLines(const Decoded& decoded, const Article& article,
                   std::vector<model::TraceStep>& out) {
  std::vector<model::SourceRange> held;
  for (const model::TraceStep& step : out) held.push_back(step.source);
  for (const Block& block : article.blocks) held.push_back(block.source);
  std::sort(held.begin(), held.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::size_t next = 0;
  for (std::size_t at = 0; at < decoded.text.size();) {
    const std::size_t end = std::min(decoded.text.find('\n', at), decoded.text.size());
    const std::string_view line = utf8::Trim(std::string_view(decoded.text).substr(at, end - at));
    const std::size_t begin = at;
    at = end + 1;
    if (line.empty()) continue;
    const model::SourceRange range = ToInput(decoded, begin, end);
    while (next < held.size() && held[next].end <= range.begin) ++next;
    const bool free = next == held.size() || held[next].begin >= range.end;
    if (free) {
      out.push_back({false, "the mark of another line", std::string(line), range});
    }
  }
}

std::vector<model::BlockCount> CountBlocks(const Article& article) {
  std::map<std::string, std::uint32_t> kept;
  for (const Block& block : article.blocks) ++kept[KindName(block.kind)];
  std::vector<model::BlockCount> out;
  for (const auto& [reason, count] : kept) out.push_back({true, reason, count});
  for (const auto& [reason, count] : article.dropped_counts) out.push_back({false, reason, count});
  return out;
}

// What was kept and what was not, in the order of the source.
std::vector<model::TraceStep> Trace(const Decoded& decoded, Article& article) {
  std::vector<model::TraceStep> out = std::move(article.dropped);
  for (const Block& block : article.blocks) {
    out.push_back({true, KindName(block.kind), block.text, block.source});
  }
  if (article.profile == "plain-text") AddOtherLines(decoded, article, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.source.begin < b.source.begin; });
  return out;
}

}  // namespace

struct Extractor::Impl {
  std::vector<Profile> profiles;
  PlainTextRules plain;
  EncodingDetector detector;
  std::string digest;

  Result<model::Document> Finish(const model::Source& source, const Decoded& decoded,
                                 Article article) const {
    model::Document out;
    out.id = source.id.empty() ? DocumentId(source.uri) : source.id;
    out.uri = source.uri;
    out.title = article.title;
    out.language = article.language;
    out.encoding = decoded.encoding;
    out.encoding_reason = decoded.reason;
    out.replaced = decoded.replaced;
    out.profile = article.profile;
    out.site = article.site;
    out.author = article.author;
    out.published = article.published;
    out.notes = article.notes;
    out.sections = CutSections(article, source.bytes.size());
    out.blocks = CountBlocks(article);
    if (source.trace) out.trace = Trace(decoded, article);
    const bool empty = std::all_of(out.sections.begin(), out.sections.end(), [](const auto& s) {
      return s.text.empty() && (s.number == 0 || s.heading.empty());
    });
    if (empty) out.notes.emplace_back("no text was found in it");
    return out;
  }

  Result<model::Document> Page(const model::Source& source) const {
    bool html = source.format == "html" || source.format == "toutiao" ||
                (source.format == "auto" && LooksLikeHtml(source.bytes));
    const bool asked =
        source.encoding_hint.starts_with("UTF-16") || source.encoding_hint.starts_with("utf-16");
    if (!asked && LooksBinary(source.bytes) && detector.DetectUtf16(source.bytes) == nullptr) {
      return Fail(ErrorCode::kBadInput,
                  "is binary, not text; if it is text in UTF-16, say --encoding UTF-16LE",
                  source.uri);
    }
    auto decoded = Decode(source.bytes, source.encoding_hint, html, detector);
    if (!decoded) return Pass(decoded);
    // Two bytes a character: its marks could not be seen before.
    const bool wide = decoded->encoding.starts_with("UTF-16");
    if (wide && source.format == "auto") html = LooksLikeHtml(decoded->text);
    if (source.format == "markdown") {
      auto article = ReadMarkdown(*decoded, plain.dates());
      if (!article) return Pass(article);
      return Finish(source, *decoded, std::move(*article));
    }
    if (!html) return Finish(source, *decoded, ReadPlainText(plain, *decoded, source.title));
    auto article = ReadHtml(*decoded, source.uri, profiles, plain, source.trace);
    if (!article) return Pass(article);
    return Finish(source, *decoded, std::move(*article));
  }
};

Result<Extractor> Extractor::Create(const std::string& data_dir) {
  std::string all = kVersion;
  auto profiles = LoadProfiles(data_dir, all);
  if (!profiles) return Pass(profiles);
  auto plain = PlainTextRules::Load(data_dir);
  if (!plain) return Pass(plain);
  auto detector = EncodingDetector::Create(data_dir);
  if (!detector) return Pass(detector);
  all += plain->digest() + detector->digest();
  return Extractor(std::make_unique<Impl>(
      Impl{std::move(*profiles), std::move(*plain), std::move(*detector), Digest(all)}));
}

Result<model::Document> Extractor::Extract(const model::Source& source) const {
  if (source.format != "jsonl") return impl_->Page(source);
  return ReadJsonRecord(
      source,
      [](const void* context, const model::Source& page) {
        return static_cast<const Impl*>(context)->Page(page);
      },
      impl_.get());
}

const std::string& Extractor::digest() const { return impl_->digest; }

const EncodingDetector& Extractor::detector() const { return impl_->detector; }

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

std::string DocumentId(const std::string& uri) {
  return Digest(files::Normalize(uri)).substr(0, 16);
}

}  // namespace sakuin::ingest
