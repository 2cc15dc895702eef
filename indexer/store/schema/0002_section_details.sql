-- What only some sections have, as JSON; '' where a section has none of it:
-- {"heading":[[begin,end,"reading"],...],"text":[...]} how ruby says that parts of it are read,
-- "speakers":[{"name":"","title":"","affiliation":""},...] who answers, "truncated":true.
ALTER TABLE section ADD COLUMN details TEXT NOT NULL DEFAULT '';
