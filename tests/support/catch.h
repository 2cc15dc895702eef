#pragma once

// The only file that includes Catch2: written so that Debian's 2.13 and version 3 both compile.

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#else
#include <catch2/catch.hpp>
namespace Catch::Matchers {
inline auto ContainsSubstring(const std::string& text) { return Contains(text); }
}  // namespace Catch::Matchers
#endif

#if __has_include(<catch2/catch_test_macros.hpp>)
using Catch::Generators::from_range;
using Catch::Generators::range;
#else
using Catch::Generators::from_range;
using Catch::Generators::range;
#endif
