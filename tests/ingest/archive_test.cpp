// Archives: what is read, what is refused, and that a refusal stops no other member.

#include "indexer/ingest/containers/archive.h"

#include <string>
#include <vector>

#include "indexer/ingest/containers/input_kind.h"
#include "indexer/ingest/containers/member_names.h"
#include "tests/support/archives.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"
#include "tests/support/random_text.h"

namespace sakuin::ingest {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::ArchiveMember;
using test::MakeArchive;
using test::MakePlainZip;
using test::Pack;
using test::ReadInput;
using test::ReadLog;
using Kind = ArchiveMember::Kind;

const std::vector<std::string> kFormats = {"zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"};

}  // namespace

TEST_CASE("members of an archive are sources in their order", "[ingest][archive]") {
  for (const std::string& format : kFormats) {
    CAPTURE(format);
    const ReadLog log = ReadInput("d/x." + format, MakeArchive(format, {{"b.html", "<p>b"},
                                                                        {"in", "", Kind::kFolder},
                                                                        {"in/a.txt", "a"},
                                                                        {"picture.png", "\x89PNG"},
                                                                        {".hidden.txt", "h"},
                                                                        {"__MACOSX/a.txt", "m"},
                                                                        {"no ending", "n"},
                                                                        {"c.md", "# c"}}));
    const std::string head = "d/x." + format + "!/";
    CHECK(log.Uris() ==
          head + "b.html\n" + head + "in/a.txt\n" + head + "no ending\n" + head + "c.md\n");
    CHECK(log.Errors().empty());
    CHECK(log.whole);
    REQUIRE(log.sources.size() == 4);
    CHECK(log.sources[0].bytes == "<p>b");
    CHECK(log.sources[0].origin == "d/x." + format);
    CHECK(log.sources[0].format == "auto");
    CHECK(log.sources[3].format == "markdown");
    REQUIRE(log.notes.size() == 1);
    CHECK_THAT(log.notes[0], ContainsSubstring("1 files of other kinds"));
  }
}

