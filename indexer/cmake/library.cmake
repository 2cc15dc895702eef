# sakuin_library(NAME DEPENDS targets... LIBRARIES targets...): the static library of the current
# folder, made of every .cpp in it (and in the folders given by SUBFOLDERS). DEPENDS are our own
# folders and must agree with tests/lint/layers.tsv. With sanitizers only HOT libraries are optimised,
# where the fuzz targets, the tests of properties and every start spend their time: others take a third
# less to compile so, and little more to run. The presets `release` and `asan` compile six sources as
# one (CMAKE_UNITY_BUILD), which takes a third to a half less: names without linkage are told apart
# within a library, not within a source only. `dev` and `tsan` take every source by itself.
function(sakuin_library name)
  cmake_parse_arguments(arg "HOT" "" "DEPENDS;LIBRARIES;SUBFOLDERS" ${ARGN})
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
  set(common sakuin_common)
  if(CMAKE_UNITY_BUILD)
    target_compile_options(${name} PRIVATE -Wno-subobject-linkage)  # the "header" it sees is a source
  endif()
  if(SAKUIN_PLAIN AND NOT arg_HOT)
    target_compile_options(${name} PRIVATE -O0)
    set(common sakuin_common_plain)
  endif()
  if(TARGET ${common})
    target_precompile_headers(${name} REUSE_FROM ${common})
    target_compile_options(${name} PRIVATE ${SAKUIN_COMMON_QUIET})
  endif()
endfunction()
