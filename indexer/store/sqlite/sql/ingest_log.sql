-- name: insert_run
INSERT INTO ingest_run (at, added, updated, unchanged, removed, rejected, bytes, seconds, interrupted)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)

-- name: insert_rejected
INSERT INTO ingest_rejected (run, ordinal, uri, reason, code) VALUES (?1, ?2, ?3, ?4, ?5)

-- name: insert_warning
INSERT INTO ingest_warning (run, ordinal, text) VALUES (?1, ?2, ?3)

-- name: insert_block
INSERT INTO ingest_block (run, kept, reason, count) VALUES (?1, ?2, ?3, ?4)

-- name: forget_rejected
DELETE FROM ingest_rejected WHERE run <= ?1

-- name: forget_warnings
DELETE FROM ingest_warning WHERE run <= ?1

-- name: forget_blocks
DELETE FROM ingest_block WHERE run <= ?1

-- name: forget_runs
DELETE FROM ingest_run WHERE number <= ?1

-- name: read_runs
SELECT number, at, added, updated, unchanged, removed, rejected, bytes, seconds, interrupted
FROM ingest_run
ORDER BY number DESC

-- name: read_rejected
SELECT uri, reason, code FROM ingest_rejected WHERE run = ?1 ORDER BY ordinal

-- name: read_warnings
SELECT text FROM ingest_warning WHERE run = ?1 ORDER BY ordinal

-- name: read_blocks
SELECT kept, reason, count FROM ingest_block WHERE run = ?1 ORDER BY kept DESC, count DESC, reason

-- name: count_found_documents
SELECT count(*)
FROM document
WHERE (?1 = '' OR instr(lower(title), lower(?1)) > 0 OR instr(lower(uri), lower(?1)) > 0)
  AND (?2 = '' OR language = ?2 OR (?2 = 'zh' AND language LIKE 'zh-%'))
  AND (?3 = '' OR site = ?3)

-- name: find_documents
SELECT id, uri, title, language, encoding, profile, coalesce(site, ''), coalesce(published, ''),
       (SELECT count(*) FROM section WHERE section.document = found.number), source_bytes
FROM (SELECT *
      FROM document
      WHERE (?1 = '' OR instr(lower(title), lower(?1)) > 0 OR instr(lower(uri), lower(?1)) > 0)
        AND (?2 = '' OR language = ?2 OR (?2 = 'zh' AND language LIKE 'zh-%'))
        AND (?3 = '' OR site = ?3)
      ORDER BY CASE ?4 WHEN 1 THEN title ELSE '' END,
               CASE WHEN ?4 = 2 THEN coalesce(published, '') ELSE '' END DESC, uri, id
      LIMIT ?5 OFFSET ?6) AS found
ORDER BY CASE ?4 WHEN 1 THEN title ELSE '' END,
         CASE WHEN ?4 = 2 THEN coalesce(published, '') ELSE '' END DESC, uri, id

-- name: document_before
SELECT document.id, document.title
FROM document, (SELECT uri AS here, id AS own FROM document WHERE id = ?1)
WHERE document.uri <= here AND (document.uri < here OR document.id < own)
ORDER BY document.uri DESC, document.id DESC
LIMIT 1

-- name: document_behind
SELECT document.id, document.title
FROM document, (SELECT uri AS here, id AS own FROM document WHERE id = ?1)
WHERE document.uri >= here AND (document.uri > here OR document.id > own)
ORDER BY document.uri, document.id
LIMIT 1

-- name: read_origin
SELECT source_digest, source_bytes FROM document WHERE id = ?1
