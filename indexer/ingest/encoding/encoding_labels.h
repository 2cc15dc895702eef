#pragma once

// The WHATWG Encoding Standard's names and labels (https://encoding.spec.whatwg.org/), with the
// converter that reads each as browsers do.

#include <string_view>

namespace sakuin::ingest {

struct Encoding {
  const char* name;    // WHATWG's own spelling
  const char* icu;     // ICU's converter with the same real-world meaning
  const char* labels;  // blank-separated, lower case
};

// By any label, blanks around it and case do not matter; nullptr for an unknown one. Beyond the
// standard: names that Python and Windows give the same encodings, and EUC-TW.
const Encoding* FindEncoding(std::string_view label);

}  // namespace sakuin::ingest
