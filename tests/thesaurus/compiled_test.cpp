// What is compiled must be what the SKOS files say, or not be used.

#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include "indexer/base/files.h"
#include "indexer/pipeline/rules.h"
#include "indexer/thesaurus/compiled/compile.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"
#include "indexer/thesaurus/compiled/thesaurus_data.h"
#include "indexer/thesaurus/skos_writer.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSmall =
    "<skos:ConceptScheme rdf:about='http://example.org/s/conditions'>"
    "<skos:prefLabel xml:lang='en'>Conditions</skos:prefLabel></skos:ConceptScheme>"
    "<skos:Concept rdf:about='http://example.org/known/one'><skos:notation>one</skos:notation>"
    "<skos:topConceptOf rdf:resource='http://example.org/s/conditions'/>"
    "<skos:prefLabel xml:lang='en'>first</skos:prefLabel>"
    "<skos:altLabel xml:lang='de'>ONE</skos:altLabel>"
    "<skos:hiddenLabel xml:lang='en'>both</skos:hiddenLabel>"
    "<skos:closeMatch rdf:resource='http://example.org/x'/>"
    "<skos:scopeNote xml:lang='en'>note</skos:scopeNote></skos:Concept>"
    "<skos:Concept rdf:about='https://sakuin.example.org/concept/two'>"
    "<skos:prefLabel xml:lang='en'>second name</skos:prefLabel>"
    "<skos:hiddenLabel xml:lang='en'>both</skos:hiddenLabel>"
    "<skos:broader rdf:resource='http://example.org/known/one'/></skos:Concept>";

// A data folder with the shipped folding tables and these SKOS files.
void FillSmall(const test::TempDir& temp, const std::string& body = kSmall) {
  temp.Write("thesaurus/a.rdf", test::Skos(body));
  fs::copy(test::RepositoryPath("corpus/folding"), temp.File("folding"));
}

void FillShipped(const test::TempDir& temp) {
  fs::copy(test::RepositoryPath("corpus"), temp.path(), fs::copy_options::recursive);
  fs::remove(CompiledThesaurus::PathIn(temp.path()));
}

bool IsCompiled(const Thesaurus& thesaurus) { return thesaurus.data().base != nullptr; }

// What the files say, without what lies beside them.
Thesaurus FromSkos(const std::string& data_dir, const std::vector<ThesaurusSource>& user = {}) {
  return test::Must(Thesaurus::LoadFiles(test::Must(ShippedFiles(data_dir)), user));
}

std::string Print(const model::Concept& one) {
  std::string out = one.id + "|" + one.uri + "|" + one.scheme + (one.is_top ? "!" : "");
  for (const model::Label& label : one.labels) {
    out += "\n" + label.language + " " + std::to_string(static_cast<int>(label.kind)) +
           (label.is_users ? "u " : " ") + label.text;
  }
  for (const auto* list : {&one.broader, &one.related, &one.exact_match}) {
    out += "\n-";
    for (const std::string& text : *list) out += " " + text;
  }
  for (const model::ConceptMatch& match : one.matches) out += "\n" + match.kind + match.address;
  for (const model::Note& note : one.notes) out += "\n" + note.kind + note.language + note.text;
  return out + "\n" + one.scope_note;
}

void RequireSame(const Thesaurus& a, const Thesaurus& b) {
  REQUIRE(a.digest() == b.digest());
  REQUIRE(a.warnings() == b.warnings());
  REQUIRE(a.concepts().size() == b.concepts().size());
  bool same = true;
  for (std::size_t i = 0; i < b.concepts().size(); ++i) {
    const model::Concept& one = b.concepts()[i];
    same = same && Print(a.concepts()[i]) == Print(one) && a.Find(one.id) == &a.concepts()[i];
    const auto left = a.WithNarrower(one.id);
    const auto right = b.WithNarrower(one.id);
    same = same && std::equal(left.begin(), left.end(), right.begin(), right.end(),
                              [](const auto* x, const auto* y) { return x->id == y->id; });
    if (!same) FAIL_CHECK(one.id);
    REQUIRE(same);
  }
  REQUIRE(a.Find("no such concept") == nullptr);
  REQUIRE(WriteSkos(a) == WriteSkos(b));
}

