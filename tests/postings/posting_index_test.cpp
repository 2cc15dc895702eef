#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/mix.h"
#include "indexer/base/utf8.h"
#include "indexer/postings/background_inverter.h"
#include "indexer/postings/inverter.h"
#include "indexer/postings/merge.h"
#include "indexer/postings/phrase.h"
#include "tests/support/catch.h"

namespace sakuin::postings {
namespace {

// The same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(Mix(++state_) >> 32U); }

 private:
  std::uint64_t state_;
};

// Chunks in memory, as a table would keep them.
struct Chunks {
  std::map<std::uint32_t, std::shared_ptr<const std::string>> rows;

  SegmentWriter::PutChunk Put() {
    return [this](std::uint32_t number, std::string_view bytes) {
      rows[number] =
          std::make_shared<const std::string>(std::string(bytes) + std::string(kPadding, '\0'));
      return Status();
    };
  }
  Segment::GetChunk Get() const {
    return [this](std::uint32_t number) -> Result<std::shared_ptr<const std::string>> {
      const auto at = rows.find(number);
      if (at == rows.end()) return Fail(ErrorCode::kDamaged, "no such chunk");
      return at->second;
    };
  }
};

// Marks begin no gram, as in the analyzer.
bool Begins(char32_t c) { return c != ' ' && c != '.'; }

std::vector<bool> BeginsAll(std::u32string_view phrase) {
  std::vector<bool> out;
  for (const char32_t c : phrase) out.push_back(Begins(c));
  return out;
}

FieldTerms TermsOf(const std::u32string& text) {
  FieldTerms out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out.grams.push_back(0);
    if (text[i] == '\n' || !Begins(text[i])) continue;
    const bool last = i + 1 == text.size() || text[i + 1] == '\n';
    out.grams.back() = Gram(text[i], last ? U'\0' : text[i + 1]);
    if (i == 0 || !Begins(text[i - 1])) out.words += utf8::Encode(text.substr(i, 1)) + "\n";
  }
  return out;
}

// Few characters, so that phrases meet; one of three bytes, marks, and lines.
std::u32string RandomText(unsigned seed, std::size_t most) {
  static const std::u32string kLetters = U"aaabbcde\u9AA8\u9AA8\u75DB .\n";
  std::u32string out;
  const std::size_t size = Mix(seed) % (most + 1);
  for (std::size_t i = 0; i < size; ++i) {
    out += kLetters[Mix(std::uint64_t{seed} << 20U | i) % kLetters.size()];
  }
  return out;
}

std::uint32_t CountIn(const std::u32string& text, std::u32string_view phrase) {
  std::uint32_t n = 0;
  for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) ++n;
  return n;
}

struct Made {
  std::unique_ptr<Chunks> chunks = std::make_unique<Chunks>();
  SegmentParts parts;
  std::vector<std::u32string> texts;
  std::vector<std::u32string> headings;

  Segment Open(std::vector<bool> deleted = {}) const {
    auto out = Segment::Open(parts, std::move(deleted), chunks->Get());
    REQUIRE(out);
    return std::move(*out);
  }
};

Made Make(unsigned seed, std::size_t sections, SectionNumber first) {
  Made out;
  Inverter inverter;
  for (std::size_t i = 0; i < sections; ++i) {
    const auto own = static_cast<unsigned>(seed * 100000 + i);
    out.texts.push_back(RandomText(own, 40));
    out.headings.push_back(RandomText(own + 50000, 6));
    inverter.Add(first + static_cast<SectionNumber>(i) * (1 + seed % 3),
                 TermsOf(out.headings.back()), TermsOf(out.texts.back()));
  }
  auto parts = inverter.Write(out.chunks->Put());
  REQUIRE(parts);
  out.parts = std::move(*parts);
  return out;
}

void CheckPhrase(const Segment& segment, Field field, const std::vector<std::u32string>& texts,
                 const std::u32string& phrase) {
  CAPTURE(utf8::Encode(phrase));
  const auto found = FindPhrase(segment, field, phrase, BeginsAll(phrase));
  REQUIRE(found);
  std::map<Local, std::uint32_t> got;
  for (const Match& match : found->matches) got[match.section] = match.count;
  CHECK(std::is_sorted(found->matches.begin(), found->matches.end(),
                       [](const Match& a, const Match& b) { return a.section < b.section; }));
  for (Local i = 0; i < texts.size(); ++i) {
    const std::uint32_t wanted = segment.IsDeleted(i) ? 0 : CountIn(texts[i], phrase);
    if (found->everywhere) continue;
    if (found->unsure) {  // a superset
      if (wanted > 0) CHECK(got.count(i) == 1);
    } else {
      CHECK(got[i] == wanted);
    }
  }
}

