#include "indexer/text/han_cutter.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/icu.h"

namespace sakuin::text {
namespace {

// ICU's versions and dictionaries whose cuts tests/text/han_cutter_test.cpp has compared.
struct Proved {
  const char* icu;
  std::uint64_t dictionary;
};
constexpr std::array<Proved, 1> kProved = {{{"72.1", 0xc4455af8005b6173ULL}}};

// The rest is ICU's dictbe.cpp: costs, and what is katakana.
constexpr std::uint32_t kUnknown = 255;  // a character that is no word
constexpr std::size_t kLongestKatakana = 20;
constexpr std::array<std::uint32_t, 9> kKatakanaCosts = {8192, 984, 408, 240, 204,
                                                         252,  300, 372, 480};

}  // namespace

std::optional<HanCutter> HanCutter::OpenIfProved() {
  const std::string icu = IcuVersion();
  const auto is_this = [&icu](const Proved& proved) { return icu == proved.icu; };
  const auto* const proved = std::find_if(kProved.begin(), kProved.end(), is_this);
  if (proved == kProved.end()) return std::nullopt;
  auto words = HanDictionary::Open();
  if (!words || words->Checksum() != proved->dictionary) return std::nullopt;
  return HanCutter(std::move(*words));
}

bool HanCutter::BoundsBeyondAscii(char32_t c) {
  return (c >= 0x3000 && c <= 0x3020 && c != 0x3005 && c != 0x3007) ||
         (c >= 0xFF01 && c <= 0xFF5E && c != 0xFF3F) || (c >= 0xA1 && c <= 0x24F && c != 0xAD) ||
         (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x203E) ||
         (c >= 0x2100 && c <= 0x2BFF) || c == 0x30FB;
}

// A run of katakana is a candidate; its cost depends on its length alone.
void HanCutter::TryKatakana(std::u16string_view run, std::size_t at) {
  const bool begins = IsKatakana(run[at]) && (at == 0 || !IsKatakana(run[at - 1]));
  if (!begins) return;
  std::size_t length = 1;
  while (at + length < run.size() && length < kLongestKatakana && IsKatakana(run[at + length])) {
    ++length;
  }
  if (length == kLongestKatakana) return;
  Offer(at, at + length, length < kKatakanaCosts.size() ? kKatakanaCosts[length] : 8192);
}

const std::vector<std::uint32_t>& HanCutter::Cut(std::u16string_view run) {
  best_.assign(run.size() + 1, UINT32_MAX);
  from_.resize(run.size() + 1);
  best_[0] = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    bool single = false;
    words_.Words(run.substr(i), [&](std::size_t length, std::uint32_t cost) {
      single = single || length == 1;
      Offer(i, i + length, cost);
    });
    if (!single) Offer(i, i + 1, kUnknown);
    TryKatakana(run, i);
  }
  ends_.clear();
  for (auto at = static_cast<std::uint32_t>(run.size()); at > 0; at = from_[at]) {
    ends_.push_back(at);
  }
  std::reverse(ends_.begin(), ends_.end());
  return ends_;
}

}  // namespace sakuin::text