std::string Print(const std::vector<Mention>& mentions) {
  std::string out;
  for (const Mention& one : mentions) {
    out += std::to_string(one.begin) + "-" + std::to_string(one.end) + " " +
           std::to_string(one.span.begin) + " " + one.concept_ptr->id + " " + one.label->language +
           std::to_string(static_cast<int>(one.label->kind)) + one.label->text;
    for (const model::Concept* other : one.also) out += " + " + other->id;
    out += "\n";
  }
  return out;
}

LabelMatcher MatcherOf(const Thesaurus& thesaurus) {
  return LabelMatcher::Build(thesaurus, test::Shipped().folding,
                             test::Must(KanaParticles::Load(test::Shipped().dir)));
}

void RequireSameMentions(const LabelMatcher& a, const LabelMatcher& b, const std::string& text) {
  const text::Folded folded = test::Shipped().folding.Fold(text);
  REQUIRE(Print(a.Match(text, folded)) == Print(b.Match(text, folded)));
  REQUIRE(Print(a.Match(folded)) == Print(b.Match(folded)));
}

// Labels of the shipped thesaurus, joined by what stands between words, and by nothing.
std::string LabelText(const Thesaurus& thesaurus, std::mt19937& random) {
  std::string out;
  for (int i = 0; i < 30; ++i) {
    const auto& labels = thesaurus.concepts()[random() % thesaurus.concepts().size()].labels;
    out += labels[random() % labels.size()].text;
    out += std::vector<std::string>{"", " ", "\n", "-", ", "}[random() % 5];
  }
  return out;
}

TEST_CASE("the shipped thesaurus says the same when it is compiled", "[thesaurus]") {
  const test::TempDir temp;
  FillShipped(temp);
  REQUIRE(Compile(temp.path()));
  const Thesaurus compiled = test::Must(Thesaurus::Load(temp.path()));
  REQUIRE(IsCompiled(compiled));
  const Thesaurus skos = FromSkos(temp.path());
  REQUIRE_FALSE(IsCompiled(skos));
  RequireSame(compiled, skos);
  const LabelMatcher a = MatcherOf(compiled);
  const LabelMatcher b = MatcherOf(skos);
  CHECK((a.digest() == b.digest() && a.size() == b.size()));
  CHECK(a.MemoryBytes() < b.MemoryBytes());
  for (const std::string& file : files::WalkFolder(test::RepositoryPath("corpus")).files) {
    if (!file.ends_with(".rdf") && !file.ends_with(".compiled")) {
      RequireSameMentions(a, b, test::ReadFile(file));
    }
  }
  std::mt19937 random(1);
  for (unsigned i = 0; i < 300; ++i) {
    RequireSameMentions(a, b, test::RandomText(i) + LabelText(skos, random));
  }
  // Of the rules, and so of what an ingest finds unchanged.
  const auto with = test::Must(pipeline::Rules::Load(temp.path()));
  fs::remove(CompiledThesaurus::PathIn(temp.path()));
  CHECK(with->digest() == test::Must(pipeline::Rules::Load(temp.path()))->digest());
}

// A table of new concepts and old ones that take labels, references and notes of others.
std::string UserTable(const Thesaurus& shipped, std::mt19937& random) {
  const auto& all = shipped.concepts();
  const auto any = [&]() -> const model::Concept& { return all[random() % all.size()]; };
  const auto label = [&] {
    const auto& labels = any().labels;
    const std::string& text = labels[random() % labels.size()].text;
    return text.find_first_of(";\t\"\n") == std::string::npos ? text : std::string("plain");
  };
  std::string out = "id\tscheme\tzh-Hans\tja\ten\ten hidden\tja hidden\tbroader\trelated\n";
  for (int i = 0; i < 40; ++i) {
    const bool is_new = random() % 2 == 0;
    out += is_new ? "mine-" + std::to_string(i) : any().id;
    out += std::vector<std::string>{"\t", "\tconditions", "\tother-words"}[random() % 3];
    for (int n = 0; n < 5; ++n) {
      out += "\t" + (is_new || random() % 2 == 0 ? label() : "");
      if (random() % 3 == 0) out += ";" + label() + ";" + std::to_string(random() % 9) + "x";
    }
    out += "\t" + (is_new ? any().id : "") + "\t" + any().id + "\n";
  }
  return out;
}

