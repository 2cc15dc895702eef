#pragma once

// Files that the build puts into the program (indexer/cmake/embed.cmake).

#include <string>
#include <string_view>

namespace sakuin::embedded {

struct File {
  const char* name;  // the last part of its path; nullptr ends a list
  const char* begin;
  const char* end;

  std::string_view Text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

}  // namespace sakuin::embedded
