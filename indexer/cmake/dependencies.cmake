# Every library from outside, each with the least version that is known to work (docs/building.md).
find_package(PkgConfig REQUIRED)
find_package(ICU 70 REQUIRED COMPONENTS uc i18n data)
find_package(SQLite3 3.37 REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt 8 REQUIRED)
find_package(spdlog 1.9 REQUIRED)
find_package(tl-expected 1.0 REQUIRED)
find_package(Threads REQUIRED)
find_package(pugixml 1.11 REQUIRED)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo>=0.10)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.4)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive>=3.4)
pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c>=0.4.8)
find_package(ZLIB 1.2.11 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED)
# CLD2 says nothing to CMake or pkg-config.
find_path(CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
add_library(cld2::cld2 UNKNOWN IMPORTED)
set_target_properties(cld2::cld2 PROPERTIES IMPORTED_LOCATION "${CLD2_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${CLD2_INCLUDE}")
# Nor does libcsv.
find_path(CSV_INCLUDE csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(csv::csv UNKNOWN IMPORTED)
set_target_properties(csv::csv PROPERTIES IMPORTED_LOCATION "${CSV_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE}")
# Only the header of xxHash is used.
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
