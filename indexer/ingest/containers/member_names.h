#pragma once

// The names of an archive's members: readable, and safe to show as part of an address.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/encoding/detector.h"

namespace sakuin::ingest {

// Zip files made on Chinese and Japanese systems hold names in GBK, Shift_JIS or Big5 and do not
// say so. One name is too short to tell them apart: all names of an archive vote. Immutable.
class MemberNames {
 public:
  // `names`: those that are no UTF-8; the first 64 KiB of them are looked at. `detector` must
  // outlive it.
  MemberNames(const EncodingDetector& detector, const std::vector<std::string>& names);

  // As UTF-8; what is UTF-8 already stays as it is.
  std::string Readable(const std::string& name) const;

 private:
  const EncodingDetector* detector_;
  std::string encoding_;
};

// The name as part of an address: "a\b.txt" of a zip made by Windows is "a/b.txt", "./" is left
// out. kBadInput for a name that leads out of the archive: absolute, with a drive, or with "..".
Result<std::string> SafeName(std::string_view name);

// Does a part of the name begin with a dot, or is it a system's own note? Folders are walked
// without such files as well.
bool IsHiddenName(std::string_view name);

}  // namespace sakuin::ingest
