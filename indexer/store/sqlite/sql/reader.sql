-- name: info
SELECT key, value FROM info

-- name: stamp
PRAGMA data_version

-- name: last_review
SELECT coalesce(max(number), 0) FROM review

-- name: schema
PRAGMA user_version

-- name: totals
SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM section),
       (SELECT coalesce(sum(source_bytes), 0) FROM document),
       (SELECT coalesce(sum(length(CAST(text AS BLOB)) + length(CAST(heading AS BLOB))), 0)
        FROM section),
       (SELECT count(*) FROM duplicate WHERE document <> representative),
       (SELECT count(*) FROM advice)

-- name: list_documents
SELECT id, uri, title, language, encoding, profile, coalesce(site, ''), coalesce(published, ''),
       (SELECT count(*) FROM section WHERE section.document = document.number), source_bytes
FROM document
ORDER BY uri, id

-- name: read_states
SELECT id, uri, origin, source_digest, rules_digest FROM document ORDER BY number

-- name: find_ids
SELECT id FROM document WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2

-- name: read_document
SELECT number, id, uri, title, language, encoding, encoding_reason, profile, coalesce(site, ''),
       coalesce(author, ''), coalesce(published, ''), notes, replaced
FROM document
WHERE id = ?1

-- name: read_sections
SELECT number, ordinal, level, parent, heading, path, language, text, source_begin, source_end,
       heading_map, text_map, details
FROM section
WHERE document = ?1
ORDER BY ordinal

-- name: read_tags
SELECT concept, score, is_primary, inherited, spans FROM tag WHERE section = ?1
ORDER BY rank

-- name: read_aspects
SELECT name FROM aspect WHERE section = ?1 ORDER BY rank

-- name: read_source
SELECT document.uri, document.id, document.origin, document.format, document.encoding_hint, document.language_hint,
       source.codec, source.bytes
FROM document LEFT JOIN source ON source.document = document.number
WHERE document.id = ?1

-- name: count_language
SELECT language, count(*) FROM section_fact WHERE language <> '' GROUP BY language

-- name: count_site
SELECT site, count(*) FROM section_fact WHERE site <> '' GROUP BY site

-- name: count_condition
SELECT concept, count(*) FROM tag GROUP BY concept

-- name: count_aspect
SELECT name, count(*) FROM aspect GROUP BY name

-- name: count_stance
SELECT stance, count(*) FROM advice GROUP BY stance

-- name: count_action
SELECT action, count(*) FROM advice GROUP BY action

-- name: all_ids
SELECT id, content_digest FROM document ORDER BY number

-- name: section_checksums
SELECT section.number, document.id || '#' || section.ordinal, section.gram_checksum,
       section.word_checksum
FROM section JOIN document ON document.number = section.document
ORDER BY section.number

-- name: orphans
SELECT 'section_fact', count(*) FROM section_fact
WHERE section NOT IN (SELECT number FROM section)
UNION ALL
SELECT 'tag', count(*) FROM tag WHERE section NOT IN (SELECT number FROM section)
UNION ALL
SELECT 'aspect', count(*) FROM aspect WHERE section NOT IN (SELECT number FROM section)
UNION ALL
SELECT 'advice', count(*) FROM advice WHERE section NOT IN (SELECT number FROM section)
UNION ALL
SELECT 'advice_condition', count(*)
FROM advice_condition LEFT JOIN advice ON advice.number = advice_condition.advice
WHERE advice_condition.action IS NOT advice.action
UNION ALL
SELECT 'source', count(*) FROM source WHERE document NOT IN (SELECT number FROM document)
UNION ALL
SELECT 'section', count(*) FROM section
WHERE document NOT IN (SELECT number FROM document)
   OR number NOT IN (SELECT section FROM section_fact)
UNION ALL
SELECT 'fingerprint', count(*) FROM fingerprint
WHERE document NOT IN (SELECT number FROM document)
UNION ALL
SELECT 'duplicate', count(*) FROM duplicate
WHERE document NOT IN (SELECT document FROM fingerprint)
   OR representative NOT IN (SELECT document FROM duplicate AS first
                             WHERE first.representative = first.document)
