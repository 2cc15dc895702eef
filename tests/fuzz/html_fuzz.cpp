// Any bytes read as a page give an error or a document whose text leads back into the bytes.

#include "tests/fuzz/read_any.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return sakuin::fuzz::ReadAny("html", data, size);
}