TEST_CASE("users' files over a compiled thesaurus say the same as over SKOS", "[thesaurus]") {
  const test::TempDir temp;
  FillShipped(temp);
  REQUIRE(Compile(temp.path()));
  const Thesaurus shipped = test::Must(Thesaurus::Load(temp.path()));
  REQUIRE(IsCompiled(shipped));
  std::mt19937 random(2);
  std::size_t compiled = 0;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    const std::vector<ThesaurusSource> user{{"a.tsv", UserTable(shipped, random)},
                                            {"b.tsv", UserTable(shipped, random)}};
    const auto paths = test::Must(ShippedFiles(temp.path()));
    const auto a = Thesaurus::Load(temp.path(), user);
    const auto b = Thesaurus::LoadFiles(paths, user);
    REQUIRE(a.has_value() == b.has_value());
    if (!a) {
      CHECK(a.error().Text() == b.error().Text());
      continue;
    }
    ++compiled;
    REQUIRE(IsCompiled(*a));
    RequireSame(*a, *b);
    const LabelMatcher left = MatcherOf(*a);
    const LabelMatcher right = MatcherOf(*b);
    REQUIRE(left.digest() == right.digest());
    for (unsigned i = 0; i < 60; ++i) RequireSameMentions(left, right, LabelText(*b, random));
    for (const std::size_t i : {0, 1}) {
      std::string table = user[i].bytes;
      for (char& c : table) c = c == '\t' || c == ';' ? '\n' : c;
      RequireSameMentions(left, right, table);
    }
  }
  CHECK(compiled > 3);
}

TEST_CASE("mistakes of users' files have their places over a compiled thesaurus too",
          "[thesaurus]") {
  const test::TempDir temp;
  FillSmall(temp);
  REQUIRE(Compile(temp.path()));
  REQUIRE(IsCompiled(test::Must(Thesaurus::Load(temp.path()))));
  for (const char* const table :
       {"id,en,broader\nthree,third,none\n", "id,en,broader\none,uno,two\n",
        "id,en\none,uno\none,due\n", "id\nthree\n", "id,en\nthree,a\nthree,b\n"}) {
    CAPTURE(table);
    const auto a = Thesaurus::Load(temp.path(), {{"u.csv", table}});
    const auto b = Thesaurus::LoadFiles(test::Must(ShippedFiles(temp.path())), {{"u.csv", table}});
    REQUIRE_FALSE(a);
    REQUIRE_FALSE(b);
    CHECK(a.error().Text() == b.error().Text());
  }
  const std::string narrower =
      "<skos:Concept rdf:about='http://example.org/known/one'><skos:altLabel>a</skos:altLabel>"
      "<skos:narrower rdf:resource='x/three'/><skos:narrower "
      "rdf:resource='https://sakuin.example.org/concept/two'/></skos:Concept>";
  const std::vector<ThesaurusSource> user{{"c.csv", "id,en\nthree,both\n"},
                                          {"d.rdf", test::Skos(narrower)}};
  const auto a = Thesaurus::Load(temp.path(), user);
  const auto b = Thesaurus::LoadFiles(test::Must(ShippedFiles(temp.path())), user);
  REQUIRE(a.has_value() == b.has_value());
  if (!a) CHECK(a.error().Text() == b.error().Text());
}

void SetTime(const std::string& path, const files::Stamp& stamp) {
  const timespec time{stamp.modified / 1000000000, stamp.modified % 1000000000};
  const timespec both[] = {time, time};
  REQUIRE(utimensat(AT_FDCWD, path.c_str(), both, 0) == 0);
}

