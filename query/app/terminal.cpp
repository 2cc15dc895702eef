#include "query/app/terminal.h"

#include <unicode/uchar.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "indexer/base/utf8.h"

namespace sakuin::app {
namespace {

std::size_t CharWidth(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  const auto category = u_charType(code);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR ||
      category == U_CONTROL_CHAR) {
    return 0;
  }
  const auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

bool IsTerminal(int descriptor) { return isatty(descriptor) != 0; }

bool WantsColor(ColorMode mode) {
  if (mode != ColorMode::kAuto) return mode == ColorMode::kAlways;
  const char* const none = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  if (none != nullptr && *none != '\0') return false;
  if (term != nullptr && std::string_view(term) == "dumb") return false;
  return IsTerminal(STDOUT_FILENO);
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += CharWidth(utf8::Next(text, at));
  return width;
}

std::string FitWidth(std::string_view text, std::size_t columns, bool pad) {
  std::string out(text);
  std::size_t width = DisplayWidth(text);
  if (width > columns) {
    std::size_t at = 0;
    width = 0;
    while (at < text.size()) {
      std::size_t next = at;
      const std::size_t more = CharWidth(utf8::Next(text, next));
      if (width + more > columns - 1) break;
      width += more;
      at = next;
    }
    out = std::string(text.substr(0, at));
    utf8::Append(out, 0x2026);
    ++width;
  }
  if (pad && width < columns) out.append(columns - width, ' ');
  return out;
}

std::string Printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (control || direction) {
      char escaped[12];
      std::snprintf(escaped, sizeof escaped, "<%02X>", static_cast<unsigned>(c));
      out += escaped;
    } else {
      utf8::Append(out, c);
    }
  }
  return out;
}

std::string Highlighted(std::string_view text, const std::vector<model::Span>& spans, bool color) {
  if (!color) return Printable(text);
  std::string out;
  std::size_t done = 0;
  for (const model::Span& span : spans) {
    out += Printable(text.substr(done, span.begin - done));
    out += "\033[1;31m" + Printable(span.In(text)) + "\033[0m";
    done = span.end;
  }
  return out + Printable(text.substr(done));
}

bool Out(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

bool FlushOut(bool& closed_pipe) {
  const bool ok = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  closed_pipe = !ok && errno == EPIPE;
  return ok || closed_pipe;
}

void Err(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace sakuin::app
