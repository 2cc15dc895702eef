-- What the last ingests did and would not take. Nothing of it is searched, and no generation rises
-- because of it. docs/formats/knowledge-base.md explains it.

CREATE TABLE ingest_run (
  number      INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,       -- 'YYYY-MM-DDTHH:MM:SSZ', when it ended
  added       INTEGER NOT NULL,
  updated     INTEGER NOT NULL,
  unchanged   INTEGER NOT NULL,
  removed     INTEGER NOT NULL,
  rejected    INTEGER NOT NULL,    -- in all; the first of them are in ingest_rejected
  bytes       INTEGER NOT NULL,
  seconds     REAL NOT NULL,
  interrupted INTEGER NOT NULL
) STRICT;

CREATE TABLE ingest_rejected (
  run     INTEGER NOT NULL REFERENCES ingest_run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  uri     TEXT NOT NULL,
  reason  TEXT NOT NULL,
  code    TEXT NOT NULL,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_warning (
  run     INTEGER NOT NULL REFERENCES ingest_run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

-- Blocks of what was added or updated, by why they were kept or left out.
CREATE TABLE ingest_block (
  run    INTEGER NOT NULL REFERENCES ingest_run (number) ON DELETE CASCADE,
  kept   INTEGER NOT NULL,
  reason TEXT NOT NULL,
  count  INTEGER NOT NULL,
  PRIMARY KEY (run, kept, reason)
) STRICT, WITHOUT ROWID;
