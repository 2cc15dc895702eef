#include "tests/support/encodings.h"

#include <stdexcept>

namespace sakuin::test {

const ingest::EncodingDetector& SharedDetector() {
  static const auto detector = ingest::EncodingDetector::Create(SAKUIN_ROOT "/corpus");
  if (!detector) throw std::runtime_error(detector.error().message);
  return *detector;
}

}  // namespace sakuin::test
