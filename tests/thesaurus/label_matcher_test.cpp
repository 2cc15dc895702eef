#include "indexer/thesaurus/label_matcher.h"

#include <algorithm>
#include <map>
#include <random>

#include "indexer/base/utf8.h"
#include "indexer/thesaurus/labels/double_array.h"
#include "indexer/thesaurus/labels/label_form.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

std::string Print(const std::vector<Mention>& mentions, const std::string& text) {
  std::string out;
  for (const Mention& mention : mentions) {
    out += (out.empty() ? "" : " | ") + mention.concept_ptr->id;
    for (const model::Concept* other : mention.also) out += "+" + other->id;
    out += ": " + std::string(mention.span.In(text));
  }
  return out;
}

TEST_CASE("the names that stand in a text", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/mentions.tsv", 2, 2)));
  CAPTURE(row.where, row.fields[0]);
  const std::string& text = row.fields[0];
  const auto mentions = test::Shipped().matcher.Match(text, test::Shipped().folding.Fold(text));
  CHECK(Print(mentions, text) == (row.fields[1] == "-" ? "" : row.fields[1]));
}

// A thesaurus of rows: concept, kind, language, label.
struct SmallThesaurus {
  Thesaurus thesaurus;
  LabelMatcher matcher;

  explicit SmallThesaurus(const std::vector<std::vector<std::string>>& rows)
      : thesaurus(Load(rows)),
        matcher(LabelMatcher::Build(thesaurus, test::Shipped().folding,
                                    test::Must(KanaParticles::Load(test::Shipped().dir)))) {}

  static Thesaurus Load(const std::vector<std::vector<std::string>>& rows) {
    std::map<std::string, std::string> concepts;
    for (const auto& row : rows) {
      const std::string element = row[1] == "=" ? "pref" : row[1] == "~" ? "alt" : "hidden";
      concepts[row[0]] += "<skos:" + element + "Label xml:lang=\"" + row[2] + "\">" + row[3] +
                          "</skos:" + element + "Label>";
    }
    std::string body;
    std::vector<std::string> order;
    for (const auto& row : rows) {
      if (std::find(order.begin(), order.end(), row[0]) == order.end()) order.push_back(row[0]);
    }
    for (const std::string& id : order) {
      body += "<skos:Concept rdf:about=\"x/" + id + "\">" + concepts[id] + "</skos:Concept>";
    }
    const test::TempDir temp;
    return test::Must(Thesaurus::LoadFiles({temp.Write("a.rdf", test::Skos(body))}));
  }
};

TEST_CASE("names stand where they may", "[thesaurus][data]") {
  static const SmallThesaurus small = [] {
    std::vector<std::vector<std::string>> rows;
    for (const TsvRow& row : test::LoadCases("thesaurus/labels.tsv", 4, 4)) {
      rows.push_back(row.fields);
    }
    return SmallThesaurus(rows);
  }();
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/label_mentions.tsv", 2, 2)));
  const bool query = row.fields[0].starts_with("? ");
  const std::string text = query ? row.fields[0].substr(2) : row.fields[0];
  CAPTURE(row.where, text);
  const text::Folded folded = test::Shipped().folding.Fold(text);
  const auto mentions = query ? small.matcher.Match(folded) : small.matcher.Match(text, folded);
  CHECK(Print(mentions, text) == (row.fields[1] == "-" ? "" : row.fields[1]));
}

// A label in the middle of a random text, with what may glue to it.
std::string TextWithLabels(unsigned seed) {
  const auto& concepts = test::Shipped().thesaurus.concepts();
  std::string out = test::RandomText(seed);
  for (unsigned i = 0; i < 5; ++i) {
    const model::Concept& found = concepts[(seed * 7 + i * 31) % concepts.size()];
    const std::string label = found.labels[(seed + i) % found.labels.size()].text;
    out += test::Variant(label, seed + i) + (i % 2 == 0 ? "" : test::RandomText(seed + i + 1000));
  }
  return out;
}

TEST_CASE("mentions are ordered and apart and fold like their labels", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 300));
  CAPTURE(seed);
  const std::string text = TextWithLabels(static_cast<unsigned>(seed));
  CAPTURE(text);
  const test::ShippedThesaurus& shipped = test::Shipped();
  const text::Folded folded = shipped.folding.Fold(text);
  std::size_t last = 0;
  for (const Mention& mention : shipped.matcher.Match(text, folded)) {
    REQUIRE(mention.begin >= last);
    REQUIRE(mention.begin < mention.end);
    REQUIRE(mention.end <= folded.chars.size());
    REQUIRE(mention.span.end <= text.size());
    last = mention.end;
    const auto& labels = mention.concept_ptr->labels;
    REQUIRE(std::any_of(labels.begin(), labels.end(),
                        [&mention](const model::Label& one) { return &one == mention.label; }));
    const std::u32string part = folded.chars.substr(mention.begin, mention.end - mention.begin);
    CHECK(FormOf(part).chars == FormOf(shipped.folding.Fold(mention.label->text).chars).chars);
    CHECK(mention.span == folded.Original(mention.begin, mention.end));
  }
}

TEST_CASE("every label is found in every spelling when it stands alone", "[thesaurus][property]") {
  const test::ShippedThesaurus& shipped = test::Shipped();
  unsigned seed = 0;
  for (const model::Concept& found : shipped.thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      const std::string text = test::Variant(label.text, ++seed);
      CAPTURE(found.id, text);
      const auto mentions = shipped.matcher.Match(shipped.folding.Fold(text));
      REQUIRE(mentions.size() == 1);
      const auto& also = mentions[0].also;
      CHECK((mentions[0].concept_ptr == &found ||
             std::find(also.begin(), also.end(), &found) != also.end()));
      const auto as_written = shipped.matcher.Match(label.text, shipped.folding.Fold(label.text));
      CHECK(as_written.size() == 1);
    }
  }
  CHECK(shipped.matcher.size() > 1000);
}

