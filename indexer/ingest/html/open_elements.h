#pragma once

// Follows which elements are open, by the rules of HTML5's tree construction, cheaply and never
// far below the truth.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/ingest/html/html_names.h"

namespace sakuin::ingest {

// Not thread-safe. Names are lower case.
class OpenElements {
 public:
  OpenElements(std::size_t deepest, std::size_t most_formatting)
      : deepest_(deepest), most_formatting_(most_formatting) {}

  // False: the tag must go, it would nest too deep.
  bool Start(const std::string& name);
  void Void(const std::string& name);
  // False: the tag must go, its start tag went.
  bool End(const std::string& name);
  bool Holds(const std::string& name) const;

  std::size_t flattened() const { return flattened_; }
  // Elements that a parser makes of what was let through, at most.
  std::size_t made() const { return made_; }

 private:
  struct Kind {
    std::string name;
    NameTraits traits;
    std::size_t open = 0;     // entries of stack_
    std::size_t active = 0;   // of a formatting element: not ended yet
    std::size_t dropped = 0;  // of a formatting element: start tags that went
  };
  struct Entry {
    std::uint32_t kind = 0;
    bool dropped = false;
  };

  std::uint32_t KindOf(const std::string& name);
  bool StartFormatting(std::uint32_t id);
  bool EndFormatting(std::uint32_t id);
  void CloseBefore(std::uint32_t id);
  bool CloseNearest(bool (*wanted)(const Kind&), bool (*stops)(const Kind&));
  bool Pop(std::size_t to);
  void Push(std::uint32_t id, bool dropped);
  const Kind& KindAt(std::size_t index) const { return kinds_[stack_[index].kind]; }

  std::size_t deepest_;
  std::size_t most_formatting_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<Kind> kinds_;
  std::vector<Entry> stack_;
  std::size_t depth_ = 0;   // entries of stack_ that were let through
  std::size_t active_ = 0;  // formatting elements not ended yet
  std::size_t forced_ = 0;  // elements that another one's tag closed
  std::size_t flattened_ = 0;
  std::size_t made_ = 0;
};

}  // namespace sakuin::ingest
