// Web archives (ISO 28500, WARC 1.0 and 1.1): declared in reading.h.

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/http_message.h"
#include "indexer/ingest/containers/reading.h"
#include "indexer/ingest/encoding/encoding_labels.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestLine = 65536;
constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kHead = 65536;  // of an HTTP response

struct Record {
  std::uint64_t offset = 0;  // in the unpacked bytes
  std::uint64_t length = 0;  // of its block
  HeaderFields fields;

  std::string Field(std::string_view name) const { return std::string(FieldOf(fields, name)); }
};

// "2 are no pages, 1 has another status than 200", for a person who counts.
struct Passed {
  std::size_t no_page = 0;
  std::size_t status = 0;
  std::size_t type = 0;
};

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

// How a body of that type is read; nothing for what is no article.
std::optional<std::string> FormatOf(const std::string& type, const std::string& asked) {
  constexpr std::array<std::string_view, 4> kRead = {"text/html", "application/xhtml+xml",
                                                     "text/plain", "text/markdown"};
  if (!type.empty() && std::find(kRead.begin(), kRead.end(), type) == kRead.end()) {
    return std::nullopt;
  }
  if (asked == "html" || asked == "toutiao" || asked == "text") return asked;
  if (type == "text/plain") return "text";
  if (type == "text/markdown") return "markdown";
  return type.empty() ? "auto" : "html";
}

class WarcReader {
 public:
  WarcReader(Reading& reading, const Item& item, ByteReader& bytes)
      : reading_(reading), item_(item), bytes_(bytes) {}

  void Run() {
    const std::size_t before = reading_.taken() + reading_.rejected();
    while (!reading_.Over()) {
      const auto more = Next();
      if (!more) return reading_.GiveUp(Place(begin_), more.error());
      if (!*more) break;
    }
    TellPassed(reading_.taken() + reading_.rejected() == before);
  }

 private:
  std::string Place(std::uint64_t offset) const {
    return item_.uri + ":byte " + std::to_string(offset);
  }

  void TellPassed(bool none) {
    std::string what;
    const auto tell = [&what](std::size_t count, const char* why) {
      if (count > 0) what += (what.empty() ? "" : ", ") + std::to_string(count) + why;
    };
    tell(passed_.no_page, " are no pages");
    tell(passed_.status, " have another status than 200");
    tell(passed_.type, " are of other types");
    if (!what.empty()) what = "of its records " + what;
    if (none) {
      reading_.Reject(item_.uri, "holds no article" + (what.empty() ? "" : "; " + what));
    } else if (!what.empty()) {
      reading_.Note(item_.uri, what + ": they were passed over");
    }
  }

  // False at the end. Fails where the bytes cannot be read on.
  Result<bool> Next() {
    std::string line;
    Record record;
    do {
      begin_ = record.offset = bytes_.offset();
      auto next = bytes_.TakeLine(kLongestLine);
      if (!next) return Pass(next);
      if (next->empty()) return false;
      line = std::move(*next);
    } while (utf8::Trim(line).empty());
    if (!line.starts_with("WARC/")) return Resume(record.offset, "is no record of a web archive");
    const auto fields = ReadFields(record);
    if (!fields) return Pass(fields);
    if (!*fields) return Truncated(record);
    const auto length = Number(FieldOf(record.fields, "content-length"));
    if (!length) return Resume(record.offset, "has no length");
    record.length = *length;
    const std::uint64_t begin = bytes_.offset();
    if (const Status read = ReadRecord(record); !read) return Pass(read);
    const std::uint64_t rest = record.length - (bytes_.offset() - begin);
    const auto skipped = bytes_.Skip(rest);
    if (!skipped) return Pass(skipped);
    if (*skipped == rest) return true;
    return Truncated(record);
  }

  Result<bool> Truncated(const Record& record) {
    reading_.GiveUp(Place(record.offset),
                    {ErrorCode::kBadInput, "is cut off: the file ends inside of the record", {}});
    return false;
  }