TEST_CASE("a phrase is found exactly where a scan finds it, as often", "[postings]") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    const std::size_t sections = seed == 6 ? 900 : seed * 40;  // several blocks of postings
    const Made made = Make(seed, sections, 1);
    std::vector<bool> deleted(seed % 2 == 0 ? sections : 0, false);
    for (std::size_t i = 0; i < deleted.size(); i += 3) deleted[i] = true;
    const Segment segment = made.Open(deleted);
    for (unsigned n = 0; n < 120; ++n) {
      const std::u32string& in = made.texts[Mix(n) % made.texts.size()];
      if (in.empty()) continue;
      std::u32string phrase = in.substr(Mix(n + 7) % in.size(), 1 + n % 6);
      if (n % 10 == 0) phrase += U"e";  // often stands nowhere
      if (phrase.find('\n') != phrase.npos) continue;
      CheckPhrase(segment, Field::kText, made.texts, phrase);
      CheckPhrase(segment, Field::kHeading, made.headings, phrase);
    }
  }
}

TEST_CASE("every single character is found, whatever the number of sections", "[postings]") {
  for (std::size_t sections = 1; sections <= 18; ++sections) {
    CAPTURE(sections);
    const Made made = Make(static_cast<unsigned>(sections), sections, 1);
    std::vector<bool> deleted(sections % 2 == 0 ? sections : 0, false);
    if (!deleted.empty()) deleted.back() = true;
    const Segment segment = made.Open(deleted);
    for (const std::u32string& text : made.texts) {
      for (const char32_t c : text) {
        if (c != U'\n') CheckPhrase(segment, Field::kText, made.texts, std::u32string(1, c));
      }
    }
  }
}

TEST_CASE("what the index is unsure of is told", "[postings]") {
  const Made made = Make(1, 30, 1);
  const Segment segment = made.Open();
  const auto ask = [&](const std::u32string& phrase) {
    const auto found = FindPhrase(segment, Field::kText, phrase, BeginsAll(phrase));
    REQUIRE(found);
    return std::pair(found->unsure, found->everywhere);
  };
  CHECK(ask(U"a") == std::pair(false, false));
  CHECK(ask(U"ab") == std::pair(false, false));
  CHECK(ask(U"a.b") == std::pair(true, false));  // the last character begins no known gram
  CHECK(ask(U"a.ba") == std::pair(false, false));
  CHECK(ask(U".ab") == std::pair(true, false));
  CHECK(ask(U"a..b").first);
  CHECK(ask(U". ").second);
}

TEST_CASE("words and their beginnings are found", "[postings]") {
  Inverter inverter;
  FieldTerms none;
  FieldTerms text;
  text.words = "knee\nknees\nknee\n";
  inverter.Add(5, none, text);
  text.words = "kneel\n";
  inverter.Add(9, none, text);
  Chunks chunks;
  const auto parts = inverter.Write(chunks.Put());
  REQUIRE(parts);
  const auto segment = Segment::Open(*parts, {}, chunks.Get());
  REQUIRE(segment);
  const auto word = FindWord(*segment, Field::kText, "knee");
  REQUIRE(word);
  REQUIRE(word->size() == 1);
  CHECK((*word)[0].count == 2);
  const auto prefix = FindWordPrefix(*segment, Field::kText, "knee");
  REQUIRE(prefix);
  REQUIRE(prefix->size() == 2);
  CHECK((*prefix)[0].count == 3);
  CHECK(segment->sections().numbers == std::vector<SectionNumber>{5, 9});
  CHECK(FindWord(*segment, Field::kHeading, "knee")->empty());
  CHECK(FindWord(*segment, Field::kText, "kne")->empty());
}

// Everything that a segment says.
std::map<std::string, std::vector<std::uint32_t>> Dump(const Segment& segment) {
  std::map<std::string, std::vector<std::uint32_t>> out;
  PostingList list;
  const Status read = segment.ForEach("", [&](const Term& term) {
    segment.Read(term, list);
    auto& row = out[term.key];
    row = list.sections;
    row.insert(row.end(), list.counts.begin(), list.counts.end());
    row.insert(row.end(), list.places.begin(), list.places.end());
    return true;
  });
  REQUIRE(read);
  return out;
}

TEST_CASE("a merged segment is the segment of what is left, however it was cut", "[postings]") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const Made first = Make(seed, 150, 1);
    const Made second = Make(seed + 10, 90, 1000);
    std::vector<bool> gone(150, false);
    for (std::size_t i = 0; i < gone.size(); ++i) gone[i] = Mix(i + seed) % 4 == 0;
    const Segment a = first.Open(gone);
    const Segment b = second.Open();
    Chunks chunks;
    const auto merged = Merge(std::vector<const Segment*>{&a, &b}, chunks.Put());
    REQUIRE(merged);
    const auto together = Segment::Open(*merged, {}, chunks.Get());
    REQUIRE(together);

    Inverter inverter;
    for (const auto& [made, from, deleted] :
         {std::tuple(&first, &a, true), std::tuple(&second, &b, false)}) {
      for (std::size_t i = 0; i < made->texts.size(); ++i) {
        if (deleted && gone[i]) continue;
        inverter.Add(from->sections().numbers[i], TermsOf(made->headings[i]),
                     TermsOf(made->texts[i]));
      }
    }
    Chunks fresh_chunks;
    const auto fresh = inverter.Write(fresh_chunks.Put());
    REQUIRE(fresh);
    const auto wanted = Segment::Open(*fresh, {}, fresh_chunks.Get());
    REQUIRE(wanted);
    CHECK(Dump(*together) == Dump(*wanted));
    CHECK(merged->sections == fresh->sections);
    CHECK(merged->contents == fresh->contents);
    CHECK(merged->postings == fresh->postings);
  }
}

