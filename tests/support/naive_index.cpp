#include "tests/support/naive_index.h"

#include "indexer/base/data_dir.h"

namespace sakuin::test {

void NaiveIndex::Add(const model::Document& document) {
  for (const model::Section& section : document.sections) {
    sections_.push_back(
        {section.Id(document.id), folding_.Key(section.heading), folding_.Key(section.text)});
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
