#include "indexer/store/sqlite/review_rows.h"

#include "indexer/base/digest.h"
#include "indexer/base/embedded.h"
#include "indexer/store/sqlite/database.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
}

namespace sakuin::store {
namespace {

Status ReadPairs(SqlLibrary& sql, std::int64_t review, std::vector<ReviewedPair>& out) {
  const auto rows = sql.Get("read_review_pairs");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(review);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    out.push_back({s.Copy(0),
                   s.Copy(1),
                   s.Copy(2),
                   s.Copy(3),
                   {s.Copy(4), s.Copy(5), s.Copy(6), s.Copy(7)},
                   {s.Copy(8), s.Copy(9), s.Copy(10), s.Copy(11)}});
  }
}

Status ReadQuotes(SqlLibrary& sql, std::int64_t review, std::vector<std::string>& out) {
  const auto rows = sql.Get("read_review_quotes");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(review);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    out.push_back(s.Copy(0));
  }
}

// False where it is there already.
Result<bool> Add(SqlLibrary& sql, const Review& r) {
  const auto insert = sql.Get("insert_review");
  if (!insert) return Pass(insert);
  const auto row =
      (*insert)
          ->Bind(ReviewId(r), r.target, r.state, r.reason, r.note, r.by, r.at, r.undoes)
          .Step();
  if (!row) return Pass(row);
  const std::int64_t number = *row ? (*insert)->Int(0) : 0;
  (*insert)->Reset();
  if (!*row) return false;
  for (std::size_t i = 0; i < r.pairs.size(); ++i) {
    const ReviewedPair& p = r.pairs[i];
    const Status done = sql.Run("insert_review_pair", number, std::uint64_t{i}, p.tension, p.kind,
                                p.action, p.condition, p.a.document, p.a.section, p.a.quote,
                                p.a.quote_key, p.b.document, p.b.section, p.b.quote, p.b.quote_key);
    if (!done) return Pass(done);
  }
  for (const std::string& quote : r.quotes) {
    if (const Status done = sql.Run("insert_review_quote", number, quote); !done) return Pass(done);
  }
  return true;
}

}  // namespace

std::string ReviewId(const Review& review) {
  std::string all;
  const auto put = [&all](const std::string& part) {
    all += std::to_string(part.size()) + ":" + part;
  };
  for (const std::string* part : {&review.target, &review.state, &review.reason, &review.note,
                                  &review.by, &review.at, &review.undoes}) {
    put(*part);
  }
  for (const ReviewedPair& pair : review.pairs) {
    for (const std::string* part : {&pair.tension, &pair.kind, &pair.action, &pair.condition}) {
      put(*part);
    }
    for (const ReviewedSide* side : {&pair.a, &pair.b}) {
      for (const std::string* part :
           {&side->document, &side->section, &side->quote, &side->quote_key}) {
        put(*part);
      }
    }
  }
  for (const std::string& quote : review.quotes) put(quote);
  return Digest(all);
}

Result<std::vector<Review>> ListReviews(SqlLibrary& sql) {
  const auto rows = sql.Get("read_reviews");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<Review> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back({s.Copy(1),
                   s.Copy(2),
                   s.Copy(3),
                   s.Copy(4),
                   s.Copy(5),
                   s.Copy(6),
                   s.Copy(7),
                   s.Copy(8),
                   {},
                   {}});
    if (const Status done = ReadPairs(sql, s.Int(0), out.back().pairs); !done) return Pass(done);
    if (const Status done = ReadQuotes(sql, s.Int(0), out.back().quotes); !done) return Pass(done);
  }
}

Status CheckReviews(SqlLibrary& sql, std::vector<Problem>& out) {
  constexpr const char* kRepair = "restore a backup, or `sakuin review --import` into a new one";
  const auto all = ListReviews(sql);
  if (!all) return Pass(all);
  for (const Review& review : *all) {
    if (ReviewId(review) == review.id) continue;
    out.push_back({"reviews", review.id, "the verdict is not what was given", kRepair});
  }
  const auto lost = sql.Get("lost_review_pairs");
  if (!lost) return Pass(lost);
  const auto row = (*lost)->Bind().Step();
  if (!row) return Pass(row);
  const std::int64_t count = (*lost)->Int(0);
  (*lost)->Reset();
  if (count > 0) {
    out.push_back({"reviews", "review_pair",
                   std::to_string(count) + " rows have lost what they belong to", kRepair});
  }
  return {};
}

Result<std::vector<Review>> ReadReviews(const std::string& kb) {
  auto db = Database::Open(kb, OpenMode::kRead);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  return ListReviews(sql);
}

Result<std::size_t> AddReviews(const std::string& kb, const std::vector<Review>& reviews) {
  auto db = Database::Open(kb, OpenMode::kWrite);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  // No new generation: verdicts change nothing that a search shows.
  Status done = sql.Run("begin");
  std::size_t added = 0;
  for (std::size_t i = 0; done && i < reviews.size(); ++i) {
    const auto fresh = Add(sql, reviews[i]);
    if (!fresh) {
      done = Pass(fresh);
    } else {
      added += *fresh ? 1 : 0;
    }
  }
  if (done) done = sql.Run("commit");
  if (done) return added;
  if (db->InTransaction()) (void)sql.Run("rollback");
  return Pass(done);
}

}  // namespace sakuin::store
