// EPUB: a document a chapter. Declared in reading.h.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/json_text.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/book_package.h"
#include "indexer/ingest/containers/reading.h"
#include "indexer/ingest/encoding/charset.h"

namespace sakuin::ingest {
namespace {

// Pictures, fonts and styles are left where they are.
bool IsText(std::string_view name) {
  constexpr std::string_view kEndings[] = {".xhtml", ".html", ".htm",   ".xml",
                                           ".opf",   ".ncx",  ".XHTML", ".HTML"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [name](std::string_view ending) { return name.ends_with(ending); });
}

// A cover has a picture and no words.
bool HasWords(std::string_view page) {
  const std::size_t body = page.find("<body");
  bool in_tag = false;
  for (std::size_t at = body == std::string_view::npos ? 0 : body; at < page.size();) {
    const char32_t c = utf8::Next(page, at);
    if (c == '<') in_tag = true;
    if (!in_tag && !utf8::IsSpace(c)) return true;
    if (c == '>') in_tag = false;
  }
  return false;
}

// The files of the book by name, as far as they are text.
Result<BookFiles> ReadFiles(Reading& reading, Archive& archive) {
  BookFiles out;
  std::uint64_t held = 0;
  for (;;) {
    const auto member = archive.Next();
    if (!member) return Pass(member);
    if (!*member) return out;
    if (!reading.CountMember()) return Fail(ErrorCode::kBadInput, "holds too many members");
    const bool wanted = (*member)->kind == MemberKind::kFile && IsText((*member)->name);
    if (!wanted) {
      if (const Status counted = reading.Count((*member)->size); !counted) return Pass(counted);
      continue;
    }
    auto bytes = ByteReader(reading.ContentOf(archive)).TakeAll(reading.limits.article);
    if (!bytes) return Pass(bytes);
    held += bytes->size();
    if (held > reading.limits.inside) {
      return Fail(ErrorCode::kBadInput, "holds more text than the limit of " +
                                            std::to_string(reading.limits.inside) + " bytes");
    }
    out.emplace((*member)->name, std::move(*bytes));
  }
}

class BookReader {
 public:
  BookReader(Reading& reading, const Item& item) : reading_(reading), item_(item) {}

  void Run(const OpenArchive& open) {
    auto archive = open(Archive::Layout::kMembers);
    if (!archive) return reading_.GiveUp(item_.uri, archive.error());
    const auto files = ReadFiles(reading_, *archive);
    if (!files) return reading_.GiveUp(item_.uri, files.error());
    const auto package = ReadBookPackage(*files);
    if (!package) return reading_.Reject(item_.uri, package.error());
    const std::vector<std::string> encrypted = EncryptedFiles(*files);
    const std::size_t before = reading_.taken() + reading_.rejected();
    for (const Chapter& chapter : package->chapters) {
      if (reading_.Over()) return;
      const std::string uri = item_.uri + "!/" + chapter.name;
      const auto file = files->find(chapter.name);
      if (file == files->end()) {
        reading_.Reject(uri, "stands in the book's list and is not there");
      } else if (std::find(encrypted.begin(), encrypted.end(), chapter.name) != encrypted.end()) {
        reading_.Reject(uri, "is encrypted");
      } else {
        TakeChapter(*package, chapter, uri, file->second);
      }
    }
    const bool none = reading_.taken() + reading_.rejected() == before;
    if (none) reading_.Reject(item_.uri, "holds no chapter with text");
  }

 private:
  // As a record: it carries what the package says beside the page.
  void TakeChapter(const BookPackage& package, const Chapter& chapter, const std::string& uri,
                   const std::string& bytes) {
    const auto page = Decode(bytes, reading_.options.encoding, true, reading_.detector);
    if (!page) return reading_.Reject(uri, page.error());
    if (!HasWords(page->text)) return;
    if (page->replaced > 0) {
      reading_.Note(uri, std::to_string(page->replaced) +
                             " malformed byte sequences became U+FFFD (read as " + page->encoding +
                             ")");
    }
    nlohmann::ordered_json record{{"uri", uri}};
    const auto put = [&record](const char* key, const std::string& value) {
      if (!value.empty()) record[key] = value;
    };
    put("title", chapter.title);
    put("language", package.language);
    put("published", package.published);
    put("author", package.author);
    put("site", package.title);
    put("encoding", page->encoding);
    put("encoding_reason", page->reason);
    put("html", page->text);
    model::Source source;
    source.uri = uri;
    source.bytes = JsonText(record);
    source.format = "jsonl";
    reading_.Take(std::move(source));
  }

  Reading& reading_;
  const Item& item_;
};

}  // namespace

void ReadBook(Reading& reading, const Item& item, const OpenArchive& open) {
  BookReader(reading, item).Run(open);
}

}  // namespace sakuin::ingest
