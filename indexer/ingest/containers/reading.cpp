#include "indexer/ingest/containers/reading.h"

#include <utility>

#include "indexer/ingest/containers/gunzip.h"
#include "indexer/ingest/containers/input_kind.h"
#include "indexer/ingest/records/jsonl.h"

namespace sakuin::ingest {
namespace {

// Lines are read in blocks; a longer one comes whole, up to the limit of an article.
constexpr std::size_t kLines = std::size_t{1} << 20U;

void ReadArticle(Reading& reading, const Item& item, ByteReader& bytes, bool markdown) {
  auto all = bytes.TakeAll(reading.limits.article);
  if (!all) return reading.GiveUp(item.uri, all.error());
  model::Source source;
  source.uri = item.uri;
  source.bytes = std::move(*all);
  source.format = markdown ? "markdown" : reading.options.format;
  reading.Take(std::move(source));
}

// An archive in an archive has to be held whole: its table of contents stands at its end.
void ReadInside(Reading& reading, const Item& item, ByteReader& bytes, InputKind kind) {
  if (kind == InputKind::kArchive && item.depth >= reading.limits.depth) {
    return reading.Reject(item.uri, "is an archive nested more than " +
                                        std::to_string(reading.limits.depth) + " deep");
  }
  const auto all = bytes.TakeAll(reading.limits.inside);
  if (!all) return reading.GiveUp(item.uri, all.error());
  const OpenArchive open = [&all](Archive::Layout layout) {
    return Archive::OpenBytes(*all, layout);
  };
  if (kind == InputKind::kArchive) return ReadArchive(reading, item, open);
  if (kind == InputKind::kEpub) return ReadBook(reading, item, open);
  ByteReader packed(*all);
  ReadPacked(reading, item, packed, open);
}

// `content` is what was packed; `open` opens the packed file.
void ReadContent(Reading& reading, const Item& item, ByteReader& content, const OpenArchive& open) {
  const Item inside{item.uri, NameInside(item.name), item.depth};
  const auto head = content.Peek(kKindBytes);
  if (!head) return reading.GiveUp(item.uri, head.error());
  const InputKind kind = KindOf(inside.name, *head, reading.options.format);
  if (kind == InputKind::kPacked) return reading.Reject(item.uri, "is packed twice");
  // A packed tar is read as a stream; what else is packed is read as if it were not.
  const bool is_tar = kind == InputKind::kArchive && !head->starts_with("PK");
  if (is_tar) return ReadArchive(reading, inside, open);
  ReadItem(reading, inside, content);
}

}  // namespace

bool Reading::Take(model::Source source) {
  source.origin = origin_;
  if (source.encoding_hint.empty()) source.encoding_hint = options.encoding;
  source.language_hint = options.language;
  ++taken_;
  if (!sink_.Take(std::move(source))) stopped_ = true;
  return !stopped_;
}

void Reading::Reject(const std::string& uri, const Error& error) {
  ++rejected_;
  sink_.Reject({error.code, error.message, error.where.empty() ? uri : error.where});
}

void Reading::Reject(const std::string& uri, const std::string& why) {
  Reject(uri, Error{ErrorCode::kBadInput, why, uri});
}

void Reading::GiveUp(const std::string& uri, const Error& error) {
  complete_ = false;
  Reject(uri, error);
}

void Reading::Note(const std::string& uri, const std::string& what) {
  sink_.Note(uri + ": " + what);
}

Status Reading::Count(std::uint64_t bytes) {
  unpacked_ += bytes;
  const bool dense = unpacked_ > limits.free && unpacked_ - limits.free > limits.ratio * packed_;
  if (!dense && unpacked_ <= limits.unpacked) return {};
  spent_ = true;
  const std::string what = dense ? std::to_string(limits.ratio) + " times its own size"
                                 : std::to_string(limits.unpacked) + " bytes";
  return Fail(ErrorCode::kBadInput,
              "with it the whole unpacks to more than " + what + ": nothing more of it is read");
}

ByteSource Reading::ContentOf(Archive& archive) {
  return Counted([&archive](char* to, std::size_t size) { return archive.Read(to, size); });
}

ByteSource Reading::Counted(ByteSource source) {
  return [this, from = std::move(source)](char* to, std::size_t size) -> Result<std::size_t> {
    const auto read = from(to, size);
    if (!read) return read;
    if (const Status counted = Count(*read); !counted) return Pass(counted);
    return read;
  };
}

void ReadItem(Reading& reading, const Item& item, ByteReader& bytes) {
  const auto head = bytes.Peek(kKindBytes);
  if (!head) return reading.GiveUp(item.uri, head.error());
  const InputKind kind = KindOf(item.name, *head, reading.options.format);
  switch (kind) {
    case InputKind::kArticle: return ReadArticle(reading, item, bytes, false);
    case InputKind::kMarkdown: return ReadArticle(reading, item, bytes, true);
    case InputKind::kJsonl: return ReadJsonl(reading, item, bytes);
    case InputKind::kTable: return ReadTable(reading, item, bytes);
    case InputKind::kWarc: return ReadWarc(reading, item, bytes);
    case InputKind::kEpub:
    case InputKind::kArchive:
    case InputKind::kPacked: return ReadInside(reading, item, bytes, kind);
  }
}

void ReadPacked(Reading& reading, const Item& item, ByteReader& packed, const OpenArchive& open) {
  const auto magic = packed.Peek(2);
  if (magic && *magic == "\x1F\x8B") {
    ByteReader content(reading.Counted(Gunzip(packed)));
    return ReadContent(reading, item, content, open);
  }
  auto archive = open(Archive::Layout::kContent);
  if (!archive) return reading.GiveUp(item.uri, archive.error());
  const auto found = archive->Next();
  if (!found) return reading.GiveUp(item.uri, found.error());
  ByteReader content(*found ? reading.ContentOf(*archive)
                            : [](char*, std::size_t) { return Result<std::size_t>(0); });
  ReadContent(reading, item, content, open);
}

void ReadJsonl(Reading& reading, const Item& item, ByteReader& bytes) {
  const std::size_t before = reading.taken() + reading.rejected();
  std::size_t line = 1;
  Status fault;
  for (bool more = true; more && !reading.Over();) {
    std::string block;
    std::size_t lines = 0;
    while (more && block.size() < kLines) {
      const auto next = bytes.TakeLine(static_cast<std::size_t>(reading.limits.article) * 2);
      if (!next) fault = Pass(next);
      more = next && !next->empty();
      lines += more ? 1 : 0;
      if (more) block += *next;
    }
    Records records = SplitJsonl(item.uri, block, line);
    line += lines;
    for (const Error& error : records.errors) reading.Reject(item.uri, error);
    for (model::Source& source : records.sources) {
      if (!reading.Take(std::move(source))) return;
    }
  }
  if (!fault) return reading.GiveUp(item.uri, fault.error());
  const bool none = reading.taken() + reading.rejected() == before;
  if (none) reading.Reject(item.uri, "holds no record");
}

}  // namespace sakuin::ingest
