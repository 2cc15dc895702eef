-- name: list_segments
SELECT number, first_section, last_section, sections, bytes, gone, deleted FROM posting_segment
ORDER BY first_section

-- name: read_segment
SELECT section_table, contents, terms, postings FROM posting_segment WHERE number = ?1

-- name: read_facts
SELECT facts FROM posting_segment WHERE number = ?1

-- name: read_topics
SELECT topics FROM posting_segment WHERE number = ?1

-- name: facts_between
SELECT section, document, ordinal, language, site, published FROM section_fact
WHERE section BETWEEN ?1 AND ?2
ORDER BY section

-- name: tags_between
SELECT section, concept, is_primary FROM tag WHERE section BETWEEN ?1 AND ?2
ORDER BY section, rank

-- name: aspects_between
SELECT section, name FROM aspect WHERE section BETWEEN ?1 AND ?2 ORDER BY section, rank

-- name: read_chunk
SELECT bytes FROM posting_chunk WHERE key = ?1

-- name: last_numbers
SELECT max(coalesce((SELECT max(number) FROM section), 0),
           coalesce((SELECT CAST(value AS INTEGER) FROM info WHERE key = 'last_section'), 0)),
       max(coalesce((SELECT max(number) FROM posting_segment), 0),
           coalesce((SELECT CAST(value AS INTEGER) FROM info WHERE key = 'last_segment'), 0))

-- name: insert_segment
INSERT INTO posting_segment (number, first_section, last_section, sections, terms, postings, bytes,
                             gone, section_table, contents, facts, topics, deleted)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, x'')

-- name: insert_chunk
INSERT INTO posting_chunk (key, bytes) VALUES (?1, ?2)

-- name: mark_deleted
UPDATE posting_segment SET gone = ?2, deleted = ?3 WHERE number = ?1

-- name: delete_segment
DELETE FROM posting_segment WHERE number = ?1

-- name: delete_chunks
DELETE FROM posting_chunk WHERE key >= ?1 AND key < ?2

-- name: clear_segments
DELETE FROM posting_segment

-- name: clear_chunks
DELETE FROM posting_chunk
