#include "query/app/run.h"

#include <sqlite3.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/base/icu.h"
#include "indexer/base/json_text.h"
#include "indexer/store/sqlite/migrations.h"
#include "query/app/command.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

// The signal handler's only way to speak: everything else asks it between documents.
std::atomic<bool> interrupted{false};

void OnInterrupt(int) {
  if (interrupted.exchange(true)) _exit(kInterrupted);
}

void SetSignals() {
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGTERM, OnInterrupt);
  // A closed pipe and a file-size limit are failed writes, not deaths.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

std::size_t EditDistance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t before = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t here = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)});
      before = here;
    }
  }
  return row[b.size()];
}

std::string Suggestion(const std::string& word, const CLI::App& app) {
  std::string best;
  std::size_t least = 3;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::size_t distance = EditDistance(word, sub->get_name());
    if (distance < least) {
      least = distance;
      best = sub->get_name();
    }
  }
  return best.empty() ? "" : "; did you mean `sakuin " + best + "`?";
}

std::string Version(const Context& context, bool as_json) {
  const std::string text = std::string("sakuin ") + kProgramVersion;
  if (!as_json) return text + "\n";
  nlohmann::ordered_json out{{"sakuin", kProgramVersion},
                             {"schema", store::NewestSchema()},
                             {"sqlite", sqlite3_libversion()},
                             {"icu", IcuVersion()},
                             {"unicode", UnicodeVersion()}};
  const auto rules = service::LoadRules(context);
  if (rules) {
    out["analyzer"] = (*rules)->AnalyzerDigest();
    out["folding"] = (*rules)->folding().digest();
    out["thesaurus"] = (*rules)->thesaurus().digest();
    out["rules"] = (*rules)->digest();
  }
  return JsonText(out) + "\n";
}

// Where the binary lies, also when it was found by the PATH: its data lie beside it.
std::string ProgramPath(const char* called) {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::string(called) : path.string();
}

const std::map<std::string, std::string> kUiLanguages{
    {"en", "en"}, {"ja", "ja"}, {"zh", "zh-Hans"}, {"zh-Hans", "zh-Hans"}, {"zh-Hant", "zh-Hant"}};

// What the locale's name asks for ("ja_JP.UTF-8", "zh_TW"), as setlocale() would look for it.
std::string LanguageOfLocale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    if (locale.starts_with("ja")) return "ja";
    if (!locale.starts_with("zh")) return "en";
    const bool traditional = locale.find("TW") != std::string_view::npos ||
                             locale.find("HK") != std::string_view::npos ||
                             locale.find("MO") != std::string_view::npos ||
                             locale.find("Hant") != std::string_view::npos;
    return traditional ? "zh-Hant" : "zh-Hans";
  }
  return "en";
}

struct Globals {
  Context context;
  bool version = false;
  bool json = false;
};

