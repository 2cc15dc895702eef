#include "indexer/model/fingerprint.h"

#include <algorithm>

#include "indexer/base/mix.h"

namespace sakuin::model {
namespace {

constexpr unsigned kKeyBits = 47;  // six bytes of a SQLite integer, without its sign

}  // namespace

std::vector<std::uint64_t> BandKeys(const Fingerprint& print) {
  std::vector<std::uint64_t> out;
  if (print.digest == 0) return out;
  if (print.grams == 0) out.push_back(Mix(print.digest) >> (64U - kKeyBits));
  for (std::size_t i = 0; i + 1 < print.sketch.size(); i += 2) {
    const std::uint64_t both = (std::uint64_t{print.sketch[i]} << 32U) | print.sketch[i + 1];
    out.push_back(Mix(both ^ Mix(i + 1)) >> (64U - kKeyBits));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace sakuin::model
