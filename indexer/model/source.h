#pragma once

// What goes into the pipeline, and how clean text leads back to it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/span.h"

namespace sakuin::model {

// Before an encoding hint that the transport declared (HTTP's Content-Type) and nobody asked for.
inline constexpr std::string_view kTransport = "transport:";

// One input: a file, a member of an archive, a record of a JSON Lines file, standard input.
struct Source {
  std::string uri;  // the path as given, or the record's url or id
  std::string id;   // the record's own id; empty: a digest of the uri
  std::string
      origin;         // the file that it was read from: the uri of a plain file, else its container
  std::string bytes;  // as found, undecoded; of a JSON Lines record, its line
  std::string format;         // "auto", "html", "toutiao", "text", "markdown" or "jsonl"
  std::string encoding_hint;  // --encoding, or kTransport and a label, or empty
  std::string language_hint;  // --language, or empty
  std::string title;          // where a record gives it beside its text, else empty
  std::string place;          // for messages, where the uri does not say it; not kept
  bool trace = false;         // fill in Document.trace
};

// `count` pieces that stand one after the other both in the text and in the source; each takes
// `text_step` bytes of text and `source_step` bytes of source. UTF-8 copied as it stands is steps
// 1/1; Han characters of a GBK file are 3/2; "&amp;" is one piece of 1/5.
struct SourceRun {
  std::uint32_t text_begin = 0;
  std::uint64_t source_begin = 0;
  std::uint32_t count = 0;
  std::uint32_t text_step = 1;
  std::uint32_t source_step = 1;
  friend bool operator==(const SourceRun&, const SourceRun&) = default;
};

// Leads from a text to the bytes of its source. Runs are in order of text_begin and do not
// overlap in the text; text between runs (a newline put between two blocks) has no source.
class SourceMap {
 public:
  // Adds a run behind the others; joins it to the last one where it simply goes on.
  void Add(SourceRun run);

  // The smallest source range that holds everything `span` was made from; for a span that has no
  // source at all, the empty range at the nearest earlier source byte.
  SourceRange ToSource(Span span) const;

  const std::vector<SourceRun>& runs() const { return runs_; }

  // A compact byte form for storing, and back; Decode() gives an empty map for damaged bytes.
  std::string Encode() const;
  static SourceMap Decode(const std::string& bytes);

  friend bool operator==(const SourceMap&, const SourceMap&) = default;

 private:
  std::vector<SourceRun> runs_;
};

}  // namespace sakuin::model
