// Runs a fuzz target without libFuzzer:
//
//     fuzz_query FOLDER-OR-FILE... [MUTATIONS | SECONDSs]
//
// first on every given file, then on MUTATIONS inputs made from them, or on as many as there is
// time for ("30s"). The same files give the same inputs in the same order on every machine. When
// the target fails, the input stands in failing-input in the current folder: make it a file of
// tests/fuzz/seeds/. Exit status 0, or 2 without any input.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongest = 64 * 1024;  // of a mutation, in bytes

// What runs now: a handler of a signal has nothing else to reach it by.
const std::string* running = nullptr;

void KeepRunning() {
  if (running == nullptr) return;
  std::FILE* file = std::fopen("failing-input", "wb");
  if (file == nullptr) return;
  std::fwrite(running->data(), 1, running->size(), file);
  std::fclose(file);
  std::fprintf(stderr, "the input is in failing-input (%zu bytes)\n", running->size());
  running = nullptr;
}

void OnSignal(int number) {
  KeepRunning();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void Run(const std::string& input) {
  running = &input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  running = nullptr;
}

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The files at and below `path`, by name, so that every machine takes them in the same order.
std::vector<fs::path> FilesOf(const fs::path& path) {
  std::vector<fs::path> out;
  std::error_code error;
  if (fs::is_regular_file(path, error)) out.push_back(path);
  for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string Piece(const std::string& text, std::mt19937_64& random) {
  if (text.empty()) return {};
  return text.substr(random() % text.size(), 1 + random() % 16);
}

// One step away from `text`, half of the time with something of another input.
void Mutate(std::string& text, const std::vector<std::string>& inputs, std::mt19937_64& random) {
  const std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
  const std::size_t length = std::min<std::size_t>(1 + random() % 8, text.size() - at);
  switch (random() % 8) {
    case 0: text.insert(at, 1, static_cast<char>(random() & 0xFFU)); break;
    case 1: text.erase(at, length); break;
    case 2: text.insert(at, text.substr(at, length)); break;
    case 3:
      if (at < text.size()) text[at] = static_cast<char>(random() & 0xFFU);
      break;
    case 4: text.insert(at, 1 + random() % 300, at < text.size() ? text[at] : '('); break;
    case 5: text.resize(at); break;
    default: text.insert(at, Piece(inputs[random() % inputs.size()], random));
  }
  if (text.size() > kLongest) text.resize(kLongest);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> inputs;
  std::uint64_t mutations = 0;
  std::uint64_t seconds = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const char* end = argument.data() + argument.size();
    std::uint64_t given = 0;
    const auto number = std::from_chars(argument.data(), end, given);
    const bool is_number = number.ec == std::errc();
    if (is_number && number.ptr == end) mutations = given;
    if (is_number && std::string_view(number.ptr) == "s") seconds = given;
    if (is_number && (number.ptr == end || seconds > 0)) continue;
    for (const fs::path& file : FilesOf(fs::path(argument))) inputs.push_back(Read(file));
  }
  if (inputs.empty()) {
    std::fprintf(stderr, "no input: usage: %s FOLDER-OR-FILE... [MUTATIONS | SECONDSs]\n", argv[0]);
    return 2;
  }
  std::signal(SIGABRT, OnSignal);
  std::signal(SIGSEGV, OnSignal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(KeepRunning);

  for (const std::string& input : inputs) Run(input);
  std::mt19937_64 random(1);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  const auto more = [&](std::uint64_t done) {
    return seconds > 0 ? std::chrono::steady_clock::now() < until : done < mutations;
  };
  std::uint64_t i = 0;
  for (; more(i); ++i) {
    std::string text = inputs[random() % inputs.size()];
    for (std::size_t steps = 1 + random() % 6; steps > 0; --steps) Mutate(text, inputs, random);
    Run(text);
  }
  std::printf("%zu files and %ju mutations: sound\n", inputs.size(),
              static_cast<std::uintmax_t>(i));
  return 0;
}