  // False where the file ends in them. Of more than any writer makes, the first are kept.
  Result<bool> ReadFields(Record& record) {
    for (;;) {
      const auto line = bytes_.TakeLine(kLongestLine);
      if (!line) return Pass(line);
      if (line->empty()) return false;
      if (utf8::Trim(*line).empty()) return true;
      if (record.fields.size() < kMostFields) AddHeaderField(*line, record.fields);
    }
  }

  // Goes on at the next line that begins a record.
  Result<bool> Resume(std::uint64_t offset, const std::string& why) {
    reading_.Reject(Place(offset), why + "; reading goes on at the next one");
    for (;;) {
      const auto head = bytes_.Peek(7);
      if (!head) return Pass(head);
      if (head->empty()) return false;
      if (*head == "WARC/1.") return true;
      const auto line = bytes_.TakeLine(kLongestLine);
      if (!line) return Pass(line);
    }
  }

  // Takes as much of the block as it wants.
  Status ReadRecord(const Record& record) {
    const std::string type = record.Field("warc-type");
    if (type == "response" && !record.Field("warc-target-uri").starts_with("dns:")) {
      return ReadResponse(record);
    }
    if (type == "resource" || type == "conversion") {
      HttpHead head;
      head.status = 200;
      head.fields.emplace("content-type", record.Field("content-type"));
      return ReadPage(record, head);
    }
    ++passed_.no_page;
    return {};
  }

  Status ReadResponse(const Record& record) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(record.length, kHead));
    const auto start = bytes_.Peek(most);
    if (!start) return Pass(start);
    if (start->size() < most) return {};  // cut off: the caller sees it
    const auto head = ReadHttpHead(*start);
    if (head) return ReadPage(record, *head);
    reading_.Reject(Place(record.offset), "holds no HTTP response");
    return {};
  }

  Status ReadPage(const Record& record, const HttpHead& head) {
    const MediaType type = ReadMediaType(FieldOf(head.fields, "content-type"));
    const auto format = FormatOf(type.type, reading_.options.format);
    if (head.status != 200 || !format) {
      ++(head.status != 200 ? passed_.status : passed_.type);
      return {};
    }
    if (record.length > reading_.limits.article + kHead) {
      reading_.Reject(UriOf(record), "larger than the limit of " +
                                         std::to_string(reading_.limits.article) + " bytes");
      return {};
    }
    const auto block = bytes_.Take(static_cast<std::size_t>(record.length));
    if (!block) return Pass(block);
    if (block->size() < record.length) return {};
    auto body =
        ReadHttpBody(head, std::string_view(*block).substr(head.size), reading_.limits.article);
    if (!body) {
      reading_.Reject(UriOf(record), {body.error().code, body.error().message, {}});
      return {};
    }
    if (const Status counted = reading_.Count(body->bytes.size()); !counted) return counted;
    TakePage(record, type, *format, std::move(*body));
    return {};
  }

  void TakePage(const Record& record, const MediaType& type, const std::string& format,
                HttpBody body) {
    model::Source source;
    source.uri = UriOf(record);
    const std::string date = record.Field("warc-date");
    source.place = Place(record.offset) + (date.empty() ? "" : ", captured " + date);
    if (body.cut || !FieldOf(record.fields, "warc-truncated").empty()) {
      reading_.Note(source.place, "its page was cut off when it was captured");
    }
    source.bytes = std::move(body.bytes);
    source.format = format;
    if (reading_.options.encoding.empty() && FindEncoding(type.charset) != nullptr) {
      source.encoding_hint = std::string(model::kTransport) + type.charset;
    }
    reading_.Take(std::move(source));
  }

  // Early writers put the address in angle brackets.
  std::string UriOf(const Record& record) const {
    std::string uri = record.Field("warc-target-uri");
    if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
    return uri.empty() ? item_.uri + "#" + std::to_string(record.offset) : uri;
  }

  Reading& reading_;
  const Item& item_;
  ByteReader& bytes_;
  Passed passed_;
  std::uint64_t begin_ = 0;  // of the record that is read
};

}  // namespace

void ReadWarc(Reading& reading, const Item& item, ByteReader& bytes) {
  WarcReader(reading, item, bytes).Run();
}

}  // namespace sakuin::ingest
