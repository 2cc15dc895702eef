-- The posting index takes the place of the two FTS5 tables. docs/formats/posting-index.md explains it.
-- What an older file holds is indexed anew by `sakuin rebuild`.

DROP TABLE gram_index;
DROP TABLE word_index;

CREATE TABLE posting_segment (
  number        INTEGER PRIMARY KEY,
  first_section INTEGER NOT NULL,  -- sections of one segment all stand before those of the next
  last_section  INTEGER NOT NULL,
  sections      INTEGER NOT NULL,
  terms         INTEGER NOT NULL,
  postings      INTEGER NOT NULL,
  bytes         INTEGER NOT NULL,  -- of its chunks
  gone          INTEGER NOT NULL,  -- sections that were taken out since
  section_table BLOB NOT NULL,
  contents      BLOB NOT NULL,
  facts         BLOB NOT NULL,     -- of its sections: copies of section_fact, for ranking
  topics        BLOB NOT NULL,     -- copies of tag and aspect, for facets
  deleted       BLOB NOT NULL      -- a bit a section, the first in the lowest bit; '' where none is
) STRICT;

CREATE TABLE posting_chunk (
  key   INTEGER PRIMARY KEY,       -- segment * 1048576 + number of the chunk
  bytes BLOB NOT NULL
) STRICT;
