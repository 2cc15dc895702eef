#pragma once

// Result<T>: a value or an Error. Failure is a value; exceptions stay inside adapters.

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "indexer/base/error.h"

namespace sakuin {

template <typename T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

// return Fail(ErrorCode::kIo, "cannot read it: no such file", path);
inline tl::unexpected<Error> Fail(ErrorCode code, std::string message, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

// Passes a failure on: if (!x) return Pass(x);
template <typename T>
tl::unexpected<Error> Pass(const Result<T>& failed) {
  return tl::unexpected<Error>(failed.error());
}

}  // namespace sakuin
