#include "query/server/message.h"

#include <algorithm>
#include <array>

#include "indexer/base/utf8.h"

namespace sakuin::server {
namespace {

const std::string kNone;

int HexOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsUnreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string Clean(const std::string& text) {
  std::string out;
  for (const char32_t c : utf8::Decode(text)) utf8::Append(out, c);
  std::erase_if(out, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
  });
  return out;
}

}  // namespace

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<std::string> Decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexOf(text[i + 1]);
      const int low = HexOf(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string Encode(std::string_view text) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

Parameters Parameters::Parse(std::string_view text) {
  Parameters out;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (part.empty()) continue;
    const std::string_view name = part.substr(0, part.find('='));
    const std::string_view value = name.size() < part.size() ? part.substr(name.size() + 1) : "";
    // A broken escape is text, not a reason to fail.
    const auto clean = [](std::string_view raw) {
      return Clean(Decode(raw, true).value_or(std::string(raw)));
    };
    out.items_.emplace_back(clean(name), clean(value));
  }
  return out;
}

const std::string& Parameters::Get(std::string_view name) const {
  for (const auto& [key, value] : items_) {
    if (key == name) return value;
  }
  return kNone;
}

bool Parameters::Has(std::string_view name) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const auto& item) { return item.first == name; });
}

std::vector<std::string> Parameters::All(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : items_) {
    if (key == name && !value.empty()) out.push_back(value);
  }
  return out;
}

void Parameters::Add(std::string name, std::string value) {
  items_.emplace_back(std::move(name), std::move(value));
}

void Parameters::Set(std::string_view name, std::string value) {
  Remove(name);
  items_.emplace_back(std::string(name), std::move(value));
}

void Parameters::Remove(std::string_view name) {
  std::erase_if(items_, [&](const auto& item) { return item.first == name; });
}

void Parameters::Remove(std::string_view name, std::string_view value) {
  std::erase_if(items_,
                [&](const auto& item) { return item.first == name && item.second == value; });
}

std::string Parameters::Print() const {
  std::string out;
  for (const auto& [name, value] : items_) {
    out += (out.empty() ? "" : "&") + Encode(name) + "=" + Encode(value);
  }
  return out;
}

const std::string& Request::Header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? kNone : found->second;
}

const std::string& Response::Header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? kNone : found->second;
}

std::string Request::Cookie(std::string_view name) const {
  std::string_view rest = Header("cookie");
  while (!rest.empty()) {
    std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
      return std::string(part.substr(name.size() + 1));
    }
  }
  return {};
}

std::string_view StatusText(int status) {
  struct Row {
    int status;
    std::string_view text;
  };
  static constexpr std::array<Row, 22> kRows{{{200, "OK"},
                                              {201, "Created"},
                                              {204, "No Content"},
                                              {303, "See Other"},
                                              {304, "Not Modified"},
                                              {400, "Bad Request"},
                                              {401, "Unauthorized"},
                                              {403, "Forbidden"},
                                              {404, "Not Found"},
                                              {405, "Method Not Allowed"},
                                              {406, "Not Acceptable"},
                                              {408, "Request Timeout"},
                                              {409, "Conflict"},
                                              {413, "Content Too Large"},
                                              {415, "Unsupported Media Type"},
                                              {421, "Misdirected Request"},
                                              {422, "Unprocessable Content"},
                                              {429, "Too Many Requests"},
                                              {431, "Request Header Fields Too Large"},
                                              {500, "Internal Server Error"},
                                              {501, "Not Implemented"},
                                              {503, "Service Unavailable"}}};
  for (const Row& row : kRows) {
    if (row.status == status) return row.text;
  }
  return "Status";
}

}  // namespace sakuin::server
