#include "query/plan/spelling/edits.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "indexer/base/characters.h"
#include "indexer/text/char_class.h"
#include "indexer/thesaurus/labels/label_form.h"

namespace sakuin::plan {
namespace {

constexpr std::size_t kHalf = 1;
constexpr std::size_t kLongestText = 127;  // rows stand on the stack: thousands of words are asked

// Of a word at i, left out or put in.
std::size_t CostOfOne(std::u32string_view word, std::size_t i) {
  const char32_t c = word[i];
  if (c == U' ' || c == U'-' || c == U'\'' || c == 0x30FC || c == 0x30C3) return kHalf;
  const bool doubled = (i > 0 && word[i - 1] == c) || (i + 1 < word.size() && word[i + 1] == c);
  return doubled && text::IsSpaced(c) ? kHalf : kMistake;
}

std::size_t CostOfReplacing(char32_t a, char32_t b, const text::Sounds* sounds) {
  if (a == b) return 0;
  return sounds != nullptr && sounds->Alike(a, b) ? kHalf : kMistake;
}

std::uint16_t Narrow(std::size_t n) { return static_cast<std::uint16_t>(n); }

// One row of the table: the cost of turning a[0, i) into the part of b that ends at j, and where
// that part begins.
struct Row {
  std::array<std::uint16_t, kLongestText + 1> cost;
  std::array<std::uint16_t, kLongestText + 1> begin;
};

// The three rows that a step looks at, and what is compared.
class Table {
 public:
  Table(std::u32string_view a, std::u32string_view b, const text::Sounds* sounds)
      : a_(a), b_(b), sounds_(sounds) {
    for (std::size_t j = 0; j < b.size(); ++j) ones_[j] = Narrow(CostOfOne(b, j));
  }

  // Whole: nothing of b is free. Else what stands before a place is.
  void Start(bool whole) {
    for (std::size_t j = 0; j <= b_.size(); ++j) {
      last_->cost[j] = whole && j > 0 ? Narrow(last_->cost[j - 1] + ones_[j - 1]) : Narrow(0);
      last_->begin[j] = Narrow(whole ? 0 : j);
    }
  }

  // The cheapest of the row for a[0, i].
  std::size_t Step(std::size_t i) {
    here_->cost[0] = Narrow(last_->cost[0] + CostOfOne(a_, i));
    here_->begin[0] = 0;
    std::uint16_t least = here_->cost[0];
    for (std::size_t j = 1; j <= b_.size(); ++j) {
      Fill(i, j);
      least = std::min(least, here_->cost[j]);
    }
    Row* const oldest = before_;
    before_ = last_;
    last_ = here_;
    here_ = oldest;
    return least;
  }

  const Row& row() const { return *last_; }

 private:
  void Fill(std::size_t i, std::size_t j) {
    std::size_t cost = last_->cost[j - 1] + CostOfReplacing(a_[i], b_[j - 1], sounds_);
    std::size_t begin = last_->begin[j - 1];
    const auto offer = [&](std::size_t other, std::size_t from) {
      if (other < cost) {
        cost = other;
        begin = from;
      }
    };
    offer(last_->cost[j] + CostOfOne(a_, i), last_->begin[j]);
    offer(here_->cost[j - 1] + ones_[j - 1], here_->begin[j - 1]);
    if (i > 0 && j > 1 && a_[i] == b_[j - 2] && a_[i - 1] == b_[j - 1] && a_[i] != a_[i - 1]) {
      offer(before_->cost[j - 2] + kMistake, before_->begin[j - 2]);
    }
    here_->cost[j] = Narrow(cost);
    here_->begin[j] = Narrow(begin);
  }

  std::u32string_view a_;
  std::u32string_view b_;
  const text::Sounds* sounds_;
  std::array<std::uint16_t, kLongestText> ones_;
  std::array<Row, 3> rows_;
  Row* before_ = &rows_[0];
  Row* last_ = &rows_[1];
  Row* here_ = &rows_[2];
};

}  // namespace

std::size_t MostMistakes(std::u32string_view word) {
  // A letter says 2, a kana 3, a Han character 4.
  std::size_t said = 0;
  for (const char32_t c : word) said += IsHan(c) ? 4 : IsKana(c) ? 3 : 2;
  if (said < 8) return 0;  // of 3 letters, 2 kana, 1 Han
  if (said < 10) return kHalf + (text::IsSpaced(word[0]) ? kHalf : 0);
  if (said < 15) return kMistake;
  return said < 20 ? kMistake + kHalf : 2 * kMistake;
}

std::size_t Distance(std::u32string_view a, std::u32string_view b, std::size_t most,
                     const text::Sounds* sounds) {
  const std::size_t apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (apart * kHalf > most || b.size() > kLongestText) return most + 1;
  Table table(a, b, sounds);
  table.Start(true);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (table.Step(i) > most + kMistake) return most + 1;
  }
  return std::min<std::size_t>(table.row().cost[b.size()], most + 1);
}

Place FindNear(std::u32string_view text, std::u32string_view word, std::size_t most,
               const text::Sounds* sounds) {
  if (text.size() > kLongestText) return {0, 0, most + 1};
  Table table(word, text, sounds);
  table.Start(false);
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (table.Step(i) > most + kMistake) return {0, 0, most + 1};
  }
  const Row& row = table.row();
  const auto* const least = std::min_element(row.cost.data(), row.cost.data() + text.size() + 1);
  const auto end = static_cast<std::size_t>(least - row.cost.data());
  if (*least > most) return {0, 0, most + 1};
  return {row.begin[end], end, *least};
}

}  // namespace sakuin::plan
