-- What people decided of tensions and findings: a log that only grows. It hangs on no document, so
-- that it outlives every ingest and rebuild. docs/formats/knowledge-base.md explains it.

CREATE TABLE review (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,   -- digest of all the rest: the same entry of two files is one
  target   TEXT NOT NULL,          -- id of a tension or of a finding
  state    TEXT NOT NULL,          -- 'open', 'confirmed', ..., or 'undo'
  reason   TEXT NOT NULL,          -- 'N1' to 'N8'; '' where it is not stated, as the next
  note     TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  at       TEXT NOT NULL,          -- 'YYYY-MM-DDTHH:MM:SS.mmmZ'
  undoes   TEXT NOT NULL           -- of 'undo': the id of the entry that no longer counts
) STRICT;

-- The pairs that it is about, as they stood. Documents, action and kind are what a pair is known
-- again by when its words were edited.
CREATE TABLE review_pair (
  review      INTEGER NOT NULL REFERENCES review (number),
  ordinal     INTEGER NOT NULL,
  tension     TEXT NOT NULL,       -- id: of both folded quotes, the action and the kind
  kind        TEXT NOT NULL,
  action      TEXT NOT NULL,
  condition   TEXT NOT NULL,
  a_document  TEXT NOT NULL,
  a_section   TEXT NOT NULL,
  a_quote     TEXT NOT NULL,
  a_quote_key TEXT NOT NULL,       -- digest of the folded quote
  b_document  TEXT NOT NULL,
  b_section   TEXT NOT NULL,
  b_quote     TEXT NOT NULL,
  b_quote_key TEXT NOT NULL,
  PRIMARY KEY (review, ordinal)
) STRICT, WITHOUT ROWID;

-- Further sentences that a verdict on a finding covers, where not all of its pairs are listed.
CREATE TABLE review_quote (
  review    INTEGER NOT NULL REFERENCES review (number),
  quote_key TEXT NOT NULL,
  PRIMARY KEY (review, quote_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER review_stays BEFORE DELETE ON review
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is taken out'); END;
CREATE TRIGGER review_is_fixed BEFORE UPDATE ON review
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is changed'); END;
CREATE TRIGGER review_pair_stays BEFORE DELETE ON review_pair
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is taken out'); END;
CREATE TRIGGER review_pair_is_fixed BEFORE UPDATE ON review_pair
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is changed'); END;
CREATE TRIGGER review_quote_stays BEFORE DELETE ON review_quote
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is taken out'); END;
CREATE TRIGGER review_quote_is_fixed BEFORE UPDATE ON review_quote
BEGIN SELECT raise(ABORT, 'reviews are a log: nothing is changed'); END;

CREATE VIEW reviews AS
SELECT review.id, review.target, review.state, review.reason, review.note, review.reviewer,
       review.at, review.undoes, review_pair.tension, review_pair.kind, review_pair.action,
       review_pair.condition, review_pair.a_document, review_pair.a_quote, review_pair.b_document,
       review_pair.b_quote
FROM review LEFT JOIN review_pair ON review_pair.review = review.number;
