# SAKUIN_SANITIZE=address is AddressSanitizer with UndefinedBehaviorSanitizer; thread is
# ThreadSanitizer. Applied to everything that is compiled here. The checks for null and for alignment
# stand before every access to memory and are two fifths of the time to compile: they are left to
# SAKUIN_SANITIZE_ALL (./check --full). AddressSanitizer stops at a null pointer too.
if(SAKUIN_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  if(NOT SAKUIN_SANITIZE_ALL)
    add_compile_options(-fno-sanitize=null,alignment)
  endif()
elseif(SAKUIN_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(NOT SAKUIN_SANITIZE STREQUAL "")
  message(FATAL_ERROR "SAKUIN_SANITIZE is '${SAKUIN_SANITIZE}'; it can be address, thread or empty")
endif()
if(SAKUIN_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SAKUIN_FUZZ needs clang: cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