TEST_CASE("bytes come out of an archive as they went in", "[ingest][archive][property]") {
  std::vector<ArchiveMember> members;
  for (unsigned i = 0; i < 20; ++i) {
    members.push_back({"f" + std::to_string(i) + ".txt", test::RandomBytes(i, i * 7919 % 200'000)});
  }
  for (const std::string& format : kFormats) {
    CAPTURE(format);
    const ReadLog log = ReadInput("x", MakeArchive(format, members), {"text", {}, {}, {}});
    REQUIRE(log.sources.size() == members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      CHECK(log.sources[i].bytes == members[i].bytes);
    }
  }
}

TEST_CASE("names of members that lead out of the archive are refused", "[ingest][archive]") {
  for (const TsvRow& row : test::LoadCases("ingest/member_names.tsv", 2, 2)) {
    CAPTURE(row.where);
    const std::string& name = row.fields[0];
    const std::string& expected = row.fields[1];
    const auto safe = SafeName(name);
    if (!expected.starts_with('!')) {
      REQUIRE(safe);
      CHECK(*safe == expected);
      continue;
    }
    REQUIRE_FALSE(safe);
    CHECK_THAT(safe.error().message, ContainsSubstring(expected.substr(1)));
    if (name.ends_with('/')) continue;  // of a zip, a folder
    const ReadLog log = ReadInput("x.zip", MakePlainZip({{name, "n"}, {"good.txt", "g"}}, 0x800));
    CHECK(log.Uris() == "x.zip!/good.txt\n");
    CHECK(log.errors.size() == 1);
  }
}

TEST_CASE("links and devices are refused and the others read", "[ingest][archive]") {
  const ReadLog log =
      ReadInput("x.tar", MakeArchive("tar", {{"a.txt", "a"},
                                             {"link.txt", "", Kind::kLink, "/etc/passwd"},
                                             {"hard.txt", "", Kind::kHardLink, "a.txt"},
                                             {"device.txt", "", Kind::kDevice},
                                             {"b.txt", "b"}}));
  CHECK(log.Uris() == "x.tar!/a.txt\nx.tar!/b.txt\n");
  CHECK(log.Errors() ==
        "x.tar!/link.txt: is a link, which is not followed\n"
        "x.tar!/hard.txt: is a link, which is not followed\n"
        "x.tar!/device.txt: is no file\n");
}

TEST_CASE("encrypted members are refused", "[ingest][archive]") {
  const ReadLog log = ReadInput("x.zip", MakePlainZip({{"a.txt", std::string(40, 'x')}}, 1));
  CHECK(log.sources.empty());
  CHECK_THAT(log.Errors(), ContainsSubstring("x.zip!/a.txt: is encrypted"));
}

TEST_CASE("an archive in an archive is read and a third level is not", "[ingest][archive]") {
  const std::string inner = MakeArchive("zip", {{"a.txt", "a"}});
  const std::string middle =
      MakeArchive("tar.gz", {{"inner.zip", inner}, {"b.txt.gz", Pack("gz", "b")}});
  const ReadLog two = ReadInput("m.tgz", middle);
  CHECK(two.Uris() == "m.tgz!/inner.zip!/a.txt\nm.tgz!/b.txt.gz\n");
  CHECK(two.sources[1].bytes == "b");
  const ReadLog three = ReadInput("o.zip", MakeArchive("zip", {{"m.tgz", middle}, {"c.txt", "c"}}));
  CHECK(three.Uris() == "o.zip!/m.tgz!/b.txt.gz\no.zip!/c.txt\n");
  CHECK(three.Errors() == "o.zip!/m.tgz!/inner.zip: is an archive nested more than 2 deep\n");
}

TEST_CASE("a packed file is read as what it holds", "[ingest][archive]") {
  for (const std::string how : {"gz", "bz2", "xz", "zst"}) {
    CAPTURE(how);
    const ReadLog page = ReadInput("a.html." + how, Pack(how, "<p>text"));
    CHECK(page.Uris() == "a.html." + how + "\n");
    CHECK(page.sources[0].bytes == "<p>text");
    const ReadLog lines =
        ReadInput("r.jsonl." + how, Pack(how, "{\"id\":\"k\",\"text\":\"t\"}\n{\n"));
    CHECK(lines.Uris() == "k\n");
    CHECK_THAT(lines.Errors(), ContainsSubstring("r.jsonl." + how + ":2: "));
  }
  CHECK(ReadInput("a", Pack("gz", Pack("gz", "a"))).Errors() == "a: is packed twice\n");
  // Members joined to one stream, as `cat a.gz b.gz` makes it.
  CHECK(ReadInput("a.txt.gz", Pack("gz", "a") + Pack("gz", "b")).sources[0].bytes == "ab");
}

TEST_CASE("of a gzip file that is cut off all before comes out", "[ingest][archive][property]") {
  std::string lines;
  for (int i = 0; i < 3000; ++i) lines += "{\"text\":\"" + std::to_string(i * 7919) + "\"}\n";
  const std::string bytes = Pack("gz", lines) + Pack("gz", lines);
  CHECK(ReadInput("x.jsonl.gz", bytes).sources.size() == 6000);
  CHECK(ReadInput("x.jsonl.gz", bytes + std::string(700, '\0')).whole);
  for (std::size_t cut = 20; cut < bytes.size(); cut += bytes.size() / 50) {
    CAPTURE(cut);
    const ReadLog log = ReadInput("x.jsonl.gz", bytes.substr(0, cut));
    if (cut == bytes.size() / 2) continue;  // between both members it is whole
    CHECK_FALSE(log.whole);
    CHECK_THAT(log.Errors(), ContainsSubstring("is damaged at byte " + std::to_string(cut)));
    CHECK(log.sources.size() + 900 > 6000 * cut / bytes.size());
  }
  const ReadLog noise = ReadInput("x.jsonl.gz", Pack("gz", lines) + "noise");
  CHECK(noise.sources.size() == 3000);
  CHECK_THAT(noise.Errors(), ContainsSubstring("is damaged at byte"));
}

TEST_CASE("what unpacks beyond measure is read no further", "[ingest][archive]") {
  ReadLimits limits;
  limits.article = 1'000'000;
  limits.free = 2'000'000;
  limits.ratio = 20;
  const std::string zeros(900'000, '0');
  std::vector<ArchiveMember> members{{"first.txt", "first"}};
  for (int i = 0; i < 9; ++i) members.push_back({std::to_string(i) + ".txt", zeros});
  for (const std::string format : {"zip", "tar.gz"}) {
    CAPTURE(format);
    const ReadLog log = ReadInput("bomb", MakeArchive(format, members), {}, limits);
    CHECK(log.sources.size() == 3);
    CHECK_FALSE(log.whole);
    CHECK_THAT(log.Errors(), ContainsSubstring("unpacks to more than 20 times its own size"));
  }
  // Also where what is dense is passed over, or is an archive by itself.
  const ReadLog passed = ReadInput(
      "bomb", MakeArchive("tar.gz", {{"a.png", std::string(4'000'000, '0')}, {"b.txt", "b"}}), {},
      limits);
  CHECK(passed.sources.empty());
  CHECK_THAT(passed.Errors(),
             ContainsSubstring("bomb!/a.png: with it the whole unpacks to more than"));
  const ReadLog nested =
      ReadInput("bomb", MakePlainZip({{"in.zip", MakeArchive("zip", members)}}), {}, limits);
  CHECK(nested.sources.size() == 3);
  CHECK_FALSE(nested.whole);
  const ReadLog packed = ReadInput("bomb", Pack("gz", std::string(5'000'000, '0')), {}, limits);
  CHECK(packed.sources.empty());
  CHECK_FALSE(packed.whole);
}

TEST_CASE("limits of members and of their number", "[ingest][archive]") {
  ReadLimits limits;
  limits.article = 1000;
  limits.members = 3;
  const std::string bytes = MakeArchive("zip", {{"large.txt", test::RandomBytes(1, 1001)},
                                                {"fits.txt", test::RandomBytes(1, 1000)},
                                                {"c.txt", "c"},
                                                {"d.txt", "d"}});
  const ReadLog log = ReadInput("x.zip", bytes, {}, limits);
  CHECK(log.Uris() == "x.zip!/fits.txt\nx.zip!/c.txt\n");
  CHECK(log.Errors() ==
        "x.zip!/large.txt: larger than the limit of 1000 bytes\n"
        "x.zip: holds more than 3 members: it is read no further\n");
  CHECK_FALSE(log.whole);
}

TEST_CASE("an archive that is cut off gives what stands before and says so", "[ingest][archive]") {
  std::vector<ArchiveMember> members;
  for (unsigned i = 0; i < 8; ++i) {
    members.push_back({std::to_string(i) + ".txt", test::RandomBytes(i, 30'000)});
  }
  for (const std::string& format : kFormats) {
    const std::string bytes = MakeArchive(format, members);
    for (std::size_t cut = 1; cut < 8; ++cut) {
      CAPTURE(format, cut);
      const ReadLog log = ReadInput("x." + format, bytes.substr(0, bytes.size() * cut / 8));
      CHECK(log.sources.size() < members.size());
      CHECK_FALSE(log.whole);
      CHECK_FALSE(log.errors.empty());
      for (std::size_t i = 0; i < log.sources.size(); ++i) {
        CHECK(log.sources[i].bytes == members[i].bytes);
      }
    }
  }
}

TEST_CASE("damaged archives end with a reason whatever the damage", "[ingest][archive][property]") {
  const std::vector<ArchiveMember> members{{"a.txt", std::string(3000, 'a')},
                                           {"b.csv", "title,text\na,b\n"},
                                           {"c.jsonl", "{\"text\":\"c\"}\n"}};
  for (const std::string& format : kFormats) {
    const std::string bytes = MakeArchive(format, members);
    for (unsigned seed = 0; seed < 40; ++seed) {
      CAPTURE(format, seed);
      std::string damaged = bytes;
      const std::string noise = test::RandomBytes(seed, 8);
      const std::size_t at = (seed * 7919) % (bytes.size() - 8);
      damaged.replace(at, 8, noise);
      const ReadLog log = ReadInput("x." + format, damaged);
      CHECK(log.sources.size() + log.errors.size() > 0);
    }
  }
}

TEST_CASE("empty archives are told", "[ingest][archive]") {
  CHECK_THAT(ReadInput("x.zip", MakePlainZip({})).Errors(), ContainsSubstring("holds no article"));
  CHECK_THAT(ReadInput("x.tar", MakeArchive("tar", {})).Errors(),
             ContainsSubstring("holds no article"));
  CHECK_THAT(ReadInput("x.tgz", MakeArchive("tar.gz", {})).Errors(),
             ContainsSubstring("holds no article"));
  const ReadLog others = ReadInput("x.zip", MakeArchive("zip", {{"a.png", "a"}, {"b.css", "b"}}));
  CHECK(others.Errors() ==
        "x.zip: holds no article; 2 files of other kinds in it were passed over\n");
  // Nothing at all is an article without text: the pipeline refuses it.
  CHECK(ReadInput("x.gz", Pack("gz", "")).sources.size() == 1);
  CHECK(ReadInput("x.zip", "").sources.size() == 1);
}

TEST_CASE("names in the encodings of old systems are read by all of them together",
          "[ingest][archive]") {
  const auto names = [](const std::string& bytes) { return ReadInput("x.zip", bytes).Uris(); };
  CHECK(names(MakePlainZip({{"\xD0\xA1\xCD\xC8\xB3\xE9\xBD\xEE.html", "a"},
                            {"\xCF\xA5\xB8\xC7/\xCB\xB5\xC3\xF7.txt", "b"}})) ==
        "x.zip!/小腿抽筋.html\nx.zip!/膝盖/说明.txt\n");  // GBK
  CHECK(names(MakePlainZip({{"\x95\\\x8E\xA6/\x83\\\x81[\x83X.html", "a"},
                            {"\x95G\x82\xCC\x92\xC9\x82\xDD.txt", "b"}})) ==
        "x.zip!/表示/ソース.html\nx.zip!/膝の痛み.txt\n");  // Shift_JIS with bytes of '\'
  CHECK(names(MakePlainZip({{"膝.html", "a"}}, 0x800)) == "x.zip!/膝.html\n");
  CHECK(names(MakePlainZip({{"膝.html", "a"}})) == "x.zip!/膝.html\n");
}

TEST_CASE("reading stops when no more is wanted", "[ingest][archive]") {
  const auto reader = SourceReader::Create(test::RepositoryPath("corpus"), test::SharedDetector());
  REQUIRE(reader);
  ReadLog log;
  log.stop_after = 2;
  CHECK_FALSE(reader->ReadBytes(
      "x.zip", MakeArchive("zip", {{"a.txt", "a"}, {"b.txt", "b"}, {"c.txt", "c"}}), {}, log));
  CHECK(log.sources.size() == 2);
}

TEST_CASE("names tell what is read in folders", "[ingest][archive]") {
  for (const char* name : {"a.html", "a.HTM", "x/readme", "a.csv.gz", "a.tar.xz", "a.tgz",
                           "b.warc.gz", "c.epub", "d.md", "e.gz"}) {
    CHECK(IsInputName(name));
  }
  for (const char* name :
       {"a.png", "a.pdf.gz", "a.sql", ".gz", ".x.html", "a.gz.gz", "x/README.md", "a.docx"}) {
    CHECK_FALSE(IsInputName(name));
  }
  CHECK(NameInside("a.html.gz") == "a.html");
  CHECK(NameInside("a.tgz") == "a.tar");
}

}  // namespace sakuin::ingest
