#pragma once

// The one place that reads ICU's error codes. Include this from .cpp files only: ICU's headers
// must not appear in ours.

#include <unicode/utypes.h>

#include <string>

#include "indexer/base/result.h"

namespace sakuin {

// Passed where ICU wants a UErrorCode*; asked afterwards. Warnings do not count as failures.
//   IcuCheck icu;
//   ubrk_open(UBRK_WORD, "", nullptr, 0, icu);
//   if (icu.Failed()) return icu.AsError("cannot open the word rules");
class IcuCheck {
 public:
  operator UErrorCode*() { return &code_; }  // NOLINT(google-explicit-constructor)
  operator UErrorCode&() { return code_; }   // NOLINT(google-explicit-constructor)
  bool Failed() const;
  UErrorCode Code() const { return code_; }
  // kLibrary, "ICU: <what>: U_..._ERROR".
  tl::unexpected<Error> AsError(const std::string& what) const;

 private:
  UErrorCode code_ = U_ZERO_ERROR;
};

// Such as "72.1" and "15.0".
std::string IcuVersion();
std::string UnicodeVersion();

}  // namespace sakuin