void DefineGlobals(CLI::App& app, Globals& globals) {
  Context& c = globals.context;
  const std::map<std::string, ColorMode> modes{
      {"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}};
  app.add_option("--db", c.kb,
                 "Knowledge base: a SQLite file (default: $SAKUIN_DB, else sakuin.db)");
  app.add_option("--color", c.color, "Colours on standard output: auto, always or never")
      ->transform(CLI::CheckedTransformer(modes, CLI::ignore_case).description(""));
  app.add_flag("-q,--quiet", c.quiet, "No warnings and no progress");
  app.add_flag("-v,--verbose", c.verbosity, "Say more");
  app.add_option("--ui-language", c.ui_language,
                 "Language of names and of the reasons of contradictions: en, ja, zh-Hans, zh-Hant "
                 "(default: from the locale); messages are English")
      ->transform(CLI::CheckedTransformer(kUiLanguages, CLI::ignore_case).description(""));
  app.add_option("--data-dir", c.data_dir,
                 "Folder with folding/, thesaurus/, profiles/, language/");
  app.add_option("--thesaurus", c.thesauri,
                 "Concepts beside the shipped ones: SKOS (RDF/XML), .tsv or .csv; may be repeated")
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// -h is short, --help adds the examples.
int PrintHelp(const CLI::App& app, const std::vector<std::unique_ptr<Command>>& commands,
              bool with_examples) {
  const auto chosen = app.get_subcommands();
  const CLI::App* const topic = chosen.empty() ? &app : chosen.front();
  std::string text = topic->help(chosen.empty() ? "sakuin" : "");
  for (const auto& command : commands) {
    if (with_examples && !chosen.empty() && topic->get_name() == command->Name()) {
      text += std::string("\nExamples:\n") + command->Examples();
    }
  }
  if (chosen.empty()) {
    text +=
        "\n`sakuin COMMAND --help` shows a command's options with examples.\n"
        "Sakuin shows what articles say. It gives no medical advice.\n";
  }
  Out(text);
  return kDone;
}

// Paths in $SAKUIN_THESAURUS are separated as in $PATH.
void AddThesauriOfEnvironment(Context& context) {
  const char* const all = std::getenv("SAKUIN_THESAURUS");
  for (std::string& path : Split(all != nullptr ? all : "", ':')) {
    if (!path.empty()) context.thesauri.push_back(std::move(path));
  }
}

int Finish(int status) {
  bool closed_pipe = false;
  if (FlushOut(closed_pipe)) return status;
  return Complain({ErrorCode::kIo, "standard output cannot be written: is the disk full?", {}});
}

}  // namespace

int Complain(const Error& error) {
  Err("sakuin: " + Printable(error.Text()) + "\n");
  return kFailed;
}

void Warn(const Context& context, const std::string& message) {
  if (!context.quiet) Err("sakuin: warning: " + Printable(message) + "\n");
}

int RunProgram(int count, char** arguments) {
  SetSignals();
  CLI::App app{
      "Sakuin turns health articles in Chinese, Japanese and English into a knowledge base\n"
      "that can be searched across languages."};
  app.fallthrough();
  app.set_help_flag("-h", "Short help");
  app.set_help_all_flag("--help", "Help with examples");
  Globals globals;
  globals.context.program = ProgramPath(arguments[0]);
  globals.context.stop = &interrupted;
  globals.context.ui_language = LanguageOfLocale();
  DefineGlobals(app, globals);
  app.add_flag("--version", globals.version, "The version; with --json every version that counts");
  CLI::Option* const json = app.add_flag("--json", globals.json, "With --version")->group("");
  (void)json;
  const auto commands = AllCommands();
  for (const auto& command : commands) {
    CLI::App* const sub = app.add_subcommand(command->Name(), command->Summary());
    sub->fallthrough();
    sub->set_help_flag("-h", "Short help");
    sub->set_help_all_flag("--help", "Help with examples");
    Options options(sub);
    command->Define(options);
  }
  app.require_subcommand(0, 1);
  try {
    app.parse(count, arguments);
  } catch (const CLI::CallForHelp&) {
    return Finish(PrintHelp(app, commands, false));
  } catch (const CLI::CallForAllHelp&) {
    return Finish(PrintHelp(app, commands, true));
  } catch (const CLI::ParseError& error) {
    std::string what = error.what();
    const auto extra = app.remaining(true);
    const bool unknown = app.get_subcommands().empty() && !extra.empty();
    if (!extra.empty() && extra[0].starts_with('-') && !app.get_subcommands().empty()) {
      what += "; if it is no option, write it behind --";
    }
    if (unknown && extra[0][0] != '-') {
      what = "there is no command '" + extra[0] + "'" + Suggestion(extra[0], app);
    }
    return Complain({ErrorCode::kUsage, what + "\nTry `sakuin --help`.", {}});
  }
  Context& context = globals.context;
  if (context.kb.empty()) {
    const char* const from_environment = std::getenv("SAKUIN_DB");
    context.kb =
        from_environment != nullptr && *from_environment != '\0' ? from_environment : "sakuin.db";
  }
  AddThesauriOfEnvironment(context);
  const auto chosen = app.get_subcommands();
  if (globals.version) {
    Out(Version(context, globals.json));
    return Finish(kDone);
  }
  if (chosen.empty()) return Finish((PrintHelp(app, commands, false), kFailed));
  if (context.kb.starts_with("opensearch+")) {
    return Complain({ErrorCode::kUsage,
                     "this version reads and writes SQLite files only; OpenSearch is not built yet",
                     context.kb});
  }
  for (const auto& command : commands) {
    if (chosen.front()->get_name() == command->Name()) return Finish(command->Run(context));
  }
  return kFailed;
}

}  // namespace sakuin::app
