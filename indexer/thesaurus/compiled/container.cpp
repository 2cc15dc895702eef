#include "indexer/thesaurus/compiled/container.h"

#include <array>
#include <cstring>
#include <type_traits>

#include "indexer/base/checksum.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::array<char, 8> kMagic{'S', 'a', 'k', 'u', 'i', 'n', 'T', '\n'};
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::size_t kAlignment = 8;

// As they lie in the file, in the machine's byte order.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t byte_order = kByteOrder;
  std::uint32_t version = kContainerVersion;
  std::uint64_t size = 0;      // of the file
  std::uint64_t checksum = 0;  // of everything behind the header
  std::uint64_t sections = 0;
};
struct SectionExtent {
  std::uint64_t id = 0;
  std::uint64_t begin = 0;  // from the beginning of the file
  std::uint64_t size = 0;
};
static_assert(sizeof(Header) == 40 && sizeof(SectionExtent) == 24);
static_assert(std::is_trivially_copyable_v<Header> && std::is_trivially_copyable_v<SectionExtent>);

template <typename T>
std::string_view Bytes(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <typename T>
T At(std::string_view bytes, std::size_t begin) {
  T out;
  std::memcpy(&out, bytes.data() + begin, sizeof out);
  return out;
}

std::size_t Aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

std::string ContainerWriter::Finish() const {
  std::string places;
  std::string body;
  const std::size_t begin = sizeof(Header) + sections_.size() * sizeof(SectionExtent);
  for (const auto& [id, bytes] : sections_) {
    places += Bytes(SectionExtent{id, begin + body.size(), bytes.size()});
    body += bytes;
    body.resize(Aligned(body.size()));
  }
  const std::string rest = places + body;
  Header header;
  header.size = sizeof header + rest.size();
  header.checksum = Checksum(rest);
  header.sections = sections_.size();
  return std::string(Bytes(header)) + rest;
}

Result<Container> Container::Open(const std::string& path) {
  auto file = MappedFile::Open(path);
  if (!file) return Pass(file);
  const std::string_view bytes = file->bytes();
  const auto bad = [&path](const char* what) { return Fail(ErrorCode::kBadData, what, path); };
  if (bytes.size() < sizeof(Header)) return bad("is too short");
  const auto header = At<Header>(bytes, 0);
  if (header.magic != kMagic || header.byte_order != kByteOrder) return bad("is another file");
  if (header.version != kContainerVersion) return bad("is of another version");
  const std::string_view rest = bytes.substr(sizeof(Header));
  if (header.size != bytes.size() || header.sections > rest.size() / sizeof(SectionExtent) ||
      header.checksum != Checksum(rest)) {
    return bad("is damaged");
  }
  Container out(std::move(*file));
  for (std::size_t i = 0; i < header.sections; ++i) {
    const auto place = At<SectionExtent>(rest, i * sizeof(SectionExtent));
    if (place.begin % kAlignment != 0 || place.begin > bytes.size() ||
        place.size > bytes.size() - place.begin) {
      return bad("has a section outside of it");
    }
    out.sections_.emplace_back(static_cast<std::uint32_t>(place.id),
                               bytes.substr(place.begin, place.size));
  }
  return out;
}

std::string_view Container::Section(std::uint32_t id) const {
  for (const auto& [known, bytes] : sections_) {
    if (known == id) return bytes;
  }
  return {};
}

}  // namespace sakuin::thesaurus
