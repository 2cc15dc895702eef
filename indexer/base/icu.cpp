#include "indexer/base/icu.h"

#include <unicode/uchar.h>
#include <unicode/uvernum.h>
#include <unicode/uversion.h>

#include <array>

namespace sakuin {
namespace {

std::string Version(const UVersionInfo& version) {
  return std::to_string(version[0]) + "." + std::to_string(version[1]);
}

}  // namespace

bool IcuCheck::Failed() const { return U_FAILURE(code_) != 0; }

tl::unexpected<Error> IcuCheck::AsError(const std::string& what) const {
  return Fail(ErrorCode::kLibrary, "ICU: " + what + ": " + u_errorName(code_));
}

std::string IcuVersion() {
  UVersionInfo version{};
  u_getVersion(version);
  return Version(version);
}

std::string UnicodeVersion() {
  UVersionInfo version{};
  u_getUnicodeVersion(version);
  return Version(version);
}

}  // namespace sakuin
