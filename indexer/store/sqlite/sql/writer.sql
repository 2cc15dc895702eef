-- name: begin
BEGIN IMMEDIATE

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: insert_document
INSERT INTO document (id, uri, origin, title, language, encoding, encoding_reason, profile, site, author,
                      published, notes, replaced, format, encoding_hint, language_hint,
                      source_bytes, source_digest, rules_digest, content_digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ''), nullif(?10, ''), nullif(?11, ''), ?12, ?13,
        ?14, ?15, ?16, ?17, ?18, ?19, ?20)

-- name: insert_source
INSERT INTO source (document, codec, bytes) VALUES (?1, ?2, ?3)

-- name: insert_section
INSERT INTO section (number, document, ordinal, level, parent, heading, path, language, text,
                     source_begin, source_end, heading_map, text_map, gram_checksum, word_checksum,
                     details)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)

-- name: insert_fact
INSERT INTO section_fact (section, document, ordinal, length, language, site, published)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)

-- name: insert_tag
INSERT INTO tag (section, concept, rank, score, is_primary, inherited, spans)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)

-- name: insert_aspect
INSERT INTO aspect (section, rank, name) VALUES (?1, ?2, ?3)

-- name: section_numbers
SELECT section.number
FROM section JOIN document ON document.number = section.document
WHERE document.id = ?1
ORDER BY section.ordinal

-- name: document_number
SELECT number FROM document WHERE id = ?1

-- name: delete_tags
DELETE FROM tag WHERE section = ?1

-- name: delete_aspects
DELETE FROM aspect WHERE section = ?1

-- name: delete_fact
DELETE FROM section_fact WHERE section = ?1

-- name: delete_section
DELETE FROM section WHERE number = ?1

-- name: delete_source
DELETE FROM source WHERE document = ?1

-- name: delete_document
DELETE FROM document WHERE number = ?1

-- name: set_info
INSERT INTO info (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- name: next_generation
INSERT INTO info (key, value) VALUES ('generation', '1')
ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1
