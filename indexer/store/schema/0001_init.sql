-- The first layout of a knowledge base. docs/formats/knowledge-base.md explains it.
-- Released migrations never change.

CREATE TABLE info (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  uri             TEXT NOT NULL,
  origin          TEXT NOT NULL,   -- the file it was read from, for --prune
  title           TEXT NOT NULL,
  language        TEXT NOT NULL,
  encoding        TEXT NOT NULL,
  encoding_reason TEXT NOT NULL,
  profile         TEXT NOT NULL,
  site            TEXT,
  author          TEXT,
  published       TEXT,
  notes           TEXT NOT NULL,   -- JSON array of strings
  replaced        INTEGER NOT NULL,
  format          TEXT NOT NULL,   -- how it was asked to be read: --format, --encoding, --language
  encoding_hint   TEXT NOT NULL,
  language_hint   TEXT NOT NULL,
  source_bytes    INTEGER NOT NULL,
  source_digest   TEXT NOT NULL,   -- BLAKE2b of the input's bytes and of how it was asked to be read
  rules_digest    TEXT NOT NULL,   -- of everything that turns bytes into rows
  content_digest  TEXT NOT NULL    -- of the rows, for `verify`
) STRICT;

CREATE INDEX document_by_uri ON document (uri);

CREATE TABLE source (
  document INTEGER PRIMARY KEY REFERENCES document (number) ON DELETE CASCADE,
  codec    TEXT NOT NULL,          -- 'zstd'
  bytes    BLOB NOT NULL
) STRICT;

CREATE TABLE section (
  number        INTEGER PRIMARY KEY,
  document      INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
  ordinal       INTEGER NOT NULL,  -- 0 is the lead
  level         INTEGER NOT NULL,
  parent        INTEGER NOT NULL,  -- ordinal of the section it stands in, -1 for the lead
  heading       TEXT NOT NULL,
  path          TEXT NOT NULL,     -- JSON array of strings
  language      TEXT NOT NULL,     -- '' where it is the document's
  text          TEXT NOT NULL,
  source_begin  INTEGER NOT NULL,
  source_end    INTEGER NOT NULL,
  heading_map   BLOB NOT NULL,     -- indexer/model/source.h: SourceMap::Encode()
  text_map      BLOB NOT NULL,
  gram_checksum INTEGER NOT NULL,  -- of the terms in gram_index and word_index, for `verify`
  word_checksum INTEGER NOT NULL,
  UNIQUE (document, ordinal)
) STRICT;

-- What ranking and facets read of every hit, kept narrow so that a search touches few pages.
CREATE TABLE section_fact (
  section   INTEGER PRIMARY KEY REFERENCES section (number) ON DELETE CASCADE,
  document  INTEGER NOT NULL,
  ordinal   INTEGER NOT NULL,
  length    INTEGER NOT NULL,      -- folded characters of the text
  language  TEXT NOT NULL,         -- the section's own, else the document's
  site      TEXT NOT NULL,
  published TEXT NOT NULL
) STRICT;

CREATE INDEX section_fact_by_document ON section_fact (document, ordinal);

CREATE TABLE tag (
  section    INTEGER NOT NULL REFERENCES section (number) ON DELETE CASCADE,
  concept    TEXT NOT NULL,
  rank       INTEGER NOT NULL,     -- 0 is what the section is most about
  score      REAL NOT NULL,
  is_primary INTEGER NOT NULL,
  inherited  INTEGER NOT NULL,
  spans      TEXT NOT NULL,        -- JSON: {"text":[[b,e],...],"heading":[...]}
  PRIMARY KEY (section, concept)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_by_concept ON tag (concept, section);

CREATE TABLE aspect (
  section INTEGER NOT NULL REFERENCES section (number) ON DELETE CASCADE,
  rank    INTEGER NOT NULL,        -- 0 is the primary one
  name    TEXT NOT NULL,
  PRIMARY KEY (section, rank)
) STRICT, WITHOUT ROWID;

CREATE INDEX aspect_by_name ON aspect (name, section);

-- Grams decide what is found: every character with its follower, so that a phrase is a substring.
-- The text is the first column: FTS5 writes two bytes more for every posting in another one.
CREATE VIRTUAL TABLE gram_index USING fts5 (
  text, heading, content = '', columnsize = 0, detail = full, tokenize = 'sakuin'
);

-- Words help to rank and find whole words of spaced scripts.
CREATE VIRTUAL TABLE word_index USING fts5 (
  text, heading, content = '', columnsize = 0, detail = full, tokenize = 'sakuin'
);

-- One commit to disk for about 64 MB of terms instead of 1 MB; merge less often. Measured in
-- docs/benchmarks.md.
INSERT INTO gram_index (gram_index, rank) VALUES ('hashsize', 67108864);
INSERT INTO gram_index (gram_index, rank) VALUES ('automerge', 16);
INSERT INTO word_index (word_index, rank) VALUES ('hashsize', 33554432);
INSERT INTO word_index (word_index, rank) VALUES ('automerge', 16);

-- Plain names for the SQLite shell, Datasette, pandas: no tokenizer of ours is needed to read them.
CREATE VIEW documents AS
SELECT id, uri, title, language, encoding, profile, site, author, published,
       source_bytes AS bytes,
       (SELECT count(*) FROM section WHERE section.document = document.number) AS sections
FROM document;

CREATE VIEW sections AS
SELECT document.id || '#' || section.ordinal AS id,
       document.id AS document,
       section.ordinal, section.level, section.heading, section.path,
       CASE section.language WHEN '' THEN document.language ELSE section.language END AS language,
       section.text, section.source_begin, section.source_end
FROM section JOIN document ON document.number = section.document;

CREATE VIEW tags AS
SELECT document.id || '#' || section.ordinal AS section,
       tag.concept, tag.score, tag.is_primary, tag.inherited
FROM tag JOIN section ON section.number = tag.section
         JOIN document ON document.number = section.document;

CREATE VIEW aspects AS
SELECT document.id || '#' || section.ordinal AS section, aspect.name, aspect.rank
FROM aspect JOIN section ON section.number = aspect.section
            JOIN document ON document.number = section.document;
