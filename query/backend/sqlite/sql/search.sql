-- name: begin_read
BEGIN

-- name: end_read
COMMIT

-- name: data_version
PRAGMA data_version

-- name: match_bytes
SELECT number FROM section WHERE instr(heading, ?1) OR instr(text, ?1) ORDER BY number

-- name: section_text
SELECT heading, text, details FROM section WHERE number = ?1

-- name: tagged_with
SELECT section, score FROM tag WHERE concept = ?1 ORDER BY section

-- name: hit
SELECT document.id, document.uri, document.title, document.language,
       coalesce(document.site, ''), coalesce(document.published, ''),
       coalesce(document.author, ''), section.ordinal, section.level, section.parent, section.heading, section.path,
       section.language, section.text, section.source_begin, section.source_end, section.details
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: hit_tags
SELECT concept, score, is_primary, inherited, spans FROM tag WHERE section = ?1
ORDER BY rank

-- name: hit_aspects
SELECT name FROM aspect WHERE section = ?1 ORDER BY rank

-- name: all_groups
SELECT document, representative FROM duplicate

-- name: group_of
SELECT representative FROM duplicate WHERE document = ?1

-- name: count_tagged
SELECT count(*) FROM tag WHERE concept = ?1

-- name: heading
SELECT section.heading, document.id || '#' || section.ordinal, section.ordinal = 0
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: section_id
SELECT document.id || '#' || section.ordinal
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: title
SELECT title FROM document WHERE number = ?1

-- name: document_id
SELECT id FROM document WHERE number = ?1
