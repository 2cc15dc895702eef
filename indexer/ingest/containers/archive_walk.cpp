// The members of a zip or tar: declared in reading.h.

#include <optional>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/input_kind.h"
#include "indexer/ingest/containers/member_names.h"
#include "indexer/ingest/containers/reading.h"

namespace sakuin::ingest {
namespace {

// A tar with more damaged headers than this is none.
constexpr int kMostDamaged = 100;

class ArchiveWalk {
 public:
  ArchiveWalk(Reading& reading, const Item& item, const OpenArchive& open)
      : reading_(reading), item_(item), open_(open) {}

  void Run() {
    auto archive = open_(Archive::Layout::kMembers);
    if (!archive) return reading_.GiveUp(item_.uri, archive.error());
    const std::size_t before = reading_.taken() + reading_.rejected();
    Members(*archive);
    const bool none = reading_.taken() + reading_.rejected() == before;
    if (none) {
      reading_.Reject(item_.uri, "holds no article" + (others_ == 0 ? "" : "; " + Others()));
    } else if (others_ > 0) {
      reading_.Note(item_.uri, Others());
    }
  }

 private:
  std::string Others() const {
    return std::to_string(others_) + " files of other kinds in it were passed over";
  }

  void Members(Archive& archive) {
    int damaged = 0;
    while (!reading_.Over()) {
      const auto member = archive.Next();
      if (!member) {
        reading_.GiveUp(item_.uri, member.error());
        if (archive.Broken() || ++damaged > kMostDamaged) return;
        continue;
      }
      if (!*member) return;
      if (!reading_.CountMember()) {
        const std::string most = std::to_string(reading_.limits.members);
        return reading_.GiveUp(
            item_.uri, {ErrorCode::kBadInput,
                        "holds more than " + most + " members: it is read no further", item_.uri});
      }
      Visit(archive, **member);
    }
  }

  void Visit(Archive& archive, const Member& member) {
    if (member.kind == MemberKind::kFolder) return;
    const std::string readable = Readable(member.name);
    const auto name = SafeName(readable);
    if (!name) return reading_.Reject(item_.uri + "!/" + readable, name.error());
    if (IsHiddenName(*name)) return;
    const std::string uri = item_.uri + "!/" + *name;
    if (member.kind == MemberKind::kLink) {
      return reading_.Reject(uri, "is a link, which is not followed");
    }
    if (member.kind == MemberKind::kDevice) return reading_.Reject(uri, "is no file");
    if (!IsInputName(*name)) {
      ++others_;
      return Pass(uri, member.size);
    }
    if (member.encrypted) return reading_.Reject(uri, "is encrypted; unpack it with its password");
    std::uint64_t read = 0;
    {
      ByteReader content([&, source = reading_.ContentOf(archive)](char* to, std::size_t size) {
        auto got = source(to, size);
        if (got) read += *got;
        return got;
      });
      ReadItem(reading_, {uri, *name, item_.depth + 1}, content);
    }
    if (member.size > read) Pass(uri, member.size - read);
  }

  // What is passed over has to be unpacked too, except in a zip: it counts as it is declared.
  void Pass(const std::string& uri, std::uint64_t size) {
    if (reading_.Over()) return;
    if (const Status counted = reading_.Count(size); !counted) {
      reading_.GiveUp(uri, counted.error());
    }
  }

  std::string Readable(const std::string& name) {
    if (!utf8::FindInvalid(name)) return name;
    if (!names_) names_.emplace(reading_.detector, NamesInBytes());
    return names_->Readable(name);
  }

  // A pass of its own over the archive, as far as the budget would go.
  std::vector<std::string> NamesInBytes() const {
    constexpr std::size_t kEnough = 4096;
    std::vector<std::string> out;
    auto archive = open_(Archive::Layout::kMembers);
    std::uint64_t unpacked = 0;
    const std::uint64_t most = reading_.limits.free + reading_.limits.ratio * reading_.packed();
    while (archive && out.size() < kEnough && unpacked < most) {
      const auto member = archive->Next();
      if (!member || !*member) break;
      unpacked += (*member)->size;
      if (utf8::FindInvalid((*member)->name)) out.push_back((*member)->name);
    }
    return out;
  }

  Reading& reading_;
  const Item& item_;
  const OpenArchive& open_;
  std::size_t others_ = 0;
  std::optional<MemberNames> names_;  // made when the first needs it
};

}  // namespace

void ReadArchive(Reading& reading, const Item& item, const OpenArchive& open) {
  ArchiveWalk(reading, item, open).Run();
}

}  // namespace sakuin::ingest
