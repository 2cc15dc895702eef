-- Which pairs the findings of one generation are made of, so that a verdict on one reads these
-- alone. A cache: whoever finds all of them writes it, an older one counts for nothing.
-- docs/formats/knowledge-base.md explains it.

CREATE TABLE finding_index (
  number     INTEGER PRIMARY KEY CHECK (number = 1),
  generation INTEGER NOT NULL,  -- of `info`
  pairs      BLOB NOT NULL      -- 32 bytes a pair: ids of pair, finding and both pieces of advice
) STRICT;