TEST_CASE("whatever is done to the SKOS files is seen at once", "[thesaurus]") {
  const test::TempDir temp;
  FillSmall(temp);
  const std::string file = temp.File("thesaurus/a.rdf");
  REQUIRE_FALSE(IsCompiled(test::Must(Thesaurus::Load(temp.path()))));
  REQUIRE(Compile(temp.path()));
  const auto load = [&temp] { return test::Must(Thesaurus::Load(temp.path())); };
  REQUIRE(IsCompiled(load()));
  SECTION("an edit of the same size with the old time") {
    const auto before = *files::StampOf(file);
    std::string bytes = test::ReadFile(file);
    bytes.replace(bytes.find("first"), 5, "third");
    temp.Write("thesaurus/a.rdf", bytes);
    SetTime(file, before);
    REQUIRE(files::StampOf(file)->modified == before.modified);
    REQUIRE_FALSE(IsCompiled(load()));
    CHECK(load().Find("one")->labels[0].text == "third");
    REQUIRE(Compile(temp.path()));
    REQUIRE(IsCompiled(load()));
    CHECK(load().Find("one")->labels[0].text == "third");
  }
  SECTION("another time alone changes nothing") {
    SetTime(file, {0, 1000000000, 0});
    CHECK(IsCompiled(load()));
  }
  SECTION("a copy of the folder") {
    const test::TempDir copy;
    fs::copy(temp.path(), copy.path(), fs::copy_options::recursive);
    const Thesaurus copied = test::Must(Thesaurus::Load(copy.path()));
    CHECK(IsCompiled(copied));
    RequireSame(copied, FromSkos(temp.path()));
  }
  SECTION("one more file, another name, none") {
    temp.Write("thesaurus/b.rdf", test::Skos("<skos:Concept rdf:about='x/n'>"
                                             "<skos:prefLabel>n</skos:prefLabel></skos:Concept>"));
    CHECK_FALSE(IsCompiled(load()));
    CHECK(load().Find("n") != nullptr);
    fs::remove(file);
    CHECK(load().Find("one") == nullptr);
    fs::remove(temp.File("thesaurus/b.rdf"));
    CHECK(Thesaurus::Load(temp.path()).error().code == ErrorCode::kNotFound);
  }
  SECTION("other folding tables: the labels are put together anew") {
    temp.Write("folding/ignorable.tsv", "00AE\t00AE\tregistered sign\n");
    const auto folding = test::Must(text::Folding::Load(temp.path()));
    const Thesaurus compiled = load();
    REQUIRE(IsCompiled(compiled));
    const LabelMatcher matcher = LabelMatcher::Build(compiled, folding);
    CHECK(LabelMatcher::Build(compiled, test::Shipped().folding)
              .Match(test::Shipped().folding.Fold("sec\u00AEond name"))
              .empty());
    CHECK(matcher.Match(folding.Fold("sec\u00AEond name")).size() == 1);
    CHECK(matcher.digest() == LabelMatcher::Build(FromSkos(temp.path()), folding).digest());
  }
}

TEST_CASE("a damaged compiled thesaurus is not used", "[thesaurus][property]") {
  const test::TempDir temp;
  FillSmall(temp);
  const Thesaurus skos = FromSkos(temp.path());
  const std::string bytes = test::Must(CompileBytes(temp.path(), test::Shipped().folding));
  const std::string path = CompiledThesaurus::PathIn(temp.path());
  const auto use = [&](const std::string& changed) {
    REQUIRE(files::WriteAtomically(path, changed));
    const Thesaurus loaded = test::Must(Thesaurus::Load(temp.path()));
    if (IsCompiled(loaded)) return true;
    RequireSame(loaded, skos);
    return false;
  };
  REQUIRE(use(bytes));
  std::mt19937 random(3);
  for (std::size_t i = 0; i < 200; ++i) {
    std::string changed = bytes;
    const std::size_t at = i < 120 ? i : random() % bytes.size();
    changed[at] = static_cast<char>(changed[at] ^ (1 << (random() % 8)));
    CAPTURE(at);
    CHECK_FALSE(use(changed));
  }
  for (const std::size_t size : {0, 1, 39, 40, 41, 100, 5000}) {
    CHECK_FALSE(use(bytes.substr(0, size)));
  }
  CHECK_FALSE(use(bytes.substr(0, bytes.size() - 1)));
  CHECK_FALSE(use(bytes + '\0'));
  CHECK_FALSE(use(test::RandomBytes(1, 3000)));
  REQUIRE(fs::remove(path));
  fs::create_directory(path);
  CHECK_FALSE(IsCompiled(test::Must(Thesaurus::Load(temp.path()))));
}

