#include "query/syntax/lexer.h"

#include <algorithm>
#include <array>

#include "indexer/base/utf8.h"

namespace sakuin::syntax {
namespace {

constexpr std::array<std::string_view, 7> kFields = {"title",  "heading", "condition", "aspect",
                                                     "lang",   "site",    "published"};
constexpr int kDefaultDistance = 10;
constexpr int kLongestDistance = 1000;

// Quotation marks that people's keyboards make beside ASCII's: curly ones and the full-width one.
bool IsQuote(char32_t c) { return c == '"' || c == 0x201C || c == 0x201D || c == 0xFF02; }

bool IsBlank(char32_t c) { return utf8::IsSpace(c) || c < 0x20 || c == 0x7F; }

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
        Phrase(next, c);
      } else if (c == '(' || c == ')') {
        Put(c == '(' ? TokenKind::kOpen : TokenKind::kClose, std::string(1, static_cast<char>(c)),
            next);
      } else if (c == '-' && StartsSomething(next)) {
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

  bool StartsSomething(std::size_t at) const {
    if (at >= query_.size()) return false;
    const char32_t c = utf8::Next(query_, at);
    return !IsBlank(c) && c != ')' && c != '-';
  }

  // In ASCII quotes only ASCII quotes count, so that text with curly ones can be quoted.
  void Phrase(std::size_t at, char32_t open) {
    const std::size_t begin = at_;
    const auto closes = [open](char32_t c) { return open == '"' ? c == '"' : IsQuote(c); };
    std::string text;
    bool closed = false;
    while (at < query_.size() && !closed) {
      const char32_t c = utf8::Next(query_, at);
      std::size_t ahead = at;
      if (!closes(c)) {
        utf8::Append(text, IsBlank(c) ? U' ' : c);
      } else if (c == '"' && ahead < query_.size() && utf8::Next(query_, ahead) == '"') {
        text += '"';
        at = ahead;
      } else {
        closed = true;
      }
    }
    if (!closed) out_.notes.push_back({begin, at, "the quotation is not closed: read to the end"});
    Put(TokenKind::kPhrase, std::move(text), at);
  }

  // A run up to a blank, a quotation mark or a bracket.
  void Word() {
    std::size_t end = at_;
    std::string text;
    while (end < query_.size()) {
      std::size_t next = end;
      const char32_t c = utf8::Next(query_, next);
      if (IsBlank(c) || IsQuote(c) || c == '(' || c == ')') break;
      utf8::Append(text, c);
      end = next;
      if (c == ':' && IsField(std::string_view(text).substr(0, text.size() - 1))) {
        if (StartsSomething(end) || (end < query_.size() && query_[end] == '-')) {
          text.pop_back();
          Put(TokenKind::kField, std::move(text), end);
          return;
        }
        out_.notes.push_back({at_, end, "nothing stands behind the field: searched as text"});
      }
    }
    Classify(std::move(text), end);
  }

  void Classify(std::string text, std::size_t end) {
    if (text == "OR") return Put(TokenKind::kOr, std::move(text), end);
    if (text == "AND") return Put(TokenKind::kAnd, std::move(text), end);
    if (text == "NOT") return Put(TokenKind::kNot, std::move(text), end);
    if (text == "NEAR") return Put(TokenKind::kNear, std::move(text), end, kDefaultDistance);
    if (text.starts_with("NEAR/") && text.size() > 5 && text.size() < 10 &&
        text.find_first_not_of("0123456789", 5) == std::string::npos) {
      const int distance = std::min(std::stoi(text.substr(5)), kLongestDistance);
      return Put(TokenKind::kNear, std::move(text), end, distance);
    }
    if (text.size() > 1 && text.ends_with('*') && text.find('*') == text.size() - 1) {
      text.pop_back();
      return Put(TokenKind::kPrefix, std::move(text), end);
    }
    Put(TokenKind::kWord, std::move(text), end);
  }

  std::string_view query_;
  std::size_t at_ = 0;
  bool blank_ = true;
  Tokens out_;
};

}  // namespace

bool IsField(std::string_view name) {
  return std::find(kFields.begin(), kFields.end(), name) != kFields.end();
}

Tokens Tokenize(std::string_view query) { return Lexer(query).Run(); }

}  // namespace sakuin::syntax
