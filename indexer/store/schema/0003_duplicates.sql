-- Near-duplicates. docs/formats/knowledge-base.md explains it. Documents of an older file have no
-- fingerprint until they are read again or rebuilt.

CREATE TABLE fingerprint (
  document INTEGER PRIMARY KEY REFERENCES document (number) ON DELETE CASCADE,
  digest   INTEGER NOT NULL,       -- indexer/model/fingerprint.h
  grams    INTEGER NOT NULL,
  sketch   BLOB NOT NULL           -- values of 32 bits, little-endian
) STRICT;

-- Documents that share a key are compared.
CREATE TABLE fingerprint_band (
  key      INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;

-- Of documents that have duplicates only; the representative itself too.
CREATE TABLE duplicate (
  document       INTEGER PRIMARY KEY REFERENCES document (number) ON DELETE CASCADE,
  representative INTEGER NOT NULL, -- the document that the group is called by
  similarity     REAL NOT NULL     -- estimated resemblance to it
) STRICT;

CREATE INDEX duplicate_by_representative ON duplicate (representative);

CREATE VIEW duplicates AS
SELECT document.id AS document, first.id AS duplicate_of, duplicate.similarity
FROM duplicate JOIN document ON document.number = duplicate.document
               JOIN document AS first ON first.number = duplicate.representative;
