#include "indexer/thesaurus/context.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

const ContextRules& Shipped() {
  static const ContextRules rules =
      test::Must(ContextRules::Load(test::Shipped().dir, test::Shipped().folding));
  return rules;
}

// A text in which [..] marks names.
struct Marked {
  text::Folded text;
  std::vector<Mention> names;
};

Marked Read(const std::string& marked) {
  std::string plain;
  std::vector<std::pair<std::size_t, std::size_t>> bytes;
  for (const char c : marked) {
    if (c == '[') {
      bytes.emplace_back(plain.size(), 0);
    } else if (c == ']') {
      bytes.back().second = plain.size();
    } else {
      plain += c;
    }
  }
  Marked out;
  out.text = test::Shipped().folding.Fold(plain);
  for (const auto& [begin, end] : bytes) {
    Mention name;
    while (out.text.spans[name.begin].begin < begin) ++name.begin;
    name.end = name.begin;
    while (name.end < out.text.spans.size() && out.text.spans[name.end].end <= end) ++name.end;
    out.names.push_back(name);
  }
  return out;
}

std::string Judged(std::string_view language, const std::string& marked) {
  const Marked read = Read(marked);
  std::string out;
  for (const Judgement& one : Shipped().Judge(language, read.text, read.names)) {
    out += (out.empty() ? "" : " ") + std::string(kAssertions[static_cast<int>(one.assertion)]);
  }
  return out;
}

TEST_CASE("every cue judges its example and spares its near miss", "[thesaurus][data]") {
  const std::string language = GENERATE("zh", "ja", "en");
  const auto rows =
      test::Must(ReadTsv(test::Shipped().dir + "/language/" + language + "/context.tsv", 6, 6));
  for (const TsvRow& row : rows) {
    CAPTURE(row.where, row.fields[1]);
    if (row.fields[0] == "join" || row.fields[0] == "cover") continue;
    REQUIRE(row.fields[4].find('[') != std::string::npos);
    CHECK(Judged(language, row.fields[4]).starts_with(row.fields[0]));
    // The cue is what says so, not another one beside it.
    CHECK(test::Shipped()
              .folding.Key(row.fields[4])
              .find(test::Shipped().folding.Key(row.fields[1])) != std::string::npos);
    if (row.fields[5] == "-") continue;
    REQUIRE(row.fields[5].find('[') != std::string::npos);
    CHECK(Judged(language, row.fields[5]) != row.fields[0]);
  }
}

TEST_CASE("how a text speaks of what it names", "[thesaurus][data]") {
  for (const TsvRow& row : test::LoadCases("thesaurus/context.tsv", 3, 3)) {
    CAPTURE(row.where, row.fields[1]);
    CHECK(Judged(row.fields[0], row.fields[1]) == row.fields[2]);
  }
}

TEST_CASE("a judgement names its cue, outside of every name", "[thesaurus][property]") {
  const unsigned seed = static_cast<unsigned>(GENERATE(range(0, 100)));
  CAPTURE(seed);
  const std::string text = test::RandomText(seed) + "\xE6\xB2\xA1\xE6\x9C\x89" + "[abc], " +
                           test::RandomText(seed + 1000);
  std::string clean;
  std::copy_if(text.begin(), text.end(), std::back_inserter(clean),
               [](char c) { return c != '\0'; });
  const text::Folded folded = test::Shipped().folding.Fold(clean);
  std::vector<Mention> names;
  for (std::size_t at = seed % 3; at + 2 < folded.chars.size(); at += 5 + seed % 7) {
    Mention name;
    name.begin = at;
    name.end = at + 1 + seed % 2;
    names.push_back(name);
  }
  const auto judged = Shipped().Judge("und", folded, names);
  REQUIRE(judged.size() == names.size());
  for (const Judgement& one : judged) {
    CHECK(one.begin <= one.end);
    CHECK(one.end <= folded.chars.size());
    CHECK((one.begin < one.end) == (one.assertion != Assertion::kAffirmed || one.end > 0));
    for (const Mention& name : names) CHECK((one.end <= name.begin || one.begin >= name.end));
  }
}

TEST_CASE("a context table with a mistake stops with its line", "[thesaurus][data]") {
  const test::TempDir temp;
  for (const char* const language : {"zh", "ja", "en"}) {
    temp.Write("language/" + std::string(language) + "/context.tsv", "join\tor\t-\t0\t-\t-\n");
  }
  CHECK(ContextRules::Load(temp.path(), test::Shipped().folding));
  const std::vector<std::pair<std::string, std::string>> rows{
      {"denied\tno\tbefore\t2\ta\t-\n", ":1"},    {"# a\nnegated\tno\tabove\t2\ta\t-\n", ":2"},
      {"negated\tno\tbefore\ttwo\ta\t-\n", ":1"}, {"negated\tno\tbefore\t-1\ta\t-\n", ":1"},
      {"negated\t\tbefore\t2\ta\t-\n", ":1"},     {"negated\tno\tbefore\t2\n", ":1"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    temp.Write("language/en/context.tsv", bytes);
    const auto loaded = ContextRules::Load(temp.path(), test::Shipped().folding);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("en/context.tsv" + where));
  }
}

}  // namespace
}  // namespace sakuin::thesaurus
