# What nearly every source includes, compiled once and read by all libraries: reading these headers
# is a quarter of the time that a source takes to compile. One for the optimised sources and one for
# those that are not, since a compiler takes a precompiled header with the same options alone. GCC
# only. It hides an #include that a source forgot: the preset `tsan` (`./check --full`) builds without.
set(SAKUIN_COMMON_HEADERS <algorithm> <array> <functional> <map> <memory> <optional> <set> <string>
  <string_view> <unordered_map> <utility> <vector> <tl/expected.hpp>)

function(sakuin_precompiled name)
  file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp" CONTENT "// Nothing but the headers.\n")
  add_library(${name} OBJECT "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  target_link_libraries(${name} PRIVATE tl::expected sakuin_warnings)
  target_compile_options(${name} PRIVATE ${ARGN})
  target_precompile_headers(${name} PRIVATE ${SAKUIN_COMMON_HEADERS})
endfunction()

# With it GCC 12 takes lengths in std::string's functions for enormous, in one source of twelve; as it
# does without for -Wrestrict (warnings.cmake). `tsan` builds with both warnings, and AddressSanitizer
# sees what they are about.
set(SAKUIN_COMMON_QUIET "")
set(SAKUIN_COMMON_QUIET_READS "")  # for single sources
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13
    AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  set(SAKUIN_COMMON_QUIET -Wno-stringop-overflow -Wno-array-bounds)
  set(SAKUIN_COMMON_QUIET_READS -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  sakuin_precompiled(sakuin_common)
  if(SAKUIN_PLAIN)
    sakuin_precompiled(sakuin_common_plain -O0)
  endif()
endif()
