#include "query/syntax/lexer.h"

#include <algorithm>
#include <array>

#include "indexer/base/utf8.h"

namespace sakuin::syntax {
namespace {

constexpr std::array<std::string_view, 7> kFields = {"title", "heading", "condition", "aspect",
                                                     "lang",  "site",    "published"};
constexpr int kDefaultDistance = 10;
constexpr int kLongestDistance = 1000;
constexpr std::string_view kNear = "NEAR/";

// Quotation marks that people's keyboards make beside ASCII's: curly ones and the full-width one.
bool IsQuote(char32_t c) { return c == '"' || c == 0x201C || c == 0x201D || c == 0xFF02; }

bool IsControl(char32_t c) { return c < 0x20 || c == 0x7F; }

bool HasDistance(std::string_view word) {
  return word.size() > kNear.size() && word.substr(0, kNear.size()) == kNear &&
         word.find_first_not_of("0123456789", kNear.size()) == std::string_view::npos;
}

int ReadDistance(std::string_view digits) {
  int out = 0;
  for (const char digit : digits) out = std::min(out * 10 + (digit - '0'), kLongestDistance + 1);
  return out;
}

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  Tokens Run() {
    while (at_ < query_.size()) {
      std::size_t next = at_;
      const char32_t c = utf8::Next(query_, next);
      if (IsBlank(c)) {
        at_ = next;
        blank_ = true;
      } else if (IsQuote(c)) {
        Phrase(next, c == '"');
      } else if (c == '(' || c == ')') {
        Put(c == '(' ? TokenKind::kOpen : TokenKind::kClose, std::string(1, static_cast<char>(c)),
            next);
      } else if (c == '-' && Excludes(next)) {
        Put(TokenKind::kMinus, "-", next);
      } else {
        Word();
      }
    }
    return std::move(out_);
  }

 private:
  void Put(TokenKind kind, std::string text, std::size_t end, int distance = 0) {
    out_.tokens.push_back({kind, std::move(text), distance, at_, end, !blank_});
    at_ = end;
    blank_ = false;
  }

  void Say(std::size_t end, std::string message) {
    out_.notes.push_back({at_, end, std::move(message)});
  }

  // Does a word, a phrase, a group or an exclusion begin at `at`?
  bool BeginsSomething(std::size_t at) const {
    if (at >= query_.size()) return false;
    const char32_t c = utf8::Next(query_, at);
    return !IsBlank(c) && c != ')';
  }

  // `at` is behind a minus. A dash of several is text.
  bool Excludes(std::size_t at) const { return BeginsSomething(at) && query_[at] != '-'; }

  // `at` is behind the opening mark. In ASCII's marks only ASCII's count, so that a text with
  // other ones can be quoted.
  void Phrase(std::size_t at, bool ascii) {
    std::string text;
    bool closed = false;
    while (at < query_.size() && !closed) {
      const char32_t c = utf8::Next(query_, at);
      if (ascii ? c != '"' : !IsQuote(c)) {
        utf8::Append(text, IsControl(c) ? U' ' : c);
      } else if (c == '"' && at < query_.size() && query_[at] == '"') {
        text += '"';
        ++at;
      } else {
        closed = true;
      }
    }
    if (!closed) Say(at, "the quotation is not closed: read to the end");
    Put(TokenKind::kPhrase, std::move(text), at);
  }

  // A run up to a blank, a quotation mark or a bracket; the name of a field ends at its colon.
  void Word() {
    std::size_t end = at_;
    std::string text;
    while (end < query_.size()) {
      std::size_t next = end;
      const char32_t c = utf8::Next(query_, next);
      if (IsBlank(c) || IsQuote(c) || c == '(' || c == ')') break;
      end = next;
      if (c == ':' && IsField(text)) {
        if (BeginsSomething(end)) return Put(TokenKind::kField, std::move(text), end);
        Say(end, kNothingBehindField);
      }
      utf8::Append(text, c);
    }
    Classify(std::move(text), end);
  }

  void Classify(std::string text, std::size_t end) {
    if (text == "OR") return Put(TokenKind::kOr, std::move(text), end);
    if (text == "AND") return Put(TokenKind::kAnd, std::move(text), end);
    if (text == "NOT") return Put(TokenKind::kNot, std::move(text), end);
    if (text == "NEAR") return Put(TokenKind::kNear, std::move(text), end, kDefaultDistance);
    if (HasDistance(text)) return Near(std::move(text), end);
    if (text.ends_with('*') && text.find_first_not_of('*') != std::string::npos) {
      text.pop_back();
      return Put(TokenKind::kPrefix, std::move(text), end);
    }
    Put(TokenKind::kWord, std::move(text), end);
  }

  void Near(std::string text, std::size_t end) {
    int distance = ReadDistance(std::string_view(text).substr(kNear.size()));
    if (distance > kLongestDistance) {
      distance = kLongestDistance;
      Say(end, "NEAR reaches " + std::to_string(kLongestDistance) + " characters at most");
    }
    Put(TokenKind::kNear, std::move(text), end, distance);
  }

  std::string_view query_;
  std::size_t at_ = 0;
  bool blank_ = true;  // or the beginning: nothing to be glued to
  Tokens out_;
};

}  // namespace

bool IsField(std::string_view name) {
  return std::find(kFields.begin(), kFields.end(), name) != kFields.end();
}

bool IsOperator(std::string_view word) {
  return word == "OR" || word == "AND" || word == "NOT" || word == "NEAR" || HasDistance(word);
}

bool IsBlank(char32_t c) { return utf8::IsSpace(c) || IsControl(c); }

Tokens Tokenize(std::string_view query) { return Lexer(query).Run(); }

}  // namespace sakuin::syntax
