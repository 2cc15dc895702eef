#pragma once

#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/index_info.h"
#include "indexer/store/reviews.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

Result<std::vector<Review>> ListReviews(SqlLibrary& sql);

// For `verify`: every entry against its id, and pairs that belong to none.
Status CheckReviews(SqlLibrary& sql, std::vector<Problem>& out);

}  // namespace sakuin::store
