#pragma once

// Which column of a table holds what.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/date_words.h"

namespace sakuin::ingest {

// What a column may hold, in the order of kRoleNames.
enum class Role : std::size_t {
  kId,
  kUri,
  kTitle,
  kText,
  kHtml,
  kQuestion,
  kAnswer,
  kDate,
  kAuthor,
  kLanguage,
  kSite,
  kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(Role::kCount)> kRoleNames = {
    "id",     "uri",  "title",  "text",     "html", "question",
    "answer", "date", "author", "language", "site"};

// The names under which columns are known, and how dates are written: the rows of
// corpus/language/*/columns.tsv and dates.tsv. Immutable.
class TableWords {
 public:
  // kBadData with file:line for an unknown role or a name that stands for two.
  static Result<TableWords> Load(const std::string& data_dir);

  // Case, blanks, underscores and hyphens of the name do not count.
  std::optional<Role> Find(std::string_view name) const;

  const DateWords& dates() const { return dates_; }

 private:
  std::map<std::string, Role, std::less<>> roles_;
  DateWords dates_;
};

class TableColumns {
 public:
  // From the row of names and what was asked (--columns "text=answer,title=question"), which comes
  // first. kUsage for a role or a name that is not there, kBadInput where nothing can be the text.
  static Result<TableColumns> Choose(const std::vector<std::string>& names,
                                     const std::string& asked, const TableWords& words);

  // The cell of that role, trimmed; empty where the table or the row has none.
  std::string_view Cell(const std::vector<std::string>& row, Role role) const;

  std::size_t count() const { return count_; }  // of the table's columns

 private:
  TableColumns();

  std::array<std::size_t, static_cast<std::size_t>(Role::kCount)> places_;
  std::size_t count_ = 0;
};

}  // namespace sakuin::ingest
