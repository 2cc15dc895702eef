#pragma once

#include <string>
#include <vector>

namespace sakuin::service {

// Which knowledge base, and by which data it is read.
struct Place {
  std::string kb;
  std::string data_dir;               // as asked; empty: FindDataDir() decides
  std::string program;                // path of the binary
  std::vector<std::string> thesauri;  // files of --thesaurus, then of $SAKUIN_THESAURUS
};

}  // namespace sakuin::service