// Nobody writes such a file by accident; it must not lead outside of memory all the same.
TEST_CASE("a compiled thesaurus that was tampered with does not crash", "[thesaurus][property]") {
  const test::TempDir temp;
  FillSmall(temp);
  const std::string path = CompiledThesaurus::PathIn(temp.path());
  REQUIRE(Compile(temp.path()));
  std::mt19937 random(4);
  std::size_t used = 0;
  for (int round = 0; round < 400; ++round) {
    ContainerWriter out;
    {
      REQUIRE(Compile(temp.path()));
      const Container container = test::Must(Container::Open(path));
      const auto victim = static_cast<std::uint32_t>(1 + random() % 20);
      for (std::uint32_t id = 1; id <= 20; ++id) {
        std::string section(container.Section(id));
        for (int n = 0; id == victim && n < 3 && !section.empty(); ++n) {
          if (random() % 4 == 0) section.resize(random() % (section.size() + 8));
          if (section.empty()) break;
          section[random() % section.size()] = static_cast<char>(random());
        }
        out.Add(id, std::move(section));
      }
    }
    REQUIRE(files::WriteAtomically(path, out.Finish()));
    const auto loaded = Thesaurus::Load(temp.path(), {{"u.csv", "id,en,broader\none,uno,\n"}});
    if (!loaded || !IsCompiled(*loaded)) continue;
    ++used;
    const LabelMatcher matcher = MatcherOf(*loaded);
    for (const model::Concept& one : loaded->concepts()) (void)loaded->WithNarrower(one.id);
    const std::string text = "first and second name, both ONE uno " + test::RandomText(7);
    (void)matcher.Match(text, test::Shipped().folding.Fold(text));
    (void)matcher.Match(test::Shipped().folding.Fold(text));
  }
  CHECK(used > 20);
}

TEST_CASE("concepts may be asked for by several threads", "[thesaurus]") {
  const test::TempDir temp;
  FillShipped(temp);
  REQUIRE(Compile(temp.path()));
  const Thesaurus compiled = test::Must(Thesaurus::Load(temp.path()));
  const auto& ids = test::Shipped().thesaurus.concepts();
  std::vector<std::thread> threads;
  std::atomic<std::size_t> found{0};
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&] {
      for (const model::Concept& one : ids) {
        found += compiled.Find(one.id)->labels.size() == one.labels.size() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(found == 4 * ids.size());
}

// Fails where the code reads SKOS files otherwise and kContainerVersion or kLabelsVersion was not
// raised.
TEST_CASE("what the build has compiled is what this code would", "[thesaurus]") {
  const std::string dir = test::RepositoryPath("corpus");
  const Thesaurus built = test::Must(Thesaurus::Load(dir));
  if (!IsCompiled(built)) {
    WARN("no compiled thesaurus, or the SKOS files were edited after it");
    return;
  }
  const Thesaurus skos = FromSkos(dir);
  RequireSame(built, skos);
  const LabelMatcher a = MatcherOf(built);
  const LabelMatcher b = MatcherOf(skos);
  std::mt19937 random(5);
  for (int i = 0; i < 50; ++i) RequireSameMentions(a, b, LabelText(skos, random));
}

TEST_CASE("thesaurus compile", "[cli]") {
  const test::TempDir temp;
  FillSmall(temp);
  CHECK(test::RunCli({"--data-dir", temp.path(), "thesaurus", "compile"}).status == 0);
  CHECK(IsCompiled(test::Must(Thesaurus::Load(temp.path()))));
  temp.Write("thesaurus/b.rdf", "<rdf");
  const auto broken = test::RunCli({"--data-dir", temp.path(), "thesaurus", "compile"});
  CHECK(broken.status == 2);
  CHECK(broken.err.find("b.rdf:1") != std::string::npos);
}

}  // namespace
}  // namespace sakuin::thesaurus
