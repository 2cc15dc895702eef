# sakuin_embed(TARGET NAMESPACE::NAME FILES...) puts text files into the program as
# `extern const EmbeddedFile kNAME[]`; see indexer/base/embedded.h. Through the assembler's
# .incbin: a generated array of 3 MB takes ten seconds to compile, .incbin none.
function(sakuin_embed target name)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}_${name}_embedded.cpp")
  set(body "#include \"indexer/base/embedded.h\"\n")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    get_filename_component(path "${file}" ABSOLUTE)
    get_filename_component(base "${file}" NAME)
    set(symbol "sakuin_embedded_${name}_${index}")
    string(APPEND body "__asm__(\".section .rodata\\n.global ${symbol}\\n${symbol}:\\n"
      ".incbin \\\"${path}\\\"\\n.global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");\n"
      "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND rows "    {\"${base}\", ${symbol}, ${symbol}_end},\n")
    set_property(SOURCE "${out}" APPEND PROPERTY OBJECT_DEPENDS "${path}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND body "namespace sakuin::embedded {\nextern const File k${name}[];\n"
    "const File k${name}[] = {\n${rows}    {nullptr, nullptr, nullptr}};\n}\n")
  file(GENERATE OUTPUT "${out}" CONTENT "${body}")
  target_sources(${target} PRIVATE "${out}")
endfunction()
