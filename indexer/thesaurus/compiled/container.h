#pragma once

// The frame of docs/formats/compiled-thesaurus.md: one file of numbered sections that are used
// where they lie in memory.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/mapped_file.h"
#include "indexer/base/result.h"

namespace sakuin::thesaurus {

// Raise it when a section's layout changes, and when the same SKOS files are read as other
// concepts.
inline constexpr std::uint32_t kContainerVersion = 1;

class ContainerWriter {
 public:
  void Add(std::uint32_t id, std::string bytes) { sections_.emplace_back(id, std::move(bytes)); }

  template <typename T>
  void AddArray(std::uint32_t id, std::span<const T> values) {
    Add(id, std::string(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
  }

  std::string Finish() const;

 private:
  std::vector<std::pair<std::uint32_t, std::string>> sections_;
};

// Immutable, therefore thread-safe.
class Container {
 public:
  // kNotFound, kIo; kBadData for what was not written by this version on such a machine, is shorter
  // or longer than it says, or has one bit that is another one now. Reads the whole file once.
  static Result<Container> Open(const std::string& path);

  // Empty where there is no such section. Begins at a multiple of 8 bytes.
  std::string_view Section(std::uint32_t id) const;

  // None where the section is no whole number of them.
  template <typename T>
  std::optional<std::span<const T>> Array(std::uint32_t id) const {
    static_assert(alignof(T) <= 8);
    const std::string_view bytes = Section(id);
    if (bytes.size() % sizeof(T) != 0) return std::nullopt;
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
  }

  const files::Stamp& stamp() const { return file_.stamp(); }

 private:
  explicit Container(MappedFile file) : file_(std::move(file)) {}

  MappedFile file_;
  std::vector<std::pair<std::uint32_t, std::string_view>> sections_;
};

}  // namespace sakuin::thesaurus
