#include "tests/support/archives.h"

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#include <array>
#include <memory>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"

namespace sakuin::test {
namespace {

struct Closer {
  void operator()(struct archive* a) const { archive_write_free(a); }
};
using Writer = std::unique_ptr<struct archive, Closer>;

la_ssize_t Append(struct archive* /*a*/, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void AddFilter(struct archive* to, const std::string& how) {
  if (how == "gz") archive_write_add_filter_gzip(to);
  if (how == "bz2") archive_write_add_filter_bzip2(to);
  if (how == "xz") archive_write_add_filter_xz(to);
}

void AddMember(struct archive* to, const ArchiveMember& member) {
  struct archive_entry* const entry = archive_entry_new();
  archive_entry_set_pathname(entry, member.name.c_str());
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_mtime(entry, 0, 0);
  archive_entry_set_filetype(entry, AE_IFREG);
  const bool is_file = member.kind == ArchiveMember::Kind::kFile;
  archive_entry_set_size(entry, is_file ? static_cast<la_int64_t>(member.bytes.size()) : 0);
  if (member.kind == ArchiveMember::Kind::kLink) {
    archive_entry_set_filetype(entry, AE_IFLNK);
    archive_entry_set_symlink(entry, member.target.c_str());
  } else if (member.kind == ArchiveMember::Kind::kHardLink) {
    archive_entry_set_hardlink(entry, member.target.c_str());
  } else if (member.kind == ArchiveMember::Kind::kDevice) {
    archive_entry_set_filetype(entry, AE_IFCHR);
  } else if (member.kind == ArchiveMember::Kind::kFolder) {
    archive_entry_set_filetype(entry, AE_IFDIR);
  }
  REQUIRE(archive_write_header(to, entry) >= ARCHIVE_WARN);
  if (is_file) archive_write_data(to, member.bytes.data(), member.bytes.size());
  archive_entry_free(entry);
}

// One frame, as the tool `zstd` writes it.
std::string Zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
  REQUIRE(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

std::uint32_t Crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1U) ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

void Put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(value & 0xFFU);
    value >>= 8U;
  }
}

// What a member's two headers have in common: from the version to the length of the name.
std::string Common(const ArchiveMember& member, std::uint16_t flags) {
  std::string out;
  Put(out, 20, 2);
  Put(out, flags, 2);
  Put(out, 0, 2);  // stored
  Put(out, 0, 2);
  Put(out, 0x21, 2);  // 1980-01-01
  Put(out, Crc32(member.bytes), 4);
  Put(out, member.bytes.size(), 4);
  Put(out, member.bytes.size(), 4);
  Put(out, member.name.size(), 2);
  Put(out, 0, 2);
  return out;
}

}  // namespace

std::string MakeArchive(const std::string& format, const std::vector<ArchiveMember>& members) {
  if (format == "tar.zst") return Zstd(MakeArchive("tar", members));
  std::string out;
  const Writer writer(archive_write_new());
  if (format == "zip") {
    archive_write_set_format_zip(writer.get());
  } else {
    archive_write_set_format_pax_restricted(writer.get());
    AddFilter(writer.get(), format.substr(format.rfind('.') + 1));
  }
  archive_write_open(writer.get(), &out, nullptr, Append, nullptr);
  for (const ArchiveMember& member : members) AddMember(writer.get(), member);
  REQUIRE(archive_write_close(writer.get()) == ARCHIVE_OK);
  return out;
}

std::string Pack(const std::string& how, const std::string& bytes) {
  if (how == "zst") return Zstd(bytes);
  std::string out;
  const Writer writer(archive_write_new());
  archive_write_set_format_raw(writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);  // no padding behind the stream
  AddFilter(writer.get(), how);
  archive_write_open(writer.get(), &out, nullptr, Append, nullptr);
  AddMember(writer.get(), {"data", bytes});
  REQUIRE(archive_write_close(writer.get()) == ARCHIVE_OK);
  return out;
}

std::string MakePlainZip(const std::vector<ArchiveMember>& members, std::uint16_t flags) {
  std::string out;
  std::string directory;
  for (const ArchiveMember& member : members) {
    const std::size_t offset = out.size();
    const std::string common = Common(member, flags);
    out += "PK\x03\x04" + common + member.name + member.bytes;
    directory += "PK\x01\x02";
    Put(directory, 20, 2);
    directory += common;
    Put(directory, 0, 10);  // no comment, first disk, no attributes
    Put(directory, offset, 4);
    directory += member.name;
  }
  const std::size_t offset = out.size();
  out += directory + "PK\x05\x06";
  Put(out, 0, 4);
  Put(out, members.size(), 2);
  Put(out, members.size(), 2);
  Put(out, directory.size(), 4);
  Put(out, offset, 4);
  Put(out, 0, 2);
  return out;
}

std::string ReadLog::Uris() const {
  std::string out;
  for (const model::Source& source : sources) out += source.uri + "\n";
  return out;
}

std::string ReadLog::Errors() const {
  std::string out;
  for (const Error& error : errors) out += error.Text() + "\n";
  return out;
}

ReadLog ReadInput(const std::string& uri, const std::string& bytes,
                  const ingest::ReadOptions& options, const ingest::ReadLimits& limits) {
  const auto reader =
      ingest::SourceReader::Create(RepositoryPath("corpus"), SharedDetector(), limits);
  REQUIRE(reader);
  ReadLog out;
  out.whole = reader->ReadBytes(uri, bytes, options, out);
  return out;
}

}  // namespace sakuin::test