TEST_CASE("what another thread inverts is the same segment", "[postings]") {
  Inverter plain;
  BackgroundInverter background;
  Chunks chunks[2];
  for (int round = 0; round < 2; ++round) {  // it is used again after a segment
    for (unsigned i = 0; i < 3000; ++i) {
      FieldTerms text = TermsOf(RandomText(i, 100));
      text.words = "word" + std::to_string(i % 700) + "\nknee\n";
      const FieldTerms heading = TermsOf(RandomText(i + 9000, 8));
      plain.Add(i * 2, heading, text);
      background.Add(i * 2, heading, text);
    }
    CHECK(background.sections() == 3000);
    CHECK(background.memory() > 0);
    const auto wanted = plain.Write(chunks[0].Put());
    const auto got = background.Write(chunks[1].Put());
    REQUIRE(wanted);
    REQUIRE(got);
    CHECK(got->sections == wanted->sections);
    CHECK(got->contents == wanted->contents);
    const auto a = Segment::Open(*wanted, {}, chunks[0].Get());
    const auto b = Segment::Open(*got, {}, chunks[1].Get());
    REQUIRE(a);
    REQUIRE(b);
    CHECK(Dump(*a) == Dump(*b));
    CHECK(background.sections() == 0);
    background.Add(1, {}, {});
    background.Clear();
  }
}

TEST_CASE("lists of any shape come back", "[postings]") {
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t sections = 1 + random() % 5000;
    std::vector<std::uint32_t> lengths(sections);
    for (auto& length : lengths) length = 1 + random() % (round % 3 == 0 ? 1 : 3000);
    PostingList list;
    for (Local i = 0; i < sections; ++i) {
      if (random() % (1 + static_cast<unsigned>(round)) != 0) continue;
      const std::uint32_t count = std::min<std::uint32_t>(lengths[i], 1 + random() % 40 / 20 * 9);
      list.sections.push_back(i);
      list.counts.push_back(count);
      for (std::uint32_t n = 0; n < count; ++n) list.places.push_back(n * lengths[i] / count);
    }
    if (list.sections.empty()) continue;
    std::string bytes;
    Encode(list, true, lengths, bytes);
    const std::string_view stored(bytes);
    bytes.append(kPadding, '\0');
    const std::string padded = bytes;
    const Cursor start(std::string_view(padded).substr(0, padded.size() - kPadding),
                       static_cast<std::uint32_t>(list.sections.size()), true, lengths);
    PostingList back;
    for (Cursor at = start; at.section() != kEnd; at.Next()) {
      back.sections.push_back(at.section());
      back.counts.push_back(at.count());
      at.Places(back.places);
    }
    CHECK(back.sections == list.sections);
    CHECK(back.counts == list.counts);
    CHECK(back.places == list.places);
    // Seeking finds the same as walking.
    Cursor at = start;
    for (Local target = 0; target < sections; target += 1 + random() % 200) {
      at.Seek(target);
      const auto wanted = std::lower_bound(list.sections.begin(), list.sections.end(), target);
      CHECK(at.section() == (wanted == list.sections.end() ? kEnd : *wanted));
      if (at.section() == kEnd) break;
      std::vector<std::uint32_t> places;
      at.Places(places);
      CHECK(places.size() == at.count());
    }
  }
}

TEST_CASE("damaged segments are refused or read, never a crash", "[postings]") {
  const Made made = Make(3, 400, 1);
  Random random(11);
  for (int round = 0; round < 400; ++round) {
    SegmentParts parts = made.parts;
    Chunks chunks = *made.chunks;
    std::string& target = round % 3 == 0 ? parts.contents : parts.sections;
    if (round % 3 != 2) {
      target[random() % target.size()] ^= static_cast<char>(1 + random() % 255);
    } else {
      std::string bytes = *chunks.rows[0];
      for (int i = 0; i < 5; ++i) {
        bytes[random() % (bytes.size() - kPadding)] ^= static_cast<char>(1 + random() % 255);
      }
      if (round % 2 == 0) bytes.erase(random() % (bytes.size() - kPadding), 20);
      chunks.rows[0] = std::make_shared<const std::string>(bytes);
    }
    const auto segment = Segment::Open(parts, {}, chunks.Get());
    if (!segment) {
      CHECK(segment.error().code == ErrorCode::kDamaged);
      continue;
    }
    PostingList list;
    (void)segment->ForEach("", [&](const Term& term) {
      segment->Read(term, list);
      return true;
    });
    for (const char32_t* phrase : {U"ab", U"aab", U"\u9AA8\u75DB", U"a"}) {
      (void)FindPhrase(*segment, Field::kText, phrase, BeginsAll(phrase));
    }
  }
}

}  // namespace
}  // namespace sakuin::postings
