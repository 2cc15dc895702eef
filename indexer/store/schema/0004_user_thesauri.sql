-- Thesauri that a user added with `sakuin thesaurus import`, as their files lie: they belong to the
-- rules by which this knowledge base is made.
CREATE TABLE user_thesaurus (
  name   TEXT NOT NULL PRIMARY KEY,
  format TEXT NOT NULL,            -- 'rdf', 'tsv' or 'csv'
  bytes  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
