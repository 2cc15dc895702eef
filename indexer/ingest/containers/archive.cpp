#include "indexer/ingest/containers/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <clocale>
#include <utility>

namespace sakuin::ingest {
namespace {

constexpr std::size_t kArchiveBlock = std::size_t{1} << 16U;

// libarchive converts names that are declared as UTF-8 to the locale's encoding, and loses them in
// the "C" locale. Only this thread, only while it lives.
class Utf8Locale {
 public:
  Utf8Locale() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = uselocale(utf8_);
  }
  ~Utf8Locale() {
    if (utf8_ == nullptr) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t utf8_;
  locale_t before_ = nullptr;
};

struct ArchiveCloser {
  void operator()(struct archive* opened) const { archive_read_free(opened); }
};
using Handle = std::unique_ptr<struct archive, ArchiveCloser>;

std::string Reason(struct archive* from) {
  const char* const text = archive_error_string(from);
  return text == nullptr ? "no reason given" : text;
}

MemberKind KindOf(struct archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr) {
    return MemberKind::kLink;
  }
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
    case 0: return MemberKind::kFile;  // the raw format says nothing
    case AE_IFDIR: return MemberKind::kFolder;
    case AE_IFLNK: return MemberKind::kLink;
    default: return MemberKind::kDevice;
  }
}

Result<Handle> Make(Archive::Layout layout) {
  Handle out(archive_read_new());
  if (!out) return Fail(ErrorCode::kLibrary, "libarchive gave no reader");
  archive_read_support_filter_gzip(out.get());
  archive_read_support_filter_bzip2(out.get());
  archive_read_support_filter_xz(out.get());
  archive_read_support_filter_zstd(out.get());
  if (layout == Archive::Layout::kMembers) {
    archive_read_support_format_zip(out.get());
    archive_read_support_format_tar(out.get());
  } else {
    archive_read_support_format_raw(out.get());
  }
  archive_read_support_format_empty(out.get());
  return out;
}

// Opening reads the first bytes: they may be damaged, not only missing.
tl::unexpected<Error> OpenFailure(struct archive* from) {
  const int reason = archive_errno(from);
  if (reason == ENOENT) return Fail(ErrorCode::kNotFound, "cannot open it: " + Reason(from));
  const bool damaged = reason < 0 || reason == EILSEQ;  // libarchive's own reasons
  if (damaged) return Fail(ErrorCode::kBadInput, "is damaged: " + Reason(from));
  return Fail(ErrorCode::kIo, "cannot open it: " + Reason(from));
}

}  // namespace

struct Archive::Impl {
  Handle handle;
  bool broken = false;

  tl::unexpected<Error> Damaged(const char* what) {
    return Fail(ErrorCode::kBadInput, what + Reason(handle.get()));
  }
};

Result<Archive> Archive::OpenFile(const std::string& path, Layout layout) {
  const Utf8Locale locale;
  auto handle = Make(layout);
  if (!handle) return Pass(handle);
  if (archive_read_open_filename(handle->get(), path.c_str(), kArchiveBlock) != ARCHIVE_OK) {
    return OpenFailure(handle->get());
  }
  return Archive(std::make_unique<Impl>(Impl{std::move(*handle)}));
}

Result<Archive> Archive::OpenBytes(std::string_view bytes, Layout layout) {
  const Utf8Locale locale;
  auto handle = Make(layout);
  if (!handle) return Pass(handle);
  if (archive_read_open_memory(handle->get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return OpenFailure(handle->get());
  }
  return Archive(std::make_unique<Impl>(Impl{std::move(*handle)}));
}

Result<std::optional<Member>> Archive::Next() {
  if (impl_->broken) return Fail(ErrorCode::kBadInput, "cannot be read on");
  const Utf8Locale locale;
  struct archive_entry* entry = nullptr;
  const int status = archive_read_next_header(impl_->handle.get(), &entry);
  if (status == ARCHIVE_EOF) {
    impl_->broken = true;  // nothing behind the end
    return std::optional<Member>();
  }
  if (status < ARCHIVE_WARN || status == ARCHIVE_RETRY) {
    impl_->broken = status != ARCHIVE_RETRY;  // a tar goes on behind a header that is damaged
    return impl_->Damaged("is damaged: ");
  }
  Member out;
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  if (name != nullptr) out.name = name;
  out.kind = KindOf(entry);
  out.encrypted = archive_entry_is_encrypted(entry) != 0;
  if (archive_entry_size_is_set(entry) != 0) {
    const auto size = archive_entry_size(entry);
    out.size = size > 0 ? static_cast<std::uint64_t>(size) : 0;
  }
  return std::optional<Member>(std::move(out));
}

Result<std::size_t> Archive::Read(char* to, std::size_t size) {
  const auto read = archive_read_data(impl_->handle.get(), to, size);
  if (read >= 0) return static_cast<std::size_t>(read);
  if (read == ARCHIVE_FATAL) impl_->broken = true;
  return impl_->Damaged("is damaged: ");
}

bool Archive::Broken() const { return impl_->broken; }

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

}  // namespace sakuin::ingest
