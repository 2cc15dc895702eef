#include "query/api/feeds/atom.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "indexer/base/utf8.h"
#include "query/contradictions/decisions/moment.h"

namespace sakuin::api {
namespace {

constexpr const char* kNoDate = "1970-01-01T00:00:00Z";

bool IsXmlCharacter(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

// Does the text have digits where the pattern has '0', and the pattern's other characters?
bool Fits(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

int Number(const std::string& text, std::size_t at, std::size_t digits) {
  return std::atoi(text.substr(at, digits).c_str());
}

// "2021-05-30T06:30:00+01:00" -> "2021-05-30T05:30:00Z", so that text order is time order.
std::string ToUtc(const std::string& date) {
  using std::chrono::minutes;
  const std::chrono::year_month_day day{
      std::chrono::year(Number(date, 0, 4)),
      std::chrono::month(static_cast<unsigned>(Number(date, 5, 2))),
      std::chrono::day(static_cast<unsigned>(Number(date, 8, 2)))};
  if (!day.ok()) return kNoDate;
  const minutes ahead(Number(date, 20, 2) * 60 + Number(date, 23, 2));
  const std::chrono::sys_seconds local =
      std::chrono::sys_days(day) + std::chrono::hours(Number(date, 11, 2)) +
      minutes(Number(date, 14, 2)) + std::chrono::seconds(Number(date, 17, 2));
  const std::chrono::sys_seconds utc = date[19] == '+' ? local - ahead : local + ahead;
  return contradictions::Print(std::chrono::time_point_cast<std::chrono::milliseconds>(utc))
             .substr(0, 19) +
         "Z";
}

std::string Element(const char* name, const std::string& text) {
  return std::string("<") + name + ">" + XmlText(text) + "</" + name + ">\n";
}

std::string Link(const char* relation, const char* type, const std::string& address) {
  return std::string("<link rel=\"") + relation + "\" type=\"" + type + "\" href=\"" +
         XmlText(address) + "\"/>\n";
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string out;
  for (const char32_t c : utf8::Decode(text)) {
    if (!IsXmlCharacter(c)) continue;
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      default: utf8::Append(out, c);
    }
  }
  return out;
}

std::string AtomDate(const std::string& date) {
  if (Fits(date, "0000")) return date + "-01-01T00:00:00Z";
  if (Fits(date, "0000-00")) return date + "-01T00:00:00Z";
  if (date.size() < 10 || !Fits(date.substr(0, 10), "0000-00-00")) return kNoDate;
  const std::string day = date.substr(0, 10);
  // Of a time without its zone, or of another form, the day is what is known.
  const std::string time = date.substr(10);
  if (Fits(time, "T00:00:00Z")) return day + time;
  const bool has_zone = Fits(time, "T00:00:00+00:00") || Fits(time, "T00:00:00-00:00");
  return has_zone ? ToUtc(date) : day + "T00:00:00Z";
}

std::string PrintAtom(const AtomFeed& feed) {
  std::string updated = kNoDate;
  for (const AtomEntry& entry : feed.entries) updated = std::max(updated, entry.updated);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  out += Element("id", feed.id) + Element("title", feed.title) + Element("updated", updated);
  out += Link("self", "application/atom+xml", feed.self);
  out += Link("alternate", "text/html", feed.page);
  out += "<author><name>Sakuin</name></author>\n";
  out += "<generator version=\"" + XmlText(feed.version) + "\">Sakuin</generator>\n";
  for (const AtomEntry& entry : feed.entries) {
    out += entry.language.empty() ? "<entry>\n"
                                  : "<entry xml:lang=\"" + XmlText(entry.language) + "\">\n";
    out += Element("id", entry.id) + Element("title", entry.title);
    out += Element("updated", entry.updated) + Link("alternate", "text/html", entry.link);
    if (!entry.author.empty()) out += "<author>" + Element("name", entry.author) + "</author>\n";
    out += "<summary type=\"text\">" + XmlText(entry.summary) + "</summary>\n</entry>\n";
  }
  return out + "</feed>\n";
}

}  // namespace sakuin::api
