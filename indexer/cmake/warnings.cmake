# Warnings are errors, for our own targets only.
add_library(sakuin_warnings INTERFACE)
target_compile_options(sakuin_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  -Wnon-virtual-dtor -Wold-style-cast -Werror)
# GCC 12 warns of an overlap in std::string's operator+ that is not there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(sakuin_warnings INTERFACE -Wno-restrict)
endif()
# With sanitizers GCC takes variables of std::regex and std::function for uninitialized (GCC bug 105562).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND SAKUIN_SANITIZE)
  target_compile_options(sakuin_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