// The same rules without any automaton: every label is tried at every place.
std::vector<std::string> NaiveScan(const SmallThesaurus& small, const std::u32string& chars) {
  std::vector<std::string> out;
  const LabelForm text = FormOf(chars);
  const auto spaced = [&](std::size_t at) {
    return chars[at] < 0x80 && std::isalnum(static_cast<int>(chars[at])) != 0;
  };
  for (std::size_t begin = 0; begin < text.chars.size();) {
    std::size_t longest = 0;
    for (const model::Concept& one : small.thesaurus.concepts()) {
      for (const model::Label& label : one.labels) {
        const std::u32string form = FormOf(test::Shipped().folding.Fold(label.text).chars).chars;
        if (form.size() <= longest || text.chars.compare(begin, form.size(), form) != 0) continue;
        const std::size_t first = text.from[begin];
        const std::size_t last = text.from[begin + form.size() - 1];
        if (first > 0 && spaced(first) && spaced(first - 1)) continue;
        if (last + 1 < chars.size() && spaced(last) && spaced(last + 1)) continue;
        longest = form.size();
      }
    }
    if (longest > 0) {
      const std::size_t first = text.from[begin];
      out.push_back(utf8::Encode(
          std::u32string_view(chars).substr(first, text.from[begin + longest - 1] + 1 - first)));
    }
    begin += std::max<std::size_t>(longest, 1);
  }
  return out;
}

std::string RandomOf(const std::vector<std::string>& pieces, std::size_t most,
                     std::mt19937& random) {
  std::string out;
  for (std::size_t n = random() % most + 1; n > 0; --n) out += pieces[random() % pieces.size()];
  return out;
}

TEST_CASE("the automaton finds what a scan for every label finds", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  std::vector<std::string> letters;
  for (const TsvRow& row : test::LoadCases("thesaurus/label_letters.tsv", 1, 1)) {
    letters.push_back(row.fields[0]);
  }
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 30; ++i) {
    const std::string label = RandomOf(letters, 5, random);
    const std::string id = "c" + std::to_string(i % 10);
    if (label.find_first_not_of(" \n") != std::string::npos) rows.push_back({id, "~", "en", label});
  }
  const SmallThesaurus small(rows);
  const std::string text = RandomOf(letters, 60, random);
  CAPTURE(text);
  const text::Folded folded = test::Shipped().folding.Fold(text);
  std::vector<std::string> found;
  for (const Mention& mention : small.matcher.Match(folded)) {
    found.push_back(utf8::Encode(
        std::u32string_view(folded.chars).substr(mention.begin, mention.end - mention.begin)));
  }
  CHECK(found == NaiveScan(small, folded.chars));
  // The rules of running text only take away, or leave a shorter name.
  CHECK(small.matcher.Match(text, folded).size() <= folded.chars.size());
}

TEST_CASE("a double array holds the words it is given", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  std::vector<std::u32string> words(1 + random() % 300);
  for (std::u32string& word : words) {
    for (std::size_t n = random() % 7; n > 0; --n) {
      word +=
          static_cast<char32_t>(random() % 9 == 0 ? 0x20000 + random() % 9 : 'a' + random() % 4);
    }
  }
  const std::vector<std::u32string_view> views(words.begin(), words.end());
  std::vector<std::uint32_t> values;
  const DoubleArray array = DoubleArray::Build(views, values);
  REQUIRE(values.size() == words.size());
  std::u32string text;
  for (int i = 0; i < 200; ++i) text += static_cast<char32_t>('a' + random() % 5);
  for (const std::u32string& word : words) text += word;
  std::vector<std::uint32_t> codes;
  for (const char32_t c : text) codes.push_back(array.Code(c));
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    std::map<std::size_t, std::uint32_t> expected;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (words[i].empty() || text.compare(begin, words[i].size(), words[i]) != 0) continue;
      expected.emplace(begin + words[i].size(), values[i]);
      CHECK(words[values[i]] == words[i]);
    }
    std::map<std::size_t, std::uint32_t> found;
    array.At(codes, begin, [&](std::size_t end, std::uint32_t value) {
      CHECK(found.emplace(end, value).second);
    });
    REQUIRE(found == expected);
  }
  CHECK(array.MemoryBytes() > 0);
}

TEST_CASE("no text and no labels at all", "[thesaurus]") {
  CHECK(test::Shipped().matcher.Match({}).empty());
  CHECK(test::Shipped().matcher.Match("", {}).empty());
  std::vector<std::uint32_t> values;
  const DoubleArray none = DoubleArray::Build({U""}, values);
  CHECK(values == std::vector<std::uint32_t>{DoubleArray::kNone});
  none.At({none.Code('a')}, 0, [](std::size_t, std::uint32_t) { FAIL("holds a word"); });
}

TEST_CASE("a table of particles with a mistake stops with its line", "[thesaurus][data]") {
  const test::TempDir temp;
  const std::vector<std::string> lines = [] {
    std::vector<std::string> out;
    for (const TsvRow& row : test::LoadCases("thesaurus/particle_mistakes.tsv", 1, 1)) {
      out.push_back(row.fields[0]);
    }
    return out;
  }();
  for (const std::string& line : lines) {
    CAPTURE(line);
    temp.Write("language/ja/particles.tsv", "# head\n" + line + "\n");
    const auto loaded = KanaParticles::Load(temp.path());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().where.ends_with("particles.tsv:2"));
  }
  CHECK(lines.size() >= 4);
}

}  // namespace
}  // namespace sakuin::thesaurus
