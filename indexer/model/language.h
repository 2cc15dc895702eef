#pragma once

// The languages Sakuin knows, as BCP 47 tags.

#include <array>
#include <string_view>

namespace sakuin::model {

inline constexpr std::string_view kZhHans = "zh-Hans";
inline constexpr std::string_view kZhHant = "zh-Hant";
inline constexpr std::string_view kJapanese = "ja";
inline constexpr std::string_view kEnglish = "en";
inline constexpr std::string_view kUndetermined = "und";

inline constexpr std::array<std::string_view, 4> kLanguages = {kZhHans, kZhHant, kJapanese,
                                                               kEnglish};

// Does a filter value cover a tag? "zh" covers "zh-Hans" and "zh-Hant"; case does not count.
bool LanguageMatches(std::string_view filter, std::string_view tag);

}  // namespace sakuin::model
