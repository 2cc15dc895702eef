# SAKUIN_SANITIZE=address is AddressSanitizer with UndefinedBehaviorSanitizer; thread is
# ThreadSanitizer. Applied to everything that is compiled here.
if(SAKUIN_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(SAKUIN_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(NOT SAKUIN_SANITIZE STREQUAL "")
  message(FATAL_ERROR "SAKUIN_SANITIZE is '${SAKUIN_SANITIZE}'; it can be address, thread or empty")
endif()
