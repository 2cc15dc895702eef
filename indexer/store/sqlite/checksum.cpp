#include "indexer/store/sqlite/checksum.h"

#include "indexer/base/digest.h"
#include "indexer/base/mix.h"

namespace sakuin::store {
namespace {

std::uint64_t StreamSum(bool is_text, std::string_view stream) {
  std::uint64_t sum = 0;
  std::uint64_t position = 0;
  while (!stream.empty()) {
    const std::size_t end = stream.find('\n');
    const std::string_view term = stream.substr(0, end);
    if (!term.empty()) sum += TermChecksum(is_text, position++, term);
    if (end == std::string_view::npos) break;
    stream.remove_prefix(end + 1);
  }
  return sum;
}

}  // namespace

// FNV-1a (Fowler, Noll, Vo), then mixed, so that sums of many do not cancel out.
std::uint64_t TermChecksum(bool is_text, std::uint64_t position, std::string_view term) {
  std::uint64_t h = 0xcbf29ce484222325ULL ^ (position * 2 + (is_text ? 1 : 0));
  for (const char c : term) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return Mix(h);
}

std::uint64_t StreamChecksum(std::string_view heading, std::string_view text) {
  return StreamSum(false, heading) + StreamSum(true, text);
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
  }
  return Digest(all);
}

}  // namespace sakuin::store
