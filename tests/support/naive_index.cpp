#include "tests/support/naive_index.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/text/readings.h"

namespace sakuin::test {

void NaiveIndex::Add(const model::Document& document) {
  for (const model::Section& section : document.sections) {
    // What ruby says stands in lines of its own.
    sections_.push_back(
        {section.Id(document.id),
         folding_.Key(section.heading + "\n" + text::Speak(section.heading_readings).text),
         folding_.Key(section.text + "\n" + text::Speak(section.text_readings).text), document.id,
         folding_.Key(document.sections[0].heading + "\n" +
                      text::Speak(document.sections[0].heading_readings).text),
         folding_.Fold(section.heading).chars, folding_.Fold(section.text).chars});
    for (const std::string& line : Split(section.heading + "\n" + section.text, '\n')) {
      if (!line.empty()) lines_.push_back(line);
    }
  }
}

std::set<std::string> NaiveIndex::Find(const std::string& phrase) const {
  const std::string key = folding_.Key(phrase);
  std::set<std::string> out;
  for (const Entry& entry : sections_) {
    if (entry.heading.find(key) != std::string::npos || entry.text.find(key) != std::string::npos) {
      out.insert(entry.id);
    }
  }
  return out;
}

std::set<std::string> NaiveIndex::FindInHeadings(const std::string& phrase) const {
  const std::string key = folding_.Key(phrase);
  std::set<std::string> out;
  for (const Entry& entry : sections_) {
    if (entry.heading.find(key) != std::string::npos) out.insert(entry.id);
  }
  return out;
}

std::set<std::string> NaiveIndex::FindInTitles(const std::string& phrase) const {
  const std::string key = folding_.Key(phrase);
  std::set<std::string> out;
  for (const Entry& entry : sections_) {
    if (entry.title.find(key) != std::string::npos) out.insert(entry.id);
  }
  return out;
}

namespace {

bool Near(const std::u32string& in, const std::u32string& a, const std::u32string& b,
          std::size_t distance) {
  for (std::size_t i = in.find(a); i != in.npos; i = in.find(a, i + 1)) {
    for (std::size_t j = in.find(b); j != in.npos; j = in.find(b, j + 1)) {
      const std::size_t first_end = i <= j ? i + a.size() : j + b.size();
      const std::size_t second = std::max(i, j);
      if (second <= first_end + distance) return true;
    }
  }
  return false;
}

}  // namespace

std::set<std::string> NaiveIndex::FindNear(const std::string& a, const std::string& b,
                                           std::size_t distance) const {
  const std::u32string first = folding_.Fold(a).chars;
  const std::u32string second = folding_.Fold(b).chars;
  std::set<std::string> out;
  for (const Entry& entry : sections_) {
    if (Near(entry.own_heading, first, second, distance) ||
        Near(entry.own_text, first, second, distance)) {
      out.insert(entry.id);
    }
  }
  return out;
}

}  // namespace sakuin::test
