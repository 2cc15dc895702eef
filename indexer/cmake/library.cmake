# sakuin_library(NAME DEPENDS targets... LIBRARIES targets...): the static library of the current
# folder, made of every .cpp in it (and in the folders given by SUBFOLDERS). DEPENDS are our own
# folders and must agree with tests/lint/layers.tsv. HEAVY headers are libraries' that many of the
# sources include and that take seconds to compile: they are compiled once. PLAIN: with sanitizers it is
# not optimised, for code that does little itself and takes a third less time to compile so.
function(sakuin_library name)
  cmake_parse_arguments(arg "PLAIN" "" "DEPENDS;LIBRARIES;SUBFOLDERS;HEAVY" ${ARGN})
  set(patterns "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  foreach(sub IN LISTS arg_SUBFOLDERS)
    list(APPEND patterns "${CMAKE_CURRENT_SOURCE_DIR}/${sub}/*.cpp")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  if(NOT sources)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${arg_DEPENDS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../..")
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} tl::expected PRIVATE sakuin_warnings ${arg_LIBRARIES})
  if(arg_PLAIN AND SAKUIN_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(arg_HEAVY)
    target_precompile_headers(${name} PRIVATE <algorithm> <map> <memory> <string> <string_view> <utility>
      <vector> ${arg_HEAVY})
  endif()
endfunction()
