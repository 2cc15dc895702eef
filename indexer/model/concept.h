#pragma once

// A concept of the thesaurus (SKOS), with its labels in several languages.

#include <string>
#include <vector>

namespace sakuin::model {

enum class LabelKind { kPreferred, kAlternative, kHidden };

struct Label {
  std::string text;      // UTF-8, as written in the file
  std::string language;  // BCP 47: "zh-Hans", "zh-Hant", "ja", "en"
  LabelKind kind = LabelKind::kPreferred;
};

struct Concept {
  std::string id;  // skos:notation, else the last part of its address
  std::string uri;
  std::string scheme;  // "conditions", ...
  std::vector<Label> labels;
  std::vector<std::string> broader;      // ids
  std::vector<std::string> related;      // ids
  std::vector<std::string> exact_match;  // addresses in other vocabularies
  std::string scope_note;
};

}  // namespace sakuin::model
