-- Advice: what the texts tell their readers to do or not to do. docs/formats/knowledge-base.md
-- explains it. Documents of an older file have none until they are read again or rebuilt.

CREATE TABLE advice (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL,       -- indexer/model/advice.h: outlives a re-ingest
  section     INTEGER NOT NULL REFERENCES section (number) ON DELETE CASCADE,
  ordinal     INTEGER NOT NULL,    -- in order of the section
  action      TEXT NOT NULL,
  stance      TEXT NOT NULL,       -- 'recommend', 'avoid' or 'conditional'
  is_for      INTEGER NOT NULL,    -- of a conditional one: for the action, or against it
  strength    TEXT NOT NULL,       -- 'may', 'should' or 'must'
  phase       TEXT NOT NULL,       -- '' where it is not stated, as the next
  population  TEXT NOT NULL,
  window_from REAL,                -- hours since the anchor; NULL is open
  window_to   REAL,
  anchor      TEXT,                -- NULL: there is no window
  dose        TEXT NOT NULL,       -- JSON: {"sets":[3,3],"hold_s":[15,null],...}, '' for none
  qualifier   TEXT NOT NULL,       -- '', 'excess', 'manner', ...
  attribution TEXT NOT NULL,       -- 'author', 'hedged', ..., 'misconception'
  implicit    INTEGER NOT NULL,    -- no cue says so
  speaker     INTEGER NOT NULL,    -- place in the section's speakers, -1 for none
  in_heading  INTEGER NOT NULL,    -- the spans are of the heading, else of the text
  quote_begin INTEGER NOT NULL,
  quote_end   INTEGER NOT NULL,
  quote_key   TEXT NOT NULL,       -- digest of the folded quote
  cues        TEXT NOT NULL,       -- JSON array of the rows that fired
  details     TEXT NOT NULL        -- JSON: further spans, and where axes were taken from
) STRICT;

CREATE INDEX advice_by_section ON advice (section, ordinal);
CREATE INDEX advice_by_id ON advice (id);
CREATE INDEX advice_by_action ON advice (action, section);

-- What it is about. With the action beside it, so that two pieces of advice meet by an index.
CREATE TABLE advice_condition (
  advice    INTEGER NOT NULL REFERENCES advice (number) ON DELETE CASCADE,
  rank      INTEGER NOT NULL,      -- 0 is the most important
  condition TEXT NOT NULL,
  action    TEXT NOT NULL,         -- the advice's own
  PRIMARY KEY (advice, rank)
) STRICT, WITHOUT ROWID;

CREATE INDEX advice_condition_by_topic ON advice_condition (condition, action, advice);

-- Spans count bytes, SQLite's substr() characters: therefore the casts.
CREATE VIEW statements AS
SELECT advice.id, document.id AS document, document.id || '#' || section.ordinal AS section,
       CASE section.language WHEN '' THEN document.language ELSE section.language END AS language,
       advice.action, advice.stance, advice.is_for, advice.strength,
       (SELECT json_group_array(condition)
        FROM (SELECT condition FROM advice_condition WHERE advice_condition.advice = advice.number
              ORDER BY rank)) AS conditions,
       advice.phase, advice.population, advice.window_from, advice.window_to, advice.anchor,
       advice.dose, advice.qualifier, advice.attribution, advice.implicit, advice.cues,
       CAST(substr(CAST(CASE advice.in_heading WHEN 1 THEN section.heading ELSE section.text END
                        AS BLOB), advice.quote_begin + 1, advice.quote_end - advice.quote_begin)
            AS TEXT) AS quote
FROM advice JOIN section ON section.number = advice.section
            JOIN document ON document.number = section.document;
