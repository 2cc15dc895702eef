-- name: read_reviews
SELECT number, id, target, state, reason, note, reviewer, at, undoes FROM review ORDER BY at, id

-- name: read_review_pairs
SELECT tension, kind, action, condition, a_document, a_section, a_quote, a_quote_key, b_document,
       b_section, b_quote, b_quote_key
FROM review_pair
WHERE review = ?1
ORDER BY ordinal

-- name: read_review_quotes
SELECT quote_key FROM review_quote WHERE review = ?1 ORDER BY quote_key

-- name: insert_review_quote
INSERT INTO review_quote (review, quote_key) VALUES (?1, ?2)

-- name: insert_review
INSERT INTO review (id, target, state, reason, note, reviewer, at, undoes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (id) DO NOTHING
RETURNING number

-- name: insert_review_pair
INSERT INTO review_pair (review, ordinal, tension, kind, action, condition, a_document, a_section,
                         a_quote, a_quote_key, b_document, b_section, b_quote, b_quote_key)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)

-- name: lost_review_pairs
SELECT (SELECT count(*) FROM review_pair WHERE review NOT IN (SELECT number FROM review))
     + (SELECT count(*) FROM review_quote WHERE review NOT IN (SELECT number FROM review))
