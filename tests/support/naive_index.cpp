#include "tests/support/naive_index.h"

#include "indexer/base/data_dir.h"
#include "indexer/text/readings.h"

namespace sakuin::test {

void NaiveIndex::Add(const model::Document& document) {
  for (const model::Section& section : document.sections) {
    // What ruby says stands in lines of its own.
    sections_.push_back(
        {section.Id(document.id),
         folding_.Key(section.heading + "\n" + text::Speak(section.heading_readings).text),
         folding_.Key(section.text + "\n" + text::Speak(section.text_readings).text)});
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

}  // namespace sakuin::test
